using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <content>The way to and from host memory.</content>
public sealed partial class Tensor
{
    /// <summary>A copy of a number, without dimensions; the C# type is the element type. PyTorch: <c>torch.tensor</c>.</summary>
    public static Tensor From<T>(T value, bool requiresGrad = false, Device? device = null) where T : unmanaged =>
        From(new ReadOnlySpan<T>(in value), [], requiresGrad, device);

    /// <summary>A copy of values in row-major order.</summary>
    public static Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, bool requiresGrad = false, Device? device = null) where T : unmanaged
    {
        var spec = new TensorSpec(DTypes.Of<T>(), Shape.Create(shape));
        if (spec.Shape.ElementCount != values.Length)
            throw new ShapeException("From", $"{values.Length} values do not fill {spec.Shape}.");
        var target = DefaultDevice.Resolve(device);
        var data = target.Allocate(spec);
        target.Upload(FirstBytes(values), data);
        for (long start = Piece<T>(); start < values.Length; start += Piece<T>())
            target.Upload(FirstBytes(values[(int)start..]), data, start * Unsafe.SizeOf<T>());
        return new Tensor(data) { RequiresGrad = requiresGrad };
    }

    /// <summary>A copy of an array; one dimension. PyTorch: <c>torch.tensor</c>.</summary>
    public static Tensor From<T>(T[] values, bool requiresGrad = false, Device? device = null) where T : unmanaged =>
        From<T>(values, [values.Length], requiresGrad, device);

    /// <summary>A copy of an array of two dimensions.</summary>
    public static Tensor From<T>(T[,] values, bool requiresGrad = false, Device? device = null) where T : unmanaged =>
        FromArray<T>(values, requiresGrad, device);

    /// <summary>A copy of an array of three dimensions.</summary>
    public static Tensor From<T>(T[,,] values, bool requiresGrad = false, Device? device = null) where T : unmanaged =>
        FromArray<T>(values, requiresGrad, device);

    /// <summary>
    /// Shares an array of the caller: writes go both ways, and are seen at once. Writes through the array are not versioned. On the
    /// scope's device where that computes in host memory, else on the CPU of the process. PyTorch: <c>torch.from_numpy</c>.
    /// </summary>
    public static Tensor Wrap<T>(T[] values, Device? device = null) where T : unmanaged => WrapArray<T>(values, device);

    /// <summary>Shares an array of two dimensions: see the overload of one.</summary>
    public static Tensor Wrap<T>(T[,] values, Device? device = null) where T : unmanaged => WrapArray<T>(values, device);

    /// <summary>The only element. Waits for the device. PyTorch: <c>item</c>.</summary>
    /// <exception cref="ShapeException">There is more than one element, or none.</exception>
    public T Item<T>() where T : unmanaged
    {
        if (ElementCount != 1)
            throw new ShapeException("Item", $"{Shape} has {ElementCount} elements, not one; index one, or use ToArray.");
        T value = default;
        CopyTo(new Span<T>(ref value));
        return value;
    }

    /// <summary>The elements in row-major order; converted where <typeparamref name="T"/> is not the element type. Waits for the device.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        var values = new T[ElementCount];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Copies the elements, in row-major order, converted where needed. Waits for the device.</summary>
    /// <exception cref="ShapeException">The span is too short.</exception>
    public void CopyTo<T>(Span<T> destination) where T : unmanaged
    {
        if (destination.Length < ElementCount)
            throw new ShapeException("CopyTo", $"{destination.Length} places are too few for the {ElementCount} elements of {Shape}.");
        if (DType.Is<T>() && IsContiguous)
        {
            Download(this, destination);
            return;
        }

        using var mode = Autograd.NoGrad();
        using var temporaries = TemporaryScope.Open();
        Download(Cast(DTypes.Of<T>()).Contiguous(), destination);
    }

    private void Download<T>(Tensor dense, Span<T> destination) where T : unmanaged
    {
        using var read = Ambient.Current?.Interceptor?.HostRead(Data);
        destination = destination[..(int)ElementCount];
        var device = dense.Data.Device;
        device.Download(dense.Data, FirstBytes(destination));
        for (long start = Piece<T>(); start < destination.Length; start += Piece<T>())
            device.Download(dense.Data, FirstBytes(destination[(int)start..]), start * Unsafe.SizeOf<T>());
        GC.KeepAlive(this);
        GC.KeepAlive(dense);
    }

    /// <summary>Elements that are copied at once: a span has fewer than 2^31 bytes.</summary>
    private static int Piece<T>() => int.MaxValue / Unsafe.SizeOf<T>();

    private static Span<byte> FirstBytes<T>(Span<T> values) where T : unmanaged => MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece<T>())]);

    private static ReadOnlySpan<byte> FirstBytes<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece<T>())]);

    /// <summary>As <see cref="ToArray{T}"/>, without blocking the caller while the device works.</summary>
    /// <exception cref="MemoryAccessException">The elements take 2 GB or more.</exception>
    public async ValueTask<T[]> ToArrayAsync<T>(CancellationToken cancellationToken = default) where T : unmanaged
    {
        Tensor dense;
        using (Autograd.NoGrad())
            dense = Cast(DTypes.Of<T>()).Contiguous(); // what a cast gives is contiguous: at most one new handle
        using var read = Ambient.Current?.Interceptor?.HostRead(Data);
        var bytes = Buffer("ToArrayAsync", dense);
        await dense.Data.Device.DownloadAsync(dense.Data, bytes, cancellationToken).ConfigureAwait(false);
        GC.KeepAlive(dense);
        if (!ReferenceEquals(dense, this))
            dense.Dispose();
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>
    /// The storage's own memory, without a copy: writes are seen by every view. Counts as one in-place write. PyTorch: <c>numpy</c>.
    /// </summary>
    /// <exception cref="MemoryAccessException">The tensor is not dense, not in host memory, or beyond 2 GB.</exception>
    /// <exception cref="DTypeException">The elements are not <typeparamref name="T"/>.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        var span = Memory<T>("AsSpan");
        _data.Storage.BumpVersion();
        return span;
    }

    /// <summary>As <see cref="AsSpan{T}"/>, to read: no write is counted.</summary>
    public ReadOnlySpan<T> AsReadOnlySpan<T>() where T : unmanaged => Memory<T>("AsReadOnlySpan");

    /// <summary>As <see cref="AsSpan{T}"/>, to keep or to hand to asynchronous code: the memory lives as long as the result.</summary>
    /// <exception cref="MemoryAccessException">The tensor is not dense, not in host memory, or beyond 2 GB.</exception>
    /// <exception cref="DTypeException">The elements are not <typeparamref name="T"/>.</exception>
    public Memory<T> AsMemory<T>() where T : unmanaged
    {
        var elements = Memory<T>("AsMemory");
        _data.Storage.BumpVersion();
        return elements.IsEmpty ? default : new StorageMemory<T>((HostStorage)_data.Storage, StorageOffset, elements.Length).Memory;
    }

    /// <summary>As <see cref="AsMemory{T}"/>, to read: no write is counted.</summary>
    public ReadOnlyMemory<T> AsReadOnlyMemory<T>() where T : unmanaged
    {
        var elements = Memory<T>("AsReadOnlyMemory");
        return elements.IsEmpty ? default : new StorageMemory<T>((HostStorage)_data.Storage, StorageOffset, elements.Length).Memory;
    }

    /// <summary>The elements' bytes in row-major order.</summary>
    internal byte[] ToBytes()
    {
        using var mode = Autograd.NoGrad();
        using var temporaries = TemporaryScope.Open();
        var dense = Contiguous();
        using var read = Ambient.Current?.Interceptor?.HostRead(Data);
        var bytes = Buffer("ToBytes", dense);
        dense.Data.Device.Download(dense.Data, bytes);
        GC.KeepAlive(this);
        return bytes;
    }

    private static byte[] Buffer(string op, Tensor dense)
    {
        long length = dense._data.Spec.ByteLength;
        if (length > Array.MaxLength)
            throw new MemoryAccessException(op, $"the {length} bytes of {dense.Shape} are more than an array of bytes holds; take parts by Narrow, or use CopyTo.");
        return new byte[length];
    }

    /// <summary>A tensor of the given elements.</summary>
    internal static Tensor FromBytes(ReadOnlySpan<byte> bytes, in TensorSpec spec, Device? device)
    {
        var target = DefaultDevice.Resolve(device);
        var data = target.Allocate(spec);
        target.Upload(bytes, data);
        return new Tensor(data);
    }

    private Span<T> Memory<T>(string op) where T : unmanaged
    {
        if (!IsContiguous)
            throw new MemoryAccessException(op, $"{Shape} with strides {Strides} is not dense, so no span shows it; use Contiguous() or ToArray.");
        return Region<T>(op, StorageOffset, ElementCount);
    }

    /// <summary>Elements of the storage; marks that they left the engine.</summary>
    private Span<T> Region<T>(string op, long first, long count) where T : unmanaged
    {
        if (!DType.Is<T>())
            throw new DTypeException(op, $"the elements are {DType.Name()}, not {DTypes.Of<T>().Name()}; convert with To(dtype).");
        if (Data.Storage is not HostStorage storage)
            throw new MemoryAccessException(op, $"the memory of {_data.Device.Id} is not the host's; use ToArray, which copies.");
        if (!storage.IsManaged)
            throw new MemoryAccessException(op, "the tensor is beyond 2 GB, so its memory is native and no span keeps it alive; use CopyTo.");
        Ambient.Current?.Interceptor?.HostRead(Data)?.Dispose(); // nothing is copied
        storage.MarkExported();
        int size = DType.Size();
        ref byte start = ref Unsafe.AddByteOffset(ref storage.Reference, (nint)(first * size));
        GC.KeepAlive(this); // a sweep before the mark would give the block to another tensor
        return MemoryMarshal.Cast<byte, T>(MemoryMarshal.CreateSpan(ref start, checked((int)(count * size))));
    }

    private static Tensor FromArray<T>(Array values, bool requiresGrad, Device? device) where T : unmanaged =>
        From(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length), Sizes(values), requiresGrad, device);

    private static unsafe Tensor WrapArray<T>(Array values, Device? device) where T : unmanaged
    {
        var target = device?.Implementation ?? DefaultDevice.ForHostMemory();
        if (!target.Traits.HostMemory)
            throw new MemoryAccessException("Wrap", $"{target.Id} does not compute in host memory, so it cannot share an array; use From, which copies.");
        var storage = HostStorage.WrapArray(target, values, sizeof(T));
        return new Tensor(DeviceTensor.Dense(new(DTypes.Of<T>(), Shape.Create(Sizes(values))), storage));
    }

    private static long[] Sizes(Array values) => [.. Enumerable.Range(0, values.Rank).Select(values.GetLongLength)];
}
