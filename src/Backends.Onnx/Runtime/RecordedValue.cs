using System.Diagnostics;

namespace Nabla;

/// <summary>
/// An immutable value: computed (a buffer), or pending (a node that would compute it). Counted by its owners: storages whose contents it
/// is, nodes that read it, evaluations at work on it.
/// </summary>
internal sealed class RecordedValue
{
    private RecordedNode? _producer;
    private HostStorage? _buffer;
    private int _owners = 1;

    private RecordedValue(in TensorSpec spec, RecordedNode? producer, int output, HostStorage? buffer)
    {
        Spec = spec;
        _producer = producer;
        Output = output;
        _buffer = buffer;
    }

    public TensorSpec Spec { get; }

    /// <summary>Which of the producer's outputs this is.</summary>
    public int Output { get; }

    /// <summary>The node that would compute this; null once it is computed.</summary>
    public RecordedNode? Producer => Volatile.Read(ref _producer);

    /// <summary>The dense elements; null while pending.</summary>
    public HostStorage? Buffer => Volatile.Read(ref _buffer);

    public bool IsPending => Buffer is null;

    /// <summary>Whether the caller, who owns it, is the only owner.</summary>
    public bool IsUnique => Volatile.Read(ref _owners) == 1;

    /// <summary>When the oldest pending node beneath this was recorded: a bound for how many there are.</summary>
    public long Oldest { get; private init; }

    /// <summary>When the nodes beneath a value recorded on this are to be counted.</summary>
    public long CountAt { get; set; }

    /// <summary>The number of the plan that last visited it, and its position there: for the planner, under its lock.</summary>
    public long Plan { get; set; }

    /// <summary>See <see cref="Plan"/>.</summary>
    public int Position { get; set; }

    /// <summary>A value that is there. Takes over the caller's ownership of the buffer.</summary>
    public static RecordedValue Computed(in TensorSpec spec, HostStorage buffer) => new(spec, null, 0, buffer);

    /// <summary>A value that a node would compute.</summary>
    public static RecordedValue Pending(in TensorSpec spec, RecordedNode producer, int output, long oldest, long countAt) =>
        new(spec, producer, output, null) { Oldest = oldest, CountAt = countAt };

    public void Retain()
    {
        int owners = Interlocked.Increment(ref _owners);
        Debug.Assert(owners > 1, "A value without owners cannot be retained: its buffer may have another tenant already.");
    }

    /// <summary>
    /// Drops an owner. What then has none is dropped as well, along the inputs, in a loop: a chain may be longer than the stack.
    /// </summary>
    public void Release()
    {
        Stack<RecordedValue>? rest = null;
        var value = this;
        do
        {
            if (Interlocked.Decrement(ref value._owners) != 0)
                continue;
            Interlocked.Exchange(ref value._buffer, null)?.Release();
            value.Detach(ref rest);
        }
        while (rest is not null && rest.TryPop(out value!));
    }

    /// <summary>The value is computed: takes over the caller's ownership of the buffer and lets go of what it was computed from.</summary>
    public void Complete(HostStorage buffer)
    {
        Volatile.Write(ref _buffer, buffer);
        Stack<RecordedValue>? inputs = null;
        Detach(ref inputs);
        while (inputs is not null && inputs.TryPop(out var input))
            input.Release();
    }

    private void Detach(ref Stack<RecordedValue>? dropped)
    {
        if (Interlocked.Exchange(ref _producer, null) is not { } producer || !producer.DropOutput())
            return;
        dropped ??= new();
        foreach (var input in producer.Inputs)
            dropped.Push(input);
    }
}
