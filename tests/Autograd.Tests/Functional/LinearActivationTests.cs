namespace Nabla.Tests;

/// <summary>A linear layer with its activation is the two one after the other: values, gradients and what is recorded.</summary>
public sealed class LinearActivationTests
{
    public static TheoryData<Activation> All => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Linear_WithActivation_EqualsBothBitByBit(Activation activation)
    {
        var generator = new Generator(1);
        foreach (long[] shape in new long[][] { [5, 40], [2, 3, 40], [40] })
        {
            Tensor x = Tensor.Randn(shape, generator: generator), weight = Tensor.Randn([35, 40], generator: generator), bias = Tensor.Randn([35], generator: generator);
            foreach (var b in new[] { bias, null, Tensor.Zeros(1, 35) })
            {
                var (value, gradients) = Differentiate((x, w) => Functional.Linear(x, w, b, activation), x, weight);
                var (expected, expectedGradients) = Differentiate((x, w) => Activate(Functional.Linear(x, w, b), activation), x, weight);
                Assert.Equal(expected.ToArray<float>(), value.ToArray<float>());
                for (int i = 0; i < gradients.Length; i++)
                    Assert.Equal(expectedGradients[i].ToArray<float>(), gradients[i].ToArray<float>());
            }
        }
    }

    [Fact]
    public void Linear_OfIntegers_PromotesAsTheActivationDoes()
    {
        Tensor x = Tensor.From(new[,] { { 1, 2 } }), weight = Tensor.From(new[,] { { 1, -1 }, { 1, 1 } });
        Assert.Equal([0, 3], Functional.Linear(x, weight, activation: Activation.Relu).ToArray<int>());
        Assert.Equal([MathF.Tanh(-1), MathF.Tanh(3)], Functional.Linear(x, weight, activation: Activation.Tanh).ToArray<float>().Select(v => v), (a, b) => MathF.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Linear_AWeightOfOneOutput_IsActivated() =>
        Assert.Equal([0f, 2f], Functional.Linear(Tensor.From(new[,] { { -3f, 1f }, { 1f, 1f } }), Tensor.Ones(2), activation: Activation.Relu).ToArray<float>());

    [Fact]
    public void Linear_AnUnknownActivation_Throws()
    {
        var error = Assert.Throws<TensorArgumentException>(() => Functional.Linear(Tensor.Ones(2, 2), Tensor.Ones(2, 2), activation: (Activation)99));
        Assert.Contains("99 is no activation; take one of None, Relu", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Activation.Relu, "linear")]
    [InlineData(Activation.Tanh, "linear")]
    [InlineData(Activation.Gelu, "gelu")] // its gradient needs the sums
    public void Linear_WhereGradientsAreRecorded_IsOneNodeIfTheResultTellsThem(Activation activation, string last) =>
        Assert.Equal(last, Functional.Linear(Tensor.Ones(2, 3), Tensor.Ones(4, 3).RequiresGrad_(), activation: activation).GradFn);

    private static Tensor Activate(Tensor x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Relu => Functional.Relu(x),
        Activation.Gelu => Functional.Gelu(x),
        Activation.GeluTanh => Functional.Gelu(x, GeluApproximation.Tanh),
        Activation.Silu => Functional.Silu(x),
        Activation.Tanh => x.Tanh(),
        Activation.Sigmoid => x.Sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    private static (Tensor Value, Tensor[] Gradients) Differentiate(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor weight)
    {
        (x, weight) = (x.Clone().RequiresGrad_(), weight.Clone().RequiresGrad_());
        var y = function(x, weight);
        (y * y).Sum().Backward();
        return (y.Detach(), [x.Grad!, weight.Grad!]);
    }
}
