using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Turns one operation into nodes: the row's entry in the column of lowerings. Returns a value per output.</summary>
internal delegate GraphValue[] Lowering(LoweringCall call);

/// <summary>One operation to lower.</summary>
internal sealed class LoweringCall(GraphBuilder graph, Op op, GraphValue[] inputs, TensorSpec[] outputs, IScalarSource scalars)
{
    public GraphBuilder Graph { get; } = graph;

    public Op Op { get; } = op;

    public GraphValue[] Inputs { get; } = inputs;

    /// <summary>What <see cref="Nabla.Op.Infer"/> said of the outputs.</summary>
    public TensorSpec[] Outputs { get; } = outputs;

    /// <summary>For each input the dimensions, as bits, whose sizes an export leaves open; empty when all are known.</summary>
    public uint[] VaryingAxes { get; init; } = [];

    /// <summary>Whether the size of one of these dimensions of an input is left open: then no decision may depend on it.</summary>
    public bool Varies(int input, ReadOnlySpan<int> axes)
    {
        foreach (int axis in axes)
            if (VaryingAxes.Length > input && (VaryingAxes[input] & (1u << axis)) != 0)
                return true;
        return false;
    }

    /// <summary>The element type of the first output.</summary>
    public OnnxType ResultType => Outputs[0].DType.Onnx();

    /// <summary>An input in the type in which it computes.</summary>
    public GraphValue Computed(int input) => Graph.Cast(Inputs[input], Inputs[input].Type.Compute());

    /// <summary>A scalar, converted to an element type, in the type in which that computes.</summary>
    public GraphValue Scalar(int index, DType dtype) => scalars.Scalar(Graph, index, dtype);

    /// <summary>The result in the element type that is promised.</summary>
    public GraphValue[] Return(GraphValue value) => [Graph.Cast(value, ResultType)];
}
