namespace Nabla;

/// <summary>
/// Runs of kernels: holds the queue's gate from <see cref="Begin"/> until it is disposed. One object for all of a device's, because the
/// gate lets only one happen at a time.
/// </summary>
internal sealed unsafe class Launch : IDisposable
{
    private readonly CommandQueue _queue;
    private ClKernel _kernel = null!;
    private uint _next;

    public Launch(CommandQueue queue) => _queue = queue;

    /// <summary>Starts with the first argument of a kernel.</summary>
    public Launch Begin(ClKernel kernel)
    {
        _queue.Gate.Enter();
        _kernel = kernel;
        _next = 0;
        return this;
    }

    /// <summary>Adds an argument passed by value: a number or one of the structures of common.cl.</summary>
    public void Value<T>(in T value) where T : unmanaged
    {
        fixed (T* p = &value)
            ClStatus.Check(_queue.Cl.SetKernelArg(_kernel.Handle, _next++, (nuint)sizeof(T), p), $"kernel {_kernel.Name}, argument {_next - 1}");
    }

    /// <summary>Adds an argument whose type the kernel's macros decide.</summary>
    public void Value(in RawScalar value)
    {
        fixed (long* p = &value.Bits)
            ClStatus.Check(_queue.Cl.SetKernelArg(_kernel.Handle, _next++, (nuint)value.Size, p), $"kernel {_kernel.Name}, argument {_next - 1}");
    }

    /// <summary>Adds a buffer.</summary>
    public void Buffer(nint handle) => Value(handle);

    /// <summary>Adds a tensor's buffer; its layout travels separately.</summary>
    public void Buffer(DeviceTensor tensor) => Value(((OpenClStorage)tensor.Storage).Handle);

    /// <summary>Enqueues at least so many work-items, rounded up to whole groups.</summary>
    public void Run(long x, long y = 1, long z = 1)
    {
        var (gx, gy) = _kernel.Group;
        var global = stackalloc nuint[3] { Round(x, gx), Round(y, gy), (nuint)z };
        var local = stackalloc nuint[3] { (nuint)gx, (nuint)gy, 1 };
        _queue.Enqueue(_kernel, z > 1 ? 3 : y > 1 || gy > 1 ? 2 : 1, global, local);
    }

    public void Dispose() => _queue.Gate.Exit();

    private static nuint Round(long count, int group) => (nuint)((count + group - 1) / group * group);
}
