using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>PyTorch's optimizers and what they are here. A name, or an option, that is not here is absent.</summary>
internal static class OptimizerTable
{
    private static readonly Dictionary<string, Entry> Entries = new()
    {
        ["SGD"] = new(["lr", "momentum", "dampening", "weight_decay", "nesterov", "maximize"], (p, o) => new SGD(
            p, o.Double("lr"), o.Double("momentum", 0), o.Double("dampening", 0), o.Double("weight_decay", 0), o.Bool("nesterov", false), o.Bool("maximize", false))),
        ["Adam"] = new(["lr", "betas", "eps", "weight_decay", "amsgrad", "maximize"], (p, o) => new Adam(
            p, o.Double("lr", 1e-3), Beta(o, 0), Beta(o, 1), o.Double("eps", 1e-8), o.Double("weight_decay", 0), o.Bool("amsgrad", false), o.Bool("maximize", false))),
        ["AdamW"] = new(["lr", "betas", "eps", "weight_decay", "amsgrad", "maximize"], (p, o) => new AdamW(
            p, o.Double("lr", 1e-3), Beta(o, 0), Beta(o, 1), o.Double("eps", 1e-8), o.Double("weight_decay", 1e-2), o.Bool("amsgrad", false), o.Bool("maximize", false))),
        ["Adagrad"] = new(["lr", "lr_decay", "weight_decay", "initial_accumulator_value", "eps"], (p, o) => new Adagrad(
            p, o.Double("lr", 1e-2), o.Double("lr_decay", 0), o.Double("weight_decay", 0), o.Double("initial_accumulator_value", 0), o.Double("eps", 1e-10))),
        ["RMSprop"] = new(["lr", "alpha", "eps", "weight_decay", "momentum", "centered"], (p, o) => new RMSprop(
            p, o.Double("lr", 1e-2), o.Double("alpha", 0.99), o.Double("eps", 1e-8), o.Double("weight_decay", 0), o.Double("momentum", 0), o.Bool("centered", false))),
    };

    /// <summary>The optimizer or option that does not exist here; null when all do.</summary>
    public static string? Absent(string name, params IEnumerable<JsonElement> options)
    {
        if (!Entries.TryGetValue(name, out var entry))
            return name;
        foreach (var option in options.SelectMany(o => o.EnumerateObject()))
            if (!entry.Options.Contains(option.Name))
                return $"{name}({option.Name})";
        return null;
    }

    public static Optimizer Create(string name, IEnumerable<Tensor> parameters, Args options) => Entries[name].Create(parameters, options);

    private static double Beta(Args options, int index) => options.Has("betas") ? options.Doubles("betas")[index] : index == 0 ? 0.9 : 0.999;

    private sealed record Entry(string[] Options, Func<IEnumerable<Tensor>, Args, Optimizer> Create);
}
