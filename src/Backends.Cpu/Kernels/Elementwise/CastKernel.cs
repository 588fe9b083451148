using System.Numerics;

namespace Nabla;

/// <summary><see cref="CastOp"/>, for every pair of element types.</summary>
internal sealed class CastKernel : CpuKernel
{
    private readonly RowTable?[] _rows = new RowTable?[DTypes.Count];

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var x = call.Inputs[0];
        var y = Output(device, call, outputs);
        if (x.DType == y.DType)
            Copies.Run(device.Workers, y, x);
        else
            ElementwiseLoop.Run(device.Workers, RowOf(x.DType, y.DType), new(y, ElementType.Of(y.DType)), new(x, ElementType.Of(x.DType)));
    }

    public Row RowOf(DType from, DType to) => (_rows[(int)from] ??= new RowTable(to => from.VisitNumber<From, Row>(new(from, to))))[to];

    private readonly struct From(DType from, DType to) : INumberVisitor<Row>
    {
        unsafe Row INumberVisitor<Row>.Number<T>()
        {
            if (to == DType.Bool)
                return new(&TestRow<ComparisonOperators.IsNotZero, T>.Run);
            // Half types are read and written by the loop itself: what is left between float types is a copy.
            return from.Accumulator() == to.Accumulator() ? new(&CopyRow<T>.Run) : to.VisitNumber<To<T>, Row>(default);
        }
    }

    private readonly struct To<TFrom> : INumberVisitor<Row> where TFrom : unmanaged, INumber<TFrom>
    {
        Row INumberVisitor<Row>.Number<T>() => CastRow<Convert<TFrom, T>, TFrom, T>.Create();
    }

    /// <summary>Integers keep their low bits. Floats truncate; through 64 bits for the small integers, so that -1 becomes 255 as in PyTorch.</summary>
    private readonly struct Convert<TFrom, T> : IMap<TFrom, T> where TFrom : unmanaged, INumber<TFrom> where T : unmanaged, INumber<T>
    {
        public static T Apply(TFrom x)
        {
            bool narrows = (typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double))
                && (typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(int));
            return narrows ? T.CreateTruncating(long.CreateTruncating(x)) : T.CreateTruncating(x);
        }
    }
}
