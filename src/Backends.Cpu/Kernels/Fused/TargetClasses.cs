namespace Nabla;

/// <summary>The classes that rows of scores should have.</summary>
internal static unsafe class TargetClasses
{
    /// <exception cref="TensorIndexException">One is out of range.</exception>
    public static void Check(string op, long* target, Shape scores)
    {
        for (long row = 0; row < scores[0]; row++)
            if ((ulong)target[row] >= (ulong)scores[1])
                throw IndexWalk.OutOfRange(op, target[row], 1, scores[1]);
    }
}
