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

    [Fact]
    public void Constructor_OfWhatCannotBeOptimized_Throws()
    {
        var w = Parameter();
        Assert.Contains("no parameters", Assert.Throws<TensorArgumentException>(() => new SGD([], lr: 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("more than once", Assert.Throws<TensorArgumentException>(() => new SGD([w, Parameter(), w], lr: 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("[2]", Assert.Throws<AutogradException>(() => new Adam([w * 2])).Message, StringComparison.Ordinal);
        Assert.Contains("beta2 1", Assert.Throws<TensorArgumentException>(() => new Adam([w], beta2: 1)).Message, StringComparison.Ordinal);
    }
}
