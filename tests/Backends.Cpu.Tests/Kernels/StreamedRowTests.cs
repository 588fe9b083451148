using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>The form of a row that writes past the caches gives the bits of the ordinary one.</summary>
public sealed unsafe class StreamedRowTests
{
    private const int Bytes = 10 * StreamedStores.Line;

    public static TheoryData<DType> Types => [DType.Float32, DType.Float64, DType.Int8, DType.UInt8, DType.Int16, DType.Int32, DType.Int64];

    [Theory]
    [MemberData(nameof(Types))]
    public void Streamed_TwoInputs_IsTheOrdinaryRow(DType dtype)
    {
        for (int scalars = 0; scalars < 4; scalars++)
        {
            Check(Rows.Number2<NumberOperators.Add>()(dtype), dtype, scalars);
            Check(Rows.Number2<NumberOperators.Maximum>()(dtype), dtype, scalars);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Streamed_OneInput_IsTheOrdinaryRow(DType dtype)
    {
        for (int scalars = 0; scalars < 2; scalars++)
        {
            Check(Rows.Number<NumberOperators.Neg>()(dtype), dtype, scalars);
            if (dtype.IsFloatingPoint())
                Check(Rows.BothFloats<FloatOperators.Exp>()(dtype), dtype, scalars);
        }
    }

    private static void Check(Row row, DType dtype, int scalars)
    {
        if (row.Streamed == null)
        {
            Assert.False(System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
            return;
        }

        int size = dtype.Size();
        var memory = (byte*)NativeMemory.AlignedAlloc(4 * Bytes, StreamedStores.Line);
        try
        {
            byte* expected = memory, actual = memory + Bytes, a = memory + (2 * Bytes) + size, b = a + Bytes - size;
            for (int i = 0; i < (2 * Bytes) - size; i++)
                a[i] = (byte)(0x3E + (i % size == size - 1 ? 0 : i * 37)); // floats are near 0.2
            row.Function(expected, a, b, null, (Bytes / size) - 1, scalars);
            row.Function(expected + Bytes - size, Last(a, 1), Last(b, 2), null, 1, scalars);
            row.Streamed(actual, a, b, null, Bytes / size, scalars);
            StreamedStores.Finish();
            Assert.Equal(new ReadOnlySpan<byte>(expected, Bytes), new ReadOnlySpan<byte>(actual, Bytes));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }

        byte* Last(byte* x, int bit) => (scalars & bit) != 0 ? x : x + Bytes - size;
    }
}
