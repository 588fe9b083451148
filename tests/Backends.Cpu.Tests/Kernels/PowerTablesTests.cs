using System.Runtime.Intrinsics;

namespace Nabla.Tests;

/// <summary>The tables hold what their users take for granted: sixteenths of an octave, in order, and how near.</summary>
public sealed class PowerTablesTests
{
    private const int Count = 16;

    [Fact]
    public void Accurate_EachEntry_IsWithinAQuarterOfTheUsualRounding() => Near(PowerTables.Accurate, PowerTables.AccurateFactor, 1.6e-8);

    [Fact]
    public void Density_EachEntry_IsTheNearestFloat() => Near(PowerTables.Density, -PowerTables.DensityFactor, 6e-8);

    [Fact]
    public void Sixteenths_AddedToANumber_LeavesItsSixteenthsInTheLowestBits()
    {
        for (int k = -1600; k <= 1600; k++)
            Assert.Equal(k & (Count - 1), BitConverter.SingleToInt32Bits((k / 16f) + PowerTables.Sixteenths) & (Count - 1));
    }

    private static void Near(Vector512<float> table, float factor, double bound)
    {
        for (int i = 0; i < Count; i++)
        {
            double expected = factor * Math.Pow(2, i / (double)Count), error = Math.Abs((table[i] / expected) - 1);
            Assert.True(error <= bound, $"[{i}]: {table[i]:R} is {error:0.00e0} from {expected:R}");
        }
    }
}
