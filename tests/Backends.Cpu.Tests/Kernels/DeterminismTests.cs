namespace Nabla.Tests;

/// <summary>Bit-equal results for every number of threads, wherever the input starts in memory.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string> Cases => [.. Programs.Keys];

    private static readonly Dictionary<string, Func<CpuDevice, DeviceTensor, DeviceTensor>> Programs = new()
    {
        ["exp"] = (d, x) => Dispatch.Execute(d, UnaryOp.Exp, [x], default),
        ["exp in place"] = (d, x) => Dispatch.Execute(d, UnaryOp.Exp, [x], default, x),
        ["add in place"] = (d, x) => Dispatch.Execute(d, BinaryOp.Add, [x, Dispatch.Execute(d, UnaryOp.Exp, [Row(x, 3)], default)], default, x),
        ["copy transposed in place"] = (d, x) => Dispatch.Execute(d, CopyOp.Instance, [Transposed(Dispatch.Execute(d, UnaryOp.Exp, [Transposed(x)], default))], default, x),
        ["add row"] = (d, x) => Dispatch.Execute(d, BinaryOp.Add, [x, Dispatch.View(SliceOp.Along(x.Shape, 0, 3, 1), x)!], default),
        ["add short rows"] = (d, x) => AddShortRows(d, Dispatch.View(new ReshapeOp([301 * 997]), x)!),
        ["mul transposed"] = (d, x) => Dispatch.Execute(d, BinaryOp.Mul.With(ScalarSide.Right), [Transposed(x)], [0.37]),
        ["sum all"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([0, 1], false), [x], default),
        ["sum rows"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([1], false), [x], default),
        ["sum columns"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([0], false), [x], default),
        ["sum transposed"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([0], false), [Transposed(x)], default),
        ["sum short rows"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([1], false), [Narrow(x)], default),
        ["sum short lines float16"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([1], false), [Lines(Cast(d, x, DType.Float16))], default),
        ["mean short lines"] = (d, x) => Dispatch.Execute(d, new MeanOp([1], false), [Lines(x)], default),
        ["logsumexp short lines"] = (d, x) => Dispatch.Execute(d, new LogSumExpOp([1], false), [Lines(x)], default),
        ["argmax short lines"] = (d, x) => Dispatch.Execute(d, ArgReduceOp.Max(1, false), [Lines(x)], default),
        ["prod"] = (d, x) => Dispatch.Execute(d, ReduceOp.Prod([0], false), [x], default),
        ["max"] = (d, x) => Dispatch.Execute(d, ReduceOp.Max([0, 1], false), [x], default),
        ["softmax"] = (d, x) => Dispatch.Execute(d, new SoftmaxOp(1), [x], default),
        ["log_softmax"] = (d, x) => Dispatch.Execute(d, new LogSoftmaxOp(0), [x], default),
        ["softmax columns"] = (d, x) => Dispatch.Execute(d, new SoftmaxOp(0), [x], default),
        ["softmax images"] = (d, x) => Dispatch.Execute(d, new SoftmaxOp(1), [Heads(x)], default),
        ["log_softmax images"] = (d, x) => Dispatch.Execute(d, new LogSoftmaxOp(1), [Heads(x)], default),
        ["softmax_backward images"] = (d, x) => Dispatch.Execute(d, new SoftmaxBackwardOp(1), [Heads(x), Dispatch.Execute(d, new SoftmaxOp(1), [Heads(x)], default)], default),
        ["log_softmax_backward images"] = (d, x) => Dispatch.Execute(d, new LogSoftmaxBackwardOp(1), [Heads(x), Heads(x)], default),
        ["mean"] = (d, x) => Dispatch.Execute(d, new MeanOp([0, 1], false), [x], default),
        ["var all"] = (d, x) => Dispatch.Execute(d, new VarOp([0, 1], false), [x], [1]),
        ["std all"] = (d, x) => Dispatch.Execute(d, new StdOp([0, 1], false), [x], [1]),
        ["std lost"] = (d, x) => Dispatch.Execute(d, new StdOp([0, 1], false), [Dispatch.Execute(d, BinaryOp.Mul.With(ScalarSide.Right), [x], [1e-30])], [1]),
        ["var columns"] = (d, x) => Dispatch.Execute(d, new VarOp([0], false), [x], [1]),
        ["logsumexp"] = (d, x) => Dispatch.Execute(d, new LogSumExpOp([0], false), [x], default),
        ["sum narrow"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([0], false), [Narrow(x)], default),
        ["logsumexp narrow"] = (d, x) => Dispatch.Execute(d, new LogSumExpOp([0], false), [Narrow(x)], default),
        ["argmax narrow"] = (d, x) => Dispatch.Execute(d, ArgReduceOp.Max(0, false), [Narrow(x)], default),
        ["argmax all"] = (d, x) => Dispatch.Execute(d, ArgReduceOp.Max(0, false), [Dispatch.View(new ReshapeOp([301 * 997]), x)!], default),
        ["argmin columns"] = (d, x) => Dispatch.Execute(d, ArgReduceOp.Min(0, false), [x], default),
        ["layer_norm"] = (d, x) => Normalize(d, x)[0],
        ["layer_norm float64"] = (d, x) => Normalize(d, Cast(d, x, DType.Float64))[0],
        ["layer_norm_backward float64"] = (d, x) => NormalizeBackward(d, Cast(d, x, DType.Float64), 0),
        ["layer_norm_backward weight float64"] = (d, x) => NormalizeBackward(d, Cast(d, x, DType.Float64), 1),
        ["layer_norm_backward"] = (d, x) => NormalizeBackward(d, x, 0),
        ["layer_norm_backward weight"] = (d, x) => NormalizeBackward(d, x, 1),
        ["layer_norm_backward bias"] = (d, x) => NormalizeBackward(d, x, 2),
        ["dropout"] = Drop,
        ["attention"] = (d, x) => Attend(d, Heads(x))[0],
        ["attention_backward q"] = (d, x) => AttendBackward(d, Heads(x), 0),
        ["attention_backward k"] = (d, x) => AttendBackward(d, Heads(x), 1),
        ["attention_backward v"] = (d, x) => AttendBackward(d, Heads(x), 2),
        ["gelu"] = (d, x) => Dispatch.Execute(d, new GeluOp(false), [x], default),
        ["linear, gelu"] = (d, x) => Dispatch.Execute(d, new LinearOp(false, new GeluOp(false)), [x, x], default),
        ["matmul"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [x, Transposed(x)], default),
        ["matmul TN"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [Transposed(Columns(x, 150)), x], default),
        ["matmul NN"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [Columns(x, 301), x], default),
        ["matmul batched"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [Heads(x), Dispatch.View(new PermuteOp([0, 2, 1]), Heads(x))!], default),
        ["matmul by vector"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [x, Transposed(Dispatch.View(SliceOp.Along(x.Shape, 0, 3, 1), x)!)], default),
        ["matmul float64"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [Cast(d, x, DType.Float64), Transposed(Cast(d, x, DType.Float64))], default),
        ["matmul bfloat16"] = (d, x) => Dispatch.Execute(d, MatMulOp.Instance, [Cast(d, x, DType.BFloat16), Transposed(Cast(d, x, DType.BFloat16))], default),
        ["sum float16"] = (d, x) => Dispatch.Execute(d, ReduceOp.Sum([0, 1], false), [Cast(d, x, DType.Float16)], default),
        ["rms_norm"] = (d, x) => Rms(d, x)[0],
        ["rms_norm_backward weight"] = RmsBackward,
        ["cross_entropy"] = (d, x) => Entropy(d, x)[0],
        ["cross_entropy_backward"] = EntropyBackward,
        ["where"] = (d, x) => Into(d, x, WhereOp.Instance, Dispatch.Execute(d, BinaryOp.Lt, [x, Row(x, 3)], default), x, Row(x, 5)),
        ["lt"] = (d, x) => Into(d, x, BinaryOp.Lt, x, Row(x, 3)),
        ["exp, result elsewhere"] = (d, x) => Into(d, x, UnaryOp.Exp, x),
        ["exp float64"] = (d, x) => Into(d, x, UnaryOp.Exp, Cast(d, x, DType.Float64)),
        ["exp bfloat16"] = (d, x) => Into(d, x, UnaryOp.Exp, Cast(d, x, DType.BFloat16)),
        ["add float16"] = (d, x) => Into(d, x, BinaryOp.Add, Cast(d, x, DType.Float16), Row(Cast(d, x, DType.Float16), 3)),
        ["softmax, result elsewhere"] = (d, x) => Into(d, x, new SoftmaxOp(1), x),
        ["sum columns, result elsewhere"] = (d, x) => Into(d, x, ReduceOp.Sum([0], false), x),
        ["matmul, result elsewhere"] = (d, x) => Into(d, x, MatMulOp.Instance, x, Transposed(x)),
        ["gather"] = (d, x) => Into(d, x, new GatherOp(1), x, Indices(d, [301, 500])),
        ["gather rows"] = (d, x) => Into(d, x, new GatherOp(0), x, Dispatch.View(new ExpandOp([200, 997]), Indices(d, [200, 1]))!),
        ["scatter_add"] = (d, x) => Into(d, x, new ScatterAddOp(0), x, Dispatch.View(new ExpandOp([301, 997]), Indices(d, [301, 1]))!, x),
        ["concat"] = (d, x) => Into(d, x, new ConcatOp(1), x, Columns(x, 150), x),
        ["concat float16"] = (d, x) => Into(d, x, new ConcatOp(0), Cast(d, x, DType.Float16), Cast(d, x, DType.Float16)),
        ["adam_step"] = Adam,
        ["random"] = (d, x) => Dispatch.Execute(d, new RandomBitsOp([100_003]), [], [7, 9]),
        ["rand"] = (d, x) => Dispatch.Execute(d, new RandOp(DType.Float64, [100_003]), [], [7, 9]),
        ["randn"] = (d, x) => Dispatch.Execute(d, new RandnOp(DType.Float32, [100_003]), [], [7, 9]),
        ["randint"] = (d, x) => Dispatch.Execute(d, new RandIntOp([100_003]), [], [-3, 10, 7, 9]),
        ["arange"] = (d, x) => Dispatch.Execute(d, new ArangeOp(DType.Int32, 300_003), [], [7, -9]),
        ["arange of floats"] = (d, x) => Dispatch.Execute(d, new ArangeOp(DType.Float32, 300_003), [], [-1.5, 0.1]),
        ["full"] = (d, x) => Dispatch.Execute(d, new FullOp(DType.Float32, [12_000_000]), [], [2.5]),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_AnyThreads_IsBitEqual(string name)
    {
        byte[] expected = Run(name, threads: 1, shift: 0);
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.Equal(expected, Run(name, threads, shift: 0));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_AnyAlignment_IsBitEqual(string name)
    {
        byte[] expected = Run(name, threads: 2, shift: 0);
        for (int shift = 1; shift < 16; shift++) // vectors have sixteen elements at most, of 32 bits
            Assert.Equal(expected, Run(name, threads: 2, shift));
    }

    /// <summary>The bytes of a result, of an input that starts so many elements behind an aligned one.</summary>
    private static byte[] Run(string name, int threads, int shift)
    {
        using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
        var values = Enumerable.Range(-shift, (301 * 997) + shift).Select(i => (float)Math.Sin(i * 0.731) * 3).ToArray();
        var all = Cpu.Tensor(device, values, [values.Length]);
        var x = Dispatch.View(new ReshapeOp([301, 997]), Dispatch.View(SliceOp.Along(all.Shape, 0, shift, 301 * 997), all)!)!;
        var y = Programs[name](device, x);
        if (!y.IsContiguous || y.Layout.Offset != 0) // written in place
            y = Dispatch.Execute(device, CopyOp.Instance, [y], default);
        var bytes = new byte[y.Spec.ByteLength];
        device.Download(y, bytes);
        return bytes;
    }

    /// <summary>Rows that are taken for one by the power of two, and some left over.</summary>
    private static DeviceTensor Narrow(DeviceTensor x) => Dispatch.View(new ReshapeOp([43 * 997, 7]), x)!;

    private static DeviceTensor Lines(DeviceTensor x) => Dispatch.View(new ReshapeOp([997, 7, 43]), x)!;

    private static DeviceTensor AddShortRows(CpuDevice device, DeviceTensor x)
    {
        var rows = Dispatch.View(new ReshapeOp([30_000, 10]), Dispatch.View(SliceOp.Along(x.Shape, 0, 0, 300_000), x)!)!;
        return Dispatch.Execute(device, BinaryOp.Add, [rows, Dispatch.View(SliceOp.Along(x.Shape, 0, 17, 10), x)!], default);
    }

    private static DeviceTensor Row(DeviceTensor x, long row) =>
        Dispatch.View(new ReshapeOp([x.Shape[1]]), Dispatch.View(SliceOp.Along(x.Shape, 0, row, 1), x)!)!;

    private static DeviceTensor[] Normalize(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[3];
        Dispatch.Execute(device, new LayerNormOp(1, Affine: true), [x, Row(x, 3), Row(x, 5)], [1e-5], outputs);
        return outputs;
    }

    private static DeviceTensor NormalizeBackward(CpuDevice device, DeviceTensor x, int output)
    {
        var outputs = new DeviceTensor[3];
        var (forward, g) = (Normalize(device, x), Dispatch.Execute(device, UnaryOp.Exp, [x], default));
        Dispatch.Execute(device, new LayerNormBackwardOp(1, Affine: true), [g, x, forward[1], forward[2], Row(x, 3)], default, outputs);
        return outputs[output];
    }

    private static DeviceTensor[] Rms(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[2];
        Dispatch.Execute(device, new RmsNormOp(1, Affine: true), [x, Row(x, 3)], [1e-5], outputs);
        return outputs;
    }

    private static DeviceTensor RmsBackward(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[2];
        var (forward, g) = (Rms(device, x), Dispatch.Execute(device, UnaryOp.Exp, [x], default));
        Dispatch.Execute(device, new RmsNormBackwardOp(1, Affine: true), [g, x, forward[1], Row(x, 3)], default, outputs);
        return outputs[1];
    }

    private static DeviceTensor Targets(CpuDevice device) =>
        Cpu.Tensor(device, [.. Enumerable.Range(0, 301).Select(i => (long)(i * 31 % 997))], [301]);

    private static DeviceTensor[] Entropy(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[2];
        Dispatch.Execute(device, CrossEntropyOp.Instance, [x, Targets(device)], default, outputs);
        return outputs;
    }

    private static DeviceTensor EntropyBackward(CpuDevice device, DeviceTensor x)
    {
        var forward = Entropy(device, x);
        return Dispatch.Execute(device, CrossEntropyBackwardOp.Instance, [forward[0], x, Targets(device), forward[1]], default);
    }

    /// <summary>As many elements behind an aligned one as x.</summary>
    private static DeviceTensor Cast(CpuDevice device, DeviceTensor x, DType dtype) => Into(device, x, new CastOp(dtype), x);

    /// <summary>The result, written as many elements behind an aligned one as x starts.</summary>
    private static DeviceTensor Into(CpuDevice device, DeviceTensor x, Op op, params DeviceTensor[] inputs)
    {
        var spec = Dispatch.Execute(device, op, inputs, default).Spec;
        long count = spec.Shape.ElementCount;
        var all = device.Allocate(new TensorSpec(spec.DType, [x.Layout.Offset + count]));
        var target = Dispatch.View(new ReshapeOp(spec.Shape), Dispatch.View(SliceOp.Along(all.Shape, 0, x.Layout.Offset, count), all)!)!;
        return Dispatch.Execute(device, op, inputs, default, target);
    }

    private static DeviceTensor Indices(CpuDevice device, Shape shape) =>
        Cpu.Tensor(device, [.. Enumerable.Range(0, (int)shape.ElementCount).Select(i => (long)(i * 31 % 297))], [.. shape.AsSpan()]);

    private static DeviceTensor Adam(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[4];
        var squares = Dispatch.Execute(device, BinaryOp.Mul, [x, x], default);
        Dispatch.Execute(device, new AdamStepOp(AmsGrad: false, Decoupled: false, Maximize: false), [x, x, x, squares, Dispatch.View(new ReshapeOp([]), Cpu.Tensor(device, [3f], [1]))!], [0.1, 0.9, 0.999, 1e-8, 0.01], outputs);
        return outputs[0];
    }

    private static DeviceTensor Columns(DeviceTensor x, long count) => Dispatch.View(SliceOp.Along(x.Shape, 1, 2, count), x)!;

    private static DeviceTensor Heads(DeviceTensor x) => Dispatch.View(new ReshapeOp([7, 43, 997]), x)!;

    private static DeviceTensor[] Attend(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[2];
        Dispatch.Execute(device, new AttentionOp(Causal: true, Masked: false), [x, x, x], [0.01], outputs);
        return outputs;
    }

    private static DeviceTensor AttendBackward(CpuDevice device, DeviceTensor x, int output)
    {
        var outputs = new DeviceTensor[3];
        var (forward, g) = (Attend(device, x), Dispatch.Execute(device, UnaryOp.Sin, [x], default));
        var delta = Dispatch.Execute(device, ReduceOp.Sum([2], true), [Dispatch.Execute(device, BinaryOp.Mul, [g, forward[0]], default)], default);
        Dispatch.Execute(device, new AttentionBackwardOp(Causal: true, Masked: false), [g, x, x, x, forward[1], delta], [0.01], outputs);
        return outputs[output];
    }

    private static DeviceTensor Drop(CpuDevice device, DeviceTensor x)
    {
        var outputs = new DeviceTensor[2];
        Dispatch.Execute(device, DropoutOp.Instance, [x], [0.3, 5, 6], outputs);
        return outputs[0];
    }

    private static DeviceTensor Transposed(DeviceTensor x) => Dispatch.View(new PermuteOp([1, 0]), x)!;
}
