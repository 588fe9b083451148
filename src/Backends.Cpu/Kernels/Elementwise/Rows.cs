using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Makes rows from operators: which element types an operator has is the interface that it implements.</summary>
internal static unsafe class Rows
{
    public static Func<DType, Row> Number<TOp>(int cost = 1) where TOp : struct, INumberUnary => d => d.VisitNumber<NumberUnaryRows<TOp>, Row>(new(cost));

    /// <summary>A function without a vector form: what docs/adding-an-op.md begins with.</summary>
    public static Func<DType, Row> Float<TOp>(int cost = 8) where TOp : struct, IFloatUnary => d => d.Visit<FloatUnaryRows<TOp>, Row>(new(cost));

    /// <summary>A function with a vector form for float32.</summary>
    public static Func<DType, Row> Float32<TOp>(int cost = 4) where TOp : struct, IFloat32Unary => d => d.Visit<Float32UnaryRows<TOp>, Row>(new(cost));

    /// <summary>A function with a vector form for both floats.</summary>
    public static Func<DType, Row> VectorFloat<TOp>(int cost = 2) where TOp : struct, IVectorFloatUnary => d => d.Visit<VectorFloatRows<TOp>, Row>(new(cost));

    /// <summary>A function with vector forms of its own for float32 and for float64.</summary>
    public static Func<DType, Row> BothFloats<TOp>(int cost = 4) where TOp : struct, IFloat64Unary => d => d.Visit<BothFloatsRows<TOp>, Row>(new(cost));

    /// <summary>A function with a vector form for float32 that computes in float64.</summary>
    public static Func<DType, Row> Wide<TOp>(int cost = 10) where TOp : struct, IWideUnary => d => d.Visit<WideUnaryRows<TOp>, Row>(new(cost));

    /// <summary>The same with another vector form for float64.</summary>
    public static Func<DType, Row> Wide64<TOp>(int cost = 10) where TOp : struct, IWide64Unary => d => d.Visit<Wide64UnaryRows<TOp>, Row>(new(cost));

    public static Func<DType, Row> Rounding<TOp>() where TOp : struct, IVectorFloatUnary => d => d.Visit<RoundingRows<TOp>, Row>(default);

    public static Func<DType, Row> Test<TOp>() where TOp : struct, INumberTest => d => d.VisitNumber<TestRows<TOp>, Row>(default);

    public static Func<DType, Row> Number2<TOp>(int cost = 1) where TOp : struct, INumberBinary => d => d.VisitNumber<NumberBinaryRows<TOp>, Row>(new(cost));

    /// <summary>A function of two float32, for fused composites.</summary>
    public static Func<DType, Row> Float32Pair<TMap>(int cost = 8) where TMap : struct, IVectorMap2<float> => _ => VectorBinaryRow<TMap, float>.Create(cost);

    /// <summary>A function of two floats with a vector form for both.</summary>
    public static Func<DType, Row> VectorFloat2<TOp>(int cost = 1) where TOp : struct, IVectorFloatBinary => d => d.Visit<VectorFloatBinaryRows<TOp>, Row>(new(cost));

    /// <summary>A function of two floats with a vector form for float32 that computes in float64.</summary>
    public static Func<DType, Row> Wide2<TOp>(int cost = 8) where TOp : struct, IWideBinary => d => d.Visit<WideBinaryRows<TOp>, Row>(new(cost));

    /// <summary>A function of two integers, of which the cost is, or of two floats with a vector form for both.</summary>
    public static Func<DType, Row> Split2<TOp>(int cost = 8) where TOp : struct, IIntegerBinary, IVectorFloatBinary => d => d.Visit<SplitBinaryRows<TOp>, Row>(new(cost));

    /// <summary>The same with a vector form for float32 that computes in float64.</summary>
    public static Func<DType, Row> SplitWide2<TOp>(int cost = 8) where TOp : struct, IIntegerBinary, IWideBinary => d => d.Visit<SplitWideBinaryRows<TOp>, Row>(new(cost));

    public static Func<DType, Row> Integer2<TOp>(int cost = 1) where TOp : struct, IIntegerBinary => d => d.Visit<IntegerBinaryRows<TOp>, Row>(new(cost));

    public static Func<DType, Row> Bitwise<TOp>() where TOp : struct, IBitwise => d => d.Visit<BitwiseRows<TOp>, Row>(default);

    public static Func<DType, Row> Compare<TOp>() where TOp : struct, IComparison => d => d.VisitNumber<CompareRows<TOp>, Row>(default);

    public static Func<DType, Row> Complement() => static d => d.Visit<ComplementRows, Row>(default);

    private static Row WideOrScalar<TOp, T>(int cost) where TOp : struct, IWideBinary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) && (Vector128.IsHardwareAccelerated || !TOp.RoundsOnItsWay)
            ? new(&WideBinaryRow<TOp>.Run, cost / 2)
            : TOp.IsExact && typeof(T) == typeof(double) ? VectorBinaryRow<WideMap2<TOp>, double>.Create(cost) : new(&BinaryRow<FloatMap2<TOp, T>, T, T>.Run, cost);

    private readonly struct NumberUnaryRows<TOp>(int cost) : INumberVisitor<Row> where TOp : struct, INumberUnary
    {
        Row INumberVisitor<Row>.Number<T>() => VectorUnaryRow<Map<T>, T>.Create(cost);

        private readonly struct Map<T> : IVectorMap<T> where T : unmanaged, INumber<T>
        {
            public static T Apply(T x) => TOp.Apply(x);

            public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(x);
        }
    }

    private readonly struct FloatUnaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IFloatUnary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => new(&UnaryRow<FloatMap<TOp, T>, T, T>.Run, cost);
    }

    private readonly struct WideUnaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IWideUnary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => typeof(T) == typeof(float)
            ? new(&WideUnaryRow<TOp>.Run, cost)
            : TOp.IsExact ? VectorUnaryRow<WideMap<TOp>, double>.Create(2 * cost) : new(&UnaryRow<FloatMap<TOp, T>, T, T>.Run, 2 * cost);
    }

    private readonly struct Wide64UnaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IWide64Unary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => typeof(T) == typeof(float)
            ? new(&WideUnaryRow<TOp>.Run, cost)
            : VectorUnaryRow<Map, double>.Create(2 * cost);

        private readonly struct Map : IVectorMap<double>
        {
            public static double Apply(double x) => TOp.Apply(x);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => TOp.Apply64<V, L>(x);
        }
    }

    /// <summary>Integers are their own floor.</summary>
    private readonly struct RoundingRows<TOp> : IDTypeVisitor<Row> where TOp : struct, IVectorFloatUnary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => new(&CopyRow<T>.Run);

        Row IDTypeVisitor<Row>.Float<T>() => VectorUnaryRow<VectorFloatMap<TOp, T>, T>.Create();
    }

    private readonly struct VectorFloatRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IVectorFloatUnary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => VectorUnaryRow<VectorFloatMap<TOp, T>, T>.Create(cost);
    }

    private readonly struct Float32UnaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IFloat32Unary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => typeof(T) == typeof(float)
            ? VectorUnaryRow<Float32Map<TOp>, float>.Create(cost)
            : new(&UnaryRow<FloatMap<TOp, T>, T, T>.Run, 2 * cost);
    }

    private readonly struct BothFloatsRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IFloat64Unary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => typeof(T) == typeof(float)
            ? VectorUnaryRow<Float32Map<TOp>, float>.Create(cost)
            : VectorUnaryRow<Map, double>.Create(4 * cost);

        private readonly struct Map : IVectorMap<double>
        {
            public static double Apply(double x) => TOp.Apply(x);

            public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => TOp.Apply64<V, L>(x);
        }
    }

    private readonly struct Float32Map<TOp> : IVectorMap<float> where TOp : struct, IFloat32Unary
    {
        public static void Prepare() => TOp.Prepare();

        public static float Apply(float x) => TOp.Apply(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => TOp.Apply<V, L>(x);
    }

    private readonly struct VectorFloatMap<TOp, T> : IVectorMap<T> where TOp : struct, IVectorFloatUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Apply(T x) => TOp.Apply(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(x);
    }

    private readonly struct FloatMap<TOp, T> : IMap<T, T> where TOp : struct, IFloatUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Apply(T x) => TOp.Apply(x);
    }

    private readonly struct TestRows<TOp> : INumberVisitor<Row> where TOp : struct, INumberTest
    {
        Row INumberVisitor<Row>.Number<T>() => new(&TestRow<TOp, T>.Run);
    }

    private readonly struct ComplementRows : IDTypeVisitor<Row>
    {
        public Row Bool() => new(&TestRow<ComparisonOperators.IsZero, byte>.Run);

        Row IDTypeVisitor<Row>.Integer<T>() => VectorUnaryRow<Map<T>, T>.Create();

        Row IDTypeVisitor<Row>.Float<T>() => throw DTypeSwitch.OutsideDomain("float");

        private readonly struct Map<T> : IVectorMap<T> where T : unmanaged, IBinaryInteger<T>
        {
            public static T Apply(T x) => ~x;

            public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, T> => L.Not(x);
        }
    }

    private readonly struct NumberBinaryRows<TOp>(int cost) : INumberVisitor<Row> where TOp : struct, INumberBinary
    {
        Row INumberVisitor<Row>.Number<T>() => VectorBinaryRow<NumberMap2<TOp, T>, T>.Create(cost);
    }

    private readonly struct VectorFloatBinaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IVectorFloatBinary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => VectorBinaryRow<VectorFloatMap2<TOp, T>, T>.Create(cost);
    }

    private readonly struct WideBinaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IWideBinary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => throw DTypeSwitch.OutsideDomain("integer");

        Row IDTypeVisitor<Row>.Float<T>() => WideOrScalar<TOp, T>(cost);
    }

    private readonly struct SplitBinaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IIntegerBinary, IVectorFloatBinary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => new(&BinaryRow<IntegerMap2<TOp, T>, T, T>.Run, cost);

        Row IDTypeVisitor<Row>.Float<T>() => VectorBinaryRow<VectorFloatMap2<TOp, T>, T>.Create(2);
    }

    private readonly struct SplitWideBinaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IIntegerBinary, IWideBinary
    {
        public Row Bool() => throw DTypeSwitch.OutsideDomain("bool");

        Row IDTypeVisitor<Row>.Integer<T>() => new(&BinaryRow<IntegerMap2<TOp, T>, T, T>.Run, cost);

        Row IDTypeVisitor<Row>.Float<T>() => WideOrScalar<TOp, T>(cost);
    }

    private readonly struct IntegerBinaryRows<TOp>(int cost) : IDTypeVisitor<Row> where TOp : struct, IIntegerBinary
    {
        public Row Bool() => new(&BinaryRow<BoolMap, byte, byte>.Run, cost);

        Row IDTypeVisitor<Row>.Integer<T>() => new(&BinaryRow<IntegerMap2<TOp, T>, T, T>.Run, cost);

        Row IDTypeVisitor<Row>.Float<T>() => throw DTypeSwitch.OutsideDomain("float");

        /// <summary>A bool is an integer of one bit.</summary>
        private readonly struct BoolMap : IMap2<byte, byte>
        {
            public static byte Apply(byte a, byte b) => (byte)(TOp.Integer(a, b) & 1);
        }
    }

    private readonly struct BitwiseRows<TOp> : IDTypeVisitor<Row> where TOp : struct, IBitwise
    {
        public Row Bool() => VectorBinaryRow<Map<byte>, byte>.Create();

        Row IDTypeVisitor<Row>.Integer<T>() => VectorBinaryRow<Map<T>, T>.Create();

        Row IDTypeVisitor<Row>.Float<T>() => throw DTypeSwitch.OutsideDomain("float");

        private readonly struct Map<T> : IVectorMap2<T> where T : unmanaged, IBinaryInteger<T>
        {
            public static T Apply(T a, T b) => TOp.Apply(a, b);

            public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(a, b);
        }
    }

    private readonly struct CompareRows<TOp> : INumberVisitor<Row> where TOp : struct, IComparison
    {
        Row INumberVisitor<Row>.Number<T>() => new(&RelationRow<RelationMap<TOp, T>, T>.Run);
    }

    private readonly struct FloatMap2<TOp, T> : IMap2<T, T> where TOp : struct, IFloatBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Apply(T a, T b) => TOp.Float(a, b);
    }

    private readonly struct VectorFloatMap2<TOp, T> : IVectorMap2<T> where TOp : struct, IVectorFloatBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Apply(T a, T b) => TOp.Float(a, b);

        public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(a, b);
    }

    private readonly struct IntegerMap2<TOp, T> : IMap2<T, T> where TOp : struct, IIntegerBinary where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public static T Apply(T a, T b) => TOp.Integer(a, b);
    }
}
