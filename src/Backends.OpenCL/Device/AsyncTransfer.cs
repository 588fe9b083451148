using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// A download that nobody blocks on: the driver calls back when it is done, and a thread of the pool takes it from there. Until then it is
/// in a table, which keeps it alive also when its caller gave up, and from which only the first call takes it: drivers were seen to call twice.
/// </summary>
internal sealed unsafe class AsyncTransfer
{
    /// <summary>CL_COMPLETE.</summary>
    private const int Complete = 0;

    private static readonly ConcurrentDictionary<long, AsyncTransfer> UnderWay = new();
    private static long _last;

    // One delegate for all: the driver holds its address, so it must never be collected.
    private static readonly EventNotifyCallback OnDone = static (_, _, number) => Arrived((long)number);

    private readonly CommandQueue _queue;
    private readonly Storage _storage;
    private readonly byte[] _bytes;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ErrorBuffer.Report? _report;
    private nint _done;
    private readonly ManualResetEventSlim _ready = new(); // the device may be faster than the constructor

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
            if (_done == 0)
                _storage.Release();
            _ready.Set(); // a watch that was set already ends by itself, and lets go
            throw;
        }

        _ready.Set();
        if (_done == 0)
            Finish();
    }

    /// <summary>What the driver knows it by.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>Ends when the bytes are there, or with what went wrong.</summary>
    public Task Completion { get; }

    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    private void Watch(nint done)
    {
        _done = done;
        UnderWay[Number] = this;
        int status = _queue.Cl.SetEventCallback(done, Complete, OnDone, (void*)Number);
        if (status != 0)
            Arrived(Number); // waits on a thread of the pool instead
    }

    /// <summary>On the driver's thread, which must not be kept: no calls into the driver from here. Calls after the first do nothing.</summary>
    internal static void Arrived(long number)
    {
        if (UnderWay.TryRemove(number, out var transfer))
            ThreadPool.UnsafeQueueUserWorkItem(static t => t.Finish(), transfer, preferLocal: false);
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
            _storage.Release();
        }
    }
}
