namespace Nabla.Tests;

public sealed class ActivationTests
{
    /// <summary>Gradients at bends, and where an unused branch would overflow: (function, x, value, slope), all as PyTorch has them.</summary>
    public static TheoryData<string, double, double, double> Bends => new()
    {
        { "relu", 0, 0, 0 },
        { "relu6", 0, 0, 0 },
        { "relu6", 6, 6, 0 },
        { "leaky_relu", 0, 0, 0.01 },
        { "elu", 0, 0, 1 },
        { "elu", 1000, 1000, 1 },
        { "selu", 1000, 1050.7009873554805, 1.0507009873554805 },
        { "celu", 1000, 1000, 1 },
        { "hardtanh", -1, -1, 0 },
        { "hardtanh", 1, 1, 0 },
        { "hardsigmoid", -3, 0, 0 },
        { "hardsigmoid", 3, 1, 0 },
        { "hardswish", -3, 0, 0 },
        { "hardswish", 3, 3, 1 },
        { "hardswish", double.PositiveInfinity, double.PositiveInfinity, 1 },
        { "hardshrink", 0.5, 0, 0 },
        { "softshrink", 0.5, 0, 0 },
        { "softshrink", -2, -1.5, 1 },
        { "softplus", 1000, 1000, 1 },
        { "softplus", 0, 0.6931471805599453, 0.5 },
        { "logsigmoid", -1000, -1000, 1 },
        { "logsigmoid", 0, -0.6931471805599453, 0.5 },
        { "mish", 1000, 1000, 1 },
        { "threshold", 0.1, 20, 0 },
        { "softsign", 0, 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Bends))]
    public void Activation_AtBends_HasPyTorchsSlope(string name, double at, double value, double slope)
    {
        var x = Tensor.From(at, requiresGrad: true);
        var y = Call(name, x);
        Expect.Values(y, value);
        y.Backward();
        Expect.Values(x.Grad, slope);
    }

    [Theory]
    [InlineData("elu"), InlineData("mish"), InlineData("softsign"), InlineData("hardswish"), InlineData("tanhshrink"), InlineData("softshrink"), InlineData("hardsigmoid")]
    public void Activation_OfHalfTypes_IsRoundedOnce(string name)
    {
        var wide = Tensor.From(new[] { -2.3f, -0.7f, 0.4f, 1.9f });
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
        {
            var x = wide.To(dtype);
            var y = Call(name, x);
            Assert.Equal(dtype, y.DType);
            Expect.Values(y, Call(name, x.To(DType.Float32)).To(dtype).ToArray<double>());
        }
    }

    [Fact]
    public void Softplus_SecondSlopeAtZero_IsAQuarter()
    {
        var x = Tensor.From(0.0, requiresGrad: true);
        var first = Autograd.Grad(Functional.Softplus(x), x, createGraph: true);
        Expect.Values(Autograd.Grad(first, x), 0.25);
    }

    [Fact]
    public void Softmax_WithoutDimensions_IsOne()
    {
        Expect.Values(Tensor.From(3f).Softmax(0), 1);
        Expect.Values(Tensor.From(3f).LogSoftmax(-1), 0);
        Assert.Equal(DType.Float64, Tensor.Arange(3).Softmax(0, DType.Float64).DType);
        Expect.Throws<DTypeException>(() => Tensor.Arange(3).Softmax(0), "int64");
        Expect.Throws<TensorIndexException>(() => Tensor.Ones(2).Softmax(1), "dimension 1");
    }

    [Fact]
    public void Dropout_ScalesWhatItKeeps()
    {
        using var _ = Ambient.Push(Ambient.Default with { Generator = new Generator(7) }); // the process's is shared with other tests
        var x = Tensor.Ones([10_000], requiresGrad: true);
        var y = Functional.Dropout(x, 0.25);
        var values = y.ToArray<float>();
        Assert.All(values, v => Assert.True(v == 0 || Math.Abs(v - 4f / 3) < 1e-6f));
        Assert.InRange(values.Count(v => v == 0), 2300, 2700);
        y.Sum().Backward();
        Assert.Equal(values, x.Grad!.ToArray<float>());
        Assert.Same(x, Functional.Dropout(x, 0.25, training: false));
        Expect.Values(Functional.Dropout(x[..2], 1), 0, 0);
        Expect.Throws<TensorArgumentException>(() => Functional.Dropout(x, 1.1), "1.1");
    }

    private static Tensor Call(string name, Tensor x) => name switch
    {
        "relu" => Functional.Relu(x),
        "relu6" => Functional.Relu6(x),
        "leaky_relu" => Functional.LeakyRelu(x),
        "elu" => Functional.Elu(x),
        "selu" => Functional.Selu(x),
        "celu" => Functional.Celu(x),
        "hardtanh" => Functional.Hardtanh(x),
        "hardsigmoid" => Functional.Hardsigmoid(x),
        "hardswish" => Functional.Hardswish(x),
        "hardshrink" => Functional.Hardshrink(x),
        "softshrink" => Functional.Softshrink(x),
        "softplus" => Functional.Softplus(x),
        "logsigmoid" => Functional.LogSigmoid(x),
        "mish" => Functional.Mish(x),
        "softsign" => Functional.Softsign(x),
        "tanhshrink" => Functional.Tanhshrink(x),
        _ => Functional.Threshold(x, 0.1, 20),
    };
}
