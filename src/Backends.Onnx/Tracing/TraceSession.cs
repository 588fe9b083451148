namespace Nabla;

/// <summary>
/// Runs a function and records what it does. The function runs several times: first to let it make what it makes on demand (an optimizer
/// its moments), then once for each assignment of sizes. After each run captured tensors hold again what they held before.
/// </summary>
/// <param name="function">Takes over the inputs' counts; each result has one owner, the caller.</param>
/// <param name="examples">One example for each input.</param>
internal sealed class TraceSession(Func<DeviceTensor[], DeviceTensor[]> function, ExampleInput[] examples)
{
    /// <summary>Records a run for each assignment: the shapes of the inputs.</summary>
    public Trace[] Run(Shape[][] assignments)
    {
        using var leftovers = new Leftovers();
        _ = Run(assignments[0], leftovers);
        return [.. assignments.Select(shapes => Run(shapes, leftovers))];
    }

    private Trace Run(Shape[] shapes, Leftovers leftovers)
    {
        using var recorder = new TraceRecorder(leftovers);
        var inputs = new DeviceTensor[examples.Length];
        var data = new HostCopy[examples.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            (inputs[i], data[i]) = examples[i].Create(shapes[i]);
            recorder.Declare(inputs[i]);
        }

        DeviceTensor[] results;
        using (Ambient.Intercept(recorder))
            results = function(inputs);
        try
        {
            var trace = recorder.Finish(results);
            trace.InputData = data;
            trace.ResultData = [.. results.Select(HostCopy.OfAny)];
            return trace;
        }
        finally
        {
            foreach (var result in results)
                result.Storage.Release();
        }
    }
}
