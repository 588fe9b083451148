using System.Buffers;
using System.Runtime.InteropServices;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// A download that nobody blocks on: the driver calls back when it is done, and a thread of the pool takes it from there. It keeps
/// itself alive until then, also when its caller gave up.
/// </summary>
internal sealed unsafe class AsyncTransfer
{
    /// <summary>CL_COMPLETE.</summary>
    private const int Complete = 0;

    // One delegate for all: the driver holds its address, so it must never be collected.
    private static readonly EventNotifyCallback OnDone = static (_, _, data) => Arrived((nint)data);

    private readonly CommandQueue _queue;
    private readonly Storage _storage;
    private readonly byte[] _bytes;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ErrorBuffer.Report? _report;
    private readonly nint _done;
    private readonly ManualResetEventSlim _ready = new(); // the device may be faster than the constructor
    private GCHandle _self;

    public AsyncTransfer(OpenClDevice device, DeviceTensor source, int bytes)
    {
        _queue = device.Queue;
        _storage = source.Storage;
        _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        Completion = _completion.Task;
        _storage.Retain();
        try
        {
            (_done, _report) = device.BeginDownload(source, Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0).ToPointer(), bytes, 0, Watch);
        }
        catch
        {
            if (!_self.IsAllocated)
                _storage.Release();
            _ready.Set(); // a watch that was set already ends by itself, and lets go
            throw;
        }

        _ready.Set();
        if (_done == 0)
            Finish();
    }

    /// <summary>Ends when the bytes are there, or with what went wrong.</summary>
    public Task Completion { get; }

    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    private void Watch(nint done)
    {
        _self = GCHandle.Alloc(this);
        int status = _queue.Cl.SetEventCallback(done, Complete, OnDone, (void*)GCHandle.ToIntPtr(_self));
        if (status != 0)
            Arrived(GCHandle.ToIntPtr(_self)); // waits on a thread of the pool instead
    }

    /// <summary>On the driver's thread, which must not be kept: no calls into the driver from here.</summary>
    private static void Arrived(nint data)
    {
        var self = (AsyncTransfer)GCHandle.FromIntPtr(data).Target!;
        ThreadPool.UnsafeQueueUserWorkItem(static t => t.Finish(), self, preferLocal: false);
    }

    private void Finish()
    {
        _ready.Wait();
        try
        {
            try
            {
                if (_done != 0)
                    _queue.Wait(_done, "DownloadAsync");
            }
            finally
            {
                _report?.Finish();
            }

            _completion.SetResult();
        }
        catch (Exception e)
        {
            _completion.SetException(e);
            _ = _completion.Task.Exception; // observed: a caller that gave up must not end the process
        }
        finally
        {
            if (_self.IsAllocated)
                _self.Free();
            _storage.Release();
        }
    }
}
