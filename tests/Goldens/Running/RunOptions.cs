namespace Nabla.Goldens;

/// <summary>The command line.</summary>
internal sealed record RunOptions
{
    private const string Usage = "Usage: Nabla.Goldens [--data DIR] [--device cpu|opencl:0|onnx:cpu] [--family NAME] [--op NAME] [--id ID] [--verbose]";

    /// <summary>The folder of reference data; null for the default one.</summary>
    public string? Data { get; private set; }

    /// <summary>The device that computes.</summary>
    public string Device { get; private set; } = "cpu";

    /// <summary>Only this family.</summary>
    public string? Family { get; private set; }

    /// <summary>Only this operation (or module, optimizer, program …).</summary>
    public string? Op { get; private set; }

    /// <summary>Only this case.</summary>
    public string? Id { get; private set; }

    /// <summary>Whether each failure is printed.</summary>
    public bool Verbose { get; private set; }

    public static RunOptions? Parse(string[] args, out string? complaint)
    {
        var options = new RunOptions();
        complaint = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--verbose")
            {
                options.Verbose = true;
                continue;
            }

            string? value = i + 1 < args.Length ? args[i + 1] : null;
            if (value is null || !options.Set(args[i], value))
            {
                complaint = $"Not understood: '{args[i]}'. {Usage}";
                return null;
            }

            i++;
        }

        return options;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--data": Data = value; return true;
            case "--device": Device = value; return true;
            case "--family": Family = value; return true;
            case "--op": Op = value; return true;
            case "--id": Id = value; return true;
            default: return false;
        }
    }
}
