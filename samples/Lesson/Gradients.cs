namespace Nabla.Lesson;

/// <summary>Section 6: automatic gradients.</summary>
internal static class Gradients
{
    public static void Run(Check check)
    {
        Check.Section("6. Autograd, example 1: y = 3x^2");
        var x = Tensor.From(4f, requiresGrad: true);
        var y = 3 * x.Pow(2);
        Console.WriteLine($"x = {x}");
        Console.WriteLine($"y = {y}");
        y.Backward();
        Console.WriteLine($"\nThe gradient dy/dx at x=4 is: {x.Grad}");
        check.Values(y, 48f);
        check.Values(x.Grad!, 24f);
        check.Text(x.Grad!, "tensor(24.)");

        Check.Section("Example 2: the computation graph");
        var a = Tensor.From(new[] { 1f, 2f }, requiresGrad: true);
        var b = Tensor.From(new[] { 3f, 4f }, requiresGrad: true);
        var c = a * 2;
        var d = b + c;
        var s = d.Mean();
        Console.WriteLine($"a: {a}\nb: {b}\nc: {c}\nd: {d}\ns: {s}");
        s.Backward();
        Console.WriteLine($"\nGradient for a: {a.Grad}");
        Console.WriteLine($"Gradient for b: {b.Grad}");
        check.Values(c, 2f, 4f);
        check.Values(d, 5f, 8f);
        check.Values(s, 6.5f);
        check.Values(a.Grad!, 1f, 1f);
        check.Values(b.Grad!, 0.5f, 0.5f);

        Accumulation(check);
    }

    private static void Accumulation(Check check)
    {
        Check.Section("Nuance 1: gradients accumulate");
        var x = Tensor.From(3f, requiresGrad: true);
        x.Pow(2).Backward();
        Console.WriteLine($"After first pass, x.Grad = {x.Grad}");
        check.Values(x.Grad!, 6f);
        x.Pow(3).Backward();
        Console.WriteLine($"After second pass, x.Grad = {x.Grad}");
        check.Values(x.Grad!, 33f);

        Check.Section("Nuance 2: clearing with Zero_()");
        x = Tensor.From(3f, requiresGrad: true);
        x.Pow(2).Backward();
        Console.WriteLine($"After first pass, x.Grad = {x.Grad}");
        x.Grad!.Zero_();
        check.Values(x.Grad!, 0f);
        x.Pow(3).Backward();
        Console.WriteLine($"After second pass, x.Grad = {x.Grad}");
        check.Values(x.Grad!, 27f);
    }
}
