namespace Nabla;

/// <summary>Decides what becomes of an operation's scalars: graph inputs when running, constants (or state) in an export.</summary>
internal interface IScalarSource
{
    /// <summary>
    /// A value without dimensions: scalar <paramref name="index"/> converted to <paramref name="dtype"/>, in the type in which that computes
    /// (see <see cref="OnnxTypes.Compute"/>).
    /// </summary>
    GraphValue Scalar(GraphBuilder graph, int index, DType dtype);
}
