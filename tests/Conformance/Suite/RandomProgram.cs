using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>
/// A program of tensor operations, views, in-place writes and a backward, chosen by a seed and by shapes alone: so it is the same on
/// every device, and so must be its values, its gradients and its refusals.
/// </summary>
internal sealed class RandomProgram
{
    private const int Steps = 24;

    private readonly Random _random;
    private readonly IDevice _device;
    private readonly List<Tensor> _leaves = [];
    private readonly List<Tensor> _tensors = [];

    private RandomProgram(IDevice device, int seed, DType dtype)
    {
        (_device, _random) = (device, new(seed));
        Shape[] shapes = [[4, 3], [3], [2, 4, 3], [4, 4]];
        for (int i = 0; i < shapes.Length; i++)
            _leaves.Add(Differentiation.Leaf(device, new SampleData($"program {seed} leaf {i}", dtype).Uniform(shapes[i], -1, 1)));
        _tensors.AddRange(_leaves);
    }

    /// <summary>What was done, step by step.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Every tensor at the end, then the gradient of every leaf.</summary>
    public List<Values?> Results { get; } = [];

    public static RandomProgram Run(IDevice device, int seed, DType dtype)
    {
        var program = new RandomProgram(device, seed, dtype);
        for (int step = 0; step < Steps; step++)
            program.Step();
        program.Finish();
        return program;
    }

    private Tensor Pick() => _tensors[_random.Next(_tensors.Count)];

    private void Step()
    {
        // The choices are made before anything can be refused, so that a refusal does not change what follows.
        int kind = _random.Next(12);
        var (a, b) = (Pick(), Pick());
        double number = Math.Round(_random.NextDouble() * 2, 2) - 0.9;
        string what = $"{kind} of {a.Shape}{a.Strides} and {b.Shape}{b.Strides}";
        var view = RandomView.Next(_random, a.Data);
        try
        {
            var result = kind switch
            {
                0 => a.Tanh(),
                1 => a.Sin() * number,
                2 => Fits(a, b) ? a * b : a * number,
                3 => Fits(a, b) ? a - b : number - a,
                4 or 5 => a.Apply(view),
                6 => InPlace(a, b, number),
                7 => InPlace(a.Apply(view), b, number),
                8 => a.Dim > 0 ? a.Sum(_random.Next(a.Dim), keepDim: number > 0) * 0.5 : a.Sigmoid(),
                9 => a.Dim == 2 && b.Dim == 2 && a.Shape[1] == b.Shape[0] ? a.MatMul(b) : a.Exp().Reciprocal(),
                10 => a.Dim > 0 ? Tensor.Apply(new SoftmaxOp(a.Dim - 1), [a], default) : a.Neg(),
                _ => a.Dim > 0 ? Tensor.Apply(new ConcatOp(0), [a, a], default).Narrow(0, 1, a.Shape[0]).Clone() : a.Clone(),
            };
            if (!_tensors.Contains(result) && result.ElementCount is > 0 and < 200)
                _tensors.Add(result);
            Log.Add($"{what}: {result.Shape} {result.GradFn} version {result.Version}");
        }
        catch (NablaException error)
        {
            Log.Add($"{what}: {error.GetType().Name}");
        }
    }

    private Tensor InPlace(Tensor a, Tensor b, double number) => _random.Next(6) switch
    {
        0 => a.Mul_(number),
        1 => b.ElementCount <= a.ElementCount && Fits(a, b) ? a.Add_(b) : a.Add_(number),
        2 => a.Tanh_(),
        3 => b.Shape == a.Shape ? a.Copy_(b) : a.Fill_(number),
        4 => b.Shape == a.Shape ? a.Mul_(b) : a.Neg_(),
        _ => WithoutGradient(a, number),
    };

    private static Tensor WithoutGradient(Tensor a, double number)
    {
        using var _ = Autograd.NoGrad();
        return a.Mul_(number);
    }

    private static bool Fits(Tensor a, Tensor b)
    {
        for (int d = 1; d <= Math.Min(a.Dim, b.Dim); d++)
            if (a.Shape[^d] != b.Shape[^d] && b.Shape[^d] != 1)
                return false;
        return b.Dim <= a.Dim;
    }

    private void Finish()
    {
        using var bench = new Bench(_device);
        foreach (var tensor in _tensors)
            Results.Add(bench.Download(tensor.Data));
        try
        {
            var loss = _tensors.Skip(_leaves.Count).Select((t, i) => (t * (1.0 / (i + 1))).Sum()).Aggregate((x, y) => x + y);
            if (loss.RequiresGrad)
                loss.Backward();
            Log.Add($"backward: {loss.GradFn}");
        }
        catch (AutogradException error)
        {
            Log.Add($"backward: {error.Operation}");
        }

        foreach (var leaf in _leaves)
            Results.Add(leaf.Grad is { } gradient ? bench.Download(gradient.Data) : null);
    }
}
