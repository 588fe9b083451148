namespace Nabla.Tests;

/// <summary>Run as on a CPU, and as on a GPU.</summary>
public abstract class ReductionTests(IDevice device)
{
    [Fact]
    public void Sum_FourMillionTenths_IsFourHundredThousand()
    {
        var tenth = device.Run(new FullOp(DType.Float32, [4_000_000]), [], 0.1f);
        float sum = device.Run(ReduceOp.Sum([0], false), tenth).Read<float>()[0];
        Assert.Equal(400_000, sum, 0.04); // one last bit
    }

    [Fact]
    public void Sum_ColumnsOfTenths_IsAccurate()
    {
        var tenth = device.Run(new FullOp(DType.Float32, [200_000, 19]), [], 0.1f);
        Assert.All(device.Run(ReduceOp.Sum([0], false), tenth).Read<float>(), s => Assert.InRange(s, 19_999.99f, 20_000.01f));
    }

    [Theory]
    [InlineData(new int[] { 0 })]
    [InlineData(new int[] { 1 })]
    [InlineData(new int[] { 2 })]
    [InlineData(new int[] { 0, 2 })]
    [InlineData(new int[] { 1, 2 })]
    [InlineData(new int[] { 0, 1 })]
    [InlineData(new int[] { 0, 1, 2 })]
    public void Reduce_EveryAxesAndLayout_MatchesTheHost(int[] axes)
    {
        const int a = 7, b = 37, c = 50;
        var values = Host.Range(a * b * c, -3, 0.25f).Select((v, i) => v + ((i * 7919) % 13)).ToArray();
        var x = device.From(values, a, b, c);
        foreach (var order in new int[][] { [0, 1, 2], [2, 0, 1], [1, 2, 0] })
        {
            // The permuted copy viewed in the original order: the same values in another layout.
            int[] inverse = [.. Enumerable.Range(0, 3).Select(d => Array.IndexOf(order, d))];
            var layout = device.Run(CopyOp.Instance, x.Permute(order)).Permute(inverse);
            Check(layout, values, [a, b, c], axes);
        }
    }

    [Fact]
    public void Reduce_OfNothing_IsTheIdentity()
    {
        var empty = device.From(Array.Empty<float>(), 0, 3);
        Assert.Equal([0f, 0, 0], device.Run(ReduceOp.Sum([0], false), empty).Read<float>());
        Assert.Equal([1f, 1, 1], device.Run(ReduceOp.Prod([0], false), empty).Read<float>());
        Assert.Empty(device.Run(ReduceOp.Sum([1], false), empty).Read<float>());
    }

    [Fact]
    public void Reduce_HalfAndSmallIntegers_KeepTheirType()
    {
        var ones = device.Run(new FullOp(DType.Float16, [30_000]), [], 1);
        Assert.Equal((Half)30_000, device.Run(ReduceOp.Sum([0], false), ones).Read<Half>()[0]);
        var bytes = device.From(Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray(), 100_000);
        Assert.Equal((byte)Enumerable.Range(0, 100_000).Sum(i => i & 255), device.Run(ReduceOp.Sum([0], false), bytes).Read<byte>()[0]);
        var truth = device.From(Enumerable.Range(0, 100_000).Select(i => i == 77_777).ToArray(), 100_000);
        Assert.True(device.Run(ReduceOp.Max([0], false), truth).Read<bool>()[0]);
        Assert.False(device.Run(ReduceOp.Min([0], false), truth).Read<bool>()[0]);
    }

    [Fact]
    public void Max_NaNAnywhere_IsNaN()
    {
        var values = Host.Range(5000);
        values[3210] = float.NaN;
        var x = device.From(values, 5000);
        Assert.Equal(float.NaN, device.Run(ReduceOp.Max([0], false), x).Read<float>()[0]);
        Assert.Equal(float.NaN, device.Run(ReduceOp.Min([0], false), x).Read<float>()[0]);
        Assert.Equal([3210L], device.Run(ArgReduceOp.Max(0, false), x).Read<long>());
    }

    [Fact]
    public void ArgReduce_Ties_GiveTheFirst()
    {
        var values = new float[40_000];
        values[12_345] = values[30_000] = 5;
        values[23_456] = values[23_457] = -5;
        var x = device.From(values, 40_000);
        Assert.Equal([12_345L], device.Run(ArgReduceOp.Max(0, true), x).Read<long>());
        Assert.Equal([23_456L], device.Run(ArgReduceOp.Min(0, false), x).Read<long>());
        var y = device.From([3, 1, 2, 9, 9, 0], 2, 3);
        Assert.Equal([0L, 0], device.Run(ArgReduceOp.Max(1, false), y).Read<long>());
        Assert.Equal([1L, 1, 0], device.Run(ArgReduceOp.Max(1, false), device.From([3, 1, 9, 9, 5, 0], 2, 3).Permute(1, 0)).Read<long>());
    }

    [Fact]
    public void Sum_TwoRuns_AreEqualInEveryBit()
    {
        var x = device.From(Host.Range(123_457, 0.1f, 0.37f), 123_457);
        Assert.Equal(device.Run(ReduceOp.Sum([0], false), x).Read<float>(), device.Run(ReduceOp.Sum([0], false), x).Read<float>());
    }

    private void Check(DeviceTensor x, float[] values, int[] dims, int[] axes)
    {
        var sums = new Dictionary<(int, int, int), (double Sum, float Max, float Min)>();
        for (int i = 0; i < values.Length; i++)
        {
            int[] at = [i / (dims[1] * dims[2]), i / dims[2] % dims[1], i % dims[2]];
            foreach (int axis in axes)
                at[axis] = 0;
            var (sum, max, min) = sums.GetValueOrDefault((at[0], at[1], at[2]), (0, float.MinValue, float.MaxValue));
            sums[(at[0], at[1], at[2])] = (sum + values[i], Math.Max(max, values[i]), Math.Min(min, values[i]));
        }

        var expected = sums.OrderBy(p => p.Key).Select(p => p.Value).ToArray();
        var list = ValueArray.Create<int>(axes);
        var actual = device.Run(ReduceOp.Sum(list, false), x).Read<float>();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i].Sum, actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i].Sum)));
        Assert.Equal(expected.Select(e => e.Max), device.Run(ReduceOp.Max(list, true), x).Read<float>());
        Assert.Equal(expected.Select(e => e.Min), device.Run(ReduceOp.Min(list, true), x).Read<float>());
    }
}

public sealed class CpuReductionTests(DeviceFixture fixture) : ReductionTests(fixture.Device), IClassFixture<DeviceFixture>;

public sealed class GpuReductionTests(GpuStyleFixture fixture) : ReductionTests(fixture.Device), IClassFixture<GpuStyleFixture>;
