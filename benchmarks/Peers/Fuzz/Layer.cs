using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>A way to see a tensor of one shape in another, written for both sides: what an operation is given is rarely dense.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Base">The shape that is seen.</param>
/// <param name="Ours">The view on Nabla's side.</param>
/// <param name="Peers">The view on the peer's.</param>
internal sealed record Layer(string Name, long[] Base, Func<Tensor, Tensor> Ours, Func<Torch.Tensor, Torch.Tensor> Peers)
{
    public static Layer Whole(long[] shape) => new("", shape, x => x, x => x);

    /// <summary>Some view that has a shape.</summary>
    public static Layer Draw(Dice dice, long[] shape)
    {
        int rank = shape.Length;
        if (rank == 0)
            return Whole(shape);
        int axis = dice.Between(0, rank - 1);
        switch (dice.Between(0, dice.IsLarge ? 14 : 7)) // where it is timed, most are dense, as in programs
        {
            case 0:
                int other = dice.Between(0, rank - 1);
                return new(" transposed", With(With(shape, axis, shape[other]), other, shape[axis]), x => x.Transpose(axis, other), x => x.transpose(axis, other));
            case 1:
                return new(" sliced", With(shape, axis, (shape[axis] * 2) + 1), x => x.Slice(axis, 1, null, 2), x => x.slice(axis, 1, long.MaxValue, 2));
            case 2 when shape[axis] > 0:
                return new(" expanded", With(shape, axis, 1), x => x.Expand(shape), x => x.expand(shape));
            case 3:
                return new(" selected", [2, .. shape], x => x.Select(0, 1), x => x.select(0, 1));
            case 4 when shape[^1] <= 130:
                return new(" diagonal", [shape[^1], .. shape], x => x.Diagonal(0, 0, -1), x => x.diagonal(0, 0, -1));
            case 5 when rank >= 2 && shape[^1] > 0 && shape[^2] > 0:
                return new(
                    " windows", [.. shape[..^2], shape[^2] + shape[^1] - 1], x => x.Unfold(-1, shape[^1], 1), x => x.unfold(-1, shape[^1], 1));
            default:
                return Whole(shape);
        }
    }

    private static long[] With(long[] shape, int axis, long size)
    {
        long[] changed = [.. shape];
        changed[axis] = size;
        return changed;
    }
}
