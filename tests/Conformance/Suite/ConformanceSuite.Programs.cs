using Nabla.Tests.Reference;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 60).Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Program_Random_AgreesWithTheReference(int seed)
    {
        // Float64 where the device has all of it: then a difference is a defect, not rounding.
        var dtype = RunsFloat64 ? DType.Float64 : DType.Float32;
        var (expected, actual) = (RandomProgram.Run(Oracle, seed, dtype), RandomProgram.Run(Device, seed, dtype));
        Assert.Equal(expected.Log, actual.Log);
        for (int i = 0; i < expected.Results.Count; i++)
        {
            Assert.Equal(expected.Results[i] is null, actual.Results[i] is null);
            if (expected.Results[i] is { } values)
                Bench.AssertClose(Differentiation.Wide(values), Differentiation.Wide(actual.Results[i]!), dtype == DType.Float64 ? 1e3 : 1e9, $"seed {seed}, result {i} of {expected.Results.Count}");
        }
    }

    [Fact]
    public void Programs_Random_ReachWhatTheyShould()
    {
        // Guards the generator: without views, writes, refusals and backwards the programs would prove little.
        var runs = Enumerable.Range(1, 200).Select(s => RandomProgram.Run(Oracle, s, DType.Float64)).ToList();
        string log = string.Join('\n', runs.SelectMany(r => r.Log));
        foreach (var part in new[] { "slice", "permute", "expand", "softmax", "matmul", "tanh", "MemoryAccessException", "AutogradException", "version 2" })
            Assert.Contains(part, log, StringComparison.Ordinal);
        Assert.True(runs.Count(r => r.Log[^1].StartsWith("backward: add", StringComparison.Ordinal)) > 10, "many programs reach a gradient");
        Assert.True(runs.Count(r => r.Results[^4..].Any(g => g is not null)) > 10, "many leaves get one");
    }

    private bool RunsFloat64 => Device.Traits.DTypes.Contains(DType.Float64)
        && new[] { UnaryOp.Tanh.Kind, UnaryOp.Sin.Kind, UnaryOp.Cos.Kind, UnaryOp.Sigmoid.Kind, UnaryOp.Exp.Kind, UnaryOp.Reciprocal.Kind, UnaryOp.Neg.Kind, BinaryOp.Mul.Kind, BinaryOp.Add.Kind, BinaryOp.Sub.Kind,
            ReduceOp.SumRow, ReduceOp.MaxRow, MatMulOp.Row, ConcatOp.Row, CopyOp.Row, SliceScatterOp.Row, FullOp.Row }.All(k => Device.Missing(k, DType.Float64) is null);
}
