namespace Nabla.Tests;

/// <summary>Claimed composites give what their decompositions give, on dense and strided inputs, and into their own inputs.</summary>
public sealed class FusedTests
{
    private static readonly long[][] Shapes = [[1], [7], [3, 5], [4, 17], [2, 3, 64], [5, 130], [70, 1025], [130, 33], [3, 9, 330], [2100, 3]];

    public static TheoryData<string> Names => [.. Cases().Select(c => c.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Claimed_AnyLayout_EqualsDecomposed(string name)
    {
        int claimed = 0;
        foreach (var (_, op, inputs, scalars) in Cases().Where(c => c.Name == name))
        {
            foreach (var dtype in new[] { DType.Float32, DType.Float16, DType.BFloat16, DType.Float64 })
            {
                var typed = inputs.Select((t, i) => t.DType is DType.Int64 or DType.Bool ? t : Cpu.Cast(t, IsStatistic(op, i) ? dtype.Accumulator() : dtype)).ToArray();
                var specs = typed.Select(t => t.Spec).ToArray();
                try
                {
                    op.Infer(specs, scalars, new TensorSpec[op.OutputCount]);
                }
                catch (NablaException)
                {
                    continue; // the shape does not suit this operation
                }

                claimed += Cpu.Device.Claims(op, specs) ? 1 : 0;
                double tolerance = dtype switch { DType.BFloat16 => 0.02, DType.Float16 => 0.003, DType.Float64 => 1e-11, _ => 3e-6 };
                Check(op, typed, scalars, tolerance);
                if (typed[0].Shape.Rank > 1)
                    Check(op, [.. typed.Select(Strided)], scalars, tolerance);
            }
        }

        Assert.True(claimed > 0 || !CpuCapabilities.Accelerated, $"{name} is never claimed");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Var_FarFromZero_KeepsItsDigits(int axis)
    {
        var x = Cpu.Run(BinaryOp.Add.With(ScalarSide.Right), [Random(7, 70, 1025)], 1e4);
        var op = new VarOp([axis], false);
        Assert.Equal(CpuCapabilities.Accelerated, Cpu.Device.Claims(op, [x.Spec])); // in parts it is as exact
        double[] expected = Cpu.Read<double>(Cpu.Run(op, [Cpu.Cast(x, DType.Float64)], 1));
        float[] actual = Cpu.Read<float>(Cpu.Run(op, [x], 1));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], expected[i] * 1e-6);
    }

    [Fact]
    public void Pairs_OneGradientForAll_GiveTheBitsOfACopyOfIt()
    {
        (Op, Scalar[])[] pairs =
        [
            (SiluBackwardOp.Instance, []), (new GeluBackwardOp(false), []), (new GeluBackwardOp(true), []), (EluBackwardOp.Instance, [1.7, 1.1, 0.9]), (SoftplusBackwardOp.Instance, [1.7, 2.9]), (LerpOp.Instance, [0.3]), (new LogAddExpOp(false), []), (new LogAddExpOp(true), []),
            (LeakyReluBackwardOp.Instance, [0.3]), (new ClampBackwardOp(true), [-0.3, 0.8]), (new ClampBackwardOp(false), [-0.3, 0.8]),
            (ShrinkBackwardOp.Instance, [0.4]), (HuberOp.Instance, [0.3, 1.1]), (HuberSlopeOp.Instance, [0.3, 1.1]),
        ];
        foreach (var (op, numbers) in pairs)
        {
            for (int count = 1; count <= 70; count++)
            {
                DeviceTensor x = Random(count, count), one = Cpu.View(new ExpandOp([count]), Cpu.Tensor([0.7f], 1));
                Assert.Equal(Cpu.Read<float>(Run(Cpu.Run(CopyOp.Instance, one), x)), Cpu.Read<float>(Run(one, x)));
                Assert.Equal(Cpu.Read<float>(Run(x, Cpu.Run(CopyOp.Instance, one))), Cpu.Read<float>(Run(x, one)));
                Assert.All(Cpu.Read<float>(Run(one, one)), y => Assert.Equal(Cpu.Read<float>(Run(Cpu.Run(CopyOp.Instance, one), one))[0], y));
            }

            DeviceTensor Run(params DeviceTensor[] inputs) => Cpu.Run(op, inputs, numbers);
        }
    }

    /// <summary>Of half types a result in one rounding: that of float32 on the same numbers, to the bit, for rows that fill many pieces or not one.</summary>
    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    [InlineData("softmax_backward")]
    [InlineData("log_softmax_backward")]
    [InlineData("layer_norm")]
    [InlineData("layer_norm_backward")]
    [InlineData("rms_norm")]
    [InlineData("rms_norm_backward")]
    [InlineData("cross_entropy")]
    [InlineData("cross_entropy_backward")]
    [InlineData("attention")]
    [InlineData("attention_backward")]
    public void Claimed_HalfTypes_RoundOnce(string name)
    {
        int compared = 0;
        foreach (var (_, op, inputs, scalars) in Cases([3, 5000], [600, 33]).Where(c => c.Name == name))
        {
            foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
            {
                var half = inputs.Select((t, i) => t.DType is DType.Int64 or DType.Bool || IsStatistic(op, i) ? t : Cpu.Cast(t, dtype)).ToArray();
                var single = half.Select(t => t.DType == dtype ? Cpu.Cast(t, DType.Float32) : t).ToArray();
                Assert.Equal(CpuCapabilities.Accelerated, Cpu.Device.Claims(op, [.. half.Select(t => t.Spec)]));
                if (!CpuCapabilities.Accelerated)
                    continue;
                DeviceTensor[] actual = new DeviceTensor[op.OutputCount], expected = new DeviceTensor[op.OutputCount];
                Dispatch.Execute(Cpu.Device, op, half, scalars, actual);
                Dispatch.Execute(Cpu.Device, op, single, scalars, expected);
                for (int i = 0; i < actual.Length; i++)
                    Assert.Equal(Cpu.Read<float>(Cpu.Cast(Cpu.Cast(expected[i], actual[i].DType), DType.Float32)), Cpu.Read<float>(Cpu.Cast(actual[i], DType.Float32)));
                compared++;
            }
        }

        Assert.True(compared > 0 || !CpuCapabilities.Accelerated, $"no case of {name}");
    }

    /// <summary>Inputs that are float32 beside half types.</summary>
    private static bool IsStatistic(CompositeOp op, int input) => op switch
    {
        LayerNormBackwardOp => input is 2 or 3,
        RmsNormBackwardOp => input is 2,
        AttentionBackwardOp => input is 4 or 5,
        CrossEntropyBackwardOp => input is 3,
        _ => false,
    };

    private static void Check(CompositeOp op, DeviceTensor[] inputs, Scalar[] scalars, double tolerance)
    {
        var expected = new DeviceTensor[op.OutputCount];
        using (var ops = new DeviceOps(Cpu.Device))
            ops.Run(op, inputs, scalars, expected, default);
        var actual = new DeviceTensor[op.OutputCount];
        Dispatch.Execute(Cpu.Device, op, inputs, scalars, actual);
        for (int i = 0; i < expected.Length; i++)
            Near(op, i, expected[i], actual[i], tolerance);

        var copies = inputs.Select(t => Cpu.Run(CopyOp.Instance, t)).ToArray();
        if (expected[0].Spec == copies[0].Spec && op.OutputCount == 1)
        {
            Cpu.Into(copies[0], op, copies, scalars);
            Near(op, 0, expected[0], copies[0], tolerance);
        }

        var target = Strided(Cpu.Device.Allocate(expected[0].Spec));
        var into = new DeviceTensor?[op.OutputCount];
        into[0] = target;
        Dispatch.Execute(Cpu.Device, op, inputs, scalars, actual, into);
        Near(op, 0, expected[0], target, tolerance);
    }

    private static void Near(Op op, int output, DeviceTensor expected, DeviceTensor actual, double tolerance)
    {
        Assert.Equal(expected.Spec, actual.Spec);
        double[] e = Cpu.Read<double>(Cpu.Cast(expected, DType.Float64)), a = Cpu.Read<double>(Cpu.Cast(actual, DType.Float64));
        double scale = e.Length == 0 ? 1 : Math.Max(1, e.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max());
        for (int i = 0; i < e.Length; i++)
            if (!e[i].Equals(a[i]) && !(Math.Abs(e[i] - a[i]) <= tolerance * scale))
                Assert.Fail($"{op} output {output} {expected.Spec} [{i}]: {a[i]:R}, decomposed {e[i]:R}");
    }

    /// <summary>The same values behind reversed strides.</summary>
    private static DeviceTensor Strided(DeviceTensor t)
    {
        if (t.Shape.Rank < 2)
            return t;
        var reversed = new PermuteOp(ValueArray.Create<int>([.. Enumerable.Range(0, t.Shape.Rank).Reverse()]));
        return Cpu.View(reversed, Cpu.Run(CopyOp.Instance, Cpu.View(reversed, t)));
    }

    private static IEnumerable<(string Name, CompositeOp Op, DeviceTensor[] Inputs, Scalar[] Scalars)> Cases(params long[][] more)
    {
        foreach (var attention in Attention())
            yield return attention;
        foreach (long[] shape in Shapes.Concat(more))
        {
            DeviceTensor x = Random(1, shape), g = Random(2, shape), w = Random(3, shape[^1..]), b = Random(4, shape[^1..]);
            int axis = shape.Length - 1;
            yield return ("relu", ReluOp.Instance, [x], []);
            yield return ("silu", SiluOp.Instance, [x], []);
            yield return ("elu", EluOp.Instance, [x], [1.7, 1.1, 0.9]);
            yield return ("elu_backward", EluBackwardOp.Instance, [g, x], [1.7, 1.1, 0.9]);
            yield return ("softplus", SoftplusOp.Instance, [x], [1.7, 2.9]);
            yield return ("softplus_backward", SoftplusBackwardOp.Instance, [g, x], [1.7, 2.9]);
            yield return ("nan_to_num", NanToNumOp.Instance, [Cpu.Run(BinaryOp.Div, g, Cpu.Run(UnaryOp.Trunc, x))], [0.1, 0.2, 0.3]);
            yield return ("frac", FracOp.Instance, [x], []);
            yield return ("lerp", LerpOp.Instance, [g, x], [0.3]);
            yield return ("lerp", LerpOp.Instance, [g, x], [0.7]);
            yield return ("add_scaled", AddScaledOp.Instance, [g, x], [-0.3]);
            yield return ("lerp_by", LerpByOp.Instance, [g, x, Cpu.Run(BinaryOp.Mul, x, g)], []);
            yield return ("multiply_add", MultiplyAddOp.Instance, [g, x, Cpu.Run(BinaryOp.Mul, x, g)], []);
            yield return ("logaddexp", new LogAddExpOp(false), [g, x], []);
            yield return ("logaddexp", new LogAddExpOp(true), [g, x], []);
            yield return ("prelu", PReluOp.Instance, [x, g], []);
            yield return ("hardsigmoid", HardsigmoidOp.Instance, [Cpu.Run(BinaryOp.Add, x, g)], []);
            yield return ("leaky_relu", LeakyReluOp.Instance, [x], [0.3]);
            yield return ("leaky_relu_backward", LeakyReluBackwardOp.Instance, [g, x], [0.3]);
            yield return ("huber", HuberOp.Instance, [g, x], [0.7, 1.3]);
            yield return ("huber_slope", HuberSlopeOp.Instance, [g, x], [0.7, 1.3]);
            yield return ("shrink_backward", ShrinkBackwardOp.Instance, [g, x], [0.4]);
            foreach (bool either in new[] { false, true })
            {
                yield return ("clamp", new ClampOp(either), [x], [-0.7, 0.9]);
                yield return ("clamp_backward", new ClampBackwardOp(either), [g, x], [-0.7, 0.9]);
                yield return ("shrink", new ShrinkOp(either), [x], [0.4]);
            }

            foreach (double p in new[] { 0.0, 0.3, 1.0 })
                yield return ("dropout", DropoutOp.Instance, [x], [p, 0x1234_5678_9ABCL, (1L << 32) - 3]);
            yield return ("relu_backward", ReluBackwardOp.Instance, [g, x], []);
            yield return ("silu_backward", SiluBackwardOp.Instance, [g, x], []);
            foreach (bool tanh in new[] { false, true })
            {
                yield return ("gelu", new GeluOp(tanh), [x], []);
                yield return ("gelu_backward", new GeluBackwardOp(tanh), [g, x], []);
            }

            for (int along = 0; along <= axis; along++)
            {
                yield return ("softmax", new SoftmaxOp(along), [x], []);
                yield return ("log_softmax", new LogSoftmaxOp(along), [x], []);
            }

            int[][] reduced = [[axis], [0], [.. Enumerable.Range(0, shape.Length)]];
            foreach (int[] axes in reduced)
            {
                yield return ("mean", new MeanOp([.. axes], false), [x], []);
                yield return ("var", new VarOp([.. axes], true), [x], [0]);
                yield return ("std", new StdOp([.. axes], true), [x], [0]);
                yield return ("logsumexp", new LogSumExpOp([.. axes], false), [x], []);
            }

            if (shape.Length == 2)
            {
                var classes = Cpu.Tensor([.. Enumerable.Range(0, (int)shape[0]).Select(i => i * 7L % shape[1])], shape[0]);
                yield return ("cross_entropy", CrossEntropyOp.Instance, [x, classes], []);
                var total = Cpu.Run(new LogSumExpOp([1], true), x);
                yield return ("cross_entropy_backward", CrossEntropyBackwardOp.Instance, [Cpu.Run(new MeanOp([1], false), g), x, classes, total], []);
            }

            var y = Cpu.Run(new SoftmaxOp(axis), x);
            for (int along = 0; along <= axis; along++)
            {
                yield return ("softmax_backward", new SoftmaxBackwardOp(along), [g, Cpu.Run(new SoftmaxOp(along), x)], []);
                yield return ("log_softmax_backward", new LogSoftmaxBackwardOp(along), [g, Cpu.Run(new LogSoftmaxOp(along), x)], []);
            }

            foreach (bool affine in new[] { false, true })
            {
                var norm = new LayerNormOp(1, affine);
                DeviceTensor[] inputs = affine ? [x, w, b] : [x];
                yield return ("layer_norm", norm, inputs, [1e-5]);
                var outputs = new DeviceTensor[3];
                Dispatch.Execute(Cpu.Device, norm, inputs, [1e-5], outputs);
                yield return ("layer_norm_backward", new LayerNormBackwardOp(1, affine), affine ? [g, x, outputs[1], outputs[2], w] : [g, x, outputs[1], outputs[2]], []);
                yield return ("rms_norm", new RmsNormOp(1, affine), affine ? [x, w] : [x], [1e-5]);
                yield return ("rms_norm_backward", new RmsNormBackwardOp(1, affine), affine ? [g, x, outputs[2], w] : [g, x, outputs[2]], []);
            }

            var weight = Random(5, 6, shape[^1]);
            yield return ("linear", new LinearOp(false), [x, weight], []);
            yield return ("linear", new LinearOp(true), [x, weight, Random(6, 6)], []);
            yield return ("linear, activated", new LinearOp(false, UnaryOp.Tanh), [x, weight], []);
            foreach (Op activation in new Op[] { ReluOp.Instance, new GeluOp(false), UnaryOp.Sigmoid })
                yield return ("linear, activated", new LinearOp(true, activation), [x, weight, Random(6, 6)], []);
            foreach (bool flag in new[] { false, true })
            {
                yield return ("sgd_step", new SgdStepOp(false, false, false, flag), [x, g], [0.1, 0, 0, 0.01]);
                foreach (bool first in new[] { false, true })
                    yield return ("sgd_step", new SgdStepOp(true, first, flag, false), [x, g, y], [0.1, 0.9, 0.2, 0.01]);
                var second = Cpu.Run(BinaryOp.Mul, g, g);
                yield return ("adagrad_step", new AdagradStepOp(), [x, g, second, Cpu.Run(new FullOp(DType.Float32, []), [], 3)], [0.1, 0.01, flag ? 0.1 : 0, 1e-2]);
                yield return ("rmsprop_step", new RmsPropStepOp(false, flag), flag ? [x, g, second, y] : [x, g, second], [0.1, 0.9, 1e-2, 0.1, 0.8]);
                yield return ("rmsprop_step", new RmsPropStepOp(true, flag), flag ? [x, g, second, Cpu.Run(BinaryOp.Mul.With(ScalarSide.Right), [g], 0.1), y] : [x, g, second, Cpu.Run(BinaryOp.Mul.With(ScalarSide.Right), [g], 0.1)], [0.1, 0.9, 1e-1, 0, 0.8]);
                yield return ("adam_step", new AdamStepOp(false, flag, false), [x, g, y, second, Cpu.Run(new FullOp(DType.Float32, []), [], 3)], [0.01, 0.9, 0.999, 1e-8, 0.1]);
                yield return ("adam_step", new AdamStepOp(false, flag, true), [x, g, y, second, Cpu.Run(new FullOp(DType.Int64, []), [], 0)], [0.01, 0.9, 0.999, 1e-8, 0.0]);
            }
        }

        var masked = Cpu.Tensor([float.NegativeInfinity, 1, 2, float.NegativeInfinity, 3, 4, 5, 6, float.NaN, 0, 0, 0], 3, 4);
        yield return ("softmax", new SoftmaxOp(1), [masked], []);
        yield return ("log_softmax", new LogSoftmaxOp(1), [masked], []);
        var far = Cpu.Tensor([float.NegativeInfinity, 1, float.PositiveInfinity, -1000, float.NegativeInfinity, 3, 4, -1001, float.NegativeInfinity, 0, 0, -1e30f], 3, 4);
        foreach (int axis in new[] { 0, 1 })
        {
            yield return ("softmax", new SoftmaxOp(axis), [far], []);
            yield return ("log_softmax", new LogSoftmaxOp(axis), [far], []);
            yield return ("logsumexp", new LogSumExpOp([axis], false), [far], []);
            yield return ("var", new VarOp([axis], false), [far], [1]);
        }

        var images = Cpu.View(new ExpandOp([20, 3, 4]), far); // enough for tiles of columns
        yield return ("softmax", new SoftmaxOp(1), [images], []);
        yield return ("log_softmax", new LogSoftmaxOp(1), [images], []);
    }

    /// <summary>Blocks of queries and of keys, one and several, cut short and by a diagonal.</summary>
    private static IEnumerable<(string Name, CompositeOp Op, DeviceTensor[] Inputs, Scalar[] Scalars)> Attention()
    {
        foreach (var (heads, rows, keys) in new[] { (2L, 5L, 7L), (3L, 130L, 70L), (1L, 70L, 300L), (1L, 300L, 520L) })
        {
            DeviceTensor q = Random(8, heads, rows, 9), k = Random(9, heads, keys, 9), v = Random(10, heads, keys, 5), g = Random(11, heads, rows, 5);
            var bits = Cpu.Run(BinaryOp.Gt.With(ScalarSide.Right), [Random(12, rows, keys)], -1);
            foreach (var (causal, mask) in new (bool, DeviceTensor?)[] { (false, null), (true, null), (false, bits), (false, Random(13, heads, 1, keys)) })
            {
                DeviceTensor[] inputs = mask is null ? [q, k, v] : [q, k, v, mask];
                yield return ("attention", new AttentionOp(causal, mask is not null), inputs, [0.2]);
                var outputs = new DeviceTensor[2];
                Dispatch.Execute(Cpu.Device, new AttentionOp(causal, mask is not null), inputs, [0.2], outputs);
                DeviceTensor[] gradient = [g, q, k, v, outputs[1], Random(14, heads, rows, 1)];
                yield return ("attention_backward", new AttentionBackwardOp(causal, mask is not null), mask is null ? gradient : [.. gradient, mask], [0.2]);
            }
        }
    }

    private static DeviceTensor Random(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)((random.NextDouble() * 6) - 3);
        return Cpu.Tensor(values, shape);
    }
}
