using System.Numerics.Tensors;

namespace Nabla;

/// <content>Interchange with System.Numerics.Tensors.</content>
public sealed partial class Tensor
{
    /// <summary>A copy of a span of several dimensions, of any strides.</summary>
    public static Tensor From<T>(in ReadOnlyTensorSpan<T> values, bool requiresGrad = false, Device? device = null) where T : unmanaged
    {
        var sizes = new long[values.Rank];
        for (int d = 0; d < sizes.Length; d++)
            sizes[d] = values.Lengths[d];
        var dense = new T[values.FlattenedLength];
        values.FlattenTo(dense);
        return From<T>(dense, sizes, requiresGrad, device);
    }

    /// <summary>
    /// The tensor's own memory as a span of several dimensions, without a copy, views included: writes go both ways. Counts as one
    /// in-place write.
    /// </summary>
    /// <exception cref="MemoryAccessException">The memory is not the host's, is native, or a stride is negative.</exception>
    public TensorSpan<T> AsTensorSpan<T>() where T : unmanaged
    {
        var (first, last) = _data.Layout.Extent(Shape);
        foreach (long stride in Strides.AsSpan())
            if (stride < 0)
                throw new MemoryAccessException("AsTensorSpan", $"strides {Strides} walk backwards, which a span does not; use Clone().");
        var whole = Region<T>("AsTensorSpan", first, last - first + 1);
        _data.Storage.BumpVersion();
        Span<nint> lengths = stackalloc nint[Dim], strides = stackalloc nint[Dim];
        for (int d = 0; d < Dim; d++)
        {
            lengths[d] = (nint)Shape[d];
            strides[d] = Shape[d] == 1 ? 0 : (nint)Strides[d];
        }

        return new TensorSpan<T>(whole, lengths, strides);
    }

    /// <summary>A copy as a tensor of System.Numerics.Tensors. Waits for the device.</summary>
    public System.Numerics.Tensors.Tensor<T> ToSystemTensor<T>() where T : unmanaged =>
        System.Numerics.Tensors.Tensor.Create(ToArray<T>(), [.. Shape.Select(size => (nint)size)]);
}
