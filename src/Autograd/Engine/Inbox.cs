namespace Nabla;

/// <summary>A gradient that waits for its node, as a handle that no scope owns; a sum that the engine made itself may be added to.</summary>
internal readonly record struct Arrived(Tensor? Gradient, bool IsSum);

/// <summary>The gradients that wait for one node in one pass.</summary>
internal sealed class Inbox
{
    private Arrived[] _slots = new Arrived[1];
    private int _count;

    public InboxSet? Owner { get; private set; }

    /// <summary>The next one that is free.</summary>
    public Inbox? NextFree { get; set; }

    public Span<Arrived> Slots => _slots.AsSpan(0, _count);

    public void Open(InboxSet owner, int outputs)
    {
        Owner = owner;
        _count = outputs;
        if (outputs > _slots.Length)
            _slots = new Arrived[outputs];
    }

    /// <summary>Gives back what never left, because something threw.</summary>
    public void Close()
    {
        foreach (ref var slot in Slots)
        {
            slot.Gradient?.ReleaseSent();
            slot = default;
        }

        (Owner, _count) = (null, 0);
    }
}

/// <summary>
/// The inboxes of one pass. Each hangs on its node, which costs no look-up; where another pass holds the place (two threads may go
/// back through a shared graph), a dictionary takes its part. The one opened last is kept aside until another is opened: in a chain only one
/// waits at a time, and the places on the nodes are not touched.
/// </summary>
internal sealed class InboxSet
{
    private Inbox? _free;
    private Dictionary<Node, Inbox>? _others;
    private Node? _lastNode;
    private Inbox? _last;

    /// <summary>The inbox of a node; opened at the first call.</summary>
    public Inbox Of(Node node, out bool known)
    {
        known = true;
        if (node == _lastNode)
            return _last!;
        var present = Volatile.Read(ref node.Inbox);
        if (present?.Owner == this)
            return present;
        if (_others is not null && _others.TryGetValue(node, out var other))
            return other;
        known = false;
        var inbox = _free ?? new Inbox();
        (_free, inbox.NextFree) = (inbox.NextFree, null);
        inbox.Open(this, node.OutputCount);
        HangLast();
        (_lastNode, _last) = (node, inbox);
        return inbox;
    }

    /// <summary>Takes the inbox off its node.</summary>
    public Inbox Take(Node node)
    {
        if (node == _lastNode)
        {
            _lastNode = null;
            return _last!;
        }

        var present = Volatile.Read(ref node.Inbox);
        if (present?.Owner == this)
        {
            Volatile.Write(ref node.Inbox, null);
            return present;
        }

        _others!.Remove(node, out var other);
        return other!;
    }

    /// <summary>Gives an inbox back for the next node.</summary>
    public void Return(Inbox inbox)
    {
        inbox.Close();
        (inbox.NextFree, _free) = (_free, inbox);
    }

    private void HangLast()
    {
        if (_lastNode is { } node && Interlocked.CompareExchange(ref node.Inbox, _last, null) is not null)
            (_others ??= []).Add(node, _last!);
    }
}
