namespace Nabla;

/// <summary>
/// One recorded step of the graph: takes the gradients of its outputs and gives those of its inputs. Holds edges and saved device
/// tensors, never tensor handles: what a user drops can be collected although the graph lives.
/// </summary>
internal abstract class Node
{
    [ThreadStatic]
    private static long s_counter;

    protected Node(ReadOnlySpan<GraphValue> inputs)
    {
        long sequence = s_counter;
        foreach (ref readonly var input in inputs)
            if (input.Node is not (null or LeafNode))
                sequence = Math.Max(sequence, input.Node.Sequence);
        Sequence = s_counter = sequence + 1;
    }

    /// <summary>The operation's name, for messages and printing.</summary>
    public abstract string Name { get; }

    /// <summary>Greater than that of every node this one depends on: backward visits in descending order.</summary>
    public long Sequence { get; }

    /// <summary>What was computed with, and where the gradient of each goes.</summary>
    public virtual ReadOnlySpan<GraphValue> Inputs => default;

    /// <summary>How many outputs receive gradients.</summary>
    public virtual int OutputCount => 1;

    /// <summary>Whether gradients end here.</summary>
    public virtual bool IsLeaf => false;

    private GradientHook[]? _hooks;

    /// <summary>What is called with the gradients of outputs, in order; a new array with every change, so that a pass under way keeps its own.</summary>
    public ReadOnlySpan<GradientHook> Hooks => Volatile.Read(ref _hooks);

    public void AddHook(GradientHook hook) => ChangeHooks(hooks =>
    {
        int last = hook.IsLast ? -1 : Array.FindIndex(hooks, h => h.IsLast);
        int at = last < 0 ? hooks.Length : last;
        return [.. hooks[..at], hook, .. hooks[at..]];
    });

    public void RemoveHook(GradientHook hook) => ChangeHooks(hooks => Array.FindAll(hooks, h => h != hook));

    private void ChangeHooks(Func<GradientHook[], GradientHook[]> change)
    {
        GradientHook[]? before;
        do
            before = Volatile.Read(ref _hooks);
        while (Interlocked.CompareExchange(ref _hooks, change(before ?? []), before) != before);
    }

    /// <summary>What has arrived in the pass that is under way; the first of concurrent passes has it, the others keep their own.</summary>
    internal Inbox? Inbox;

    /// <summary>Element type and shape of an output.</summary>
    public abstract TensorSpec OutputSpec(int output);

    /// <summary>
    /// Computes the gradients of the inputs.
    /// </summary>
    /// <param name="gradients">One for each output; null where none arrived, which stands for zeros.</param>
    /// <param name="results">One for each edge; only those of existing edges (and <paramref name="wanted"/>) are read.</param>
    /// <param name="wanted">Which edges lead anywhere in this pass.</param>
    /// <param name="createGraph">Whether the backward is recorded.</param>
    /// <param name="claimed">Whether the pass has claimed the saved tensors.</param>
    public abstract void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph, bool claimed);

    /// <summary>
    /// Makes the saved tensors those of one pass, the last that reads them, which then calls <see cref="ReleaseSaved"/> or
    /// <see cref="Unclaim"/>; false where none are left. Others that need them are refused.
    /// </summary>
    public virtual bool Claim() => false;

    /// <summary>Leaves the saved tensors to other passes after all.</summary>
    public virtual void Unclaim()
    {
    }

    /// <summary>Frees the claimed tensors at once.</summary>
    public virtual void ReleaseSaved()
    {
    }
}

/// <summary>Something to call with the gradient of an output of a node; returns a replacement or null.</summary>
internal sealed class GradientHook(int output, Func<Tensor, Tensor?> call)
{
    public int Output => output;

    public Func<Tensor, Tensor?> Call => call;

    /// <summary>Whether it sees what the others made of the gradient, also those that come after it.</summary>
    public bool IsLast { get; init; }
}

/// <summary>Takes a hook off its node.</summary>
internal sealed class HookRemoval(Node node, GradientHook hook) : IDisposable
{
    public void Dispose() => node.RemoveHook(hook);
}
