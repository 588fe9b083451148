using F = TorchSharp.torch.nn.functional;
using PeerReduction = TorchSharp.torch.nn.Reduction;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <content>What networks consist of: products, activations, losses, norms.</content>
internal static partial class FuzzTable
{
    private static void AddProducts(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["matmul"] = dice =>
        {
            long[] batch = dice.Shape(0, 2);
            var (m, k, n) = (Side(dice), Side(dice), Side(dice));
            long[] left = dice.Chance(0.2) ? [k] : [.. dice.Beside(batch), m, k], right = dice.Chance(0.2) ? [k] : [.. batch, k, n];
            return new(Operands(dice, dice.FloatType(), left, right), o => o[0].Ours.MatMul(o[1].Ours), o => o[0].Peers.matmul(o[1].Peers)) { Slack = 2 };
        };
        table["linear"] = dice =>
        {
            var (k, n) = (Side(dice), Side(dice));
            bool biased = dice.Chance();
            return new(
                Operands(dice, dice.FloatType(), [.. dice.Shape(0, 3), k], [n, k], [n]), o => Functional.Linear(o[0].Ours, o[1].Ours, biased ? o[2].Ours : null), o => F.linear(o[0].Peers, o[1].Peers, biased ? o[2].Peers : null))
            { Arguments = $"bias {biased}", Slack = 2 };
        };
        foreach (string equation in new[] { "ij,jk->ik", "bij,bjk->bik", "i,j->ij", "ij->ji", "bhqd,bhkd->bhqk", "ij,ij->i", "ij->", "i,ij,j->", "ij,k->kij" })
            table[$"einsum {equation}"] = dice => Einsum(dice, equation);
        table["attention"] = dice =>
        {
            var (b, n, m, e) = (dice.Between(1, 3), dice.Extent(1, 9), dice.Extent(1, 9), dice.Extent(1, 5));
            string mask = dice.Pick("none", "causal", "added", "bool");
            var dtype = dice.Pick(DType.Float32, DType.Float64);
            long[][] shapes = [[b, n, e], [b, m, e], [b, m, e + 1], [n, m]];
            Operand[] operands = [.. shapes.Select((shape, i) => Operand.Draw(dice, shape, i == 3 && mask == "bool" ? DType.Bool : dtype, Usual))];
            return new(
                operands,
                o => Functional.ScaledDotProductAttention(o[0].Ours, o[1].Ours, o[2].Ours, mask is "added" or "bool" ? o[3].Ours : null, isCausal: mask == "causal"),
                o => F.scaled_dot_product_attention(o[0].Peers, o[1].Peers, o[2].Peers, mask is "added" or "bool" ? o[3].Peers : null, is_casual: mask == "causal"))
            { Arguments = $"mask {mask}", Slack = 5 };
        };
    }

    private static long Side(Dice dice) => dice.Chance(0.2) ? dice.Extent(8, 70) : dice.Extent(0, 5);

    private static Trial Einsum(Dice dice, string equation)
    {
        var sizes = new Dictionary<char, long>();
        long[][] shapes = [.. equation.Split("->")[0].Split(',').Select(part => part.Select(Size).ToArray())];
        return new(Operands(dice, dice.FloatType(), shapes), o => Tensor.Einsum(equation, [.. o.Select(x => x.Ours)]), o => Torch.einsum(equation, [.. o.Select(x => x.Peers)])) { Slack = 3 };

        long Size(char letter) => sizes.TryGetValue(letter, out long size) ? size : sizes[letter] = Math.Min(64, dice.Extent(1, 4));
    }

    private static void AddActivations(Dictionary<string, Func<Dice, Trial>> table)
    {
        foreach (var (name, ours, peers) in new (string, Func<Tensor, Tensor>, Func<Torch.Tensor, Torch.Tensor>)[]
        {
            ("celu", x => Functional.Celu(x, 0.5), x => F.celu(x, 0.5)), ("elu", x => Functional.Elu(x, 0.5), x => F.elu(x, 0.5)), ("selu", Functional.Selu, x => F.selu(x)),
        })
            table[name] = Unary(ours, peers, -6, 6, order: 1, type: d => d.FloatType(), specialOrder: 0);
        table["relu"] = Unary(x => x.Relu(), x => x.relu());
        Add("gelu", x => Functional.Gelu(x), x => F.gelu(x), special: false);
        Add("hardshrink", x => Functional.Hardshrink(x, 0.625), x => F.hardshrink(x, 0.625));
        Add("hardswish", x => Functional.Hardswish(x), x => F.hardswish(x));
        Add("leaky_relu", x => Functional.LeakyRelu(x, 0.125), x => F.leaky_relu(x, 0.125));
        Add("logsigmoid", Functional.LogSigmoid, x => F.logsigmoid(x));
        Add("mish", Functional.Mish, x => F.mish(x));
        Add("relu6", Functional.Relu6, x => F.relu6(x));
        Add("silu", Functional.Silu, x => F.silu(x));
        Add("softplus", x => Functional.Softplus(x, 1, 20), x => F.softplus(x, 1, 20));
        Add("softshrink", x => Functional.Softshrink(x, 0.625), x => F.softshrink(x, 0.625));
        Add("softsign", Functional.Softsign, x => F.softsign(x));
        Add("tanhshrink", Functional.Tanhshrink, x => F.tanhshrink(x));
        Add("threshold", x => Functional.Threshold(x, 0.5, -7), x => F.threshold(x, 0.5, -7));

        void Add(string name, Func<Tensor, Tensor> ours, Func<Torch.Tensor, Torch.Tensor> peers, bool special = true) =>
            table[name] = Unary(ours, peers, -6, 6, type: d => d.FloatType(), special: special, specialOrder: 0);
    }

    private static void AddLosses(Dictionary<string, Func<Dice, Trial>> table)
    {
        Add("mse_loss", (x, y, r) => Functional.MseLoss(x, y, r), (x, y, r) => F.mse_loss(x, y, r), Usual, Usual);
        Add("l1_loss", (x, y, r) => Functional.L1Loss(x, y, r), (x, y, r) => F.l1_loss(x, y, r), Usual, Usual);
        Add("smooth_l1_loss", (x, y, r) => Functional.SmoothL1Loss(x, y, r, 0.5), (x, y, r) => F.smooth_l1_loss(x, y, r, 0.5), Usual, Usual);
        Add("huber_loss", (x, y, r) => Functional.HuberLoss(x, y, r, 0.5), (x, y, r) => F.huber_loss(x, y, 0.5, r), Usual, Usual);
        Add("bce", (x, y, r) => Functional.BinaryCrossEntropy(x.Sigmoid(), y, reduction: r), (x, y, r) => F.binary_cross_entropy(x.sigmoid(), y, reduction: r), Usual, new(0, 1), order: 1);
        Add("bce with logits", (x, y, r) => Functional.BinaryCrossEntropyWithLogits(x, y, reduction: r), (x, y, r) => F.binary_cross_entropy_with_logits(x, y, reduction: r), new(-4, 4), new(0, 1));
        Add("kl_div", (x, y, r) => Functional.KlDiv(x, y.Detach(), r), (x, y, r) => F.kl_div(x, y.detach(), false, r), new(-4, 0), new(0, 1));
        Add("poisson_nll_loss", (x, y, r) => Functional.PoissonNllLoss(x, y, true, false, 1e-8, r), (x, y, r) => F.poisson_nll_loss(x, y, true, false, 1e-8f, r), new(-2, 2), new(0, 5));
        table["cross_entropy"] = dice =>
        {
            long[] shape = [dice.Extent(1, 4), dice.Extent(1, 9), .. dice.Shape(0, 2)];
            var dtype = dice.FloatType();
            var (reduction, peer) = Reductions(dice);
            bool weighted = dice.Chance();
            long ignored = dice.Chance() ? 1 : -100;
            double smoothing = dice.Chance() ? 0.25 : 0;
            Operand[] operands = [Operand.Draw(dice, shape, dtype, Usual), Operand.Positions(dice, [shape[0], .. shape[2..]], shape[1]), Operand.Draw(dice, [shape[1]], dtype, new(0.5, 2))];
            return new(
                operands,
                o => Functional.CrossEntropy(o[0].Ours, o[1].Ours, weighted ? o[2].Ours.Detach() : null, ignored, reduction, smoothing),
                o => F.cross_entropy(o[0].Peers, o[1].Peers, weighted ? o[2].Peers.detach() : null, ignored, peer, smoothing))
            { Arguments = $"{reduction}, weights {weighted}, ignores {ignored}, smoothing {smoothing}", Slack = 2 };
        };

        void Add(string name, Func<Tensor, Tensor, Reduction, Tensor> ours, Func<Torch.Tensor, Torch.Tensor, PeerReduction, Torch.Tensor> peers, Operand.Range x, Operand.Range y, int order = 2) =>
            table[name] = dice =>
            {
                long[] shape = dice.Shape();
                var dtype = dice.FloatType();
                var (reduction, peer) = Reductions(dice);
                return new([Operand.Draw(dice, shape, dtype, x), Operand.Draw(dice, shape, dtype, y)], o => ours(o[0].Ours, o[1].Ours, reduction), o => peers(o[0].Peers, o[1].Peers, peer)) { Arguments = $"{reduction}", Slack = 2, Order = order };
            };
    }

    private static (Reduction Ours, PeerReduction Peers) Reductions(Dice dice) =>
        dice.Pick((Reduction.None, PeerReduction.None), (Reduction.Mean, PeerReduction.Mean), (Reduction.Sum, PeerReduction.Sum));

    private static void AddNorms(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["layer_norm"] = dice =>
        {
            long[] shape = Filled(dice.Shape(1));
            long[] normalized = shape[^dice.Between(1, shape.Length)..];
            return new(
                Operands(dice, dice.WideFloatType(), shape, normalized, normalized), o => Functional.LayerNorm(o[0].Ours, normalized, o[1].Ours, o[2].Ours), o => F.layer_norm(o[0].Peers, normalized, o[1].Peers, o[2].Peers))
            { Slack = 30 };
        };
        table["group_norm"] = dice =>
        {
            int groups = dice.Between(1, 3);
            long channels = groups * dice.Between(1, 3);
            return new(
                Operands(dice, dice.WideFloatType(), [dice.Extent(1, 3), channels, .. Filled(dice.Shape(0, 2))], [channels], [channels]),
                o => Functional.GroupNorm(o[0].Ours, groups, o[1].Ours, o[2].Ours),
                o => F.group_norm(o[0].Peers, groups, o[1].Peers, o[2].Peers))
            { Arguments = $"{groups} groups", Slack = 30 };
        };
        table["batch_norm"] = dice =>
        {
            long channels = dice.Extent(1, 4);
            bool training = dice.Chance();
            var dtype = dice.WideFloatType();
            Operand[] operands =
            [
                .. Operands(dice, dtype, [dice.Extent(2, 4), channels, .. Filled(dice.Shape(0, 2))], [channels], [channels], [channels]), Operand.Draw(dice, [channels], dtype, new(0.5, 2)),
            ];
            return new(operands, Mine, Theirs) { Arguments = $"training {training}", Slack = 30 };

            Tensor[] Mine(Operand[] o)
            {
                var (mean, variance) = (o[3].Ours.Detach().Clone(), o[4].Ours.Detach().Clone());
                return [Functional.BatchNorm(o[0].Ours, mean, variance, o[1].Ours, o[2].Ours, training), mean, variance];
            }

            Torch.Tensor[] Theirs(Operand[] o)
            {
                // Dense: for a transposed x with a size of 1, libtorch's gradients are those of other elements.
                var (mean, variance) = (o[3].Peers.detach().clone(), o[4].Peers.detach().clone());
                return [F.batch_norm(o[0].Peers.contiguous(), mean, variance, o[1].Peers.contiguous(), o[2].Peers.contiguous(), training), mean, variance];
            }
        };
    }

    /// <summary>Of nothing, libtorch's norms are NaN here and there.</summary>
    private static long[] Filled(long[] shape) => [.. shape.Select(size => Math.Max(1, size))];
}
