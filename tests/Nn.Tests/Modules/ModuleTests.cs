namespace Nabla.Tests.Modules;

public sealed class ModuleTests
{
    [Fact]
    public void NamedParameters_OfNestedModules_JoinWithDots()
    {
        var model = new Sequential(new Linear(3, 2), new ReLU(), new Sequential(new Linear(2, 1, bias: false)));
        Assert.Equal(["0.weight", "0.bias", "2.0.weight"], model.NamedParameters().Select(p => p.Key));
        Assert.All(model.Parameters(), p => Assert.True(p is { RequiresGrad: true, IsLeaf: true }));
    }

    [Fact]
    public void NamedParameters_OfAModuleUsedTwice_ListsItOnce()
    {
        var shared = new Linear(2, 2);
        var model = new Sequential(shared, new Tanh(), shared);
        Assert.Equal(["0.weight", "0.bias"], model.NamedParameters().Select(p => p.Key));
    }

    [Fact]
    public void NamedState_HasParametersThenBuffersOfEachModule() =>
        Assert.Equal(["scale", "count", "inner.weight"], new Counted().NamedState().Select(s => s.Key));

    [Fact]
    public void NamedState_OfAModuleUsedTwice_HasEachOfItsNames()
    {
        var shared = new Linear(2, 2);
        var state = new Sequential(shared, new Tanh(), shared).NamedState().ToList();
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], state.Select(s => s.Key));
        Assert.Equal([shared.Weight, shared.Bias, shared.Weight, shared.Bias], state.Select(s => s.Value));
    }

    [Fact]
    public void AddParameter_WithATakenName_Throws()
    {
        var error = Assert.Throws<TensorArgumentException>(() => new Clashing());
        Assert.Contains("'weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_AndEval_ReachEveryPart()
    {
        var dropout = new Dropout(0.5);
        var model = new Sequential(new Sequential(dropout), new Linear(2, 2));
        Assert.True(dropout.Training);
        Assert.Same(model, model.Eval());
        Assert.False(dropout.Training);
        model.Train();
        Assert.True(dropout.Training);
    }

    [Fact]
    public void Dropout_InEvaluation_PassesEverything()
    {
        var (dropout, x) = (new Dropout(0.9), Tensor.Ones(1000));
        Assert.InRange(dropout.Forward(x).Ne(0).Sum().Item<long>(), 50, 160);
        Assert.Same(x, dropout.Eval().Forward(x));
    }

    [Fact]
    public void ZeroGrad_DropsTheGradients()
    {
        var layer = new Linear(2, 1);
        layer.Forward(Tensor.Ones(1, 2)).Sum().Backward();
        Assert.NotNull(layer.Weight.Grad);
        layer.ZeroGrad();
        Assert.Null(layer.Weight.Grad);
    }

    [Fact]
    public void Linear_StartsUniformWithinTheRootOfItsInputs()
    {
        var layer = new Linear(100, 400, dtype: DType.Float64, generator: new Generator(1));
        foreach (var parameter in new[] { layer.Weight, layer.Bias! })
        {
            Assert.InRange(parameter.Abs().Max().Item<double>(), 0.095, 0.1);
            Assert.InRange(parameter.Abs().Mean().Item<double>(), 0.045, 0.055);
        }

        Assert.True(layer.Weight.IsEqual(new Linear(100, 400, dtype: DType.Float64, generator: new Generator(1)).Weight));
    }

    [Fact]
    public void Linear_Forward_IsXTimesWTransposedPlusB()
    {
        var layer = new Linear(2, 2);
        using (Autograd.NoGrad())
        {
            layer.Weight.Copy_(Tensor.From(new[,] { { 1f, 2 }, { 3, 4 } }));
            layer.Bias!.Copy_(Tensor.From([10f, 20]));
        }

        Assert.Equal([13, 27, 10, 20], layer.Forward(Tensor.From(new[,] { { 1f, 1 }, { 0, 0 } })).ToArray<float>());
        Assert.Null(new Linear(2, 2, bias: false).Bias);
    }

    [Fact]
    public void Sequential_WithActivations_GivesTheBitsOfItsParts()
    {
        Module[] modules = [new Linear(20, 30), new ReLU(), new Linear(30, 17), new GELU(), new Tanh(), new Linear(17, 5, bias: false), new Sigmoid(), new Linear(5, 3)];
        var (model, x) = (new Sequential(modules), Tensor.Randn(9, 20));
        var (together, apart) = (Differentiate(model.Forward), Differentiate(x => modules.Aggregate(x, (h, module) => module.Forward(h))));
        Assert.Equal(apart, together);
        using (Autograd.NoGrad())
            Assert.Equal(together[0], model.Forward(x).ToArray<float>());

        float[][] Differentiate(Func<Tensor, Tensor> forward)
        {
            model.ZeroGrad();
            var y = forward(x);
            (y * y).Sum().Backward();
            return [y.Detach().ToArray<float>(), .. model.Parameters().Select(p => p.Grad!.ToArray<float>())];
        }
    }

    [Fact]
    public void Sequential_OfALinearAndItsActivation_RecordsOneNode()
    {
        var linear = new Linear(2, 3);
        Assert.Equal("linear", new Sequential(linear, new ReLU()).Forward(Tensor.Ones(1, 2)).GradFn);
        Assert.Equal("relu", new Sequential(new Sequential(linear), new ReLU()).Forward(Tensor.Ones(1, 2)).GradFn);
    }

    private sealed class Counted : Module
    {
        public Counted()
        {
            AddBuffer(Tensor.Zeros(1), "count");
            AddParameter(Tensor.Ones(1), "scale");
            AddModule(new Linear(1, 1, bias: false), "inner");
        }

        public override Tensor Forward(Tensor input) => input;
    }

    private sealed class Clashing : Module
    {
        public Clashing()
        {
            AddParameter(Tensor.Ones(1), "weight");
            AddBuffer(Tensor.Ones(1), "weight");
        }

        public override Tensor Forward(Tensor input) => input;
    }
}
