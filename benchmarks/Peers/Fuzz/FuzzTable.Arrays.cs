using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <content>Reductions, views and movement.</content>
internal static partial class FuzzTable
{
    private static void AddReductions(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["sum"] = Along((x, d, k) => x.Sum(d, k), (x, d, k) => x.sum(d, k));
        table["sum of all"] = Unary(x => x.Sum(), x => x.sum());
        table["mean"] = Along((x, d, k) => x.Mean(d, k), (x, d, k) => x.mean([d], k));
        table["prod"] = Along((x, d, k) => x.Prod(d, k), (x, d, k) => x.prod(d, k), slack: 4, order: 1, specialOrder: 0);
        table["amax"] = Along((x, d, k) => x.AMax(d, k), (x, d, k) => x.amax([d], k), specialOrder: 0);
        table["amin"] = Along((x, d, k) => x.AMin(d, k), (x, d, k) => x.amin([d], k), specialOrder: 0);
        table["max of all"] = Unary(x => x.Max(), x => x.max());
        table["argmax"] = Along((x, d, k) => x.ArgMax(d, k), (x, d, k) => x.argmax(d, k));
        table["argmin"] = Along((x, d, k) => x.ArgMin(d, k), (x, d, k) => x.argmin(d, k));
        table["all"] = Along((x, d, k) => x.All(d, k), (x, d, k) => x.all(d, k));
        table["any"] = Along((x, d, k) => x.Any(d, k), (x, d, k) => x.any(d, k));
        table["logsumexp"] = Along((x, d, k) => x.LogSumExp(d, k), (x, d, k) => x.logsumexp(d, k));
        table["var"] = Along((x, d, k) => x.Var(d, 1, k), (x, d, k) => Reducible(x).var([d], true, k), slack: 4, type: d => d.FloatType(), specialOrder: 0);
        table["std"] = Along((x, d, k) => x.Std(d, 0, k), (x, d, k) => Reducible(x).std([d], false, k), slack: 10, order: 0, type: d => d.FloatType()); // of equal elements the peer's is a rounding error, whose gradient is large
        table["softmax"] = Along((x, d, _) => x.Softmax(d), (x, d, _) => x.softmax(d), type: d => d.FloatType());
        table["log_softmax"] = Along((x, d, _) => x.LogSoftmax(d), (x, d, _) => Torch.nn.functional.log_softmax(x, d), type: d => d.FloatType());
        foreach (double p in new[] { 0, 0.5, 1, 2, 3, double.PositiveInfinity, double.NegativeInfinity })
            table[$"norm {p}"] = Along((x, d, k) => x.Norm(p, d, k), (x, d, k) => Torch.linalg.vector_norm(x, p, [d], k), slack: 10, order: 1, type: d => d.FloatType(), specialOrder: 0);
        table["max along"] = dice => Extreme(dice, (x, d, k) => x.Max(d, k), (x, d, k) => x.max(d, k));
        table["min along"] = dice => Extreme(dice, (x, d, k) => x.Min(d, k), (x, d, k) => x.min(d, k));
    }

    /// <summary>TorchSharp's var and std end the process for a tensor without dimensions.</summary>
    private static Torch.Tensor Reducible(Torch.Tensor x) => x.dim() > 0 ? x : throw new NotSupportedException();

    private static Trial Extreme(Dice dice, Func<Tensor, int, bool, (Tensor, Tensor)> ours, Func<Torch.Tensor, long, bool, (Torch.Tensor, Torch.Tensor)> peers)
    {
        var x = Operand.Draw(dice, dice.Shape(), dice.AnyType(), Usual, special: dice.Chance(0.3));
        int dim = dice.Dim(x.Ours.Dim);
        bool keep = dice.Chance();
        return new([x], Mine, Theirs) { Arguments = $"dim {dim}, keepDim {keep}" };

        Tensor[] Mine(Operand[] o)
        {
            var (values, indices) = ours(o[0].Ours, dim, keep);
            return [values, indices];
        }

        Torch.Tensor[] Theirs(Operand[] o)
        {
            var (values, indices) = peers(o[0].Peers, dim, keep);
            return [values, indices];
        }
    }

    private static void AddViews(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["permute"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(), dice.AnyType(), Usual);
            int[] order = dice.Order(x.Ours.Dim);
            return new([x], o => o[0].Ours.Permute(order), o => o[0].Peers.permute([.. order.Select(d => (long)d)])) { Arguments = string.Join(",", order) };
        };
        table["reshape"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(1), dice.AnyType(), Usual);
            long[] to = [.. x.Ours.Shape.Skip(2), x.Ours.Shape.Take(2).Aggregate(1L, (a, b) => a * b)];
            return new([x], o => o[0].Ours.Reshape(to), o => o[0].Peers.reshape(to)) { Arguments = string.Join(",", to) };
        };
        table["slice"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(1), dice.AnyType(), Usual);
            int dim = dice.Dim(x.Ours.Dim), start = dice.Between(-9, 9), end = dice.Between(-9, 9), step = dice.Between(1, 3);
            return new([x], o => o[0].Ours.Slice(dim, start, end, step), o => o[0].Peers.slice(dim, start, end, step)) { Arguments = $"{dim}, {start}:{end}:{step}" };
        };
        table["select"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(1), dice.AnyType(), Usual);
            int dim = dice.Dim(x.Ours.Dim), index = dice.Between(-5, 5);
            return new([x], o => o[0].Ours.Select(dim, index), o => o[0].Peers.select(dim, index)) { Arguments = $"{dim}, {index}" };
        };
        table["diagonal"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(2), dice.AnyType(), Usual);
            int offset = dice.Between(-4, 4), first = dice.Dim(x.Ours.Dim), second = dice.Dim(x.Ours.Dim);
            return new([x], o => o[0].Ours.Diagonal(offset, first, second), o => o[0].Peers.diagonal(offset, first, second)) { Arguments = $"{offset}, {first}, {second}" };
        };
        table["unfold"] = dice =>
        {
            var x = Operand.Draw(dice, dice.Shape(0, 3), dice.AnyType(), Usual);
            int dim = dice.Dim(x.Ours.Dim), size = dice.Between(0, 3), step = dice.Between(1, 3);
            return new([x], o => o[0].Ours.Unfold(dim, size, step), o => o[0].Peers.unfold(dim, size, step)) { Arguments = $"{dim}, {size}, {step}" };
        };
        table["write through a view"] = dice =>
        {
            long[] shape = dice.Shape(1, 3);
            var x = Operand.Draw(dice, [shape[0], .. shape], dice.FloatType(), Usual);
            var y = Operand.Draw(dice, [.. shape[1..], shape[0]], x.Ours.DType, Usual);
            return new([x, y], Mine, Theirs);

            static Tensor Mine(Operand[] o)
            {
                var whole = o[0].Ours * 2;
                whole.Diagonal(0, 1, 0).Mul_(o[1].Ours);
                return whole;
            }

            static Torch.Tensor Theirs(Operand[] o)
            {
                var whole = o[0].Peers * 2;
                whole.diagonal(0, 1, 0).mul_(o[1].Peers);
                return whole;
            }
        };
    }

    private static void AddMovement(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["clone"] = Unary(x => x.Clone(), x => x.clone());
        table["flip"] = Along((x, d, _) => x.Flip(d), (x, d, _) => x.flip(d));
        table["roll"] = Along((x, d, k) => x.Roll(k ? 2 : -1, d), (x, d, k) => x.roll(k ? 2 : -1, d));
        table["diff"] = Along((x, d, _) => x.Diff(1, d), (x, d, _) => x.diff(1, d));
        table["tril"] = Unary(x => x.Tril(1), x => x.tril(1));
        table["triu"] = Unary(x => x.Triu(-1), x => x.triu(-1));
        table["cat"] = dice => Joined(dice, (x, d) => Tensor.Cat(x, d), Torch.cat, x => x);
        table["stack"] = dice => Joined(dice, (x, d) => Tensor.Stack(x, d), Torch.stack, _ => 0);
        table["gather"] = dice => Indexed(dice, (x, d, i) => x.Gather(d, i), (x, d, i) => x.gather(d, i), vector: false);
        table["index_select"] = dice => Indexed(dice, (x, d, i) => x.IndexSelect(d, i), (x, d, i) => x.index_select(d, i), vector: true);
        table["scatter_add"] = dice =>
        {
            var dtype = dice.NumberType();
            long[] shape = dice.Shape(1);
            int axis = dice.Between(0, shape.Length - 1);
            long[] part = [.. shape.Select((s, d) => d == axis ? (s == 0 ? 0 : (long)dice.Between(0, 9)) : dice.Between(0, (int)s))];
            var (x, source) = (Operand.Draw(dice, shape, dtype, Usual), Operand.Draw(dice, part, dtype, Usual));
            var index = Operand.Positions(dice, part, shape[axis]);
            return new([x, source, index], o => o[0].Ours.ScatterAdd(axis, o[2].Ours, o[1].Ours), o => o[0].Peers.scatter_add(axis, o[2].Peers, o[1].Peers)) { Arguments = $"{axis}" };
        };
    }

    private static Trial Joined(Dice dice, Func<Tensor[], int, Tensor> ours, Func<Torch.Tensor[], long, Torch.Tensor> peers, Func<int, int> stretch)
    {
        long[] shape = dice.Shape(1);
        int axis = dice.Between(0, shape.Length - 1);
        var dtype = dice.AnyType();
        var parts = new Operand[dice.Between(1, 3)];
        for (int i = 0; i < parts.Length; i++)
        {
            long[] part = [.. shape];
            part[axis] += stretch(i);
            parts[i] = Operand.Draw(dice, part, dice.Chance(0.7) ? dtype : dice.AnyType(), Usual);
        }

        return new(parts, o => ours([.. o.Select(x => x.Ours)], axis), o => peers([.. o.Select(x => x.Peers)], axis)) { Arguments = $"{axis}" };
    }

    private static Trial Indexed(Dice dice, Func<Tensor, int, Tensor, Tensor> ours, Func<Torch.Tensor, long, Torch.Tensor, Torch.Tensor> peers, bool vector)
    {
        long[] shape = dice.Shape(1);
        int axis = dice.Between(0, shape.Length - 1);
        long count = shape[axis] == 0 ? 0 : dice.Between(0, 9);
        long[] index = vector ? [count] : [.. shape.Select((s, d) => d == axis ? count : dice.Between(0, (int)s))];
        return new(
            [Operand.Draw(dice, shape, dice.AnyType(), Usual), Operand.Positions(dice, index, shape[axis])], o => ours(o[0].Ours, axis, o[1].Ours), o => peers(o[0].Peers, axis, o[1].Peers))
        { Arguments = $"{axis}" };
    }
}
