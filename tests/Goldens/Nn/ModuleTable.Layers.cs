namespace Nabla.Goldens;

internal static partial class ModuleTable
{
    private static void AddActivations(Dictionary<string, Entry> entries)
    {
        entries.Add("ReLU", [], (_, _) => new ReLU());
        entries.Add("GELU", [], (_, _) => new GELU());
        entries.Add("Tanh", [], (_, _) => new Tanh());
        entries.Add("Sigmoid", [], (_, _) => new Sigmoid());
    }

    private static void AddLayers(Dictionary<string, Entry> entries)
    {
        entries.Add("Flatten", [], (_, _) => new Flatten());
        entries.Add("Linear", ["in_features", "out_features", "bias"], (o, dtype) => new Linear(
            o.Long("in_features"), o.Long("out_features"), o.Bool("bias", true), dtype, o.Device));
    }
}
