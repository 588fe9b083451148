namespace Nabla;

/// <summary>An operation that was asked for and not yet computed. Holds its inputs, so that nobody else needs to.</summary>
internal sealed class RecordedNode
{
    private int _liveOutputs;

    public RecordedNode(Op op, RecordedValue[] inputs, Scalar[] scalars, TensorSpec[] outputs)
    {
        Op = op;
        Inputs = inputs;
        Scalars = scalars;
        Outputs = outputs;
        _liveOutputs = outputs.Length;
        foreach (var input in inputs)
            input.Retain();
    }

    public Op Op { get; }

    public RecordedValue[] Inputs { get; }

    public Scalar[] Scalars { get; }

    /// <summary>What the outputs are.</summary>
    public TensorSpec[] Outputs { get; }

    /// <summary>How often it was part of a graph that ran.</summary>
    public int Runs;

    /// <summary>The number of the plan that last visited it, and its position there: for the planner, under its lock.</summary>
    public long Plan;

    /// <summary>See <see cref="Plan"/>.</summary>
    public int Position;

    /// <summary>An output is dropped or computed; true when it was the last one, so that the inputs are no longer held.</summary>
    public bool DropOutput() => Interlocked.Decrement(ref _liveOutputs) == 0;
}
