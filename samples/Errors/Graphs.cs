namespace Nabla.Errors;

/// <summary>Gradients that cannot be computed, and writes that would make one wrong.</summary>
internal static class Graphs
{
    public static void Run()
    {
        Report.Show("Backward twice", () =>
        {
            var x = Tensor.From(2f, requiresGrad: true);
            var y = x * x;
            y.Backward();
            y.Backward();
        });
        Report.Show("In-place write on a saved tensor", () =>
        {
            var x = Tensor.From(2f, requiresGrad: true);
            var y = x.Exp();
            y.Add_(1);
            y.Backward();
        });
        Report.Show("In-place write on a leaf", () => Tensor.From(2f, requiresGrad: true).Add_(1));
    }
}
