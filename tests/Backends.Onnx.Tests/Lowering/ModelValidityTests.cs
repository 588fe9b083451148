using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Nabla.Tests.Lowering;

/// <summary>Every lowering, for every element type that the operation takes, is a model that ONNX Runtime loads, at the oldest opset and the default one.</summary>
public sealed class ModelValidityTests
{
    private static readonly Dictionary<string, (Op Op, Shape[] Shapes, Scalar[] Scalars)> Others = new()
    {
        ["full"] = (new FullOp(DType.Float32, [2, 3]), [], [1.5]),
        ["arange"] = (new ArangeOp(DType.Int16, 5), [], [1, 2]),
        ["random_bits"] = (new RandomBitsOp([3, 5]), [], [1, 2]),
        ["assert_async"] = (new AssertOp(DType.Float32, "check", "must hold."), [[2, 3]], []),
        ["cast"] = (new CastOp(DType.Int16), [[2, 3]], []),
        ["copy"] = (CopyOp.Instance, [[2, 3]], []),
        ["where"] = (WhereOp.Instance, [[2, 1], [2, 3], [3]], []),
        ["matmul"] = (MatMulOp.Instance, [[4, 2, 3], [3, 2]], []),
        ["gather"] = (new GatherOp(1), [[2, 3], [2, 2]], []),
        ["scatter_add"] = (new ScatterAddOp(0), [[2, 3], [2, 2], [4, 3]], []),
        ["cat"] = (new ConcatOp(1), [[2, 3], [2, 1]], []),
        ["pad"] = (new PadOp([1, 0], [0, 2]), [[2, 3]], [7]),
        ["slice_scatter"] = (new SliceScatterOp(new SliceOp([1, 2], [2, 2], [1, -2])), [[4, 3], [2, 2]], []),
        ["sum"] = (ReduceOp.Sum([0, 1], true), [[2, 3, 300]], []),
        ["prod"] = (ReduceOp.Prod([1], false), [[2, 3]], []),
        ["amax"] = (ReduceOp.Max([0], false), [[2, 3]], []),
        ["amin"] = (ReduceOp.Min([0, 1], true), [[2, 3]], []),
        ["argmax"] = (ArgReduceOp.Max(1, false), [[2, 3]], []),
        ["argmin"] = (ArgReduceOp.Min(0, true), [[2, 3]], []),
        ["reshape"] = (new ReshapeOp([3, 2]), [[2, 3]], []),
        ["expand"] = (new ExpandOp([4, 2, 3]), [[2, 1]], []),
        ["permute"] = (new PermuteOp([1, 0]), [[2, 3]], []),
        ["slice"] = (new SliceOp([1, 2], [1, 3], [1, -1]), [[2, 3]], []),
        ["diagonal"] = (new DiagonalOp(2, 0, 1), [[2, 3, 4]], []),
        ["unfold"] = (new UnfoldOp(0, 2, 1), [[4, 3]], []),
    };

    /// <summary>The kinds that a device executes, and the views.</summary>
    public static TheoryData<string> Kinds => [.. OpTable.Of<PrimitiveOp>().Concat(OpTable.Of<ViewOp>()).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lower_EveryKindAndType_LoadsAtOpset18And21(string kind)
    {
        int models = 0;
        foreach (var (op, shapes, scalars) in Cases(kind))
        {
            foreach (var dtype in DTypes.All)
            {
                if (Infer(op, shapes, scalars, dtype) is not { } specs)
                    continue;
                foreach (int opset in (int[])[18, 19, 20, 21])
                {
                    Load(op, specs.Inputs, specs.Outputs, opset);
                    models++;
                }
            }
        }

        Assert.True(models > 0, $"no case for {kind}");
    }

    private static IEnumerable<(Op Op, Shape[] Shapes, Scalar[] Scalars)> Cases(string kind)
    {
        if (Others.TryGetValue(kind, out var other))
            return [other];
        if (OpTable.Instances<UnaryOp>().FirstOrDefault(o => o.Kind.Name == kind) is { } unary)
            return [(unary, [[2, 3]], [])];
        var binary = OpTable.Instances<BinaryOp>().Single(o => o.Kind.Name == kind);
        return [(binary, [[2, 3], [3]], []), (binary.With(ScalarSide.Right), [[2, 3]], [2])];
    }

    private static (TensorSpec[] Inputs, TensorSpec[] Outputs)? Infer(Op op, Shape[] shapes, Scalar[] scalars, DType dtype)
    {
        var inputs = shapes.Select(s => new TensorSpec(dtype, s)).ToArray();
        if (op is GatherOp or ScatterAddOp)
            inputs[1] = inputs[1] with { DType = DType.Int64 };
        if (op is WhereOp)
            inputs[0] = inputs[0] with { DType = DType.Bool };
        op = op is FullOp full ? full with { DType = dtype } : op;
        var outputs = new TensorSpec[1];
        try
        {
            op.Infer(inputs, scalars, outputs);
            return (inputs, outputs);
        }
        catch (DTypeException)
        {
            return null;
        }
    }

    private static void Load(Op op, TensorSpec[] inputs, TensorSpec[] outputs, int opset)
    {
        foreach (var (isChecked, sizes) in ((bool, ISizeSource)[])[(false, new ConstantSizes()), (true, new SizeInputs())])
        {
            var builder = new GraphBuilder(opset, sizes, isChecked);
            var values = inputs.Select((s, i) => builder.Input($"x{i}", s.DType.Onnx(), s.Shape)).ToArray();
            var result = Lowerings.Lower(builder, op, values, outputs, new ScalarInputs())[0];
            Assert.Equal(outputs[0].DType.Onnx(), op is FullOp ? outputs[0].DType.Onnx() : result.Type);
            Assert.Equal(outputs[0].Shape, result.Shape);
            builder.Output(builder.Unary("Identity", result));
            builder.OutputChecks();
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            using var session = new InferenceSession(builder.Model().ToByteArray(), options);
            var output = session.OutputMetadata.First().Value;
            Assert.Equal(result.Extents.Select(e => sizes.AreOpen && !e.IsLiteral ? -1 : e.Size), output.Dimensions.Select(d => (long)d));
        }
    }

    /// <summary>Sizes as constants of the graph, from which ONNX Runtime infers every shape: the lowerings say the same ones.</summary>
    private sealed class ConstantSizes : ISizeSource
    {
        public GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes) => graph.Ints(sizes);
    }
}
