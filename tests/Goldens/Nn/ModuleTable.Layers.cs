namespace Nabla.Goldens;

internal static partial class ModuleTable
{
    private static void AddActivations(Dictionary<string, Entry> entries)
    {
        entries.Add("ReLU", [], (_, _) => new ReLU());
        entries.Add("GELU", [], (_, _) => new GELU());
        entries.Add("SiLU", [], (_, _) => new SiLU());
        entries.Add("Tanh", [], (_, _) => new Tanh());
        entries.Add("Sigmoid", [], (_, _) => new Sigmoid());
    }

    private static void AddLayers(Dictionary<string, Entry> entries)
    {
        entries.Add("Flatten", [], (_, _) => new Flatten());
        entries.Add("Linear", ["in_features", "out_features", "bias"], (o, dtype) => new Linear(
            o.Long("in_features"), o.Long("out_features"), o.Bool("bias", true), dtype, o.Device));
        entries["Bilinear"] = new Entry(
            ["in1_features", "in2_features", "out_features", "bias"],
            (o, dtype) => new Bilinear(o.Long("in1_features"), o.Long("in2_features"), o.Long("out_features"), o.Bool("bias", true), dtype, o.Device),
            (module, args) => [((Bilinear)module).Forward(args.Tensor("0"), args.Tensor("1"))]);
        entries.Add("Dropout", ["p"], (o, _) => new Dropout(o.Double("p", 0.5)));
        entries.Add("PReLU", ["num_parameters", "init"], (o, dtype) => new PReLU(o.Long("num_parameters", 1), o.Double("init", 0.25), dtype, o.Device));
        entries.Add("Embedding", ["num_embeddings", "embedding_dim", "padding_idx"], (o, dtype) => new Embedding(
            o.Long("num_embeddings"), o.Long("embedding_dim"), o.Has("padding_idx") ? o.Long("padding_idx") : null, dtype: dtype, device: o.Device));
    }

    private static void AddNorms(Dictionary<string, Entry> entries)
    {
        entries.Add("LayerNorm", ["normalized_shape", "eps", "elementwise_affine"], (o, dtype) => new LayerNorm(
            o.Longs("normalized_shape"), o.Double("eps", 1e-5), o.Bool("elementwise_affine", true), dtype: dtype, device: o.Device));
        entries.Add("GroupNorm", ["num_groups", "num_channels", "eps", "affine"], (o, dtype) => new GroupNorm(
            o.Long("num_groups"), o.Long("num_channels"), o.Double("eps", 1e-5), o.Bool("affine", true), dtype, o.Device));
        entries.Add("InstanceNorm2d", ["num_features", "eps", "momentum", "affine", "track_running_stats"], (o, dtype) => new InstanceNorm2d(
            o.Long("num_features"), o.Double("eps", 1e-5), Momentum(o), o.Bool("affine", false), o.Bool("track_running_stats", false), dtype, o.Device));
        string[] options = ["num_features", "eps", "momentum", "affine", "track_running_stats"];
        entries.Add("BatchNorm1d", options, (o, dtype) => new BatchNorm1d(
            o.Long("num_features"), o.Double("eps", 1e-5), Momentum(o), o.Bool("affine", true), o.Bool("track_running_stats", true), dtype, o.Device));
        entries.Add("BatchNorm2d", options, (o, dtype) => new BatchNorm2d(
            o.Long("num_features"), o.Double("eps", 1e-5), Momentum(o), o.Bool("affine", true), o.Bool("track_running_stats", true), dtype, o.Device));
        entries.Add("BatchNorm3d", options, (o, dtype) => new BatchNorm3d(
            o.Long("num_features"), o.Double("eps", 1e-5), Momentum(o), o.Bool("affine", true), o.Bool("track_running_stats", true), dtype, o.Device));
    }

    private static double? Momentum(Args options) => options.IsNone("momentum") ? null : options.Double("momentum", 0.1);
}
