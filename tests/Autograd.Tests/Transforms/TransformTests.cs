namespace Nabla.Tests.Transforms;

public sealed class TransformTests
{
    private static Tensor Cubes(Tensor x) => x.Pow(3).Sum();

    [Fact]
    public void ValueAndGrad_GivesBothAndAccumulatesNothing()
    {
        var x = Tensor.From(new[] { 1.0, 2.0 });
        var (value, gradient) = Autograd.ValueAndGrad(Cubes)(x);
        Expect.Values(value, 9);
        Expect.Values(gradient, 3, 12);
        Assert.False(value.RequiresGrad);
        Assert.False(gradient.RequiresGrad);
        Assert.False(x.RequiresGrad);
    }

    [Fact]
    public void ValueAndGrad_OfItself_GivesHigherDerivatives()
    {
        var x = Tensor.From(2.0);
        Func<Tensor, Tensor> first = v => Autograd.ValueAndGrad(u => u.Pow(4))(v).Gradient;
        Func<Tensor, Tensor> second = v => Autograd.ValueAndGrad(first)(v).Gradient;
        Expect.Values(first(x), 32);
        Expect.Values(second(x), 48);
        Expect.Values(Autograd.ValueAndGrad(second)(x).Gradient, 48);
    }

    [Fact]
    public void ValueAndGrad_OfLeaf_LeavesItsGradAlone()
    {
        var x = Expect.Leaf(1, 2);
        var (_, gradient) = Autograd.ValueAndGrad(Cubes)(x);
        Assert.Null(x.Grad);
        gradient.Sum().Backward(); // the result can be differentiated: 6 x
        Expect.Values(x.Grad, 6, 12);
    }

    [Fact]
    public void ValueAndGrads_OfMany_GivesOneGradientEach()
    {
        var (value, gradients) = Autograd.ValueAndGrads(v => (v[0] * v[1]).Sum())([Tensor.From(3.0), Tensor.From(5.0)]);
        Expect.Values(value, 15);
        Expect.Values(gradients[0], 5);
        Expect.Values(gradients[1], 3);
    }

    [Fact]
    public void ValueAndGrad_ManyElements_Throws() =>
        Expect.Throws<AutogradException>(() => Autograd.ValueAndGrad((Tensor x) => x * 2)(Tensor.Ones(3)), "[3]", "Jacobian");

    [Fact]
    public void ValueAndGrad_OfConstant_IsZero() =>
        Expect.Values(Autograd.ValueAndGrad(_ => Tensor.From(1.0))(Tensor.From(new[] { 1.0, 2.0 })).Gradient, 0, 0);

    [Fact]
    public void ValueAndGrad_UnderNoGrad_StillDifferentiates()
    {
        using var _ = Autograd.NoGrad();
        Expect.Values(Autograd.ValueAndGrad(Cubes)(Tensor.From(2.0)).Gradient, 12);
    }

    [Fact]
    public void Jacobian_HasTheShapesOfOutputAndInput()
    {
        var a = Tensor.From(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 }, { 5.0, 6.0 } });
        var jacobian = Autograd.Jacobian(x => a.MatMul(x))(Tensor.From(new[] { 1.0, 1.0 }));
        Expect.Shape(jacobian, 3, 2);
        Expect.Values(jacobian, 1, 2, 3, 4, 5, 6);
        Expect.Shape(Autograd.Jacobian(x => x.Exp())(Tensor.Zeros([2, 3], DType.Float64)), 2, 3, 2, 3);
    }

    [Fact]
    public void Hessian_OfQuadraticForm_IsItsMatrix()
    {
        var a = Tensor.From(new[,] { { 2.0, 1.0 }, { 1.0, 4.0 } });
        var hessian = Autograd.Hessian(x => x.MatMul(a).Dot(x) * 0.5)(Tensor.From(new[] { 0.3, -0.7 }));
        Expect.Shape(hessian, 2, 2);
        Expect.Values(hessian, 2, 1, 1, 4);
    }

    [Fact]
    public void Hessian_OfLinearFunction_IsZero() =>
        Expect.Values(Autograd.Hessian(x => x.Sum())(Tensor.From(new[] { 1.0, 2.0 })), 0, 0, 0, 0);

    [Fact]
    public void Vjp_AndJvp_AreTransposedProducts()
    {
        var x = Tensor.From(new[] { 0.5, 1.5 });
        Tensor F(Tensor v) => Tensor.Stack([v[0] * v[1], v[0].Sin(), v[1].Exp()]);
        var jacobian = Autograd.Jacobian(F)(x);
        var left = Tensor.From(new[] { 1.0, -2.0, 0.5 });
        var right = Tensor.From(new[] { 3.0, -1.0 });
        Expect.Values(Autograd.Vjp(F, x, left).Product, left.MatMul(jacobian).ToArray<double>());
        var (value, product) = Autograd.Jvp(F, x, right);
        Expect.Values(product, jacobian.MatMul(right).ToArray<double>());
        Expect.Values(value, F(x).ToArray<double>());
    }

    [Fact]
    public void GradCheck_FindsAWrongGradient()
    {
        var x = Expect.Leaf(0.4, 0.9);
        Assert.True(Autograd.GradCheck(v => v.Sin() * v, x).Passed);

        // The detached factor hides half of the derivative of x^2.
        var result = Autograd.GradCheck(v => v * v.Detach(), x);
        Assert.False(result.Passed);
        Assert.Equal((0, 0L, 0, 0L), (result.Mismatch!.Output, result.Mismatch.OutputElement, result.Mismatch.Input, result.Mismatch.InputElement));
        Assert.Equal(0.4, result.Mismatch.Analytic, 6);
        Assert.Equal(0.8, result.Mismatch.Numeric, 6);
        Assert.Contains("finite differences", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GradGradCheck_FindsAWrongSecondGradient()
    {
        var x = Expect.Leaf(0.4, 0.9);
        Assert.True(Autograd.GradGradCheck(v => v.Exp() * v, x).Passed);

        // First derivatives are right, the second ones miss that the slope depends on x.
        Tensor Surrogate(Tensor v) => v.Detach().Square() + 2 * v.Detach() * (v - v.Detach());
        Assert.True(Autograd.Vjp(Surrogate, x, Tensor.OnesLike(x)).Product.ToArray<double>().SequenceEqual([0.8, 1.8]));
        Assert.False(Autograd.GradGradCheck(Surrogate, x).Passed);
    }

    [Fact]
    public void GradCheck_Float32_Throws() =>
        Expect.Throws<DTypeException>(() => Autograd.GradCheck(v => v * 2, Tensor.Ones([1], requiresGrad: true)), "float64");

    [Fact]
    public void GradCheck_NothingToCheck_Throws() =>
        Expect.Throws<AutogradException>(() => Autograd.GradCheck(v => v * 2, Tensor.Ones([1], DType.Float64)), "require");
}
