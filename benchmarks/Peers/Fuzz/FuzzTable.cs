using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>What is compared: for each name a way to draw a trial. One function a line, written for both sides.</summary>
internal static partial class FuzzTable
{
    // specialOrder is 0 where only values are compared once operands hold NaN or infinities: there a product of 0 and infinity stands in one side's gradient and
    // not in the other's, or libtorch's vectorized loops and their remainders differ. special is false where that is so of values, or where C++ leaves them undefined.
    private static readonly Operand.Range Usual = new(-3, 3);

    public static IReadOnlyDictionary<string, Func<Dice, Trial>> All { get; } = Build();

    /// <summary>Those whose names hold one of several texts, with commas between; all where there is none.</summary>
    public static KeyValuePair<string, Func<Dice, Trial>>[] Matching(string? filter)
    {
        string[] parts = filter?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return [.. All.Where(r => parts.Length == 0 || Array.Exists(parts, r.Key.Contains))];
    }

    private static Dictionary<string, Func<Dice, Trial>> Build()
    {
        var table = new Dictionary<string, Func<Dice, Trial>>();
        AddUnary(table);
        AddBinary(table);
        AddReductions(table);
        AddViews(table);
        AddMovement(table);
        AddProducts(table);
        AddActivations(table);
        AddLosses(table);
        AddNorms(table);
        return table;
    }

    /// <summary>A function of one tensor of any shape.</summary>
    private static Func<Dice, Trial> Unary(
        Func<Tensor, Tensor> ours, Func<Torch.Tensor, Torch.Tensor> peers, double low = -3, double high = 3, double slack = 1, int order = 2, Func<Dice, DType>? type = null, bool special = true, int specialOrder = 2) => dice =>
    {
        bool some = special && dice.Chance(0.3);
        var x = Operand.Draw(dice, dice.Shape(), type is null ? dice.AnyType() : type(dice), new(low, high), some);
        return new([x], o => ours(o[0].Ours), o => peers(o[0].Peers)) { Slack = slack, Order = some ? Math.Min(order, specialOrder) : order };
    };

    /// <summary>A function of two tensors that broadcast, of one element type or two.</summary>
    private static Func<Dice, Trial> Binary(
        Func<Tensor, Tensor, Tensor> ours, Func<Torch.Tensor, Torch.Tensor, Torch.Tensor> peers, double low = -3, double high = 3, double slack = 1, int order = 2, Func<Dice, DType>? type = null, bool special = true, int specialOrder = 2) => dice =>
    {
        type ??= d => d.AnyType();
        long[] shape = dice.Shape(), beside = dice.Beside(shape);
        var (first, second) = dice.Chance() ? (shape, beside) : (beside, shape);
        var dtype = type(dice);
        bool some = special && dice.Chance(0.3);
        Operand[] operands = [Operand.Draw(dice, first, dtype, new(low, high), some), Operand.Draw(dice, second, dice.Chance() ? dtype : type(dice), new(low, high), some)];
        return new(operands, o => ours(o[0].Ours, o[1].Ours), o => peers(o[0].Peers, o[1].Peers)) { Slack = slack, Order = some ? Math.Min(order, specialOrder) : order };
    };

    /// <summary>A function of a tensor and a number: a whole one, a broken one or a bool.</summary>
    private static Func<Dice, Trial> WithNumber(Func<Tensor, Scalar, Tensor> ours, Func<Torch.Tensor, TorchSharp.Scalar, Torch.Tensor> peers, int order = 2, Func<Dice, DType>? type = null) => dice =>
    {
        var x = Operand.Draw(dice, dice.Shape(), type is null ? dice.AnyType() : type(dice), Usual, special: dice.Chance(0.3));
        var (whole, broken, flag) = ((long)dice.Between(-3, 3), Math.Round(dice.Real(-3, 3), 2), dice.Chance());
        return dice.Between(0, 2) switch
        {
            0 => Call(whole, whole),
            1 => Call(broken, broken),
            _ => Call(flag, flag),
        };

        Trial Call(Scalar mine, TorchSharp.Scalar theirs) =>
            new([x], o => ours(o[0].Ours, mine), o => peers(o[0].Peers, theirs)) { Arguments = $"{mine}", Order = order };
    };

    /// <summary>A function of a tensor along one of its dimensions.</summary>
    private static Func<Dice, Trial> Along(
        Func<Tensor, int, bool, Tensor> ours, Func<Torch.Tensor, long, bool, Torch.Tensor> peers, double slack = 1, int order = 2, Func<Dice, DType>? type = null, bool special = true, int specialOrder = 2) => dice =>
    {
        bool some = special && dice.Chance(0.3);
        var x = Operand.Draw(dice, dice.Shape(), type is null ? dice.AnyType() : type(dice), Usual, some);
        int dim = dice.Dim(x.Ours.Dim);
        bool keep = dice.Chance();
        return new([x], o => ours(o[0].Ours, dim, keep), o => peers(o[0].Peers, dim, keep)) { Arguments = $"dim {dim}, keepDim {keep}", Slack = slack, Order = some ? Math.Min(order, specialOrder) : order };
    };

    /// <summary>Operands of one element type and given shapes, without special values.</summary>
    private static Operand[] Operands(Dice dice, DType dtype, params long[][] shapes) => [.. shapes.Select(shape => Operand.Draw(dice, shape, dtype, Usual))];
}
