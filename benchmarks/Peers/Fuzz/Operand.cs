using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>The same tensor on both sides: a leaf, and the view of it that the operation gets.</summary>
internal sealed class Operand
{
    private static readonly double[] Specials = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 0.5];
    private static readonly Dictionary<DType, Torch.ScalarType> PeerTypes = new()
    {
        [DType.Bool] = Torch.ScalarType.Bool,
        [DType.UInt8] = Torch.ScalarType.Byte,
        [DType.Int8] = Torch.ScalarType.Int8,
        [DType.Int16] = Torch.ScalarType.Int16,
        [DType.Int32] = Torch.ScalarType.Int32,
        [DType.Int64] = Torch.ScalarType.Int64,
        [DType.Float16] = Torch.ScalarType.Float16,
        [DType.BFloat16] = Torch.ScalarType.BFloat16,
        [DType.Float32] = Torch.ScalarType.Float32,
        [DType.Float64] = Torch.ScalarType.Float64,
    };

    private readonly string _text;

    private Operand(Tensor ours, Torch.Tensor peers, Layer view, bool asksForGradient)
    {
        AsksForGradient = asksForGradient;
        ours.RequiresGrad = asksForGradient;
        peers.requires_grad = asksForGradient;
        (OurLeaf, PeerLeaf) = (ours, peers);
        (Ours, Peers) = (view.Ours(ours), view.Peers(peers));
        _text = $"{ours.DType.Name()}{Ours.Shape}{view.Name}{(asksForGradient ? " with gradient" : "")}";
    }

    public Tensor Ours { get; }

    public Torch.Tensor Peers { get; }

    public Tensor OurLeaf { get; }

    public Torch.Tensor PeerLeaf { get; }

    public bool AsksForGradient { get; }

    public static Torch.ScalarType PeerType(DType dtype) => PeerTypes[dtype];

    /// <summary>Numbers between two bounds in some layout; where a trial has special values, some of them.</summary>
    public static Operand Draw(Dice dice, long[] shape, DType dtype, Range range, bool special = false)
    {
        var view = Layer.Draw(dice, shape);
        bool floating = dtype.IsFloatingPoint(), whole = !floating || dice.Chance(0.25);
        var values = Values(view.Base, () =>
        {
            if (special && floating && dice.Chance(0.15))
                return dice.Pick(Specials);
            double value = dice.Real(range.Low, range.High);
            value = whole ? Math.Round(value) : value;
            return dtype == DType.UInt8 ? Math.Abs(value) : dtype == DType.Bool ? value > 0 ? 1 : 0 : value;
        });
        var peers = Torch.tensor(values, view.Base, Torch.ScalarType.Float64).to_type(PeerType(dtype)).clone();
        return new(Tensor.From<double>(values, view.Base).To(dtype).Clone(), peers, view, floating && dice.Chance(0.8));
    }

    /// <summary>Positions from 0 up to a size.</summary>
    public static Operand Positions(Dice dice, long[] shape, long size)
    {
        long[] values = Values(shape, () => (long)dice.Between(0, (int)Math.Max(0, size - 1)));
        return new(Tensor.From<long>(values, shape), Torch.tensor(values, shape, Torch.ScalarType.Int64), Layer.Whole(shape), false);
    }

    public override string ToString() => _text;

    private static T[] Values<T>(long[] shape, Func<T> next)
    {
        var values = new T[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
            values[i] = next();
        return values;
    }

    /// <summary>Bounds of numbers.</summary>
    public readonly record struct Range(double Low, double High);
}
