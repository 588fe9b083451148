namespace Nabla;

/// <content>Differences and integrals along a dimension.</content>
public sealed partial class Tensor
{
    /// <summary>Differences of neighbours; of bools, whether they differ. PyTorch: <c>torch.diff</c>.</summary>
    /// <param name="n">How often the differences are taken.</param>
    /// <param name="dim">Along which dimension.</param>
    /// <param name="prepend">What is joined in front before.</param>
    /// <param name="append">What is joined behind before.</param>
    /// <exception cref="TensorArgumentException"><paramref name="n"/> is negative.</exception>
    public Tensor Diff(int n = 1, int dim = -1, Tensor? prepend = null, Tensor? append = null)
    {
        if (n < 0)
            throw new TensorArgumentException("diff", $"the order {n} is negative.");
        if (Dim == 0)
            throw new ShapeException("diff", "a tensor without dimensions has no neighbours.");
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, "diff");
        var x = this;
        if (prepend is not null || append is not null)
            x = Cat([.. prepend is null ? [] : new[] { prepend }, this, .. append is null ? [] : new[] { append }], axis);
        for (int i = 0; i < n && x.Shape[axis] > 0; i++)
        {
            long size = x.Shape[axis] - 1;
            var (next, previous) = (x.Narrow(axis, 1, size), x.Narrow(axis, 0, size));
            x = x.DType == DType.Bool ? next.LogicalXor(previous) : next - previous;
        }

        return temporaries.Keep(n == 0 && ReferenceEquals(x, this) ? Clone() : x);
    }

    /// <summary>The integral by the trapezoidal rule, of points one <paramref name="dx"/> apart. PyTorch: <c>torch.trapezoid</c>.</summary>
    public static Tensor Trapezoid(Tensor y, double dx = 1, int dim = -1)
    {
        using var temporaries = TemporaryScope.Open();
        int axis = Integrand(y, dim);
        long gaps = Math.Max(0, y.Shape[axis] - 1);
        if (gaps > 0 && y.DType.IsFloatingPoint())
        {
            var ends = y.Select(axis, 0) + y.Select(axis, gaps);
            return temporaries.Keep((y.Narrow(axis, 1, gaps - 1).Sum(axis) * 2 + ends) * dx / 2);
        }

        return temporaries.Keep((y.Narrow(axis, Math.Min(1, y.Shape[axis]), gaps) + y.Narrow(axis, 0, gaps)).Sum(axis) * dx / 2);
    }

    /// <summary>The integral by the trapezoidal rule, of points at <paramref name="x"/> (a vector, or one for each of y). PyTorch: <c>torch.trapezoid</c>.</summary>
    public static Tensor Trapezoid(Tensor y, Tensor x, int dim = -1)
    {
        using var temporaries = TemporaryScope.Open();
        int axis = Integrand(y, dim);
        long gaps = Math.Max(0, y.Shape[axis] - 1);
        var widths = x.Diff(dim: x.Dim == 1 ? 0 : dim);
        if (x.Dim == 1)
        {
            long[] shape = [.. Enumerable.Repeat(1L, y.Dim)];
            shape[axis] = widths.Shape[0];
            widths = widths.Reshape(shape);
        }

        return temporaries.Keep((widths * (y.Narrow(axis, Math.Min(1, y.Shape[axis]), gaps) + y.Narrow(axis, 0, gaps))).Sum(axis) / 2);
    }

    private static int Integrand(Tensor y, int dim) =>
        y.Dim == 0 ? throw new ShapeException("trapezoid", "a tensor without dimensions has no points.") : y.Shape.Axis(dim, "trapezoid");
}
