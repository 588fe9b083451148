namespace Nabla;

/// <summary>The column of lowerings: what each operation becomes in ONNX. The running device and the exporter share it.</summary>
internal static class Lowerings
{
    /// <summary>The column.</summary>
    public static OpColumn<Lowering> Column { get; } = Build();

    /// <summary>Whether a kind has an entry.</summary>
    public static bool Has(OpKind kind) => Column.TryGet(kind, out _);

    /// <summary>Appends the nodes of an operation, a primitive or a view; returns its outputs.</summary>
    /// <exception cref="UnsupportedOpException">The operation has no lowering.</exception>
    public static GraphValue[] Lower(GraphBuilder graph, Op op, GraphValue[] inputs, TensorSpec[] outputs, IScalarSource scalars, uint[]? varyingAxes = null)
    {
        var lowering = Column[op.Kind] ?? throw new UnsupportedOpException(
            op.Kind.Name, "the operation has no form in ONNX; compute it on another device, or outside the part that is exported.");
        return lowering(new LoweringCall(graph, op, inputs, outputs, scalars) { VaryingAxes = varyingAxes ?? [] });
    }

    private static OpColumn<Lowering> Build()
    {
        var column = new OpColumn<Lowering>();
        CreationLowerings.AddTo(column);
        RandomBitsLowering.AddTo(column);
        UnaryLowerings.AddTo(column);
        BinaryLowerings.AddTo(column);
        DivisionLowerings.AddTo(column);
        PowLowering.AddTo(column);
        ShiftLowerings.AddTo(column);
        ConversionLowerings.AddTo(column);
        ReduceLowerings.AddTo(column);
        ArgReduceLowerings.AddTo(column);
        MatMulLowering.AddTo(column);
        GatherLowering.AddTo(column);
        ScatterAddLowering.AddTo(column);
        ConcatLowering.AddTo(column);
        PadLowering.AddTo(column);
        SliceScatterLowering.AddTo(column);
        AssertLowering.AddTo(column);
        ViewLowerings.AddTo(column);
        return column;
    }
}
