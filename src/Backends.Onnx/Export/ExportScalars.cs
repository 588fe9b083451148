using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// What becomes of scalars in an export: constants of the graph; numbers that follow from sizes are computed from them; the key and counter
/// of random numbers are state.
/// </summary>
internal sealed class ExportScalars(ExportProgram program, int run, ScalarForms forms, RandomState random) : IScalarSource
{
    /// <summary>The node that is being lowered.</summary>
    public int Node { get; set; }

    /// <summary>Computes numbers from sizes; null while runs are compared, when a placeholder does.</summary>
    public FormSizes? Sizes { get; init; }

    public GraphValue Scalar(GraphBuilder graph, int index, DType dtype)
    {
        var node = program.Node(run, Node);
        if (node.Op is RandomBitsOp)
            return random.Scalar(graph, program.Node(0, Node), index);
        var type = dtype.Onnx().Compute();
        var form = forms[Node, index];
        if (form.IsConstant)
            return Constant(graph, node.Scalars[index], dtype);
        if (Sizes is null)
            return new GraphValue(graph.NewName(), type, Shape.Scalar);
        return graph.Cast(graph.Cast(Sizes.Real(graph, form), dtype.Onnx()), type);
    }

    /// <summary>As a tensor of the element type would hold it, in the type in which that computes.</summary>
    private static GraphValue Constant(GraphBuilder graph, Scalar value, DType dtype)
    {
        var type = dtype.Onnx().Compute();
        return dtype switch
        {
            DType.Bool => graph.Number(type, value.ToBool() ? 1L : 0L),
            DType.UInt8 => graph.Number(type, (long)(byte)value.ToInt64()),
            DType.Int8 => graph.Number(type, (long)(sbyte)value.ToInt64()),
            DType.Int16 => graph.Number(type, (long)(short)value.ToInt64()),
            DType.Int32 => graph.Number(type, (long)(int)value.ToInt64()),
            DType.Int64 => graph.Number(type, value.ToInt64()),
            DType.Float16 => graph.Number(type, (double)(Half)value.ToDouble()),
            DType.BFloat16 => graph.Number(type, (double)(BFloat16)(float)value.ToDouble()),
            _ => graph.Number(type, value.ToDouble()),
        };
    }
}

/// <summary>The forms of the scalars of every node.</summary>
internal sealed class ScalarForms
{
    private readonly SizeForm[][] _forms;

    public ScalarForms(ExportProgram program, SizeFitting fitting)
    {
        _forms = new SizeForm[program.NodeCount][];
        for (int n = 0; n < _forms.Length; n++)
        {
            var node = program.Node(0, n);
            _forms[n] = node.Op is RandomBitsOp ? [] : new SizeForm[node.Scalars.Length];
            for (int s = 0; s < _forms[n].Length; s++)
            {
                var values = new double[program.RunCount];
                for (int run = 0; run < values.Length; run++)
                    values[run] = program.Node(run, n).Scalars[s].ToDouble();
                _forms[n][s] = fitting.Real(values) ?? throw new TracingException(
                    node.Op.Kind.Name, $"a number beside the tensors at {node.Site} is {string.Join(", ", values)} in different runs, and no sum of products of the dynamic dimensions, nor the reciprocal of one, gives that; make the dimension that decides it fixed, or a number that changes by itself (a scheduled learning rate) an input tensor.");
            }
        }
    }

    public SizeForm this[int node, int scalar] => _forms[node][scalar];
}
