namespace Nabla;

/// <summary>The sizes that are known when the model runs: their names, where they occur, and the sizes at which the function is traced.</summary>
internal sealed class DynamicDimensions
{
    private const long SmallestSize = 11;

    private readonly List<string> _names = [];
    private readonly Dictionary<(int Input, int Axis), int> _axes = [];

    /// <param name="inputs">The names of the inputs.</param>
    /// <param name="shapes">The shapes of the examples.</param>
    /// <param name="axes">What is dynamic.</param>
    public DynamicDimensions(IReadOnlyList<string> inputs, Shape[] shapes, IReadOnlyList<DynamicAxis> axes)
    {
        foreach (var axis in axes)
        {
            int input = inputs.ToList().IndexOf(axis.Input);
            if (input < 0)
                throw new TensorArgumentException("export", $"there is no input '{axis.Input}' to be dynamic; there are: {string.Join(", ", inputs)}.");
            var shape = shapes[input];
            int dim = Shape.Axis(axis.Axis, shape.Rank, "export");
            if (shape.Rank == 0 || shape.ElementCount == 0)
                throw new ShapeException("export", $"the example for '{axis.Input}' is {shape}: it has no elements to repeat, so no dimension of it can be dynamic.");
            ArgumentException.ThrowIfNullOrEmpty(axis.Name, nameof(axes));
            int name = _names.IndexOf(axis.Name);
            if (name < 0)
            {
                name = _names.Count;
                _names.Add(axis.Name);
            }

            if (!_axes.TryAdd((input, dim), name))
                throw new TensorArgumentException("export", $"dimension {dim} of '{axis.Input}' is named twice.");
        }

        Assignments = Assign(shapes);
        Shapes = [.. Assignments.Select(sizes => shapes.Select((shape, i) => Resize(i, shape, sizes)).ToArray())];
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// The sizes of each run: one more than dimensions to find forms, and one to check them. Two runs also where nothing is dynamic: what
    /// differs then is no constant.
    /// </summary>
    public long[][] Assignments { get; }

    /// <summary>The shapes of the inputs of each run.</summary>
    public Shape[][] Shapes { get; }

    /// <summary>Where the size of a dimension can be read.</summary>
    public (int Input, int Axis) Source(int dimension) => _axes.First(a => a.Value == dimension).Key;

    /// <summary>The dynamic dimension of an input's axis, or null.</summary>
    public string? NameOf(int input, int axis) => _axes.TryGetValue((input, axis), out int name) ? _names[name] : null;

    /// <summary>The first names are those of the first dimensions of every input.</summary>
    public static List<DynamicAxis> Leading(IReadOnlyList<string>? names, IReadOnlyList<string> inputs, Shape[] shapes)
    {
        var axes = new List<DynamicAxis>();
        for (int d = 0; d < (names?.Count ?? 0); d++)
        {
            if (!Array.Exists(shapes, s => s.Rank > d))
                throw new TensorArgumentException("export", $"no input has a dimension {d} that '{names![d]}' could name.");
            for (int i = 0; i < shapes.Length; i++)
                if (shapes[i].Rank > d)
                    axes.Add(new(inputs[i], d, names![d]));
        }

        return axes;
    }

    /// <summary>Distinct primes that no other size of the examples is a multiple of, so that numbers tell where they come from.</summary>
    private long[][] Assign(Shape[] shapes)
    {
        int dimensions = _names.Count, runs = dimensions + 2;
        var fixedSizes = new List<long>();
        for (int i = 0; i < shapes.Length; i++)
            for (int d = 0; d < shapes[i].Rank; d++)
                if (NameOf(i, d) is null)
                    fixedSizes.Add(shapes[i][d]);
        var assignments = new long[runs][];
        long prime = SmallestSize - 1;
        for (int run = 0; run < runs; run++)
        {
            assignments[run] = new long[dimensions];
            for (int d = 0; d < dimensions; d++)
            {
                do
                    prime++;
                while (!IsPrime(prime) || fixedSizes.Exists(s => s % prime == 0));
                assignments[run][d] = prime;
            }
        }

        return assignments;
    }

    private static bool IsPrime(long n)
    {
        for (long d = 2; d * d <= n; d++)
            if (n % d == 0)
                return false;
        return true;
    }

    private Shape Resize(int input, Shape shape, long[] sizes)
    {
        var dims = shape.ToArray();
        for (int d = 0; d < dims.Length; d++)
            if (_axes.TryGetValue((input, d), out int name))
                dims[d] = sizes[name];
        return Shape.Create(dims);
    }
}
