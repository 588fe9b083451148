using System.Runtime.InteropServices;
using Silk.NET.Core.Contexts;
using Silk.NET.OpenCL;

namespace Nabla.Tests;

/// <summary>
/// The system's driver, but for calls that fail for want of memory as often as a test says. Its state is the process's, since functions that
/// native code could call have none: one test at a time.
/// </summary>
internal sealed unsafe class FailingDriver : INativeContext
{
    private const int NoMemory = (int)ErrorCodes.MemObjectAllocationFailure;
    private static INativeContext _real = null!;

    private FailingDriver()
    {
    }

    /// <summary>How many more buffers get no memory.</summary>
    public static int Buffers { get; set; }

    /// <summary>How many more kernels get no memory.</summary>
    public static int Kernels { get; set; }

    /// <summary>How many more copies to a buffer get no memory.</summary>
    public static int Writes { get; set; }

    /// <summary>How many more copies from a buffer get no memory.</summary>
    public static int Reads { get; set; }

    public static CL Load()
    {
        _real = ClLibrary.Load().Context;
        (Buffers, Kernels, Writes, Reads) = (0, 0, 0, 0);
        return new CL(new FailingDriver());
    }

    public nint GetProcAddress(string proc, int? slot = null) => proc switch
    {
        "clEnqueueMigrateMemObjects" => (nint)(delegate* unmanaged<nint, uint, nint*, ulong, uint, nint*, nint*, int>)&Migrate,
        "clEnqueueNDRangeKernel" => (nint)(delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int>)&Run,
        "clEnqueueWriteBuffer" => (nint)(delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)&Write,
        "clEnqueueReadBuffer" => (nint)(delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)&Read,
        _ => _real.GetProcAddress(proc, slot),
    };

    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null) => (addr = GetProcAddress(proc, slot)) != 0;

    public void Dispose()
    {
    }

    [UnmanagedCallersOnly]
    private static int Migrate(nint queue, uint count, nint* buffers, ulong flags, uint waits, nint* wait, nint* done) => Buffers-- > 0
        ? NoMemory : ((delegate* unmanaged<nint, uint, nint*, ulong, uint, nint*, nint*, int>)_real.GetProcAddress("clEnqueueMigrateMemObjects"))(queue, count, buffers, flags, waits, wait, done);

    [UnmanagedCallersOnly]
    private static int Run(nint queue, nint kernel, uint rank, nuint* offset, nuint* global, nuint* local, uint waits, nint* wait, nint* done) => Kernels-- > 0
        ? NoMemory
        : ((delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int>)_real.GetProcAddress("clEnqueueNDRangeKernel"))(queue, kernel, rank, offset, global, local, waits, wait, done);

    [UnmanagedCallersOnly]
    private static int Write(nint queue, nint buffer, uint blocks, nuint offset, nuint bytes, void* source, uint waits, nint* wait, nint* done) => Writes-- > 0
        ? NoMemory
        : ((delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)_real.GetProcAddress("clEnqueueWriteBuffer"))(queue, buffer, blocks, offset, bytes, source, waits, wait, done);

    [UnmanagedCallersOnly]
    private static int Read(nint queue, nint buffer, uint blocks, nuint offset, nuint bytes, void* target, uint waits, nint* wait, nint* done) => Reads-- > 0
        ? NoMemory
        : ((delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)_real.GetProcAddress("clEnqueueReadBuffer"))(queue, buffer, blocks, offset, bytes, target, waits, wait, done);
}
