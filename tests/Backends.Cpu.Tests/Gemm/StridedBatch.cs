namespace Nabla.Tests;

/// <summary>Equally spaced matrices; a stride of zero shares one.</summary>
internal readonly record struct StridedBatch(int Count, long A, long B, long C) : IGemmBatch
{
    public static StridedBatch Single => new(1, 0, 0, 0);

    public void Offsets(int index, out long a, out long b, out long c)
    {
        a = index * A;
        b = index * B;
        c = index * C;
    }
}
