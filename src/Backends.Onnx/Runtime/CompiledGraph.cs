using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla;

/// <summary>A session, and what it needs to run at the sizes of one key. Runs may overlap.</summary>
internal sealed class CompiledGraph(GraphKey key, GraphSession session, LoweredGraph lowered) : IDisposable
{
    private readonly ConcurrentBag<ScalarBlock> _blocks = [];
    private readonly SizeBlock _sizes = new(lowered.Sizes);
    private readonly IReadOnlyList<ScalarSlot> _scalars = lowered.Scalars;
    private readonly IReadOnlyList<GraphCheck> _checks = lowered.Checks;
    private readonly int _checkLength = lowered.Checks.Sum(c => c.Length);

    public GraphKey Key { get; } = key;

    public GraphSession Session { get; } = session;

    /// <summary>An estimate of the memory that it takes, beside the session. Measured: a value of the runtime takes some 200 bytes.</summary>
    public long Bytes { get; } = key.Bytes + ((lowered.Scalars.Count + lowered.Sizes.Count) * 250L) + 1000;

    /// <summary>Runs at work, and whether the cache has let go of it: for the cache, under its lock.</summary>
    public int Users { get; set; }

    /// <summary>See <see cref="Users"/>.</summary>
    public bool Evicted { get; set; }

    /// <summary>Computes the plan's roots into buffers.</summary>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    /// <exception cref="TensorDivisionException">An integer divisor is zero.</exception>
    public void Run(GraphPlan plan, HostStorage[] results, CancellationToken cancellation)
    {
        var block = _blocks.TryTake(out var free) ? free : new ScalarBlock(_scalars, _checkLength);
        int leaves = plan.Leaves.Count, roots = results.Length;
        var inputs = new OrtValue[leaves + block.Inputs.Length + _sizes.Inputs.Length];
        var outputs = new OrtValue[roots + (block.Checks is null ? 0 : 1)];
        int madeInputs = 0, madeOutputs = 0;
        try
        {
            for (; madeInputs < leaves; madeInputs++)
                inputs[madeInputs] = Bind(plan.Leaves[madeInputs].Spec, plan.Leaves[madeInputs].Buffer!);
            for (int i = 0; i < _scalars.Count; i++)
                block.Set(i, plan.Nodes[_scalars[i].Node].Scalars[_scalars[i].Index]);
            block.Inputs.CopyTo(inputs, leaves);
            _sizes.Inputs.CopyTo(inputs, leaves + block.Inputs.Length);
            for (; madeOutputs < roots; madeOutputs++)
                outputs[madeOutputs] = Bind(plan.Roots[madeOutputs].Spec, results[madeOutputs]);
            if (block.Checks is { } seen)
                outputs[^1] = seen;
            Session.Run(inputs, outputs, block.Uncancelled, cancellation);
            Inspect(block.Seen);
        }
        finally
        {
            for (int i = 0; i < madeInputs; i++)
                inputs[i].Dispose();
            for (int i = 0; i < madeOutputs; i++)
                outputs[i].Dispose();
            _blocks.Add(block);
        }
    }

    public void Dispose()
    {
        _sizes.Dispose();
        while (_blocks.TryTake(out var block))
            block.Dispose();
    }

    private void Inspect(ReadOnlySpan<long> seen)
    {
        foreach (var check in _checks)
        {
            if (check.Inspect(seen[..check.Length]) is { } error)
                throw error;
            seen = seen[check.Length..];
        }
    }

    private static unsafe OrtValue Bind(in TensorSpec spec, HostStorage buffer) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, (TensorElementType)(int)spec.DType.Onnx(), spec.Shape.ToArray(), (nint)buffer.Pointer, spec.ByteLength);
}
