using System.Globalization;
using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>A device under test, and what was made on it: released together, as below autograd nobody else would.</summary>
internal sealed class Bench(IDevice device) : IDisposable
{
    private readonly List<Storage> _owned = [];

    public IDevice Device => device;

    /// <summary>A dense tensor with the given elements.</summary>
    public DeviceTensor Upload(Values values)
    {
        var tensor = Own(device.Allocate(values.Spec));
        device.Upload(values.ToBytes(), tensor);
        return tensor;
    }

    /// <summary>The elements of a tensor of any layout.</summary>
    public Values Download(DeviceTensor tensor)
    {
        if (!tensor.IsContiguous)
            tensor = Run(CopyOp.Instance, [tensor])[0];
        var bytes = new byte[tensor.Spec.ByteLength];
        device.Download(tensor, bytes);
        if (tensor.DType == DType.Bool)
            Assert.All(bytes, b => Assert.InRange(b, 0, 1));
        return Values.FromBytes(tensor.Spec, bytes);
    }

    public DeviceTensor View(DeviceTensor source, ViewOp op)
    {
        var view = Dispatch.View(op, source);
        Assert.NotNull(view);
        return view;
    }

    /// <summary>Executes, and checks what every device promises of its outputs.</summary>
    public DeviceTensor[] Run(Op op, DeviceTensor[] inputs, Scalar[]? scalars = null, DeviceTensor?[]? into = null)
    {
        var outputs = new DeviceTensor[op.OutputCount];
        Dispatch.Execute(device, op, inputs, scalars, outputs, into);
        Adopt(op, inputs, scalars, outputs, into);
        return outputs;
    }

    /// <summary>Executes the decomposition of a composite, whether the device claims it or not.</summary>
    public DeviceTensor[] RunDecomposed(CompositeOp op, DeviceTensor[] inputs, Scalar[] scalars)
    {
        var outputs = new DeviceTensor[op.OutputCount];
        using (var ops = new DeviceOps(device))
            ops.Run(op, inputs, scalars, outputs, default);
        Adopt(op, inputs, scalars, outputs, null);
        return outputs;
    }

    public DeviceTensor Own(DeviceTensor tensor)
    {
        _owned.Add(tensor.Storage);
        return tensor;
    }

    public void Dispose()
    {
        foreach (var storage in _owned)
            storage.Release();
        _owned.Clear();
    }

    private void Adopt(Op op, DeviceTensor[] inputs, Scalar[]? scalars, DeviceTensor[] outputs, DeviceTensor?[]? into)
    {
        var specs = new TensorSpec[op.OutputCount];
        op.Infer([.. inputs.Select(i => i.Spec)], scalars, specs);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(specs[i], outputs[i].Spec);
            if (into?[i] is { } target)
            {
                Assert.Same(target, outputs[i]);
                continue;
            }

            Own(outputs[i]);
            Assert.True(outputs[i].IsContiguous, "a new output is dense");
            Assert.Same(device, outputs[i].Device);
            Assert.DoesNotContain(inputs, input => input.Storage == outputs[i].Storage);
        }
    }

    /// <summary>Fails with the first element that is off, and how many are.</summary>
    public static void AssertClose(Values expected, Values actual, double slack, string what)
    {
        Assert.Equal(expected.Spec, actual.Spec);
        var tolerance = Tolerance.Of(expected.DType, slack);
        int wrong = 0, first = -1;
        for (int i = 0; i < expected.Count; i++)
        {
            bool holds = expected.IsReal ? tolerance.Holds(actual.Reals[i], expected.Reals[i]) : actual.Integers[i] == expected.Integers[i];
            if (holds)
                continue;
            wrong++;
            first = first < 0 ? i : first;
        }

        if (wrong > 0)
            Assert.Fail($"{what}: {wrong} of {expected.Count} elements of {expected.Spec} are off; element {first} is {Text(actual, first)}, expected {Text(expected, first)}.");
    }

    private static string Text(Values values, int i) => values.IsReal ? values.Reals[i].ToString("R", CultureInfo.InvariantCulture) : values.Integers[i].ToString(CultureInfo.InvariantCulture);
}
