using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>As <see cref="Walk"/>, for one tensor: some of its dimensions, innermost first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Line
{
    public int Rank;
    public int Count;
    public fixed int Size[Shape.MaxRank];
    public fixed int Step[Shape.MaxRank];
    public int Offset;

    /// <summary>Dimensions with the given sizes and steps, outermost first.</summary>
    public static Line Of(ReadOnlySpan<long> dims, ReadOnlySpan<long> steps, long offset)
    {
        Walk walk = default;
        walk.Set(dims, steps, 1);
        Line line = default;
        (line.Rank, line.Count, line.Offset) = (walk.Rank, walk.Count, (int)offset);
        for (int d = 0; d < walk.Rank; d++)
            (line.Size[d], line.Step[d]) = (walk.Size[d], walk.Step[d]);
        return line;
    }

    /// <summary>Takes the innermost dimension off; returns its size and step.</summary>
    public (int Size, int Step) TakeInner()
    {
        var inner = (Size[0], Step[0]);
        Count = inner.Item1 == 0 ? 0 : Count / inner.Item1;
        Rank--;
        for (int d = 0; d < Rank; d++)
            (Size[d], Step[d]) = (Size[d + 1], Step[d + 1]);
        if (Rank == 0)
            (Rank, Size[0], Step[0]) = (1, 1, 0);
        return inner;
    }
}
