using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// The device's one in-order queue. Kernel arguments and enqueuing go together, so both happen under <see cref="Gate"/>; waiting does not.
/// </summary>
internal sealed unsafe class CommandQueue : IDisposable
{
    /// <summary>A driver may hold commands back until a flush: so many may wait for company.</summary>
    private const int FlushEvery = 32;

    private readonly int _markEvery;
    private nint _mark;
    private int _sinceMark;
    private int _sinceFlush;

    public CommandQueue(CL cl, nint context, nint device, int maxQueued)
    {
        Cl = cl;
        _markEvery = Math.Max(8, maxQueued / 2);
        int status;
        Handle = cl.CreateCommandQueue(context, device, CommandQueueProperties.None, &status);
        ClStatus.Check(status, "clCreateCommandQueue");
    }

    public CL Cl { get; }

    public nint Handle { get; }

    public Lock Gate { get; } = new();

    /// <summary>The pool whose free blocks go back to the driver where it has no memory for a command.</summary>
    public IMemoryPool? Memory { get; set; }

    /// <summary>Runs a kernel whose arguments are set. The caller holds the gate.</summary>
    public void Enqueue(ClKernel kernel, int dimensions, nuint* global, nuint* local)
    {
        bool mark = ++_sinceMark >= _markEvery;
        nint marked = 0;
        int status;
        bool tried = false;
        do
            status = Cl.EnqueueNdrangeKernel(Handle, kernel.Handle, (uint)dimensions, null, global, local, 0, null, mark ? &marked : null);
        while (MadeRoom(status, ref tried));
        if (status != 0)
            throw Failure(status, $"kernel {kernel.Name}");
        if (mark)
            Throttle(marked);
        if (++_sinceFlush >= FlushEvery)
            Flush();
    }

    /// <summary>Copies from the host and waits until the source may change. The caller holds the gate.</summary>
    public void WriteAndWait(nint buffer, long offset, void* source, long bytes) => Write(buffer, offset, source, bytes, wait: true, null);

    /// <summary>Starts a copy from the host; the source must stay until the event. The caller holds the gate.</summary>
    public nint Write(nint buffer, long offset, void* source, long bytes)
    {
        nint done;
        Write(buffer, offset, source, bytes, wait: false, &done);
        return done;
    }

    /// <summary>Starts a copy to the host; the event says when it is there. The caller holds the gate.</summary>
    public nint Read(nint buffer, long offset, void* destination, long bytes)
    {
        nint done;
        int status;
        bool tried = false;
        do
            status = Cl.EnqueueReadBuffer(Handle, buffer, false, (nuint)offset, (nuint)bytes, destination, 0, null, &done);
        while (MadeRoom(status, ref tried));
        return status == 0 ? done : throw Failure(status, $"Download of {bytes} bytes");
    }

    /// <summary>
    /// Gives a new buffer its memory now; returns the status. Drivers may wait with it until a command needs the buffer, and where it then fails
    /// the operation could no longer be undone. The caller holds the gate.
    /// </summary>
    public int Materialize(nint buffer) => Cl.EnqueueMigrateMemObjects(Handle, 1, &buffer, MemMigrationFlags.ContentUndefined, 0, null, null);

    /// <summary>Sends what was held back. The caller holds the gate.</summary>
    public void Flush()
    {
        _sinceFlush = 0;
        ClStatus.Check(Cl.Flush(Handle), "clFlush");
    }

    /// <summary>Waits for an event and forgets it.</summary>
    public void Wait(nint done, string call)
    {
        int status = Cl.WaitForEvents(1, &done);
        Cl.ReleaseEvent(done);
        ClStatus.Check(status, call);
    }

    /// <summary>Whether the command of an event has ended.</summary>
    public bool IsDone(nint done)
    {
        int state = 0;
        return Cl.GetEventInfo(done, EventInfo.CommandExecutionStatus, sizeof(int), &state, null) != 0 || state <= 0;
    }

    /// <summary>Waits until the queue is empty.</summary>
    public void Finish() => ClStatus.Check(Cl.Finish(Handle), "clFinish");

    public void Dispose()
    {
        Cl.Finish(Handle);
        if (_mark != 0)
            Cl.ReleaseEvent(_mark);
        Cl.ReleaseCommandQueue(Handle);
    }

    private void Write(nint buffer, long offset, void* source, long bytes, bool wait, nint* done)
    {
        int status;
        bool tried = false;
        do
            status = Cl.EnqueueWriteBuffer(Handle, buffer, wait, (nuint)offset, (nuint)bytes, source, 0, null, done);
        while (MadeRoom(status, ref tried));
        if (status != 0)
            throw Failure(status, $"Upload of {bytes} bytes");
    }

    /// <summary>Whether a command that found no memory is worth a second try: free blocks went back to the driver.</summary>
    private bool MadeRoom(int status, ref bool tried)
    {
        if (status == 0 || tried || Memory is null || !ClStatus.IsNoMemory(status))
            return false;
        tried = true;
        Cl.Finish(Handle); // a driver keeps what commands still use
        Memory.Trim();
        return true;
    }

    private NablaException Failure(int status, string call) => ClStatus.Failure(status, call, Memory is null ? null : $"{Memory.Statistics}");

    /// <summary>The mark before must have been reached when the next one is set: at most two stretches are under way.</summary>
    private void Throttle(nint marked)
    {
        (_sinceMark, var previous) = (0, _mark);
        _mark = marked;
        if (previous == 0)
            return;
        Flush();
        Wait(previous, "clWaitForEvents");
    }
}
