using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nabla;

/// <summary>
/// Fork-join over a fixed number of threads: the caller and <c>Threads - 1</c> background threads of the pool's own, so that a host that
/// starves the thread pool does not starve kernels. A fork costs about a microsecond while the workers still spin, and a wake-up
/// after that.
/// </summary>
/// <remarks>
/// Which thread runs a part depends on timing; what a part covers never does. A call that finds the pool taken (a nested call, or
/// another thread's) runs its parts inline: waiting could deadlock, and the cores are busy anyway.
/// </remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    /// <summary>Time that an idle worker, or a caller at the join, spins before it blocks: more than the gap between two ops.</summary>
    private static readonly long SpinTicks = Math.Max(1, System.Diagnostics.Stopwatch.Frequency / 20_000);

    private readonly Lock _startGate = new();
    private readonly object _workGate = new();
    private readonly object _doneGate = new();
    private readonly bool _spins;

    // The job. Written only while _taken is held and no part is pending; read only by the holder of a claimed part.
    private delegate*<void*, int, void> _invoke;
    private void* _body;
    private int _parts;
    private ExceptionDispatchInfo? _error;
    private int _errorPart;

    private long _claims;      // job number << 32 | parts not yet claimed: one word, so that a late worker cannot claim from the next job
    private int _pending;      // parts not yet finished
    private int _taken;
    private int _sleeping;
    private bool _callerSleeps;
    private bool _started;
    private volatile bool _disposed;

    /// <summary>Creates a pool; its threads start with the first call that can use them.</summary>
    /// <param name="threads">Threads that compute, the caller among them; 0 for one per processor.</param>
    public WorkerPool(int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _spins = Threads <= Environment.ProcessorCount;
    }

    /// <summary>Threads that compute at once, the caller among them.</summary>
    public int Threads { get; }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 and returns when all have ended.</summary>
    /// <remarks>When parts throw, the others still run; then the exception of the lowest part is rethrown.</remarks>
    public void For<TBody>(int parts, ref TBody body) where TBody : struct, IParallelBody
    {
        if (parts <= 1 || Threads == 1 || _disposed || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            for (var part = 0; part < parts; part++) body.Run(part);
            return;
        }

        var local = body;   // on this stack: workers reach it through a pointer, which a field of a moving object would not allow
        ExceptionDispatchInfo? error;
        try
        {
            if (!_started) Start();
            Publish(parts, &Invoke<TBody>, Unsafe.AsPointer(ref local));
            WorkOff();
            Join();
            error = _error;
            _error = null;
        }
        finally
        {
            Volatile.Write(ref _taken, 0);
        }

        body = local;
        error?.Throw();
    }

    /// <summary>Ends the threads; later calls run inline.</summary>
    public void Dispose()
    {
        _disposed = true;
        lock (_workGate) Monitor.PulseAll(_workGate);
    }

    private static void Invoke<TBody>(void* body, int part) where TBody : struct, IParallelBody =>
        Unsafe.AsRef<TBody>(body).Run(part);

    private void Start()
    {
        lock (_startGate)
        {
            if (_started) return;
            for (var i = 1; i < Threads; i++)
                new Thread(WorkerLoop) { IsBackground = true, Name = $"Nabla CPU worker {i}" }.UnsafeStart();
            _started = true;
        }
    }

    private void Publish(int parts, delegate*<void*, int, void> invoke, void* body)
    {
        _invoke = invoke;
        _body = body;
        _parts = parts;
        _pending = parts;
        var job = (_claims >>> 32) + 1;
        Interlocked.Exchange(ref _claims, (job << 32) | (uint)parts);   // full fence: see Sleep
        if (Volatile.Read(ref _sleeping) == 0) return;
        lock (_workGate) Monitor.PulseAll(_workGate);
    }

    /// <summary>Claims parts of the current job until none is left.</summary>
    private void WorkOff()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _claims);
            var left = (uint)seen;
            if (left == 0) return;
            if (Interlocked.CompareExchange(ref _claims, seen - 1, seen) == seen) RunPart(_parts - (int)left);
        }
    }

    private void RunPart(int part)
    {
        try
        {
            _invoke(_body, part);
        }
        catch (Exception exception)
        {
            lock (_doneGate)
            {
                if (_error is null || part < _errorPart)
                {
                    _error = ExceptionDispatchInfo.Capture(exception);
                    _errorPart = part;
                }
            }
        }

        if (Interlocked.Decrement(ref _pending) == 0 && Volatile.Read(ref _callerSleeps))
            lock (_doneGate) Monitor.PulseAll(_doneGate);
    }

    private void Join()
    {
        if (SpinUntil(static pool => Volatile.Read(ref pool._pending) == 0)) return;
        lock (_doneGate)
        {
            Volatile.Write(ref _callerSleeps, true);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _pending) != 0) Monitor.Wait(_doneGate);
            Volatile.Write(ref _callerSleeps, false);
        }
    }

    private void WorkerLoop()
    {
        while (!_disposed)
        {
            WorkOff();
            if (!SpinUntil(static pool => (uint)Volatile.Read(ref pool._claims) != 0 || pool._disposed)) Sleep();
        }
    }

    /// <summary>
    /// Blocks until the next job. A short one is over when this thread is awake; it spins again all the same, since more will come: staying
    /// asleep would make each of them pay for a wake-up and help none.
    /// </summary>
    private void Sleep()
    {
        lock (_workGate)
        {
            Interlocked.Increment(ref _sleeping);   // full fence: either Publish sees a sleeper, or this thread sees the job
            var seen = Volatile.Read(ref _claims);
            if ((uint)seen == 0)
                while (Volatile.Read(ref _claims) >>> 32 == seen >>> 32 && !_disposed) Monitor.Wait(_workGate);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private bool SpinUntil(Func<WorkerPool, bool> condition)
    {
        if (condition(this)) return true;
        if (!_spins) return false;
        var end = System.Diagnostics.Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            for (var i = 0; i < 16; i++)
            {
                if (condition(this)) return true;
                Thread.SpinWait(1);
            }
        }
        while (System.Diagnostics.Stopwatch.GetTimestamp() < end);
        return condition(this);
    }
}
