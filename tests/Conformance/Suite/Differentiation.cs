using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>
/// First and second derivatives of a sample's outputs, summed with fixed weights so that each element counts differently: by autograd on
/// a device, and by differences on the oracle.
/// </summary>
internal sealed class Differentiation
{
    private readonly Sample _sample;
    private readonly Scalar[] _scalars;
    private readonly Values[] _weights;
    private readonly Values[] _direction;

    public Differentiation(Sample sample, DType dtype, IDevice oracle)
    {
        _sample = sample;
        _scalars = sample.Scalars(dtype);
        Inputs = sample.MakeInputs(dtype);
        var data = new SampleData(sample.Name + "/weights", DType.Float64);
        _weights = [.. Outputs(oracle, Inputs).Select(y => data.Uniform(y.Shape, 0.5, 1.5))];
        _direction = [.. Inputs.Select(x => data.Uniform(x.Shape, -1, 1))];
    }

    /// <summary>Where the derivatives are taken.</summary>
    public Values[] Inputs { get; }

    /// <summary>The gradient of the weighted sum with respect to each floating input, by central differences in float64 on the oracle.</summary>
    public Values?[] Numeric(IDevice oracle)
    {
        var inputs = Inputs.Select(Wide).ToArray();
        var gradients = new Values?[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].IsReal)
                continue;
            var gradient = gradients[i] = new Values(inputs[i].Spec);
            for (int e = 0; e < gradient.Count; e++)
            {
                double x = inputs[i].Reals[e], h = 1e-5 * Math.Max(1, Math.Abs(x));
                inputs[i].Reals[e] = x + h;
                double above = Loss(oracle, inputs);
                inputs[i].Reals[e] = x - h;
                double below = Loss(oracle, inputs);
                inputs[i].Reals[e] = x;
                gradient.Reals[e] = (above - below) / (2 * h);
            }
        }

        return gradients;
    }

    /// <summary>The same gradient by autograd.</summary>
    public Values?[] First(IDevice device, Values[]? inputs = null) => Run(device, inputs ?? Inputs, second: false, null);

    /// <summary>The derivative of that gradient along a fixed direction, by autograd twice.</summary>
    public Values?[] Second(IDevice device, List<string>? nodes = null) => Run(device, Inputs, second: true, nodes);

    /// <summary>The same by differences of first gradients, which are themselves tested against differences of values.</summary>
    public Values?[] NumericSecond(IDevice oracle)
    {
        const double h = 1e-5;
        var above = First(oracle, Moved(h));
        var below = First(oracle, Moved(-h));
        return [.. above.Zip(below, (a, b) => a is null ? null : Combine(a, b!, (p, q) => (p - q) / (2 * h)))];
    }

    private Values[] Moved(double step) => [.. Inputs.Select(Wide).Zip(_direction, (x, u) => x.IsReal ? Combine(x, u, (p, q) => p + (step * q)) : x)];

    private static Values Combine(Values a, Values b, Func<double, double, double> f)
    {
        var result = new Values(a.Spec);
        for (int i = 0; i < result.Count; i++)
            result.Reals[i] = f(a.Reals[i], b.Reals[i]);
        return result;
    }

    /// <summary>Floating values in float64; others as they are.</summary>
    public static Values Wide(Values x)
    {
        if (!x.IsReal)
            return x;
        var wide = new Values(x.Spec with { DType = DType.Float64 });
        x.Reals.CopyTo(wide.Reals, 0);
        return wide;
    }

    private Values[] Outputs(IDevice device, Values[] inputs)
    {
        using var bench = new Bench(device);
        var op = _sample.Op(inputs.First(i => i.IsReal).DType);
        var tensors = inputs.Select(bench.Upload).ToArray();
        var outputs = op is ViewOp view ? [bench.View(tensors[0], view)] : bench.Run(op, tensors, _scalars);
        return [.. outputs.Select(bench.Download)];
    }

    private double Loss(IDevice oracle, Values[] inputs)
    {
        double sum = 0;
        var outputs = Outputs(oracle, inputs);
        for (int o = 0; o < outputs.Length; o++)
            for (int i = 0; outputs[o].IsReal && i < outputs[o].Count; i++)
                sum += outputs[o].Reals[i] * _weights[o].Reals[i];
        return sum;
    }

    private Values?[] Run(IDevice device, Values[] inputs, bool second, List<string>? nodes)
    {
        using var bench = new Bench(device);
        var dtype = inputs.First(i => i.IsReal).DType;
        var leaves = inputs.Select(x => Leaf(device, x)).ToArray();
        var outputs = Apply(_sample.Op(dtype), leaves);
        var loss = WeightedSum(device, outputs, _weights);
        Describe(loss, nodes);
        var wanted = leaves.Where(l => l.RequiresGrad).ToArray();
        var gradients = loss.RequiresGrad ? Autograd.Grad([loss], wanted, createGraph: second, allowUnused: true) : new Tensor?[wanted.Length];
        if (second)
        {
            var pairs = gradients.Zip(_direction.Where((_, i) => inputs[i].IsReal)).Where(p => p.First is { RequiresGrad: true }).ToArray();
            gradients = new Tensor?[wanted.Length];
            if (pairs.Length > 0)
            {
                var along = WeightedSum(device, [.. pairs.Select(p => p.First!)], [.. pairs.Select(p => p.Second)]);
                Describe(along, nodes);
                gradients = Autograd.Grad([along], wanted, allowUnused: true);
            }
        }

        int next = 0;
        return [.. inputs.Select(x => x.IsReal ? Read(bench, gradients[next++], x.Spec) : null)];
    }

    private Tensor[] Apply(Op op, Tensor[] leaves)
    {
        if (op is ViewOp view)
            return [leaves[0].Apply(view)];
        var outputs = new Tensor[op.OutputCount];
        Tensor.Apply(op, leaves, _scalars, outputs);
        return outputs;
    }

    public static Tensor Leaf(IDevice device, Values x)
    {
        var data = device.Allocate(x.Spec);
        device.Upload(x.ToBytes(), data);
        return new Tensor(data) { RequiresGrad = x.IsReal };
    }

    private static Tensor WeightedSum(IDevice device, Tensor[] outputs, Values[] weights)
    {
        Tensor? sum = null;
        for (int o = 0; o < outputs.Length; o++)
        {
            if (!outputs[o].DType.IsFloatingPoint())
                continue;
            var rounded = new Values(new(outputs[o].DType, weights[o].Shape));
            weights[o].Reals.CopyTo(rounded.Reals, 0);
            var weight = Leaf(device, rounded).Detach();
            var term = (outputs[o] * weight).Sum();
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    /// <summary>A gradient that does not exist is zeros.</summary>
    private static Values Read(Bench bench, Tensor? gradient, TensorSpec spec)
    {
        if (gradient is null)
            return new Values(spec);
        Assert.Equal(spec, gradient.Data.Spec);
        return bench.Download(gradient.Data);
    }

    /// <summary>The names of the recorded nodes, breadth first.</summary>
    private static void Describe(Tensor tensor, List<string>? names)
    {
        if (names is null || tensor.GradEdge.Node is not { } root)
            return;
        var seen = new HashSet<Node> { root };
        var queue = new Queue<Node>(seen);
        while (queue.TryDequeue(out var node))
        {
            names.Add(node.Name);
            foreach (var input in node.Inputs)
                if (input.Node is { } next && seen.Add(next))
                    queue.Enqueue(next);
        }
    }
}
