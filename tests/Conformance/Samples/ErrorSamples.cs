using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>A call that must be refused.</summary>
/// <param name="Name">The op's name, a slash, and what is wrong.</param>
/// <param name="Op">The operation.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Scalars">The numbers beside them.</param>
/// <param name="Error">The exact exception.</param>
/// <param name="Says">What its message contains beside the op's name.</param>
/// <param name="ByValue">Whether the values are at fault: queued and recording devices may report it later.</param>
internal sealed record ErrorSample(string Name, Op Op, Func<Values[]> Inputs, Scalar[] Scalars, Type Error, string Says, bool ByValue = false)
{
    private static readonly (BinaryOp Op, DType DType)[] Divisions =
        [.. from op in new[] { BinaryOp.FloorDivide, BinaryOp.TruncDivide, BinaryOp.Remainder, BinaryOp.Fmod } from dtype in Kinds.Integer select (op, dtype)];

    public static IReadOnlyList<ErrorSample> All { get; } = [.. Elementwise(), .. Division(), .. Shapes(), .. Indices(), .. Composites(), .. Views()];

    public override string ToString() => Name;

    private static Values Zeros(DType dtype, params ReadOnlySpan<long> shape) => new(new(dtype, Shape.Create(shape)));

    private static Values F(params ReadOnlySpan<long> shape) => Zeros(DType.Float32, shape);

    private static IEnumerable<ErrorSample> Elementwise() =>
    [
        new("add/shapes", BinaryOp.Add, () => [F(2, 3), F(2, 4)], [], typeof(ShapeException), "[2, 4]"),
        new("add/types", BinaryOp.Add, () => [F(2), Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("add/bool", BinaryOp.Add, () => [Zeros(DType.Bool, 2), Zeros(DType.Bool, 2)], [], typeof(DTypeException), "bool"),
        new("div/integers", BinaryOp.Div, () => [Zeros(DType.Int32, 2), Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("bitwise_and/float", BinaryOp.BitwiseAnd, () => [F(2), F(2)], [], typeof(DTypeException), "float32"),
        new("logical_and/integers", BinaryOp.LogicalAnd, () => [Zeros(DType.Int64, 2), Zeros(DType.Int64, 2)], [], typeof(DTypeException), "int64"),
        new("exp/integers", UnaryOp.Exp, () => [Zeros(DType.Int64, 2)], [], typeof(DTypeException), "int64"),
        new("neg/bool", UnaryOp.Neg, () => [Zeros(DType.Bool, 2)], [], typeof(DTypeException), "bool"),
        new("where/condition", WhereOp.Instance, () => [F(2), F(2), F(2)], [], typeof(DTypeException), "float32"),
        new("where/types", WhereOp.Instance, () => [Zeros(DType.Bool, 2), F(2), Zeros(DType.Float64, 2)], [], typeof(DTypeException), "float64"),
        new("arange/bool", new ArangeOp(DType.Bool, 3), () => [], [0, 1], typeof(DTypeException), "bool"),
    ];

    private static IEnumerable<ErrorSample> Division()
    {
        foreach (var (op, dtype) in Divisions)
        {
            yield return new($"{op.Kind}/zero-{dtype.Name()}", op, () => [SampleData.Of(dtype, [5], 1, 2, 3, 4, 5), SampleData.Of(dtype, [5], 1, 1, 2, 0, 3)], [], typeof(TensorDivisionException), "zero", ByValue: true);
            yield return new($"{op.Kind}/scalar-zero-{dtype.Name()}", op.With(ScalarSide.Right), () => [SampleData.Of(dtype, [3], 1, 2, 3)], [0], typeof(TensorDivisionException), "zero", ByValue: true);
        }

        yield return new("floor_divide/left-by-zero", BinaryOp.FloorDivide.With(ScalarSide.Left), () => [SampleData.Of(DType.Int32, [3], 1, 0, 3)], [7], typeof(TensorDivisionException), "zero", ByValue: true);
    }

    private static IEnumerable<ErrorSample> Shapes() =>
    [
        new("assert_async/false", new AssertOp(DType.Float32, "assert_async", "must hold."), () => [SampleData.Of(DType.Bool, [2, 2], 1, 1, 0, 1)], [], typeof(TensorArgumentException), "must hold.", ByValue: true),
        new("assert_async/types", new AssertOp(DType.Float32, "check", "must hold."), () => [F(2)], [], typeof(DTypeException), "float32"),
        new("matmul/inner", MatMulOp.Instance, () => [F(64, 784), F(10, 784)], [], typeof(ShapeException), "did you mean other.T?"),
        new("matmul/vector", MatMulOp.Instance, () => [F(3), F(3, 2)], [], typeof(ShapeException), "[3]"),
        new("matmul/batch", MatMulOp.Instance, () => [F(2, 3, 4), F(3, 4, 5)], [], typeof(ShapeException), "[3]"),
        new("matmul/bool", MatMulOp.Instance, () => [Zeros(DType.Bool, 2, 2), Zeros(DType.Bool, 2, 2)], [], typeof(DTypeException), "bool"),
        new("amax/of-nothing", ReduceOp.Max([0], false), () => [F(0, 3)], [], typeof(ShapeException), "[0, 3]"),
        new("amin/of-nothing", ReduceOp.Min([1], true), () => [F(2, 0)], [], typeof(ShapeException), "[2, 0]"),
        new("argmax/of-nothing", ArgReduceOp.Max(0, false), () => [F(0, 3)], [], typeof(ShapeException), "[0, 3]"),
        new("sum/axes", ReduceOp.Sum([1, 0], false), () => [F(2, 3)], [], typeof(TensorIndexException), "[1, 0]"),
        new("sum/axis", ReduceOp.Sum([2], false), () => [F(2, 3)], [], typeof(TensorIndexException), "[2]"),
        new("prod/bool", ReduceOp.Prod([0], false), () => [Zeros(DType.Bool, 2)], [], typeof(DTypeException), "bool"),
        new("cat/nothing", new ConcatOp(0), () => [], [], typeof(TensorArgumentException), "nothing"),
        new("cat/sizes", new ConcatOp(0), () => [F(2, 3), F(2, 4)], [], typeof(ShapeException), "[2, 4]"),
        new("cat/ranks", new ConcatOp(0), () => [F(2, 3), F(2)], [], typeof(ShapeException), "[2]"),
        new("cat/axis", new ConcatOp(2), () => [F(2, 3)], [], typeof(TensorIndexException), "2"),
        new("pad/negative", new PadOp([-1], [0]), () => [F(3)], [0], typeof(TensorArgumentException), "-1"),
        new("pad/count", new PadOp([1], [1]), () => [F(3, 2)], [0], typeof(TensorArgumentException), "[3, 2]"),
        new("slice_scatter/value", new SliceScatterOp(new([0], [2], [1])), () => [F(5), F(3)], [], typeof(ShapeException), "[3]"),
    ];

    private static IEnumerable<ErrorSample> Indices() =>
    [
        new("gather/type", new GatherOp(0), () => [F(3), Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("gather/rank", new GatherOp(0), () => [F(3, 2), Zeros(DType.Int64, 2)], [], typeof(ShapeException), "[2]"),
        new("gather/larger", new GatherOp(0), () => [F(3, 2), Zeros(DType.Int64, 2, 3)], [], typeof(ShapeException), "[2, 3]"),
        new("gather/high", new GatherOp(1), () => [F(2, 3), SampleData.Of(DType.Int64, [1, 2], 1, 3)], [], typeof(TensorIndexException), "3", ByValue: true),
        new("gather/negative", new GatherOp(0), () => [F(3), SampleData.Of(DType.Int64, [2], 0, -1)], [], typeof(TensorIndexException), "-1", ByValue: true),
        new("scatter_add/high", new ScatterAddOp(0), () => [F(3), SampleData.Of(DType.Int64, [2], 0, 3), F(2)], [], typeof(TensorIndexException), "3", ByValue: true),
        new("scatter_add/negative", new ScatterAddOp(1), () => [F(1, 3), SampleData.Of(DType.Int64, [1, 2], -4, 0), F(1, 2)], [], typeof(TensorIndexException), "-4", ByValue: true),
        new("scatter_add/source", new ScatterAddOp(0), () => [F(3), Zeros(DType.Int64, 4), F(2)], [], typeof(ShapeException), "[4]"),
    ];

    private static IEnumerable<ErrorSample> Composites() =>
    [
        new("linear/inner", new LinearOp(false), () => [F(2, 3), F(4, 5)], [], typeof(ShapeException), "[4, 5]"),
        new("linear/bias", new LinearOp(true), () => [F(2, 3), F(4, 3), F(3)], [], typeof(ShapeException), "[3]"),
        new("linear/reduction", new LinearOp(false, ReduceOp.Sum([0], false)), () => [F(2, 3), F(4, 3)], [], typeof(TensorArgumentException), "sum is no activation"),
        new("layer_norm/weight", new LayerNormOp(1, true), () => [F(2, 3), F(2), F(2)], [1e-5], typeof(ShapeException), "[2]"),
        new("rms_norm/weight", new RmsNormOp(1, true), () => [F(2, 3), F(2)], [1e-5], typeof(ShapeException), "[2]"),
        new("rms_norm/dims", new RmsNormOp(3, false), () => [F(2, 3)], [1e-5], typeof(TensorIndexException), "3"),
        new("layer_norm/dims", new LayerNormOp(3, false), () => [F(2, 3)], [1e-5], typeof(TensorIndexException), "3"),
        new("dropout/probability", DropoutOp.Instance, () => [F(2)], [1.5, 0, 0], typeof(TensorArgumentException), "1.5"),
        new("softmax/integers", new SoftmaxOp(0), () => [Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("mean/integers", new MeanOp([0], false), () => [Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("cross_entropy/shapes", CrossEntropyOp.Instance, () => [F(2, 3), Zeros(DType.Int64, 3)], [], typeof(ShapeException), "[3]"),
        new("cross_entropy/targets", CrossEntropyOp.Instance, () => [F(2, 3), Zeros(DType.Int32, 2)], [], typeof(DTypeException), "int32"),
        new("adam_step/shapes", new AdamStepOp(false, false, false), () => [F(2), F(3), F(2), F(2), Zeros(DType.Int64)], [0.1, 0.9, 0.99, 1e-8, 0], typeof(ShapeException), "[3]"),
        new("sgd_step/shapes", new SgdStepOp(false, false, false, false), () => [F(2), F(3)], [0.1, 0, 0, 0], typeof(ShapeException), "[3]"),
        new("adagrad_step/shapes", new AdagradStepOp(), () => [F(2), F(3), F(2), Zeros(DType.Int64)], [0.1, 0, 0, 1e-8], typeof(ShapeException), "[3]"),
        new("rmsprop_step/shapes", new RmsPropStepOp(true, false), () => [F(2), F(2), F(2), F(3)], [0.1, 0.9, 1e-8, 0, 0], typeof(ShapeException), "[3]"),
        new("sgd_step/several", new SgdStepOp(false, false, false, false, Count: 2), () => [F(2), F(2), F(4), F(3)], [0.1, 0, 0, 0], typeof(ShapeException), "[3]"),
        new("cross_entropy/high", CrossEntropyOp.Instance, () => [F(2, 3), SampleData.Of(DType.Int64, [2], 0, 3)], [], typeof(TensorIndexException), "3", ByValue: true),
        new("cross_entropy/negative", CrossEntropyOp.Instance, () => [F(2, 3), SampleData.Of(DType.Int64, [2], -1, 0)], [], typeof(TensorIndexException), "-1", ByValue: true),
    ];

    private static IEnumerable<ErrorSample> Views() =>
    [
        new("reshape/count", new ReshapeOp([4]), () => [F(2, 3)], [], typeof(ShapeException), "[2, 3]"),
        new("permute/twice", new PermuteOp([0, 0]), () => [F(2, 3)], [], typeof(TensorArgumentException), "[0, 0]"),
        new("expand/size", new ExpandOp([3, 3]), () => [F(2, 3)], [], typeof(ShapeException), "[3, 3]"),
        new("diagonal/one", new DiagonalOp(1, 1, 0), () => [F(2, 3)], [], typeof(TensorArgumentException), "[2, 3]"),
        new("unfold/long", new UnfoldOp(0, 3, 1), () => [F(2, 3)], [], typeof(TensorArgumentException), "[2, 3]"),
        new("slice/beyond", new SliceOp([1], [3], [1]), () => [F(3)], [], typeof(TensorIndexException), "[3]"),
        new("slice/before", new SliceOp([1], [3], [-1]), () => [F(3)], [], typeof(TensorIndexException), "[3]"),
    ];
}
