namespace Nabla;

/// <summary>How a model is exported.</summary>
public sealed class OnnxExportOptions
{
    /// <summary>The default of <see cref="Opset"/>.</summary>
    public const int DefaultOpset = 21;

    /// <summary>The default of <see cref="IrVersion"/>.</summary>
    public const int DefaultIrVersion = 10;

    /// <summary>The default of <see cref="Verify"/>.</summary>
    public const bool DefaultVerify = true;

    /// <summary>The version of ONNX's operators that the model uses: 18 to 21.</summary>
    /// <value>21: from 22 on some operators have no kernel for the CPU in ONNX Runtime.</value>
    public int Opset { get; set; } = DefaultOpset;

    /// <summary>The version of the file format: 8 to 10.</summary>
    /// <value>10: what belongs to opset 21.</value>
    public int IrVersion { get; set; } = DefaultIrVersion;

    /// <summary>
    /// Whether the model is run in ONNX Runtime and compared with what the engine computed. Where the native library is missing nothing is
    /// compared; <see cref="OnnxModel.IsVerified"/> tells.
    /// </summary>
    /// <value>true: a model that computes something else is found when it is written, not when it is used.</value>
    public bool Verify { get; set; } = DefaultVerify;

    /// <summary>
    /// How far the verified model may be off: the largest difference, divided by the largest magnitude of the same result (or by 1, if that
    /// is larger). Integers and bools must agree.
    /// </summary>
    /// <value>null: by the element type: 1e-3 for float32, 1e-6 for float64, 2e-2 for half types.</value>
    public double? Tolerance { get; set; }

    /// <summary>The graph's name.</summary>
    /// <value>null: the module's class, or <c>function</c>.</value>
    public string? Name { get; set; }

    /// <summary>What the model is, in words: its <c>doc_string</c>.</summary>
    /// <value>null: none.</value>
    public string? Description { get; set; }

    /// <summary>Remarks that travel with the model: its <c>metadata_props</c>.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>The names of the inputs.</summary>
    /// <value>null: <c>input</c>, or <c>input0</c>, <c>input1</c>, … where there are several.</value>
    public IReadOnlyList<string>? InputNames { get; set; }

    /// <summary>The names of the outputs.</summary>
    /// <value>null: <c>output</c>, or <c>output0</c>, <c>output1</c>, … where there are several.</value>
    public IReadOnlyList<string>? OutputNames { get; set; }

    /// <summary>Beyond so many bytes weights go into a file of their own: the format of the model ends at 2 GB.</summary>
    internal long ExternalDataThreshold { get; set; } = int.MaxValue - (64L << 20);
}
