namespace Nabla.Tests.Kernels;

/// <summary>What an operation refuses before any kernel: a kernel that is reached all the same throws, rather than return what nobody computed.</summary>
public sealed class DomainTests
{
    public static TheoryData<string> Names => [.. Calls.Keys];

    private static readonly Dictionary<string, (Op Op, int Inputs, Scalar[] Scalars)> Calls = new()
    {
        ["arange"] = (new ArangeOp(DType.Bool, 4), 0, [0, 1]),
        ["matmul"] = (MatMulOp.Instance, 2, []),
        ["sum"] = (ReduceOp.Sum([0, 1], false), 1, []),
        ["prod"] = (ReduceOp.Prod([0, 1], false), 1, []),
        ["sqrt"] = (UnaryOp.Sqrt, 1, []),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Execute_BoolWhereThereIsNone_Throws(string name)
    {
        var (op, count, scalars) = Calls[name];
        var x = Cpu.Cast(Cpu.Tensor([1f, 0, 1, 1], [2, 2]), DType.Bool);
        Assert.Throws<DTypeException>(() => Dispatch.Execute(Cpu.Device, op, [.. Enumerable.Repeat(x, count)], scalars));
        var error = Assert.Throws<InvalidOperationException>(() =>
            Cpu.Device.Execute(new OpCall(op, [.. Enumerable.Repeat(x, count)], scalars, [x.Spec]), new DeviceTensor[1]));
        Assert.Contains("bool", error.Message, StringComparison.Ordinal);
    }
}
