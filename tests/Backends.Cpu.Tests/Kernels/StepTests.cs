namespace Nabla.Tests.Kernels;

/// <summary>Steps of several parameters in one call: the bits of one call for each, whatever the sizes, layouts and threads.</summary>
public sealed class StepTests
{
    private static readonly long[][] Shapes = [[300, 401], [7], [], [0, 3], [63], [64], [65], [50_001], [129, 33], [1], [2, 2049]];

    public static TheoryData<string> Names => [.. Steps.Keys];

    private static readonly Dictionary<string, (StepOp Op, Scalar[] Scalars)> Steps = new()
    {
        ["sgd"] = (new SgdStepOp(false, false, false, false), [0.1, 0, 0, 0.01]),
        ["sgd first"] = (new SgdStepOp(true, true, false, true), [0.1, 0.9, 0.2, 0.01]),
        ["sgd nesterov"] = (new SgdStepOp(true, false, true, false), [0.1, 0.9, 0, 0]),
        ["adam"] = (new AdamStepOp(false, false, false), [0.01, 0.9, 0.999, 1e-8, 0.1]),
        ["adagrad"] = (new AdagradStepOp(), [0.1, 0.01, 0.02, 1e-10]),
        ["rmsprop"] = (new RmsPropStepOp(false, false), [0.1, 0.9, 1e-8, 0, 0]),
        ["rmsprop centered"] = (new RmsPropStepOp(true, true), [0.1, 0.9, 1e-2, 0.01, 0.8]),
        ["adamw"] = (new AdamStepOp(false, true, true), [0.01, 0.9, 0.999, 1e-8, 0.1]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_OfSeveral_HasTheBitsOfOneAfterTheOther(string name)
    {
        var (one, scalars) = Steps[name];
        foreach (int copies in new[] { 1, 3 }) // eleven parameters, and more than the stack has room for
        {
            foreach (bool strided in new[] { false, true })
            {
                foreach (int threads in new[] { 1, 2, 3 })
                {
                    using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
                    DeviceTensor[] together = Inputs(device, one, copies, strided), apart = Inputs(device, one, copies, strided);
                    int count = copies * Shapes.Length;
                    Dispatch.Execute(device, one with { Count = count }, together, scalars, new DeviceTensor[count * one.OutputsEach], Targets(one, together));
                    for (int k = 0; k < count; k++)
                    {
                        var own = apart[(k * one.InputsEach)..((k + 1) * one.InputsEach)];
                        Dispatch.Execute(device, one, own, scalars, new DeviceTensor[one.OutputsEach], Targets(one, own));
                    }

                    for (int i = 0; i < together.Length; i++)
                        Assert.Equal(Bytes(device, apart[i]), Bytes(device, together[i]));
                }
            }
        }
    }

    [Fact]
    public void Step_OfSeveralThreads_HasTheBitsOfOneThread()
    {
        foreach (var (one, scalars) in Steps.Values)
        {
            byte[][]? expected = null;
            foreach (int threads in new[] { 1, 2, 3, 5 })
            {
                using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
                var inputs = Inputs(device, one, 1, strided: false);
                Dispatch.Execute(device, one with { Count = Shapes.Length }, inputs, scalars, new DeviceTensor[Shapes.Length * one.OutputsEach], Targets(one, inputs));
                byte[][] actual = [.. inputs.Select(i => Bytes(device, i))];
                expected ??= actual;
                Assert.Equal(expected, actual);
            }
        }
    }

    [Theory]
    [InlineData(0)] // the moment into the parameter's place
    [InlineData(1)] // into the gradient's
    public void Step_IntoAnInputThatItDoesNotReplace_ReadsItFirst(int input)
    {
        var (op, scalars) = Steps["adam"];
        var inputs = Inputs(Cpu.Device, op, 1, strided: false)[..op.InputsEach];
        DeviceTensor[] expected = new DeviceTensor[4], actual = new DeviceTensor[4];
        Dispatch.Execute(Cpu.Device, op, inputs, scalars, expected);
        Dispatch.Execute(Cpu.Device, op, inputs, scalars, actual, [null, inputs[input], null, null]);
        Assert.Same(inputs[input], actual[1]);
        for (int i = 0; i < 3; i++)
            Assert.Equal(Cpu.Read<float>(expected[i]), Cpu.Read<float>(actual[i]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // decomposed
    public void Adam_StepFromNothing_IsTheFormulaInBinary64(bool amsgrad)
    {
        var op = new AdamStepOp(amsgrad, false, false);
        foreach (var (beta1, beta2) in new[] { (0.9, 0.999), (0.0, 0.9), (0.5, 0.99999), (0.99, 0.999), (0.9999, 0.0) })
        {
            foreach (var countType in new[] { DType.Float32, DType.Int64 })
            {
                foreach (int t in new[] { 1, 2, 3, 10, 100, 1000, 12_345, 1_000_000 })
                {
                    DeviceTensor[] inputs = [Cpu.Tensor([0f]), Cpu.Tensor([1f]), Cpu.Tensor([0f]), Cpu.Tensor([0f]), Count(t - 1, countType), .. amsgrad ? [Cpu.Tensor([0f])] : Array.Empty<DeviceTensor>()];
                    var outputs = new DeviceTensor[op.OutputCount];
                    Dispatch.Execute(Cpu.Device, op, inputs, [1, beta1, beta2, 1e-8, 0], outputs);
                    double m = (1 - beta1) / (1 - Math.Pow(beta1, t)), v = (1 - beta2) / (1 - Math.Pow(beta2, t));
                    double most = t == 1 && beta2 == 0.999 ? 2 : 3; // half a unit of each rounding, where all of them agree
                    Assert.InRange(Ulp.Error(Cpu.Read<float>(outputs[0])[0], -m / (Math.Sqrt(v) + 1e-8)), 0, most);
                }
            }
        }
    }

    [Fact]
    public void Adagrad_StepFromNothing_IsTheFormulaInBinary64()
    {
        double most = CpuCapabilities.Accelerated ? 0.501 : 2; // decomposed
        foreach (int before in new[] { 0, 1, 7, 1000, 123_457 })
        {
            foreach (double decay in new[] { 0.1, 0.007, 1e-4 })
            {
                var outputs = new DeviceTensor[3];
                Dispatch.Execute(Cpu.Device, new AdagradStepOp(), [Cpu.Tensor([0f]), Cpu.Tensor([1f]), Cpu.Tensor([0f]), Count(before, DType.Float32)], [0.3, decay, 0, 0], outputs);
                Assert.InRange(Ulp.Error(Cpu.Read<float>(outputs[0])[0], -0.3 / (1 + (before * decay))), 0, most);
            }
        }
    }

    private static DeviceTensor Count(int steps, DType dtype) => Cpu.Cast(Cpu.View(new ReshapeOp([]), Cpu.Tensor([steps])), dtype);

    private static DeviceTensor[] Inputs(CpuDevice device, StepOp op, int copies, bool strided)
    {
        var inputs = new List<DeviceTensor>();
        for (int k = 0; k < copies * Shapes.Length; k++)
        {
            for (int i = 0; i < op.InputsEach; i++)
            {
                long[] shape = i == op.StepInput ? [] : Shapes[k % Shapes.Length];
                int seed = inputs.Count;
                // Positive, as a second moment is.
                var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(j => i == op.StepInput ? seed : 0.01f + MathF.Abs(MathF.Sin((j * 0.731f) + seed))).ToArray();
                var tensor = Cpu.Tensor(device, values, [values.Length]);
                tensor = Dispatch.View(new ReshapeOp(Shape.Create(strided && shape.Length == 2 ? [shape[1], shape[0]] : shape)), tensor)!;
                inputs.Add(strided && shape.Length == 2 ? Dispatch.View(new PermuteOp([1, 0]), tensor)! : tensor);
            }
        }

        return [.. inputs];
    }

    /// <summary>All but the gradients.</summary>
    private static DeviceTensor?[] Targets(StepOp op, DeviceTensor[] inputs) => [.. inputs.Where((_, i) => i % op.InputsEach != 1)];

    private static byte[] Bytes(CpuDevice device, DeviceTensor tensor)
    {
        var dense = Dispatch.Execute(device, CopyOp.Instance, [tensor], default);
        var bytes = new byte[dense.Spec.ByteLength];
        device.Download(dense, bytes);
        return bytes;
    }
}
