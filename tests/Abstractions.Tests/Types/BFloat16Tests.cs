using CsCheck;

namespace Nabla.Tests;

public sealed class BFloat16Tests
{
    [Fact]
    public void Widen_EveryPattern_IsExactAndComesBack()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BFloat16.FromBits((ushort)bits);
            float wide = value;
            Assert.Equal((uint)bits << 16, BitConverter.SingleToUInt32Bits(wide));
            var back = (BFloat16)wide;
            Assert.Equal(float.IsNaN(wide) ? bits | 0x40 : bits, back.Bits); // NaN becomes quiet, with its sign and fraction
            Assert.True(value == back);
        }
    }

    [Fact]
    public void Narrow_BetweenEveryTwoNeighbours_RoundsToNearestTiesToEven()
    {
        for (int bits = 0; bits < 0x7F80; bits++)
        {
            uint low = (uint)bits << 16;
            foreach (uint below in new uint[] { 0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF })
            {
                int expected = below < 0x8000 || (below == 0x8000 && bits % 2 == 0) ? bits : bits + 1;
                Assert.Equal(expected, ((BFloat16)BitConverter.UInt32BitsToSingle(low | below)).Bits);
                Assert.Equal(expected | 0x8000, ((BFloat16)BitConverter.UInt32BitsToSingle(low | below | 0x80000000)).Bits);
            }
        }
    }

    [Fact]
    public void Narrow_AnyFloat_IsTheNearest() =>
        Gen.Single.Sample(value =>
        {
            var rounded = (BFloat16)value;
            if (float.IsNaN(value))
                return float.IsNaN(rounded);
            if (float.IsInfinity(rounded))
                return Math.Abs((double)value) >= 3.3961775292304957e38; // half a step above the largest: 2^128 - 2^119
            double error = Math.Abs((double)(float)rounded - value);
            return error <= Math.Abs((double)(float)BFloat16.FromBits((ushort)(rounded.Bits ^ 1)) - value) || float.IsInfinity(BFloat16.FromBits((ushort)(rounded.Bits ^ 1)));
        }, iter: 20_000);

    [Fact]
    public void Equals_AsFloatsDo()
    {
        BFloat16 zero = BFloat16.FromBits(0), minusZero = BFloat16.FromBits(0x8000), nan = (BFloat16)float.NaN;
        Assert.True(zero == minusZero && nan == BFloat16.FromBits(0x7FC1) && zero != (BFloat16)1f && zero.Equals((object)minusZero));
        Assert.Equal(zero.GetHashCode(), minusZero.GetHashCode());
        Assert.Equal("1.5", ((BFloat16)1.5f).ToString());
    }
}
