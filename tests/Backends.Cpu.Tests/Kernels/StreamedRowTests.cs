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
    [MemberData(nameof(Types))]
    public void Streamed_Conversion_IsTheOrdinaryRow(DType from)
    {
        DType[] to = from == DType.Float32 ? [DType.Int32, DType.Float64] : from == DType.Int32 ? [DType.Float32] : [DType.Int32, DType.Float32];
        foreach (var dtype in to)
            for (int scalars = 0; scalars < 2; scalars++)
                Check(new CastKernel().RowOf(from, dtype), dtype, scalars, from);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Streamed_Where_IsTheOrdinaryRow(DType dtype)
    {
        for (int scalars = 0; scalars < 8; scalars++)
            CheckThree(WhereKernel.Rows[dtype], dtype.Size(), scalars);
    }

    [Fact]
    public void Streamed_WithNumbers_IsTheOrdinaryRow()
    {
        for (int scalars = 0; scalars < 4; scalars++)
        {
            Check(ParametricRow<ParametricFormula<PiecewiseOperators.HuberSlope>, float>.Create(1), DType.Float32, scalars);
            Check(ParametricRow<EluOperators.EluBackward, double>.Create(1), DType.Float64, scalars);
            Check(ParametricRow<ParametricFormula<PiecewiseOperators.Softshrink>, double>.Create(1), DType.Float64, (scalars & 1) | 2);
        }
    }

    /// <summary>The first input is bytes of 0 and 1.</summary>
    private static void CheckThree(Row row, int size, int scalars)
    {
        if (row.Streamed == null)
        {
            Assert.False(System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
            return;
        }

        var memory = (byte*)NativeMemory.AlignedAlloc(5 * Bytes, StreamedStores.Line);
        try
        {
            byte* expected = memory, actual = memory + Bytes, condition = actual + Bytes, a = condition + Bytes, b = a + Bytes;
            for (int i = 0; i < 3 * Bytes; i++)
                condition[i] = (byte)(i < Bytes ? i * 7 % 3 % 2 : i * 37);
            row.Function(expected, condition, a, b, Bytes / size, scalars);
            row.Streamed(actual, condition, a, b, Bytes / size, scalars);
            StreamedStores.Finish();
            Assert.Equal(new ReadOnlySpan<byte>(expected, Bytes), new ReadOnlySpan<byte>(actual, Bytes));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private static void Check(Row row, DType dtype, int scalars, DType? from = null)
    {
        if (row.Streamed == null)
        {
            Assert.False(System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
            return;
        }

        int size = dtype.Size(), step = (from ?? dtype).Size();
        var memory = (byte*)NativeMemory.AlignedAlloc(7 * Bytes, StreamedStores.Line);
        try
        {
            byte* expected = memory, actual = memory + Bytes, a = memory + (2 * Bytes) + size, b = a + ((Bytes / size) * step) - step;
            for (int i = 0; i < (2 * (Bytes / size) - 1) * step; i++)
                a[i] = (byte)(0x3E + (i % step == step - 1 ? 0 : i * 37)); // floats are near 0.2
            row.Function(expected, a, b, b, (Bytes / size) - 1, scalars);
            row.Function(expected + Bytes - size, Last(a, 1), Last(b, 2), b, 1, scalars);
            row.Streamed(actual, a, b, b, Bytes / size, scalars);
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
