namespace Nabla;

/// <summary>
/// Owns the tensor handles that the engine itself makes (in a gradient rule, in a decomposition, in a function that is made of several
/// operations), so that they are released at once and never wait for the collector. User code that the engine calls runs outside of it.
/// </summary>
internal sealed class TemporaryScope : IDisposable
{
    private const int Few = 16;

    [ThreadStatic]
    private static TemporaryScope? s_current;

    // Those not in use, linked by _outer: functions nest, and none allocates.
    [ThreadStatic]
    private static TemporaryScope? s_spare;

    private Tensor[] _tensors = new Tensor[Few];
    private int _count;
    private TemporaryScope? _outer;

    /// <summary>The scope that owns new handles of this thread; null when users do.</summary>
    public static TemporaryScope? Current => s_current;

    /// <summary>Opens a scope. Nested scopes are independent.</summary>
    public static TemporaryScope Open()
    {
        var scope = s_spare ?? new TemporaryScope();
        s_spare = scope._outer;
        scope._outer = s_current;
        s_current = scope;
        return scope;
    }

    /// <summary>New handles of this thread are the user's until the result is disposed.</summary>
    public static Suspension Suspend()
    {
        var suspension = new Suspension(s_current);
        s_current = null;
        return suspension;
    }

    public void Add(Tensor tensor)
    {
        if (_count == _tensors.Length)
            Grow();
        _tensors[_count++] = tensor;
    }

    private void Grow() => Array.Resize(ref _tensors, _count * 2);

    /// <summary>
    /// A result outlives the scope: a temporary of this one becomes one of the scope around it, or the user's where there is none. Anything
    /// else (an input that is returned as it is) stays what it was.
    /// </summary>
    public Tensor Keep(Tensor result)
    {
        if (result.IsTemporary && Remove(result))
            result.Arrive(_outer);
        return result;
    }

    /// <summary>The same for several results.</summary>
    public (Tensor First, Tensor Second) Keep((Tensor First, Tensor Second) results) => (Keep(results.First), Keep(results.Second));

    /// <summary>Forgets a handle; false where it is another scope's. A result is among the last that were made.</summary>
    private bool Remove(Tensor tensor)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(_tensors[i], tensor))
                continue;
            _tensors[i] = _tensors[--_count];
            _tensors[_count] = null!;
            return true;
        }

        return false;
    }

    /// <summary>Releases every handle but those that left; the scope goes on.</summary>
    public void Release()
    {
        var tensors = _tensors.AsSpan(0, _count);
        foreach (var tensor in tensors)
            tensor.ReleaseTemporary();
        tensors.Clear();
        _count = 0;
    }

    /// <summary>Releases what it has, and ends the scope.</summary>
    public void Dispose()
    {
        s_current = _outer;
        Release();
        _outer = s_spare;
        s_spare = this;
    }

    public readonly struct Suspension(TemporaryScope? suspended) : IDisposable
    {
        public void Dispose() => s_current = suspended;
    }
}
