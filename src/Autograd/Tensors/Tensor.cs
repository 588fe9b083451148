namespace Nabla;

/// <summary>
/// A multi-dimensional array on some device, and a place in the graph of what was computed. Views share memory, gradients accumulate,
/// in-place writes are versioned. PyTorch: <c>torch.Tensor</c>.
/// </summary>
/// <remarks>
/// A tensor never needs <see cref="Dispose"/>: dropped ones are reclaimed; disposing only frees memory sooner. Reading from several
/// threads is safe; writing in place while others use the tensor is not.
/// </remarks>
public sealed partial class Tensor : ITensor<Tensor>, IDisposable
{
    private const int Temporary = -1;
    private const int Disposed = -2;
    private const int Sent = -3;
    private const int Borrowed = -4;

    private readonly DeviceTensor _data;
    private int _slot;

    // The place in the graph: the node that computed this, and which output of it this is; or a history, where there is more to say.
    private int _output;
    private object? _place;

    /// <summary>Wraps device data and takes over one owner count of its storage; released with the handle.</summary>
    internal Tensor(DeviceTensor data, Edge edge = default)
    {
        _data = data;
        (_place, _output) = edge;
        Arrive();
    }

    private Tensor(DeviceTensor data, History? history)
    {
        _data = data;
        _place = history;
        Arrive();
    }

    private Tensor(DeviceTensor data, int slot)
    {
        _data = data;
        _slot = slot;
    }

    /// <summary>The device data.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    internal DeviceTensor Data
    {
        get
        {
            if (_slot == Disposed)
                ThrowDisposed();
            return _data;
        }
    }

    /// <summary>A method of its own, so that reading <see cref="Data"/> is inlined.</summary>
    private void ThrowDisposed() =>
        throw new ObjectDisposedException(nameof(Tensor), $"This {_data.Spec} was disposed; keep tensors that are still needed undisposed.");

    internal bool IsDisposed => _slot == Disposed;

    DeviceTensor ITensor<Tensor>.Value => Data;

    /// <summary>The element type.</summary>
    public DType DType => _data.DType;

    /// <summary>The sizes.</summary>
    public Shape Shape => _data.Shape;

    /// <summary>The steps between neighbours, in elements. PyTorch: <c>stride()</c>.</summary>
    public Strides Strides => _data.Layout.Strides;

    /// <summary>Index of the first element in the storage. PyTorch: <c>storage_offset()</c>.</summary>
    public long StorageOffset => _data.Layout.Offset;

    /// <summary>How many dimensions there are. PyTorch: <c>dim()</c>.</summary>
    public int Dim => _data.Shape.Rank;

    /// <summary>How many elements there are. PyTorch: <c>numel()</c>.</summary>
    public long ElementCount => _data.Shape.ElementCount;

    /// <summary>Where the tensor lives.</summary>
    public Device Device => DeviceHandles.Of(_data.Device);

    /// <summary>Whether the elements follow each other in row-major order.</summary>
    public bool IsContiguous => _data.IsContiguous;

    /// <summary>How often the storage was written in place; shared with views. PyTorch: <c>_version</c>.</summary>
    public int Version => _data.Storage.Version;

    static Tensor ITensor<Tensor>.FromDevice(DeviceTensor value) => new(value);

    /// <summary>Frees the tensor's hold on its memory at once; views and saved tensors keep theirs. Optional.</summary>
    public void Dispose() => LetGo(Interlocked.Exchange(ref _slot, Disposed));

    /// <summary>As <see cref="Dispose"/>, for a handle that nobody else can have: no exchange.</summary>
    internal void DisposeSole()
    {
        int slot = _slot;
        _slot = Disposed;
        LetGo(slot);
    }

    private void LetGo(int slot)
    {
        if (slot >= 0)
            HandleTracker.Release(this, slot);
        else if (slot == Temporary)
            _data.Storage.Release(); // its scope sees that it is disposed already
    }

    /// <summary>A handle that outlives the present scope of temporaries: the user sees it.</summary>
    internal static Tensor Untracked(DeviceTensor data)
    {
        using var _ = TemporaryScope.Suspend();
        return new Tensor(data);
    }

    /// <summary>A handle for a gradient rule of what its node holds: it owns no count, and ends with the rule.</summary>
    internal static Tensor Borrow(DeviceTensor data) => new(data, Borrowed);

    /// <summary>
    /// A gradient on its way from node to node: a handle that neither a scope nor the tracker knows, with a count of its own. This one
    /// where it was a temporary, else a new one.
    /// </summary>
    internal Tensor Send(bool withHistory)
    {
        if (_slot == Temporary)
        {
            _slot = Sent; // its scope passes over it
            if (!withHistory)
                _place = null;
            return this;
        }

        Data.Storage.Retain();
        return new Tensor(_data, Sent) { _place = withHistory ? Shared() : null };
    }

    /// <summary>Another handle of the same memory and place in the graph: a write in place through one moves both.</summary>
    internal Tensor Another()
    {
        Data.Storage.Retain();
        return new Tensor(_data, Shared());
    }

    private History? Shared() => _place is null ? null : EnsureHistory();

    /// <summary>A temporary of the present scope; where there is none, the user's.</summary>
    internal void Arrive() => Arrive(TemporaryScope.Current);

    /// <summary>The same for who knows the present scope.</summary>
    internal void Arrive(TemporaryScope? scope)
    {
        if (scope is not null)
        {
            _slot = Temporary;
            scope.Add(this);
        }
        else
        {
            _slot = HandleTracker.Track(this, _data.Storage);
        }
    }

    /// <summary>Whether a scope of temporaries owns the handle.</summary>
    internal bool IsTemporary => _slot == Temporary;

    /// <summary>Turns a temporary into a handle that outlives its scope; false for any other.</summary>
    internal bool TryEscape()
    {
        if (_slot != Temporary)
            return false;
        _slot = HandleTracker.Track(this, _data.Storage);
        return true;
    }

    /// <summary>The end of a temporary's scope; it was this thread's alone.</summary>
    internal void ReleaseTemporary()
    {
        if (_slot == Temporary)
            Finish();
    }

    /// <summary>The end of a gradient that never arrived.</summary>
    internal void ReleaseSent() => Finish();

    private void Finish()
    {
        _slot = Disposed;
        _data.Storage.Release();
    }
}
