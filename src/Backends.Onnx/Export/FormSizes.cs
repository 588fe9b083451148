using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Answers for numbers from shapes with nodes that compute them from the inputs' shapes.</summary>
/// <param name="dimensions">The dynamic dimensions.</param>
/// <param name="inputs">The inputs of the graph.</param>
/// <param name="forms">For each call, in order, the form of each number.</param>
internal sealed class FormSizes(DynamicDimensions dimensions, IReadOnlyList<GraphValue> inputs, IReadOnlyList<SizeForm[]> forms) : ISizeSource
{
    private readonly Dictionary<string, GraphValue> _computed = [];
    private int _calls;

    public GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes)
    {
        var call = forms[_calls++];
        var parts = new List<GraphValue>();
        for (int i = 0; i < call.Length;)
        {
            int end = i;
            while (end < call.Length && call[end].IsConstant)
                end++;
            if (end > i)
                parts.Add(graph.Ints(sizes[i..end]));
            else
                parts.Add(Integer(graph, call[end++]));
            i = end;
        }

        return parts.Count == 0 ? graph.Ints([]) : graph.Concat([.. parts], 0);
    }

    /// <summary>A number as an int64 vector of one element.</summary>
    private GraphValue Integer(GraphBuilder graph, SizeForm form) => Computed(form.ToString(dimensions.Names), () =>
    {
        GraphValue? sum = null;
        foreach (var (coefficient, powers) in form.Terms)
        {
            var term = Product(graph, powers) is { } product
                ? coefficient == 1 ? product : graph.Mul(product, graph.Ints([(long)coefficient]))
                : graph.Ints([(long)coefficient]);
            sum = sum is null ? term : graph.Add(sum, term);
        }

        return sum ?? graph.Ints([0]);
    });

    /// <summary>A floating point number without dimensions, as float64.</summary>
    public GraphValue Real(GraphBuilder graph, SizeForm form) => Computed($"real {form.ToString(dimensions.Names)}", () =>
    {
        GraphValue? sum = null;
        foreach (var (coefficient, powers) in form.Terms)
        {
            var term = graph.Number(OnnxType.Double, coefficient);
            bool inverse = Array.Exists(powers, p => p < 0);
            if (Product(graph, inverse ? Array.ConvertAll(powers, p => -p) : powers) is { } product)
            {
                var wide = graph.Cast(graph.Node("Squeeze", OnnxType.Int64, Extent.Of(Shape.Scalar), [product]), OnnxType.Double);
                term = inverse ? graph.Div(term, wide) : graph.Mul(term, wide);
            }

            sum = sum is null ? term : graph.Add(sum, term);
        }

        sum ??= graph.Number(OnnxType.Double, 0.0);
        return form.IsReciprocal ? graph.Div(1, sum) : sum;
    });

    private GraphValue? Product(GraphBuilder graph, int[] powers)
    {
        GraphValue? product = null;
        for (int d = 0; d < powers.Length; d++)
            for (int p = 0; p < powers[d]; p++)
                product = product is null ? Dimension(graph, d) : graph.Mul(product, Dimension(graph, d));
        return product;
    }

    private GraphValue Dimension(GraphBuilder graph, int dimension) => Computed($"dimension {dimension}", () =>
    {
        var (input, axis) = dimensions.Source(dimension);
        return graph.Node(
            "Shape", OnnxType.Int64, [Extent.One], [inputs[input]], GraphBuilder.Attribute("start", axis), GraphBuilder.Attribute("end", axis + 1));
    });

    private GraphValue Computed(string key, Func<GraphValue> compute)
    {
        if (!_computed.TryGetValue(key, out var value))
            _computed[key] = value = compute();
        return value;
    }
}
