using static Nabla.Tests.InferCase;

namespace Nabla.Tests;

public sealed class CompositeInferTests
{
    [Fact]
    public void MatMul_InnerDimensionsAgree()
    {
        Assert.Equal(F(2, 4), Infer(MatMulOp.Instance, [F(2, 3), F(3, 4)]));
        Assert.Equal(F(7, 5, 2, 4), Infer(MatMulOp.Instance, [F(7, 1, 2, 3), F(5, 3, 4)]));
        Refuses<ShapeException>("inner dimensions differ: [64, 784] @ [10, 784]; did you mean other.T?", MatMulOp.Instance, [F(64, 784), F(10, 784)]);
        Refuses<ShapeException>("inner dimensions differ: [2, 3] @ [4, 5]: 3 is not 4", MatMulOp.Instance, [F(2, 3), F(4, 5)]);
        Refuses<ShapeException>("two dimensions or more, not [3] and [3, 4]", MatMulOp.Instance, [F(3), F(3, 4)]);
        Refuses<ShapeException>("do not broadcast", MatMulOp.Instance, [F(2, 2, 3), F(5, 3, 4)]);
        Refuses<DTypeException>("element types differ", MatMulOp.Instance, [F(2, 3), I(3, 4)]);
        Refuses<DTypeException>("bool is not among", MatMulOp.Instance, [B(2, 3), B(3, 4)]);
    }

    [Fact]
    public void Linear_WeightIsTransposed()
    {
        Assert.Equal(F(8, 10), Infer(new LinearOp(true), [F(8, 784), F(10, 784), F(10)]));
        Assert.Equal(F(8, 10), Infer(new LinearOp(true, UnaryOp.Tanh), [F(8, 784), F(10, 784), F(10)]));
        Refuses<TensorArgumentException>("amax is no activation", new LinearOp(false, ReduceOp.Max([0], false)), [F(8, 784), F(10, 784)]);
        Refuses<ShapeException>("[8, 784] does not fit the weight [784, 10]", new LinearOp(false), [F(8, 784), F(784, 10)]);
        Refuses<ShapeException>("the bias [784] does not fit the weight [10, 784]", new LinearOp(true), [F(8, 784), F(10, 784), F(784)]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Softmax_AxisOutOfRange_IsRefused(int axis)
    {
        Refuses<TensorIndexException>($"dimension {axis} is out of range for [2, 3]", new SoftmaxOp(axis), [F(2, 3)]);
        Refuses<TensorIndexException>($"dimension {axis} is out of range for [2, 3]", new LogSoftmaxOp(axis), [F(2, 3)]);
    }

    public static TheoryData<CompositeOp> GradientOps => [new SoftmaxBackwardOp(0), new LogSoftmaxBackwardOp(0), new GeluBackwardOp(false), SiluBackwardOp.Instance, ReluBackwardOp.Instance];

    [Theory]
    [MemberData(nameof(GradientOps), DisableDiscoveryEnumeration = true)]
    public void Gradient_UnlikeTheValueBesideIt_IsRefused(CompositeOp op)
    {
        Assert.Equal(F(2, 3), Infer(op, [F(2, 3), F(2, 3)]));
        Refuses<ShapeException>("the gradient has the shape [1, 3], the value beside it [2, 3]", op, [F(1, 3), F(2, 3)]);
        Refuses<DTypeException>("int64 is not among", op, [I(2, 3), I(2, 3)]);
    }

    [Fact]
    public void Elu_TakesThreeNumbers()
    {
        Assert.Equal(F(2, 3), Infer(EluOp.Instance, [F(2, 3)], 1, 1, 1));
        Assert.Equal(F(2, 3), Infer(EluBackwardOp.Instance, [F(2, 3), F(2, 3)], 1, 1, 1));
        Refuses<DTypeException>("int64 is not among", EluOp.Instance, [I(2, 3)], 1, 1, 1);
        Refuses<ShapeException>("the gradient has the shape [1, 3], the value beside it [2, 3]", EluBackwardOp.Instance, [F(1, 3), F(2, 3)], 1, 1, 1);
    }

    [Fact]
    public void Pieces_TakeFloatsAndTheirNumbers()
    {
        Assert.Equal(F(2, 3), Infer(new ClampOp(true), [F(2, 3)], -1, 1));
        Assert.Equal(F(2, 3), Infer(new ClampBackwardOp(true), [F(2, 3), F(2, 3)], -1, 1));
        Assert.Equal(F(2, 3), Infer(LeakyReluOp.Instance, [F(2, 3)], 0.1));
        Assert.Equal(F(2, 3), Infer(LeakyReluBackwardOp.Instance, [F(2, 3), F(2, 3)], 0.1));
        Assert.Equal(F(2, 3), Infer(new ShrinkOp(true), [F(2, 3)], 0.5));
        Assert.Equal(F(2, 3), Infer(ShrinkBackwardOp.Instance, [F(2, 3), F(2, 3)], 0.5));
        Assert.Equal(F(2, 3), Infer(NanToNumOp.Instance, [F(2, 3)], 0, 1, -1));
        Assert.Equal(F(2, 3), Infer(SoftplusBackwardOp.Instance, [F(2, 3), F(2, 3)], 1, 20));
        Assert.Equal(F(2, 3), Infer(HuberOp.Instance, [F(2, 3), F(2, 3)], 1, 1));
        Assert.Equal(F(2, 3), Infer(HuberSlopeOp.Instance, [F(2, 3), F(2, 3)], 1, 1));
        Refuses<DTypeException>("int64 is not among", new ClampOp(true), [I(2, 3)], -1, 1);
        Refuses<DTypeException>("int64 is not among", NanToNumOp.Instance, [I(2, 3)], 0, 1, -1);
        Refuses<ShapeException>("the gradient has the shape [1, 3], the value beside it [2, 3]", SoftplusBackwardOp.Instance, [F(1, 3), F(2, 3)], 1, 20);
        Refuses<TensorArgumentException>("takes 1 tensors and 2 scalars, not 1 and 1", new ClampOp(true), [F(2, 3)], 1);
        Refuses<ShapeException>("x has the shape [1, 3], y [2, 3]", HuberOp.Instance, [F(1, 3), F(2, 3)], 1, 1);
    }

    [Fact]
    public void Pairs_AreAlike()
    {
        Assert.Equal(I(2, 3), Infer(GcdOp.Instance, [I(2, 3), I(2, 3)]));
        Assert.Equal(I(2, 3), Infer(LcmOp.Instance, [I(2, 3), I(2, 3)]));
        Assert.Equal(F(2, 3), Infer(FracOp.Instance, [F(2, 3)]));
        Assert.Equal(F(2, 3), Infer(new LogAddExpOp(true), [F(2, 3), F(2, 3)]));
        Assert.Equal(F(2, 3), Infer(LerpOp.Instance, [F(2, 3), F(2, 3)], 0.5));
        Assert.Equal(F(2, 3), Infer(AddScaledOp.Instance, [F(2, 3), F(2, 3)], 0.5));
        Refuses<ShapeException>("a has the shape [1, 3], b [2, 3]", AddScaledOp.Instance, [F(1, 3), F(2, 3)], 0.5);
        Refuses<DTypeException>("int64", AddScaledOp.Instance, [I(2, 3), I(2, 3)], 2);
        Assert.Equal(F(2, 3), Infer(PReluOp.Instance, [F(2, 3), F(2, 3)]));
        Refuses<ShapeException>("x has the shape [2, 3], the weight [3]", PReluOp.Instance, [F(2, 3), F(3)]);
        Assert.Equal(F(2, 3), Infer(HardsigmoidOp.Instance, [F(2, 3)]));
        Refuses<DTypeException>("int64 is not among", HardsigmoidOp.Instance, [I(2, 3)]);
        Assert.Equal(F(2, 3), Infer(LerpByOp.Instance, [F(2, 3), F(2, 3), F(2, 3)]));
        Refuses<ShapeException>("b has the shape [2, 3], the weight [1, 3]", LerpByOp.Instance, [F(2, 3), F(2, 3), F(1, 3)]);
        Assert.Equal(F(2, 3), Infer(MultiplyAddOp.Instance, [F(2, 3), F(2, 3), F(2, 3)]));
        Refuses<ShapeException>("b has the shape [2, 3], c [1, 3]", MultiplyAddOp.Instance, [F(2, 3), F(2, 3), F(1, 3)]);
        Refuses<DTypeException>("int64", MultiplyAddOp.Instance, [I(2, 3), I(2, 3), I(2, 3)]);
        Refuses<DTypeException>("it is defined for integers, not for float32", GcdOp.Instance, [F(2, 3), F(2, 3)]);
        Refuses<DTypeException>("it is defined for integers, not for bool", LcmOp.Instance, [B(2, 3), B(2, 3)]);
        Refuses<ShapeException>("a has the shape [1, 3], b [2, 3]", LcmOp.Instance, [I(1, 3), I(2, 3)]);
        Refuses<ShapeException>("a has the shape [1, 3], b [2, 3]", new LogAddExpOp(false), [F(1, 3), F(2, 3)]);
        Refuses<TensorArgumentException>("there are 0 steps", new EuclidOp(0), [I(3), I(3)]);
        Refuses<DTypeException>("int64 is not among", FracOp.Instance, [I(2, 3)]);
    }

    [Fact]
    public void Softmax_Integers_AreRefused() => Refuses<DTypeException>("int64 is not among", new SoftmaxOp(0), [I(2, 3)]);

    [Fact]
    public void CrossEntropy_ScoresAndTargetsFit()
    {
        Assert.Equal(F(8), Infer(CrossEntropyOp.Instance, [F(8, 10), I(8)]));
        Refuses<ShapeException>("the scores [8, 10] and the targets [7] do not fit", CrossEntropyOp.Instance, [F(8, 10), I(7)]);
        Refuses<DTypeException>("targets are int64, not float32", CrossEntropyOp.Instance, [F(8, 10), F(8)]);
    }

    [Fact]
    public void LayerNorm_ParametersHaveTheNormalizedSizes()
    {
        Assert.Equal(F(2, 3, 4), Infer(new LayerNormOp(2, true), [F(2, 3, 4), F(3, 4), F(3, 4)], 1e-5));
        Refuses<ShapeException>("weight or bias [3] does not have the normalized sizes of [2, 3, 4]", new LayerNormOp(1, true), [F(2, 3, 4), F(3), F(4)], 1e-5);
        Refuses<TensorIndexException>("4 dimensions of [2, 3, 4] cannot be normalized", new LayerNormOp(4, false), [F(2, 3, 4)], 1e-5);
    }

    [Fact]
    public void RmsNorm_WeightHasTheNormalizedSizes()
    {
        Assert.Equal(F(2, 3, 4), Infer(new RmsNormOp(2, true), [F(2, 3, 4), F(3, 4)], 1e-5));
        Refuses<ShapeException>("weight or bias [3] does not have the normalized sizes of [2, 3, 4]", new RmsNormOp(1, true), [F(2, 3, 4), F(3)], 1e-5);
        Refuses<TensorIndexException>("0 dimensions of [2, 3, 4] cannot be normalized", new RmsNormOp(0, false), [F(2, 3, 4)], 1e-5);
        Refuses<DTypeException>("int64 is not among", new RmsNormOp(1, false), [I(2, 3)], 1e-5);
    }

    [Fact]
    public void Statistics_HalfTypes_AreFloat32()
    {
        var x = F(2, 3) with { DType = DType.Float16 };
        var outputs = new TensorSpec[2];
        new RmsNormOp(1, false).Infer([x], [1e-5], outputs);
        Assert.Equal([x, F(2, 1)], outputs);
        CrossEntropyOp.Instance.Infer([x, I(2)], [], outputs);
        Assert.Equal([x with { Shape = [2] }, F(2, 1)], outputs);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Dropout_ProbabilityOutOfRange_IsRefused(double p) =>
        Refuses<TensorArgumentException>("it lies between 0 and 1", DropoutOp.Instance, [F(3)], p, 1, 0);

    [Fact]
    public void Steps_StateHasTheShapeOfTheParameter()
    {
        Refuses<ShapeException>("the parameter float32[3] and its gradient or state float32[4] differ", new SgdStepOp(false, false, false, false), [F(3), F(4)], 0.1, 0, 0, 0);
        Refuses<ShapeException>("differ", new AdamStepOp(false, false, false), [F(3), F(3), F(4), F(3), F()], 0.1, 0.9, 0.99, 1e-8, 0);
    }

    [Fact]
    public void Steps_OfSeveralParameters_TakeTheTensorsOfEach()
    {
        var op = new SgdStepOp(true, false, false, false, Count: 2);
        var outputs = new TensorSpec[op.OutputCount];
        op.Infer([F(3), F(3), F(3), F(2, 2), F(2, 2), F(2, 2)], [0.1, 0.9, 0, 0], outputs);
        Assert.Equal([F(3), F(3), F(2, 2), F(2, 2)], outputs);
        Refuses<TensorArgumentException>("takes 6 tensors and 4 scalars, not 3 and 4", op, [F(3), F(3), F(3)], 0.1, 0.9, 0, 0);
        Refuses<ShapeException>("the parameter float32[2] and its gradient or state float32[3] differ", op, [F(3), F(3), F(3), F(2), F(3), F(2)], 0.1, 0.9, 0, 0);
        var d = new TensorSpec(DType.Float64, [2]);
        Refuses<DTypeException>("float32[3] and float64[2] differ in element type", op, [F(3), F(3), F(3), d, d, d], 0.1, 0.9, 0, 0);
        Refuses<TensorArgumentException>("not of 0", new SgdStepOp(true, false, false, false, Count: 0), [], 0.1, 0.9, 0, 0);
    }

    [Fact]
    public void Means_TakeFloatsAndAscendingAxes()
    {
        Refuses<DTypeException>("int64 is not among", new MeanOp([0], false), [I(3)]);
        Refuses<TensorIndexException>("axes [1] are not", new MeanOp([1], false), [F(3)]);
        Refuses<TensorIndexException>("axes [1] are not", new VarOp([1], false), [F(3)], 1);
        Refuses<TensorIndexException>("axes [1] are not", new StdOp([1], false), [F(3)], 1);
        Refuses<DTypeException>("int64 is not among", new StdOp([0], false), [I(3)], 1);
        Refuses<TensorIndexException>("axes [1] are not", new LogSumExpOp([1], false), [F(3)]);
    }

    [Fact]
    public void Creation_TakesScalarsOnly()
    {
        Assert.Equal(I(5), Infer(new ArangeOp(DType.Int64, 5), [], 0, 1));
        Refuses<DTypeException>("bool is not among", new ArangeOp(DType.Bool, 5), [], 0, 1);
        Assert.Equal(F(2), Infer(new FullOp(DType.Float32, [2]), [], 1.5));
        Refuses<TensorArgumentException>("takes 0 tensors and 1 scalars, not 1 and 1", new FullOp(DType.Float32, [2]), [F(2)], 1.5);
        Assert.Equal(new TensorSpec(DType.Int32, [2, 2]), Infer(new RandomBitsOp([2, 2]), [], 1, 0));
        Assert.Equal(F(2, 5), Infer(new RandOp(DType.Float32, [2, 5]), [], 1, 0));
        Assert.Equal(F(2, 5), Infer(new RandnOp(DType.Float32, [2, 5]), [], 1, 0));
        Assert.Equal(new TensorSpec(DType.Int64, [5]), Infer(new RandIntOp([5]), [], -3, 7, 1, 0));
        Refuses<DTypeException>("int64 is not among", new RandOp(DType.Int64, [2]), [], 1, 0);
        Refuses<DTypeException>("bool is not among", new RandnOp(DType.Bool, [2]), [], 1, 0);
        Refuses<TensorArgumentException>("takes 0 tensors and 2 scalars, not 0 and 1", new RandnOp(DType.Float32, [2]), [], 1);
        Refuses<TensorArgumentException>("the range is 0", new RandIntOp([2]), [], 5, 0, 1, 0);
        Refuses<TensorArgumentException>("the range is 2147483648", new RandIntOp([2]), [], 5, 1L << 31, 1, 0);
        Assert.Equal((3, 6, 12, 3), (new RandOp(DType.Float32, [2, 5]).Blocks, new RandOp(DType.Float64, [2, 5]).Blocks, new RandnOp(DType.Float64, [2, 5]).Blocks, new RandIntOp([2, 5]).Blocks));
    }
}
