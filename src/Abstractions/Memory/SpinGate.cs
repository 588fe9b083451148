namespace Nabla;

/// <summary>
/// A lock for sections of a few nanoseconds: an uncontended pass costs a third of <see cref="Lock"/>'s, which was half of the cost of
/// renting. Not reentrant; what runs inside must not throw, call out or wait. A field of it must not be readonly.
/// </summary>
internal struct SpinGate
{
    private int _taken;

    public void Enter()
    {
        if (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
            Wait();
    }

    public void Exit() => Volatile.Write(ref _taken, 0);

    private void Wait()
    {
        var spinner = new SpinWait();
        do
        {
            spinner.SpinOnce(); // yields the processor after a few rounds: the holder may have been interrupted
        }
        while (Volatile.Read(ref _taken) != 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0);
    }
}
