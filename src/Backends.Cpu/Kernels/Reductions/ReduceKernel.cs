using System.Numerics;

namespace Nabla;

/// <summary><see cref="ReduceOp"/>: one family of reductions, for every element type.</summary>
internal sealed unsafe class ReduceKernel(Func<DType, ReduceKernel.Entry> create) : CpuKernel
{
    private readonly Entry?[] _entries = new Entry?[DTypes.Count];

    public static ReduceKernel Sum() => new(Visit<Sums>);

    public static ReduceKernel Prod() => new(Visit<Products>);

    public static ReduceKernel Max() => new(VisitNumber<Largest>);

    public static ReduceKernel Min() => new(VisitNumber<Smallest>);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var x = call.Inputs[0];
        var type = ElementType.Of(x.DType);
        var entry = _entries[(int)x.DType] ??= create(x.DType);
        var output = new DenseOutput(device, call, outputs);
        ReduceNest.Create(x.Shape, x.Layout.Strides, ((ReduceOp)call.Op).Axes.AsSpan(), type.Size, out var nest);
        entry.Run(device, &nest, Operand.Host(x), type, output.Pointer, 1);
        output.Finish();
    }

    private static Entry Visit<TFamily>(DType dtype) where TFamily : struct, IDTypeVisitor<Entry> => dtype.Visit<TFamily, Entry>(default);

    private static Entry VisitNumber<TFamily>(DType dtype) where TFamily : struct, INumberVisitor<Entry> => dtype.VisitNumber<TFamily, Entry>(default);

    /// <summary>A reduction of one element type.</summary>
    internal sealed class Entry(delegate*<CpuDevice, ReduceNest*, byte*, ElementType, byte*, double, void> run)
    {
        public readonly delegate*<CpuDevice, ReduceNest*, byte*, ElementType, byte*, double, void> Run = run;
    }

    private readonly struct Sums : IDTypeVisitor<Entry>
    {
        public Entry Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Entry IDTypeVisitor<Entry>.Integer<T>() => new(&Reducer<SumReduction<T, long>, T, long>.Run);

        Entry IDTypeVisitor<Entry>.Float<T>() => new(&Reducer<SumReduction<T, double>, T, double>.Run);
    }

    private readonly struct Products : IDTypeVisitor<Entry>
    {
        public Entry Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Entry IDTypeVisitor<Entry>.Integer<T>() => new(&Reducer<ProdReduction<T, long>, T, long>.Run);

        Entry IDTypeVisitor<Entry>.Float<T>() => new(&Reducer<ProdReduction<T, double>, T, double>.Run);
    }

    private readonly struct Largest : INumberVisitor<Entry>
    {
        Entry INumberVisitor<Entry>.Number<T>() => new(&Reducer<ChoiceReduction<NumberOperators.Maximum, T>, T, T>.Run);
    }

    private readonly struct Smallest : INumberVisitor<Entry>
    {
        Entry INumberVisitor<Entry>.Number<T>() => new(&Reducer<ChoiceReduction<NumberOperators.Minimum, T>, T, T>.Run);
    }
}
