using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>How a trial ended.</summary>
internal enum Ending
{
    /// <summary>Values, and gradients if any, are the same.</summary>
    Agreed,

    /// <summary>Both sides refuse the call.</summary>
    BothRefused,

    /// <summary>The peer does not offer the call, as for many element types.</summary>
    PeerRefused,

    /// <summary>Something differs.</summary>
    Differed,
}

/// <summary>Runs one trial on both sides: values first, then gradients, then gradients of gradients.</summary>
internal sealed class Bout(Trial trial, Dice dice)
{
    private readonly Operand[] _leaves = [.. trial.Operands.Where(o => o.AsksForGradient)];

    /// <summary>What differed.</summary>
    public string? Difference { get; private set; }

    public Ending Run()
    {
        var (peers, refusal) = Attempt(() => trial.Peers(trial.Operands));
        var (ours, error) = Attempt(() => trial.Ours(trial.Operands));
        if (error is not null and not NablaException)
            return Differ($"ours threw {error.GetType().Name}, which no caller expects: {error.Message}");
        if (refusal is not null)
            return error is not null ? Ending.BothRefused : Ending.PeerRefused;
        if (error is not null)
            return Differ($"only ours refuses: {error.Message}");
        if (ours!.Length != peers!.Length)
            return Differ($"{ours.Length} results, the peer's {peers.Length}");
        for (int i = 0; i < ours.Length; i++)
            if (Agreement.Difference(ours[i], peers[i], trial.Slack) is { } difference)
                return Differ($"result {i}: {difference}");
        if (trial.Order == 0 || _leaves.Length == 0)
            return Ending.Agreed;
        for (int i = 0; i < ours.Length; i++)
            if (ours[i].RequiresGrad != peers[i].requires_grad)
                return Differ($"result {i}: requires a gradient: ours {ours[i].RequiresGrad}, the peer's {peers[i].requires_grad}");
        return First(ours, peers);
    }

    private static (T? Value, Exception? Error) Attempt<T>(Func<T> call)
        where T : class
    {
        try
        {
            return (call(), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }

    private Ending First(Tensor[] ours, Torch.Tensor[] peers)
    {
        int[] open = [.. Enumerable.Range(0, ours.Length).Where(i => ours[i].RequiresGrad)];
        if (open.Length == 0)
            return Ending.Agreed;
        bool again = trial.Order > 1 && Coarsest() <= Agreement.Relative(DType.Float32) && dice.Chance(0.6); // in a half type no digit of a second gradient would be sure
        var starts = open.Select(i => Weights(ours[i])).ToArray();
        var (theirs, refusal) = Attempt(() => Gradients(
            [.. open.Select(i => peers[i])], [.. open.Select((i, k) => Peers(starts[k], peers[i]))], again));
        if (refusal is not null)
            return Ending.PeerRefused;
        var (mine, error) = Attempt(() => Autograd.Grad(
            [.. open.Select(i => ours[i])], [.. _leaves.Select(l => l.OurLeaf)], [.. open.Select((i, k) => Ours(starts[k], ours[i]))], createGraph: again, allowUnused: true));
        if (error is not null)
            return Differ($"backward: {error.Message}");
        if (Compare("gradient", mine!, theirs!, 4 * trial.Slack) is { } difference)
            return Differ(difference);
        return again ? Second(mine!, theirs!) : Ending.Agreed;
    }

    /// <summary>The gradient of the weighted sum of the gradients.</summary>
    private Ending Second(Tensor?[] ours, Torch.Tensor?[] peers)
    {
        Tensor? mine = null;
        Torch.Tensor? theirs = null;
        for (int i = 0; i < _leaves.Length; i++)
        {
            if (ours[i] is not { } g || peers[i] is not { } h)
                continue;
            double[] weights = Weights(g);
            var (a, b) = ((g * Ours(weights, g)).To(DType.Float64).Sum(), (h * Peers(weights, h)).to_type(Torch.ScalarType.Float64).sum());
            (mine, theirs) = (mine is null ? a : mine + a, theirs is null ? b : theirs + b);
        }

        if (mine is null || theirs is null || !theirs.requires_grad)
            return Ending.Agreed;
        var (second, refusal) = Attempt(() => Gradients([theirs], [Torch.ones_like(theirs)], false));
        if (refusal is not null)
            return Ending.PeerRefused;
        if (!mine.RequiresGrad)
            return Array.TrueForAll(second!, IsZero) ? Ending.Agreed : Differ("the gradient does not require a gradient");
        var (own, error) = Attempt(() => Autograd.Grad([mine], [.. _leaves.Select(l => l.OurLeaf)], allowUnused: true));
        if (error is not null)
            return Differ($"second backward: {error.Message}");
        return Compare("second gradient", own!, second!, 10 * trial.Slack) is { } difference ? Differ(difference) : Ending.Agreed;
    }

    private Torch.Tensor?[] Gradients(Torch.Tensor[] outputs, Torch.Tensor[] starts, bool createGraph)
    {
        var gradients = Torch.autograd.grad(outputs, [.. _leaves.Select(l => l.PeerLeaf)], starts, retain_graph: true, create_graph: createGraph, allow_unused: true);
        return [.. gradients.Select(g => g is null || g.IsInvalid ? null : g)];
    }

    /// <summary>No gradient and zeros are the same.</summary>
    private string? Compare(string what, Tensor?[] ours, Torch.Tensor?[] peers, double slack)
    {
        double coarsest = Coarsest();
        for (int i = 0; i < ours.Length; i++)
        {
            string? difference = (ours[i], peers[i]) switch
            {
                (null, var p) => IsZero(p) ? null : "ours is missing",
                ({ } o, null) => o.Ne(0).Any().Item<bool>() ? "ours is not zero, the peer has none" : null,
                ({ } o, { } p) => Agreement.Difference(o, p, slack, coarsest),
            };
            if (difference is not null)
                return $"{what} of operand {Array.IndexOf(trial.Operands, _leaves[i])}: {difference}";
        }

        return null;
    }

    /// <summary>The tolerance of the element type with the fewest digits, of which the others' gradients are made.</summary>
    private double Coarsest() => trial.Operands.Max(o => Agreement.Relative(o.Ours.DType));

    private static bool IsZero(Torch.Tensor? tensor) => tensor is null || !Array.Exists(HostArrays.ToHost(tensor), v => v != 0);

    private double[] Weights(Tensor like)
    {
        var weights = new double[like.ElementCount];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Round(dice.Real(-2, 2), 2);
        return weights;
    }

    private static Tensor Ours(double[] weights, Tensor like) => Tensor.From<double>(weights, like.Shape).To(like.DType);

    private static Torch.Tensor Peers(double[] weights, Torch.Tensor like) => Torch.tensor(weights, like.shape, Torch.ScalarType.Float64).to_type(like.dtype);

    private Ending Differ(string difference)
    {
        Difference = difference;
        return Ending.Differed;
    }
}
