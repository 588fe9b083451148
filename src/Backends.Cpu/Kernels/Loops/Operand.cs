using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>One tensor of a loop: where it starts, how its elements are read, and how it is laid out. Without a tensor, one element for all.</summary>
internal readonly unsafe struct Operand
{
    public readonly byte* Pointer;
    public readonly ElementType Type;
    public readonly Shape? Shape;
    public readonly Strides? Strides;

    public Operand(DeviceTensor tensor, ElementType type)
        : this(Host(tensor), type, tensor.Shape, tensor.Layout.Strides)
    {
    }

    public Operand(byte* pointer, ElementType type, Shape? shape = null, Strides? strides = null)
    {
        Pointer = pointer;
        Type = type;
        Shape = shape;
        Strides = strides;
    }

    /// <summary>One element stands for all.</summary>
    public bool IsScalar => Shape is null || Shape.ElementCount == 1;

    public bool IsContiguous => new Layout(Strides!, 0).IsContiguous(Shape!);

    /// <summary>The first element of a tensor in host memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Host(DeviceTensor tensor)
    {
        if (tensor.Storage is not HostStorage host)
            throw NotOnHost(tensor);
        return host.Pointer + (tensor.Layout.Offset * tensor.DType.Size());
    }

    // Made elsewhere: what builds the message would be cleared on the stack of every kernel at its start.
    private static DeviceMismatchException NotOnHost(DeviceTensor tensor) =>
        new("cpu", $"a tensor is on {tensor.Device.Id}, not in host memory; move it with To(device).");
}
