namespace Nabla.Tests.Optim;

/// <summary>Two steps of each optimizer, by hand.</summary>
public sealed class OptimizerTests
{
    private static Tensor Parameter() => Tensor.From([1.0, -2.0], requiresGrad: true);

    /// <summary>Steps with the gradient of w^2: 2 w.</summary>
    private static double[] Steps(Tensor w, Optimizer optimizer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            optimizer.ZeroGrad();
            w.Square().Sum().Backward();
            optimizer.Step();
        }

        return w.ToArray<double>();
    }

    private static void Equal(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-9);
    }

    [Fact]
    public void SGD_Plain_GoesAgainstTheGradient()
    {
        var w = Parameter();
        Equal([0.64, -1.28], Steps(w, new SGD([w], lr: 0.1), 2)); // each step times 0.8
    }

    [Fact]
    public void SGD_WithMomentumAndDecay_FollowsPyTorch()
    {
        var w = Parameter();

        // g = 2 w + 0.5 w; first buffer g, then 0.9 buffer + g.
        double first = 1 - 0.1 * 2.5, second = first - 0.1 * (0.9 * 2.5 + 2.5 * first);
        Equal([second, -2 * second], Steps(w, new SGD([w], lr: 0.1, momentum: 0.9, weightDecay: 0.5), 2));
    }

    [Fact]
    public void Adam_TwoSteps_FollowTheFormula()
    {
        var w = Parameter();
        double p = 1, m = 0, v = 0;
        for (int t = 1; t <= 2; t++)
        {
            double g = 2 * p;
            (m, v) = (0.8 * m + 0.2 * g, 0.95 * v + 0.05 * g * g);
            p -= 0.1 * (m / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.95, t))) + 1e-3);
        }

        Equal([p], Steps(w, new Adam([w], lr: 0.1, beta1: 0.8, beta2: 0.95, eps: 1e-3), 2)[..1]);
    }

    [Fact]
    public void AdamW_DecaysTheParameterItself()
    {
        var (w, plain) = (Parameter(), Parameter());
        var decayed = Steps(w, new AdamW([w], lr: 0.1, weightDecay: 0.5), 1);
        var without = Steps(plain, new Adam([plain], lr: 0.1), 1);
        Equal([without[0] - 0.1 * 0.5 * 1, without[1] + 0.1 * 0.5 * 2], decayed);
    }

    [Fact]
    public void Step_LeavesWhatHasNoGradient_AndCountsAWrite()
    {
        var (used, unused) = (Parameter(), Parameter());
        var optimizer = new Adam([used, unused]);
        used.Sum().Backward();
        int version = used.Version;
        optimizer.Step();
        Assert.Equal([1.0, -2.0], unused.ToArray<double>());
        Assert.NotEqual(1.0, used.ToArray<double>()[0]);
        Assert.True(used.Version > version);
        Assert.True(used is { IsLeaf: true, RequiresGrad: true });
    }

    [Fact]
    public void Step_BetweenForwardAndBackward_IsNoticed()
    {
        var w = Parameter();
        var optimizer = new SGD([w], lr: 0.1);
        var loss = (w * w).Sum();
        w.Sum().Backward();
        optimizer.Step();
        Assert.Contains("changed in place", Assert.Throws<AutogradException>(() => loss.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ZeroGrad_DropsOrFills()
    {
        var w = Parameter();
        var optimizer = new SGD([w], lr: 0.1);
        w.Sum().Backward();
        optimizer.ZeroGrad(setToNone: false);
        Assert.Equal([0.0, 0.0], w.Grad!.ToArray<double>());
        optimizer.ZeroGrad();
        Assert.Null(w.Grad);
    }

    [Fact]
    public void LearningRate_MayChangeBetweenSteps()
    {
        var w = Parameter();
        var optimizer = new SGD([w], lr: 0.1);
        Steps(w, optimizer, 1);
        optimizer.LearningRate = 0.25;
        Equal([0.4, -0.8], Steps(w, optimizer, 1));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("momentum")]
    [InlineData("Adam")]
    [InlineData("AMSGrad")]
    [InlineData("Adagrad")]
    [InlineData("RMSprop")]
    public void Step_OfManyParameters_GivesTheBitsOfOptimizersOfOne(string name)
    {
        long[][] shapes = [[3, 5], [0, 4], [], [70], [5, 3], [2], [1000]];
        Tensor[] Parameters() => [.. shapes.SelectMany((shape, i) => new[] { DType.Float32, DType.Float64, DType.BFloat16 }
            .Select((dtype, j) => Values(shape, dtype, (3 * i) + j).RequiresGrad_()))];
        Optimizer Create(params Tensor[] parameters) => name switch
        {
            "SGD" => new SGD(parameters, lr: 0.1, weightDecay: 0.01),
            "momentum" => new SGD(parameters, lr: 0.1, momentum: 0.9, dampening: 0.1),
            "Adam" => new Adam(parameters, lr: 0.1),
            "AMSGrad" => new AdamW(parameters, lr: 0.1, amsgrad: true),
            "Adagrad" => new Adagrad(parameters, lr: 0.1, lrDecay: 0.01),
            _ => new RMSprop(parameters, lr: 0.1, momentum: 0.9, centered: true),
        };
        Tensor[] together = Parameters(), apart = Parameters();
        var all = Create(together);
        Optimizer[] each = [.. apart.Select(p => Create(p))];
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < together.Length; i++)
            {
                if ((i + step) % 5 == 4)
                    continue; // has no gradient this time
                var gradient = Values([.. together[i].Shape], together[i].DType, 100 + i + step);
                if (i % 2 == 0 && gradient.Dim == 2)
                    gradient = gradient.T.Contiguous().T; // columns one after the other
                (together[i].Grad, apart[i].Grad) = (gradient, gradient.Clone());
            }

            all.Step();
            foreach (var optimizer in each)
                optimizer.Step();
            all.ZeroGrad();
            foreach (var optimizer in each)
                optimizer.ZeroGrad();
            for (int i = 0; i < together.Length; i++)
                Assert.Equal(apart[i].To(DType.Float64).Flatten().ToArray<double>(), together[i].To(DType.Float64).Flatten().ToArray<double>());
        }
    }

    private static Tensor Values(long[] shape, DType dtype, int seed) =>
        ((Tensor.Arange(Shape.Create(shape).ElementCount, dtype: DType.Float64) + seed).Sin() + 1.5).Reshape(shape).To(dtype);

    [Fact]
    public void Step_OfParametersThatShareMemory_IsOneAfterTheOther()
    {
        // a and b are the same two numbers; b's gradient is c, which the step changes before b's turn.
        var memory = Tensor.From([1.0, 2.0]);
        var (a, c, b) = (memory.Detach().RequiresGrad_(), Tensor.From([10.0, 20.0], requiresGrad: true), memory.Detach().RequiresGrad_());
        (a.Grad, c.Grad, b.Grad) = (Tensor.From([1.0, 1.0]), Tensor.From([5.0, 5.0]), c.Detach());
        new SGD([a, c, b], lr: 1).Step();
        Assert.Equal([5.0, 15.0], c.ToArray<double>());
        Assert.Equal([1.0 - 1 - 5, 2.0 - 1 - 15], memory.ToArray<double>());
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Step_WithoutDecay_LeavesAnInfiniteParameter(DType dtype)
    {
        Func<Tensor, Optimizer>[] optimizers =
        [
            w => new SGD([w], lr: 0.1), w => new SGD([w], lr: 0.1, momentum: 0.9), w => new SGD([w], lr: 0.1, momentum: 0.9, dampening: 0.1, maximize: true),
            w => new Adam([w]), w => new AdamW([w], weightDecay: 0), w => new Adagrad([w]), w => new RMSprop([w]),
        ];
        foreach (var create in optimizers)
        {
            var w = Tensor.From([double.NegativeInfinity, 1]).To(dtype).RequiresGrad_();
            var optimizer = create(w);
            for (int i = 0; i < 2; i++)
            {
                w.Grad = Tensor.From([0.5, 0.5]).To(dtype);
                optimizer.Step();
            }

            double[] after = w.To(DType.Float64).ToArray<double>();
            Assert.Equal(double.NegativeInfinity, after[0]);
            Assert.InRange(Math.Abs(after[1] - 1), 1e-4, 1);
        }
    }

    [Fact]
    public void Step_OfADerivedOptimizer_IsMadeWhereItIsAskedFor()
    {
        var w = Parameter();
        Equal([0.25, -0.25], Steps(w, new Clamped([w]), 1));
    }

    [Fact]
    public void Constructor_OfWhatCannotBeOptimized_Throws()
    {
        var w = Parameter();
        Assert.Contains("no parameters", Assert.Throws<TensorArgumentException>(() => new SGD([], lr: 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("more than once", Assert.Throws<TensorArgumentException>(() => new SGD([w, Parameter(), w], lr: 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("[2]", Assert.Throws<AutogradException>(() => new Adam([w * 2])).Message, StringComparison.Ordinal);
        Assert.Contains("beta2 1", Assert.Throws<TensorArgumentException>(() => new Adam([w], beta2: 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>Adam that keeps parameters within a quarter of 0.</summary>
    private sealed class Clamped(IEnumerable<Tensor> parameters) : Adam(parameters)
    {
        protected override void Update(int index, Tensor parameter, Tensor gradient)
        {
            using var halved = gradient * 0.5; // gone when this returns
            base.Update(index, parameter, halved);
            parameter.Copy_(parameter.Clamp(-0.25, 0.25));
        }
    }
}
