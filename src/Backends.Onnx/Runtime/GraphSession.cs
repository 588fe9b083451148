using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Nabla;

/// <summary>A model that ONNX Runtime has compiled. It serves every size whose lowering gives the same model.</summary>
internal sealed class GraphSession(InferenceSession session, LoweredGraph lowered) : IDisposable
{
    private readonly string[] _inputNames = lowered.InputNames, _outputNames = lowered.OutputNames;

    public ByteString Model { get; } = lowered.Model;

    /// <summary>An estimate of the memory that it takes. Measured: a session of one node takes some 60 KB, each further one 3 KB.</summary>
    public long Bytes { get; } = (60L << 10) + (lowered.NodeCount * (3L << 10)) + lowered.Model.Length;

    /// <summary>Graphs that use it and are not disposed: for the cache, under its lock.</summary>
    public int Users { get; set; }

    /// <summary>Those of them that are kept in the cache.</summary>
    public int Kept { get; set; }

    public void Run(OrtValue[] inputs, OrtValue[] outputs, RunOptions uncancelled, CancellationToken cancellation)
    {
        // Options that were told to terminate stay so: a run that may be cancelled has its own.
        using var options = cancellation.CanBeCanceled ? new RunOptions() : null;
        using var registration = cancellation.Register(static o => ((RunOptions)o!).Terminate = true, options);
        try
        {
            session.Run(options ?? uncancelled, _inputNames, inputs, _outputNames, outputs);
        }
        catch (OnnxRuntimeException e)
        {
            cancellation.ThrowIfCancellationRequested();
            if (OnnxRuntimeLibrary.IsOutOfMemory(e))
                throw new DeviceOutOfMemoryException("onnx", $"an intermediate result does not fit ({e.Message}); evaluate in smaller parts, or keep fewer graphs (OnnxOptions.MaxSessions).", e);
            throw new DeviceUnavailableException("onnx", $"ONNX Runtime {OnnxRuntimeLibrary.Version} failed while it ran a graph: {e.Message}", e);
        }
    }

    public void Dispose() => session.Dispose();
}
