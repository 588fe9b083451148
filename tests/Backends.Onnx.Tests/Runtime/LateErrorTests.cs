namespace Nabla.Tests.Runtime;

public sealed class LateErrorTests
{
    public static TheoryData<string> Divisions => ["floor_divide", "trunc_divide", "remainder", "fmod"];

    private static BinaryOp Division(string name) => name switch
    {
        "floor_divide" => BinaryOp.FloorDivide,
        "trunc_divide" => BinaryOp.TruncDivide,
        "remainder" => BinaryOp.Remainder,
        _ => BinaryOp.Fmod,
    };

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Download_IntegerDividedByZero_NamesTheOperationAndSurfacesLate(string name)
    {
        using var lab = new Lab();
        var quotient = lab.Run(Division(name), lab.Vector(1, 2, 3), lab.Vector(1, 0, 0));
        for (int attempt = 0; attempt < 2; attempt++)
        {
            var error = Assert.Throws<TensorDivisionException>(() => lab.Read<int>(quotient));
            Assert.Equal(name, error.Operation);
            Assert.Contains("2 integer divisor(s) are zero", error.Message, StringComparison.Ordinal);
            Assert.Contains("surfaced late", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([5], lab.Read<int>(lab.Run(BinaryOp.Add, lab.Vector(2), lab.Vector(3)))); // the device stays usable
    }

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Execute_IntegerDividedByScalarZero_IsRefusedAtOnce(string name)
    {
        using var lab = new Lab();
        var x = lab.Vector(1, 2);
        Assert.Throws<TensorDivisionException>(() => lab.Run(Division(name), x, 0));
        Assert.Equal([float.NaN, float.NaN], lab.Read<float>(lab.Run(BinaryOp.Fmod, lab.Vector(1f, 2), 0)));
    }

    [Fact]
    public void Divide_SmallestIntegersByMinusOne_WrapsInsteadOfFaulting()
    {
        using var lab = new Lab();
        var (a, b) = (lab.Vector(int.MinValue, 7), lab.Vector(-1, -1));
        Assert.Equal([int.MinValue, -7], lab.Read<int>(lab.Run(BinaryOp.FloorDivide, a, b)));
        Assert.Equal([int.MinValue, -7], lab.Read<int>(lab.Run(BinaryOp.TruncDivide, a, -1)));
        Assert.Equal([0, 0], lab.Read<int>(lab.Run(BinaryOp.Remainder, a, b)));
        Assert.Equal([0L], lab.Read<long>(lab.Run(BinaryOp.Fmod, lab.Vector(long.MinValue), lab.Vector(-1L))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Gather_IndexOutOfRange_NamesIndexAndSize(long bad)
    {
        using var lab = new Lab();
        var x = lab.Upload<float>([2, 3], 1, 2, 3, 4, 5, 6);
        var picked = lab.Run(new GatherOp(1), x, lab.Upload<long>([2, 1], 0, bad));
        var error = Assert.Throws<TensorIndexException>(() => lab.Read<float>(picked));
        Assert.Equal("gather", error.Operation);
        Assert.Contains($"index {bad} is out of range for a dimension of size 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("surfaced late", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 6], lab.Read<float>(lab.Run(new GatherOp(1), x, lab.Upload<long>([2, 1], 0, 2))));
    }

    [Fact]
    public void To_AnotherDevice_ThatFails_GivesItsMemoryBack()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        using var cpu = CpuDevice.Create();
        var x = Tensor.Arange(3, device: new Device(onnx));
        var picked = x.Gather(0, x + 1);
        Assert.Throws<TensorIndexException>(() => picked.To(new Device(cpu)));
        Assert.Equal(0, cpu.Memory.Statistics.Live);
        Assert.Equal([1L, 2], x[1..].To(new Device(cpu)).ToArray<long>());
    }

    [Fact]
    public void ScatterAdd_IndexOutOfRange_LeavesOtherRootsComputable()
    {
        using var lab = new Lab();
        var x = lab.Vector(1.0, 2);
        var good = lab.Run(UnaryOp.Neg, x);
        var bad = lab.Run(new ScatterAddOp(0), x, lab.Vector(2L), lab.Vector(5.0));
        Assert.Throws<TensorIndexException>(() => lab.Evaluate(good, bad));
        Assert.Equal([-1.0, -2], lab.Read<double>(good));
        Assert.Throws<TensorIndexException>(() => lab.Read<double>(bad));
        Assert.Equal([1.0, 2], lab.Read<double>(x));
    }
}
