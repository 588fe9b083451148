using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>
/// Fork-join over a fixed number of threads: the caller and <c>Threads - 1</c> background threads of the pool's own, so that a host that
/// starves the thread pool does not starve kernels. A fork and its join cost 0.13 to 0.16 us while the workers still spin and the processors
/// are near each other, 0.5 us where they are not, and a wake-up after that.
/// </summary>
/// <remarks>
/// Each thread starts with the same share of the parts in every call, so that data one operation leaves in its cache are there for the next;
/// then it helps the others. What a part covers never depends on who runs it. A call that finds the pool taken (a nested call, or another
/// thread's) runs its parts inline: waiting could deadlock, and the cores are busy anyway.
/// </remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    /// <summary>Time that an idle worker, or a caller at the join, spins before it blocks: more than the gap between two ops.</summary>
    private static readonly long SpinTicks = Math.Max(1, Stopwatch.Frequency / 20_000);

    /// <summary>As many brief calls as cost about a wake-up when they are run without help.</summary>
    private const int BriefCallsAlone = 8;

    /// <summary>Bytes of a body that the pool has room for, and of a cache line.</summary>
    private const int BodySize = 256;
    private const int Line = 64;

    private readonly object _doneGate = new();
    private readonly object[] _sleepGates;
    private readonly byte[] _memory;          // pinned: the shares, the caller's first, the caller's own lines, and a body
    private readonly WorkerShare* _shares;
    private readonly CallerLines* _caller;
    private readonly byte* _body;             // the workers' copy; the caller's stack would be fetched back and forth for whatever lies there next
    private readonly bool _spins;
    private readonly Failure[] _failures;     // of each thread, the one of its lowest part
    private bool _failed;
    private bool _callerSleeps;
    private int _started = 1;                 // threads, the caller among them
    private volatile bool _disposed;

    /// <summary>Creates a pool; its threads start with the first call that can use them.</summary>
    /// <param name="threads">Threads that compute, the caller among them; 0 for one per processor.</param>
    public WorkerPool(int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _spins = Threads <= Environment.ProcessorCount;
        _sleepGates = new object[Threads];
        for (var i = 0; i < Threads; i++) _sleepGates[i] = new object();
        _failures = new Failure[Threads];
        _memory = GC.AllocateArray<byte>((Threads + 1) * WorkerShare.Size + sizeof(CallerLines) + BodySize, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _memory[0]);
        _shares = (WorkerShare*)((start + WorkerShare.Size - 1) & -WorkerShare.Size);
        _caller = (CallerLines*)(_shares + Threads);
        _body = (byte*)(_caller + 1);
    }

    /// <summary>Threads that compute at once, the caller among them.</summary>
    public int Threads { get; }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 and returns when all have ended.</summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="body">The parts.</param>
    /// <param name="brief">
    /// Whether all parts together take less than a wake-up: sleeping workers are left asleep, and threads unstarted, unless such calls come one
    /// after another.
    /// </param>
    /// <remarks>When parts throw, the others still run; then the exception of the lowest part is rethrown.</remarks>
    public void For<TBody>(int parts, ref TBody body, bool brief = false) where TBody : struct, IParallelBody
    {
        if (parts <= 1)
        {
            if (parts == 1) body.Run(0);
            return;
        }

        if (Threads == 1 || _disposed || (brief && RunsAlone()) || Interlocked.CompareExchange(ref _caller->Taken, 1, 0) != 0)
        {
            RunInline(parts, ref body);
            return;
        }

        Exception? error = null;
        try
        {
            if (_started < Threads) Start();
            var own = body;   // on this stack: workers reach it through a pointer, which a field of a moving object would not allow
            var others = Unsafe.AsPointer(ref own);
            if (!RuntimeHelpers.IsReferenceOrContainsReferences<TBody>() && Unsafe.SizeOf<TBody>() <= BodySize)
                Unsafe.Write(others = _body, own);
            try
            {
                Publish(parts, Math.Min(parts, Threads), &Invoke<TBody>, Unsafe.AsPointer(ref own), others);
            }
            finally
            {
                WorkOff(0);   // a worker that could not be woken is not waited for: its parts are anyone's
                Join();
                if (_failed) error = TakeError();
            }
        }
        finally
        {
            Volatile.Write(ref _caller->Taken, 0);
        }

        if (error is not null) Rethrow(error);
    }

    /// <summary>Ends the threads; later calls run inline.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 1; i < Threads; i++) Wake(i);
    }

    private static void RunInline<TBody>(int parts, ref TBody body) where TBody : struct, IParallelBody
    {
        Exception? error = null;
        for (var part = 0; part < parts; part++)
        {
            try
            {
                body.Run(part);
            }
            catch (Exception exception)
            {
                error ??= exception;
            }
        }

        if (error is not null) Rethrow(error);
    }

    /// <summary>Whether a brief call is not worth a wake-up, and not yet one of many.</summary>
    private bool RunsAlone() =>
        (_started < Threads || Volatile.Read(ref _shares[1].Asleep) != 0) && Interlocked.Increment(ref _caller->BriefCalls) < BriefCallsAlone;

    private static void Invoke<TBody>(void* body, int part) where TBody : struct, IParallelBody =>
        Unsafe.AsRef<TBody>(body).Run(part);

    private void Start()
    {
        for (; _started < Threads; _started++)
        {
            var share = _started;
            new Thread(() => WorkerLoop(share)) { IsBackground = true, Name = $"Nabla CPU worker {share}" }.UnsafeStart();
        }
    }

    private void Publish(int parts, int shares, delegate*<void*, int, void> invoke, void* own, void* others)
    {
        var job = (long)(uint)++_caller->Job << 32;
        var first = 0;
        for (var i = 0; i < shares; i++)
        {
            var share = _shares + i;
            var end = (int)((long)parts * (i + 1) / shares);
            var left = end - first;
            share->Invoke = invoke;
            share->Body = i == 0 ? own : others;
            share->End = end;
            share->Pending = left;
            Volatile.Write(ref share->Claims, job | (uint)(i == 0 ? left - 1 : left));   // part 0 is claimed already: see WorkOff
            first = end;
        }

        Volatile.Write(ref _caller->BriefCalls, 0);
        Interlocked.MemoryBarrier();   // see Sleep
        for (var i = 1; i < shares; i++)
        {
            if (_shares[i].Asleep != 0) Wake(i);
        }
    }

    private void Wake(int share) => Uninterrupted(Pulse, _sleepGates[share]);

    private static void Pulse(object gate)
    {
        lock (gate) Monitor.Pulse(gate);
    }

    /// <summary>Runs the parts of a share, then those that others have not come to.</summary>
    private void WorkOff(int own)
    {
        var job = Volatile.Read(ref _shares[own].Claims) >>> 32;
        for (var i = 0; i < Threads; i++)
        {
            var share = _shares + (own + i < Threads ? own + i : own + i - Threads);
            var done = 0;
            var part = own == 0 && i == 0 ? 0 : share->Claim(job);   // the caller holds part 0 from the start
            for (; part >= 0; part = share->Claim(job), done++) RunPart(share, part, own);
            if (done > 0 && Interlocked.Add(ref share->Pending, -done) == 0 && Volatile.Read(ref _callerSleeps))
                lock (_doneGate) Monitor.PulseAll(_doneGate);   // never the caller, which would be asleep
        }
    }

    /// <summary>
    /// Throws nothing: on a worker that would end the process, and the caller would leave its stack to workers that are still at it. So what
    /// keeps an error takes no memory, which may be what there is none of, and no lock.
    /// </summary>
    private void RunPart(WorkerShare* share, int part, int thread)
    {
        try
        {
            share->Invoke(share->Body, part);
        }
        catch (Exception exception)
        {
            ref var failure = ref _failures[thread];
            if (failure.Error is not null && failure.Part < part) return;
            failure.Error = exception;
            failure.Part = part;
            _failed = true;   // seen once no part is pending
        }
    }

    private static void Rethrow(Exception error)
    {
        ExceptionDispatchInfo captured;
        try
        {
            captured = ExceptionDispatchInfo.Capture(error);
        }
        catch (OutOfMemoryException)
        {
            throw error;   // that loses where it was thrown, and not what it is
        }

        captured.Throw();
    }

    /// <summary>The error of the lowest part, as it was thrown there; those of all parts are forgotten.</summary>
    private Exception? TakeError()
    {
        Failure lowest = default;
        for (var i = 0; i < Threads; i++)
        {
            if (_failures[i].Error is not null && (lowest.Error is null || _failures[i].Part < lowest.Part)) lowest = _failures[i];
            _failures[i] = default;
        }

        _failed = false;
        return lowest.Error;
    }

    private void Join()
    {
        while (!SpinWhile(&HasPending, 0))
        {
            try
            {
                Uninterrupted(static pool => pool.SleepWhilePending(), this);
            }
            catch (OutOfMemoryException)
            {
                // Without memory to block on something it spins on: it may not leave.
            }
        }
    }

    private void SleepWhilePending()
    {
        lock (_doneGate)
        {
            Volatile.Write(ref _callerSleeps, true);
            Interlocked.MemoryBarrier();
            try
            {
                while (HasPending(this, 0)) Monitor.Wait(_doneGate);
            }
            finally
            {
                Volatile.Write(ref _callerSleeps, false);
            }
        }
    }

    /// <summary>
    /// Does what may block, again when <see cref="Thread.Interrupt"/> ends it: a call that returned early would leave workers with a pointer into
    /// its stack. The interrupt ends what the thread blocks on next.
    /// </summary>
    private static void Uninterrupted<TState>(Action<TState> action, TState state)
    {
        var interrupted = false;
        for (var done = false; !done;)
        {
            try
            {
                action(state);
                done = true;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted) Thread.CurrentThread.Interrupt();
    }

    private void WorkerLoop(int share)
    {
        while (!_disposed)
        {
            WorkOff(share);
            if (!SpinWhile(&IsIdle, share)) Sleep(share);
        }
    }

    /// <summary>
    /// Blocks until the next job. A short one is over when this thread is awake; it spins again all the same, since more will come: staying
    /// asleep would make each of them pay for a wake-up and help none.
    /// </summary>
    private void Sleep(int index)
    {
        var share = _shares + index;
        var gate = _sleepGates[index];
        lock (gate)
        {
            Volatile.Write(ref share->Asleep, 1);
            Interlocked.MemoryBarrier();   // either Publish sees a sleeper, or this thread sees the job
            var seen = Volatile.Read(ref share->Claims);
            if ((uint)seen == 0)
                while (Volatile.Read(ref share->Claims) >>> 32 == seen >>> 32 && !_disposed) Monitor.Wait(gate);
            Volatile.Write(ref share->Asleep, 0);
        }
    }

    /// <summary>Whether parts have not ended, of this share or one after it.</summary>
    private static bool HasPending(WorkerPool pool, int share)
    {
        for (; share < pool.Threads; share++)
        {
            if (Volatile.Read(ref pool._shares[share].Pending) != 0) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a thread has nothing to do; asks for the next job's body meanwhile, to have it as soon as the job. Measured with two processors: with
    /// many, each fork takes the lines back from all who wait, which may cost more than what the prefetch saves.
    /// </summary>
    private static bool IsIdle(WorkerPool pool, int share)
    {
        if ((uint)Volatile.Read(ref pool._shares[share].Claims) != 0 || pool._disposed) return false;
        if (Sse.IsSupported)
        {
            for (var line = 0; line < BodySize; line += Line) Sse.Prefetch0(pool._body + line);
        }

        return true;
    }

    /// <summary>False when the condition still holds after a while.</summary>
    private bool SpinWhile(delegate*<WorkerPool, int, bool> condition, int share)
    {
        if (!condition(this, share)) return true;
        if (!_spins) return false;
        var end = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            for (var i = 0; i < 16; i++)
            {
                if (!condition(this, share)) return true;
                if (X86Base.IsSupported) X86Base.Pause();
                else Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        return !condition(this, share);
    }

    private struct Failure
    {
        public Exception? Error;
        public int Part;
    }

    /// <summary>What the caller writes in every call, apart from what workers watch.</summary>
    private struct CallerLines
    {
        public int Taken;
        public int Job;
        public int BriefCalls;
        private fixed byte _apart[WorkerShare.Size - 3 * sizeof(int)];
    }
}
