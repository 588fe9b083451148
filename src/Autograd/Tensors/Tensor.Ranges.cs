namespace Nabla;

/// <content>Evenly spaced numbers, and indices of triangles.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Numbers from start to end, both included, evenly spaced. Symmetric: the second half is counted back from the end, so that it is met
    /// exactly. PyTorch: <c>torch.linspace</c>.
    /// </summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The last.</param>
    /// <param name="steps">How many; not negative.</param>
    /// <param name="dtype">The element type; integers are truncated.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <exception cref="TensorArgumentException"><paramref name="steps"/> is negative.</exception>
    public static Tensor Linspace(Scalar start, Scalar end, long steps, DType dtype = DType.Float32, Device? device = null)
    {
        if (steps < 0)
            throw new TensorArgumentException("linspace", $"the number of steps {steps} is negative.");
        using var temporaries = TemporaryScope.Open();
        double first = start.ToDouble(), last = end.ToDouble(), step = steps > 1 ? (last - first) / (steps - 1) : 0;
        if (!dtype.IsFloatingPoint())
        {
            var values = new long[steps];
            for (long i = 0; i < steps; i++)
                values[i] = (long)(i < steps / 2 ? first + step * i : last - step * (steps - 1 - i));
            return temporaries.Keep(steps == 1 ? Full([1], start, dtype, device) : From(values, device: device).To(dtype));
        }

        if (steps < 2)
            return temporaries.Keep(Full([steps], start, dtype, device));
        var front = Create(new ArangeOp(dtype, steps / 2), [first, step], device);
        var back = Create(new ArangeOp(dtype, steps - steps / 2), [last, -step], device);
        return temporaries.Keep(Cat([front, back.Flip(0)]));
    }

    /// <summary>Powers of a base, with exponents from start to end, evenly spaced. PyTorch: <c>torch.logspace</c>.</summary>
    public static Tensor Logspace(Scalar start, Scalar end, long steps, double @base = 10, DType dtype = DType.Float32, Device? device = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(dtype.IsFloatingPoint()
            ? Pow(@base, Linspace(start, end, steps, dtype, device))
            : Pow(@base, Linspace(start, end, steps, DType.Float32, device)).To(dtype));
    }

    /// <summary>Rows and columns of the elements on and below a diagonal, as int64 [2, n]. PyTorch: <c>torch.tril_indices</c>.</summary>
    public static Tensor TrilIndices(long rows, long columns, long offset = 0, DType dtype = DType.Int64, Device? device = null) =>
        Triangle("tril_indices", rows, columns, (row, column) => column <= row + offset, dtype, device);

    /// <summary>Rows and columns of the elements on and above a diagonal, as int64 [2, n]. PyTorch: <c>torch.triu_indices</c>.</summary>
    public static Tensor TriuIndices(long rows, long columns, long offset = 0, DType dtype = DType.Int64, Device? device = null) =>
        Triangle("triu_indices", rows, columns, (row, column) => column >= row + offset, dtype, device);

    private static Tensor Triangle(string op, long rows, long columns, Func<long, long, bool> inside, DType dtype, Device? device)
    {
        if (rows < 0 || columns < 0)
            throw new TensorArgumentException(op, $"sizes cannot be negative: {rows}, {columns}.");
        using var temporaries = TemporaryScope.Open();
        List<long> first = [], second = [];
        for (long row = 0; row < rows; row++)
            for (long column = 0; column < columns; column++)
                if (inside(row, column))
                {
                    first.Add(row);
                    second.Add(column);
                }

        long[] values = [.. first, .. second];
        return temporaries.Keep(From<long>(values, [2, first.Count], device: device).To(dtype));
    }
}
