namespace Nabla.Tests.Graph;

public sealed class GradTests
{
    [Fact]
    public void Grad_DoesNotAccumulate()
    {
        var x = Expect.Leaf(3);
        Expect.Values(Autograd.Grad(x * x, x), 6);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Grad_OfResultInTheMiddle_IsTheGradientThere()
    {
        var x = Expect.Leaf(3);
        var y = x * 2;
        var z = y * y;
        Expect.Values(Autograd.Grad(z, y), 12);
    }

    [Fact]
    public void Grad_ManyInputsAndOutputs_SumsOverOutputs()
    {
        var a = Expect.Leaf(2);
        var b = Expect.Leaf(5);
        var gradients = Autograd.Grad([a * b, a * a], [a, b]);
        Expect.Values(gradients[0], 9);
        Expect.Values(gradients[1], 2);
    }

    [Fact]
    public void Grad_AnInputTwice_GivesTwoHandlesOfOneMemory()
    {
        var x = Expect.Leaf(3);
        var gradients = Autograd.Grad([x * x], [x, x], createGraph: true);
        gradients[0]!.Mul_(2);
        Expect.Values(gradients[1], 12);
        gradients[0]!.Dispose();
        Expect.Values(gradients[1], 12);
        Expect.Values(Autograd.Grad(gradients[1]!, x), 4); // and of one place in the graph
    }

    [Fact]
    public void Grad_UnusedInput_ThrowsUnlessAllowed()
    {
        var (a, b) = (Expect.Leaf(2), Expect.Leaf(5));
        var y = a * a;
        Expect.Throws<AutogradException>(() => Autograd.Grad([y], [a, b], retainGraph: true), "input 1", "allowUnused");
        Assert.Null(Autograd.Grad([y], [a, b], allowUnused: true)[1]);
    }

    [Fact]
    public void Grad_InputWithoutGradient_Throws()
    {
        var x = Expect.Leaf(2);
        Expect.Throws<AutogradException>(() => Autograd.Grad([x * 2], [Tensor.Ones(1)]), "input 0");
    }

    [Fact]
    public void Grad_OnlyWhatLeadsToTheInputs_Runs()
    {
        var (a, b) = (Expect.Leaf(2), Expect.Leaf(5));
        bool visited = false;
        var other = b.Exp();
        other.RegisterHook(_ =>
        {
            visited = true;
            return null;
        });
        Autograd.Grad(a * 2 + other.Sin(), a);
        Assert.False(visited);
    }

    [Fact]
    public void Grad_CreateGraph_GivesHigherDerivatives()
    {
        var x = Expect.Leaf(2);
        var y = x.Pow(4);
        var first = Autograd.Grad(y, x, createGraph: true);
        var second = Autograd.Grad(first, x, createGraph: true);
        var third = Autograd.Grad(second, x);
        Expect.Values(first, 32);
        Expect.Values(second, 48);
        Expect.Values(third, 48);
    }

    [Fact]
    public void Backward_CreateGraph_LetsTheGradientBeDifferentiated()
    {
        var x = Expect.Leaf(1, 2);
        (x * x * x).Sum().Backward(createGraph: true);
        var penalty = (x.Grad! * x.Grad!).Sum();
        Expect.Values(Autograd.Grad(penalty, x), 36, 288); // d (3 x^2)^2 = 36 x^3
    }

    [Fact]
    public void Grad_ThroughGradientOutput_IsLinearInIt()
    {
        var x = Expect.Leaf(1, 2);
        var v = Expect.Leaf(3, 4);
        var gradient = Autograd.Grad(x.Exp(), x, v, createGraph: true);
        Expect.Values(Autograd.Grad(gradient.Sum(), v), Math.Exp(1), Math.Exp(2));
    }
}
