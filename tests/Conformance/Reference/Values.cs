namespace Nabla.Tests.Reference;

/// <summary>
/// The elements of a tensor in row-major order, on the host: floating point as binary64, integers and bools as 64-bit integers. What is
/// stored is rounded, or wrapped, to the element type.
/// </summary>
internal sealed unsafe class Values
{
    public Values(in TensorSpec spec)
    {
        Spec = spec;
        IsReal = spec.DType.IsFloatingPoint();
        Reals = new double[IsReal ? spec.Shape.ElementCount : 0];
        Integers = new long[IsReal ? 0 : spec.Shape.ElementCount];
    }

    public TensorSpec Spec { get; }

    public DType DType => Spec.DType;

    public Shape Shape => Spec.Shape;

    public int Count => (int)Shape.ElementCount;

    /// <summary>Whether the elements are in <see cref="Reals"/>; else they are in <see cref="Integers"/>.</summary>
    public bool IsReal { get; }

    public double[] Reals { get; }

    public long[] Integers { get; }

    /// <summary>Where each element of a layout lies, in row-major order of the shape.</summary>
    public static IEnumerable<long> Offsets(Shape shape, Layout layout)
    {
        for (long i = 0; i < shape.ElementCount; i++)
        {
            long rest = i, at = layout.Offset;
            for (int d = shape.Rank - 1; d >= 0; d--)
            {
                at += rest % shape[d] * layout.Strides[d];
                rest /= shape[d];
            }

            yield return at;
        }
    }

    /// <summary>Element <paramref name="i"/> becomes element <paramref name="j"/> of another, which has the same type.</summary>
    public void Set(long i, Values other, long j)
    {
        if (IsReal) Reals[i] = other.Reals[j];
        else Integers[i] = other.Integers[j];
    }

    /// <summary>Every element becomes a number.</summary>
    public Values Fill(Scalar value)
    {
        Array.Fill(Reals, value.ToDouble());
        Array.Fill(Integers, DType == DType.Bool ? Convert.ToInt64(value.ToBool()) : value.ToInt64());
        return this;
    }

    /// <summary>The elements under a layout over this one's row-major order: any view, also a broadcast one.</summary>
    public Values View(Shape shape, Layout layout)
    {
        var result = new Values(Spec with { Shape = shape });
        long i = 0;
        foreach (long at in Offsets(shape, layout))
            result.Set(i++, this, at);
        return result;
    }

    /// <summary>Stretched to a shape by PyTorch's rules of broadcasting.</summary>
    public Values Expand(Shape shape)
    {
        var steps = new long[shape.Rank];
        Broadcasting.Stretch(Shape, Shape.ContiguousStrides, shape, steps);
        return View(shape, new(Strides.Create(steps), 0));
    }

    public static Values Load(DeviceTensor tensor)
    {
        var result = new Values(tensor.Spec);
        result.Read(((HostStorage)tensor.Storage).Pointer, tensor.Layout);
        GC.KeepAlive(tensor);
        return result;
    }

    public void Store(DeviceTensor tensor)
    {
        Write(((HostStorage)tensor.Storage).Pointer, tensor.Layout);
        GC.KeepAlive(tensor);
    }

    public static Values FromBytes(in TensorSpec spec, ReadOnlySpan<byte> bytes)
    {
        var result = new Values(spec);
        fixed (byte* start = bytes)
            result.Read(start, Layout.Contiguous(spec.Shape));
        return result;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Spec.ByteLength];
        fixed (byte* start = bytes)
            Write(start, Layout.Contiguous(Shape));
        return bytes;
    }

    private void Read(byte* start, Layout layout)
    {
        int i = 0, size = DType.Size();
        foreach (long offset in Offsets(Shape, layout))
        {
            byte* at = start + (offset * size);
            switch (DType)
            {
                case DType.Float64: Reals[i++] = *(double*)at; break;
                case DType.Float32: Reals[i++] = *(float*)at; break;
                case DType.Float16: Reals[i++] = (double)*(Half*)at; break;
                case DType.BFloat16: Reals[i++] = *(BFloat16*)at; break;
                case DType.Int64: Integers[i++] = *(long*)at; break;
                case DType.Int32: Integers[i++] = *(int*)at; break;
                case DType.Int16: Integers[i++] = *(short*)at; break;
                case DType.Int8: Integers[i++] = *(sbyte*)at; break;
                default: Integers[i++] = *at; break;
            }
        }
    }

    private void Write(byte* start, Layout layout)
    {
        int i = 0, size = DType.Size();
        foreach (long offset in Offsets(Shape, layout))
        {
            byte* at = start + (offset * size);
            switch (DType)
            {
                case DType.Float64: *(double*)at = Reals[i++]; break;
                case DType.Float32: *(float*)at = (float)Reals[i++]; break;
                case DType.Float16: *(Half*)at = (Half)Reals[i++]; break;
                case DType.BFloat16: *(BFloat16*)at = (BFloat16)(float)Reals[i++]; break;
                case DType.Int64: *(long*)at = Integers[i++]; break;
                case DType.Int32: *(int*)at = unchecked((int)Integers[i++]); break;
                case DType.Int16: *(short*)at = unchecked((short)Integers[i++]); break;
                case DType.Int8: *(sbyte*)at = unchecked((sbyte)Integers[i++]); break;
                case DType.UInt8: *at = unchecked((byte)Integers[i++]); break;
                default: *at = (byte)(Integers[i++] != 0 ? 1 : 0); break;
            }
        }
    }
}
