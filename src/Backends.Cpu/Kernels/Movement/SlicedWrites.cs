namespace Nabla;

/// <summary>Writes into a rectangle of a tensor: pads, joins and slice writes are made of them.</summary>
internal static unsafe class SlicedWrites
{
    /// <summary>Writes <paramref name="source"/> into the elements of <paramref name="target"/> that start and step as given.</summary>
    public static void Run(WorkerPool pool, DeviceTensor target, DeviceTensor source, ReadOnlySpan<long> starts, ReadOnlySpan<long> steps)
    {
        if (source.Shape.ElementCount == 0)
            return;
        var type = ElementType.Bits(source.DType);
        var pointer = Operand.Host(target);
        Span<long> strides = stackalloc long[starts.Length];
        for (int d = 0; d < strides.Length; d++)
        {
            pointer += starts[d] * target.Layout.Strides[d] * type.Size;
            strides[d] = target.Layout.Strides[d] * (steps.IsEmpty ? 1 : steps[d]);
        }

        Copies.Run(pool, source.DType, new(pointer, type, source.Shape, Strides.Create(strides)), new(source, type));
    }
}
