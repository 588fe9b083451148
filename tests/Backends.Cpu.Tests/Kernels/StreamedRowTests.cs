using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>The form of a row that writes past the caches gives the bits of the ordinary one.</summary>
public sealed unsafe class StreamedRowTests
{
    private const int Bytes = 9 * StreamedStores.Line; // of float64 from float32 half a vector is left

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

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Streamed_Float32ToFloat64_IsTheOrdinaryRow(int scalars) =>
        Check(new CastKernel().RowOf(DType.Float32, DType.Float64), DType.Float64, scalars, DType.Float32);

    private static void Check(Row row, DType dtype, int scalars, DType? from = null)
    {
        if (row.Streamed == null)
        {
            Assert.False(System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
            return;
        }

        int size = dtype.Size(), step = (from ?? dtype).Size();
        var memory = (byte*)NativeMemory.AlignedAlloc(4 * Bytes, StreamedStores.Line);
        try
        {
            byte* expected = memory, actual = memory + Bytes, a = memory + (2 * Bytes) + size, b = a + Bytes - size;
            for (int i = 0; i < (2 * Bytes) - size; i++)
                a[i] = (byte)(0x3E + (i % step == step - 1 ? 0 : i * 37)); // floats are near 0.2
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

        byte* Last(byte* x, int bit) => (scalars & bit) != 0 ? x : x + (((Bytes / size) - 1) * step);
    }
}
