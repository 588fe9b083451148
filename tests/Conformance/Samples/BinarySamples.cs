using Nabla.Tests.Reference;
using static Nabla.BinaryOp;

namespace Nabla.Tests.Samples;

internal static class BinarySamples
{
    /// <summary>PyTorch's NaN, whose sign bit is clear; double.NaN's is set, and ONNX has no operator that sees it.</summary>
    private static readonly double NaN = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000);

    private static readonly double[] Special = [0, -0.0, 1, -1, 0.5, 2.5, -3, NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Without infinities: PyTorch's floor_divide makes NaN of an infinite dividend, "rounded down" an infinity.</summary>
    private static readonly double[] Finite = [0, 1, -1, 0.5, 2.5, -3, double.NaN];

    private static readonly BinaryOp[] Operations =
    [
        Add, Sub, Mul, Div, FloorDivide, TruncDivide, Remainder, Fmod, Pow, Maximum, Minimum, Atan2, Hypot, Copysign, Eq, Ne, Lt, Le, Gt, Ge,
        LogicalAnd, LogicalOr, LogicalXor, BitwiseAnd, BitwiseOr, BitwiseXor, ShiftLeft, ShiftRight,
    ];

    public static IEnumerable<Sample> All() => Operations.SelectMany(Of).Append(Large()).Concat(Powers());

    /// <summary>Exponents that devices treat apart.</summary>
    private static IEnumerable<Sample> Powers() => new[] { 0, 1, 2, 3, -1, -2, 0.5, -0.5 }.Select(exponent => new Sample
    {
        Name = $"pow/to-{exponent}",
        Op = _ => Pow.With(ScalarSide.Right),
        Inputs = d => [d.Of([Special.Length], Special)],
        Scalars = _ => [exponent],
    });

    private static IEnumerable<Sample> Of(BinaryOp op)
    {
        var values = new Sample
        {
            Name = $"{op.Kind}/values",
            Op = _ => op,
            Inputs = d => [Left(op, d, [4, 17]), Right(op, d, [4, 17])],
            // Shifts of bools mean nothing (PyTorch has none), although the domain of bits holds bool: see Skips.
            DTypes = IsShift(op) ? Kinds.Integer : Kinds.Of(op.Domain),
            Slack = IsExact(op) ? 0 : 1,
            Smooth = op == Add || op == Sub || op == Mul || op == Div || op == Pow || op == Atan2 || op == Hypot || op == Copysign || op == Maximum || op == Minimum,
            Elementwise = true,
        };
        yield return values;
        if (Divides(op))
        {
            // Quotients well between whole numbers, where these have slopes (and floor and trunc have none).
            yield return values with
            {
                Name = $"{op.Kind}/between-steps",
                Inputs = d => [d.Of([6], 7.3, -7.4, 5.6, -5.7, 0.9, 12.2), d.Of([6], 2, 2.1, -1.7, -1.3, 2.5, 3.1)],
                DTypes = Kinds.Wide,
                Slack = 1,
                Smooth = true,
                Elementwise = false,
            };
        }

        yield return values with
        {
            Name = $"{op.Kind}/broadcast",
            Inputs = d => [Left(op, d, [3, 1, 5]), Right(op, d, [4, 1])],
            Elementwise = false,
        };
        yield return values with
        {
            Name = $"{op.Kind}/without-dimensions",
            Inputs = d => [Left(op, d, []), Right(op, d, [2, 3])],
            Elementwise = false,
        };
        yield return values with
        {
            Name = $"{op.Kind}/scalar-right",
            Op = _ => op.With(ScalarSide.Right),
            Inputs = d => [Left(op, d, [4, 17])],
            Scalars = t => [Number(op, t, right: true)],
        };
        yield return values with
        {
            Name = $"{op.Kind}/scalar-left",
            Op = _ => op.With(ScalarSide.Left),
            Inputs = d => [Right(op, d, [4, 17])],
            Scalars = t => [Number(op, t, right: false)],
        };
        if (op.Domain is OpDomain.Float or OpDomain.Numeric or OpDomain.Any)
        {
            // Products and quotients take the number as it is, sums and comparisons as a half type holds it: then it equals the last element.
            bool wide = op.ScalarType(DType.Float16) == DType.Float32;
            yield return values with
            {
                Name = $"{op.Kind}/scalar-that-no-half-holds-right",
                Op = _ => op.With(ScalarSide.Right),
                Inputs = d => [d.Of([5], 0.5, -0.25, 0.125, 2, 0.3333)],
                Scalars = _ => [wide ? 70001 : 0.3333],
                DTypes = [DType.Float16, DType.BFloat16],
                Smooth = false,
                Elementwise = false,
            };
            yield return values with
            {
                Name = $"{op.Kind}/scalar-that-no-half-holds-left",
                Op = _ => op.With(ScalarSide.Left),
                Inputs = d => [op == Mul ? d.Of([4], 0.5, -0.25, 0.125, 0.0625) : d.Of([5], 2, -4, 8, 3, 0.3333)],
                Scalars = _ => [wide ? 70001 : 0.3333],
                DTypes = [DType.Float16, DType.BFloat16],
                Smooth = false,
                Elementwise = false,
            };
        }

        yield return values with
        {
            Name = $"{op.Kind}/special",
            Inputs = d => Pairs(op, d),
            Smooth = false,
            Elementwise = false,
        };
    }

    /// <summary>Past the size at which devices split the work.</summary>
    private static Sample Large() => new()
    {
        Name = "add/large",
        Op = _ => Add,
        Inputs = d => [d.Uniform([301, 257], -5, 5), d.Uniform([301, 257], -5, 5)],
        DTypes = [DType.Float32, DType.Int32],
    };

    private static bool IsShift(BinaryOp op) => op == ShiftLeft || op == ShiftRight;

    private static bool IsExact(BinaryOp op) =>
        !(op == Add || op == Sub || op == Mul || op == Div || op == Pow || op == Atan2 || op == Hypot || op == Remainder || op == Fmod);

    private static Values Left(BinaryOp op, SampleData d, Shape shape)
    {
        if (!d.DType.IsFloatingPoint())
            return op == Pow ? d.Uniform(shape, -3, 3) : d.Uniform(shape, -100, 100);
        return op == Pow ? d.Uniform(shape, 0.3, 3) : Divides(op) ? d.Grid(shape, -20, 20) : Chooses(op) ? d.Distinct(shape) : d.Grid(shape, -5, 5);
    }

    private static Values Right(BinaryOp op, SampleData d, Shape shape)
    {
        if (!d.DType.IsFloatingPoint())
            return op == Pow ? d.Uniform(shape, 0, 5) : IsShift(op) ? d.Uniform(shape, 0, 9) : d.Grid(shape, -9, 9);
        return op == Pow ? d.Uniform(shape, -3, 3) : Chooses(op) ? d.Uniform(shape, -3.03, 3.01) : d.Grid(shape, -5, 5);
    }

    private static bool Divides(BinaryOp op) => op == FloorDivide || op == TruncDivide || op == Remainder || op == Fmod;

    private static bool Chooses(BinaryOp op) => op == Maximum || op == Minimum;

    private static Scalar Number(BinaryOp op, DType dtype, bool right)
    {
        if (dtype == DType.Bool)
            return true;
        if (!dtype.IsFloatingPoint())
            return op == Pow ? 3 : 5;
        return op == Pow ? (right ? 2.5 : 1.5) : Chooses(op) ? 0.3 : 1.75;
    }

    /// <summary>Every pair of special values; divisors of integers are not zero (that is an error sample).</summary>
    private static Values[] Pairs(BinaryOp op, SampleData d)
    {
        double[] left, right;
        if (d.DType.IsFloatingPoint())
            left = right = op == FloorDivide || op == TruncDivide ? Finite : Special;
        else if (d.DType == DType.Bool)
            left = right = [0, 1];
        else if (op == Pow)
            (left, right) = (d.Range.Low < 0 ? [-3, -2, -1, 0, 1, 2, 3] : [0, 1, 2, 3], d.Range.Low < 0 ? [-3, -2, -1, 0, 1, 2, 3, 40] : [0, 1, 2, 40]);
        else if (IsShift(op))
            (left, right) = ([d.Range.Low, d.Range.High, 1, 77], d.Range.Low < 0 ? [-1, 0, 1, 7, 8, 15, 16, 31, 32, 63, 64, 100] : [0, 1, 7, 8, 64]);
        else
            (left, right) = ([d.Range.Low, d.Range.High, 0, 1, d.Range.Low < 0 ? -1 : 2, 7], [d.Range.Low, d.Range.High, 1, d.Range.Low < 0 ? -1 : 2, d.Range.Low < 0 ? -3 : 3]);
        right = Divides(op) && !d.DType.IsFloatingPoint() ? [.. right.Where(x => x != 0)] : right;
        int count = left.Length * right.Length;
        var pairs = from a in left from b in right select (a, b);
        return [d.Of([count], pairs.Select(p => p.a).ToArray()), d.Of([count], pairs.Select(p => p.b).ToArray())];
    }
}
