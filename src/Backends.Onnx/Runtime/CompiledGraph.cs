using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla;

/// <summary>A session and what it needs to run. Runs may overlap.</summary>
internal sealed class CompiledGraph(InferenceSession session, IReadOnlyList<ScalarSlot> scalars, IReadOnlyList<GraphCheck> checks) : IDisposable
{
    private readonly ConcurrentBag<ScalarBlock> _blocks = [];
    private readonly int _checkLength = checks.Sum(c => c.Length);

    public required string[] InputNames { get; init; }

    public required string[] OutputNames { get; init; }

    public required GraphKey Key { get; init; }

    /// <summary>An estimate of the memory that it takes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Runs at work, and whether the cache has let go of it: for the cache, under its lock.</summary>
    public int Users { get; set; }

    /// <summary>See <see cref="Users"/>.</summary>
    public bool Evicted { get; set; }

    /// <summary>Computes the plan's roots into buffers.</summary>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    /// <exception cref="TensorDivisionException">An integer divisor is zero.</exception>
    public void Run(GraphPlan plan, HostStorage[] results, CancellationToken cancellation)
    {
        var block = _blocks.TryTake(out var free) ? free : new ScalarBlock(scalars, _checkLength);
        int leaves = plan.Leaves.Count;
        var inputs = new OrtValue[leaves + block.Inputs.Length];
        var outputs = new OrtValue[OutputNames.Length];
        int madeInputs = 0, madeOutputs = 0;
        try
        {
            for (; madeInputs < leaves; madeInputs++)
                inputs[madeInputs] = Bind(plan.Leaves[madeInputs].Spec, plan.Leaves[madeInputs].Buffer!);
            for (int i = 0; i < scalars.Count; i++)
                block.Set(i, plan.Nodes[scalars[i].Node].Scalars[scalars[i].Index]);
            block.Inputs.CopyTo(inputs, leaves);
            for (; madeOutputs < results.Length; madeOutputs++)
                outputs[madeOutputs] = Bind(plan.Roots[madeOutputs].Spec, results[madeOutputs]);
            if (block.Checks is { } seen)
                outputs[^1] = seen;
            Run(inputs, outputs, block.Uncancelled, cancellation);
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
        session.Dispose();
        while (_blocks.TryTake(out var block))
            block.Dispose();
    }

    private void Run(OrtValue[] inputs, OrtValue[] outputs, RunOptions uncancelled, CancellationToken cancellation)
    {
        // Options that were told to terminate stay so: a run that may be cancelled has its own.
        using var options = cancellation.CanBeCanceled ? new RunOptions() : null;
        using var registration = cancellation.Register(static o => ((RunOptions)o!).Terminate = true, options);
        try
        {
            session.Run(options ?? uncancelled, InputNames, inputs, OutputNames, outputs);
        }
        catch (OnnxRuntimeException e)
        {
            cancellation.ThrowIfCancellationRequested();
            if (e.Message.Contains("Failed to allocate", StringComparison.Ordinal))
                throw new DeviceOutOfMemoryException("onnx", $"an intermediate result does not fit ({e.Message}); evaluate in smaller parts.", e);
            throw new DeviceUnavailableException("onnx", $"ONNX Runtime {OnnxRuntimeLibrary.Version} failed while it ran a graph: {e.Message}", e);
        }
    }

    private void Inspect(ReadOnlySpan<long> seen)
    {
        foreach (var check in checks)
        {
            if (check.Inspect(seen[..check.Length]) is { } error)
                throw error;
            seen = seen[check.Length..];
        }
    }

    private static unsafe OrtValue Bind(in TensorSpec spec, HostStorage buffer) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, (TensorElementType)(int)spec.DType.Onnx(), spec.Shape.ToArray(), (nint)buffer.Pointer, spec.ByteLength);
}
