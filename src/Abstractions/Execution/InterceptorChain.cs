namespace Nabla;

/// <summary>
/// Two interceptors in one scope: a profiler around an export, say. The one that was there first stays next to the device, so that its
/// times do not hold the other's work.
/// </summary>
internal sealed class InterceptorChain(IInterceptor inner, IInterceptor outer) : IInterceptor
{
    public IInterceptor Inner => inner;

    public IInterceptor Outer => outer;

    /// <summary>What is left of one or several when one is taken out; null where nothing is.</summary>
    public static IInterceptor? Without(IInterceptor all, IInterceptor one) =>
        all == one ? null : all is InterceptorChain chain ? chain.Without(one) : all;

    /// <inheritdoc/>
    public bool DecomposeComposites => inner.DecomposeComposites || outer.DecomposeComposites;

    public void Executing(in OpCall call)
    {
        outer.Executing(call);
        inner.Executing(call);
    }

    public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
    {
        inner.Executed(call, outputs);
        outer.Executed(call, outputs);
    }

    public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
    {
        inner.Viewed(op, source, view);
        outer.Viewed(op, source, view);
    }

    public IDisposable? Transferring(DeviceTensor source, IDevice to) => Both(i => i.Transferring(source, to));

    public void Transferred(DeviceTensor source, DeviceTensor copy)
    {
        inner.Transferred(source, copy);
        outer.Transferred(source, copy);
    }

    public IDisposable? HostRead(DeviceTensor source) => Both(i => i.HostRead(source));

    public IDisposable? Range(string name, RangeKind kind) => Both(i => i.Range(name, kind));

    private IInterceptor? Without(IInterceptor one) => (Without(inner, one), Without(outer, one)) switch
    {
        (null, var rest) => rest,
        (var rest, null) => rest,
        ({ } first, { } second) => first == inner && second == outer ? this : new InterceptorChain(first, second),
    };

    private IDisposable? Both(Func<IInterceptor, IDisposable?> begin)
    {
        var began = begin(outer);
        try
        {
            return (began, begin(inner)) switch
            {
                (null, var alone) => alone,
                (var alone, null) => alone,
                ({ } first, { } second) => new Pair(first, second),
            };
        }
        catch
        {
            began?.Dispose(); // a trace refuses, say: nothing is read, but what was begun ends
            throw;
        }
    }

    private sealed class Pair(IDisposable outer, IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            outer.Dispose();
        }
    }
}
