namespace Nabla.Tests;

/// <summary>Operations that nobody but <see cref="OddDevice"/> knows.</summary>
internal sealed record OddOp : PrimitiveOp
{
    private OddOp(OpKind kind) => Kind = kind;

    public static OddOp First { get; } = new(OpKind.Define("odd_first"));

    public static OddOp Second { get; } = new(OpKind.Define("odd_second"));

    public override OpKind Kind { get; }

    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) => outputs[0] = inputs[0];
}

/// <summary>A tensor of another library.</summary>
internal sealed class Odd(DeviceTensor value) : ITensor<Odd>
{
    public DeviceTensor Value => value;

    public static Odd FromDevice(DeviceTensor value) => new(value);
}

internal sealed class OddStorage(IDevice device, long length) : Storage(device)
{
    public override long ByteLength => length;

    protected override void OnReleased()
    {
    }
}

/// <summary>A device on which every result is zero.</summary>
internal sealed class OddDevice : IDevice
{
    public DeviceId Id => "odd";

    public DeviceTraits Traits { get; } = new() { DTypes = DTypes.All.ToHashSet() };

    public IMemoryPool Memory => throw new NotSupportedException("The device has no pool.");

    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    public Gap? Missing(OpKind kind, DType dtype) => null;

    public void Execute(in OpCall call, Span<DeviceTensor> outputs) => outputs[0] = Allocate(call.OutputSpecs[0]);

    public DeviceTensor Allocate(in TensorSpec spec) => DeviceTensor.Dense(spec, new OddStorage(this, spec.ByteLength));

    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0)
    {
    }

    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0) => destination.Clear();

    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        destination.Span.Clear();
        return ValueTask.CompletedTask;
    }

    public void Evaluate(ReadOnlySpan<DeviceTensor> roots)
    {
    }

    public void Synchronize()
    {
    }

    public void Dispose()
    {
    }
}
