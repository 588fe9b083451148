namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddNormalization()
    {
        Many("batch_norm", BatchNorm);
        One("group_norm", a => Functional.GroupNorm(a.Input, a.Long("num_groups"), a.TensorOrNull("weight"), a.TensorOrNull("bias"), a.Double("eps", 1e-5)));
        One("instance_norm", a => Functional.InstanceNorm(a.Input, weight: a.TensorOrNull("weight"), bias: a.TensorOrNull("bias"), eps: a.Double("eps", 1e-5)));
        One("layer_norm", a => Functional.LayerNorm(a.Input, a.Longs("normalized_shape"), a.TensorOrNull("weight"), a.TensorOrNull("bias"), a.Double("eps", 1e-5)));
        One("local_response_norm", a => Functional.LocalResponseNorm(a.Input, a.Long("size"), a.Double("alpha", 1e-4), a.Double("beta", 0.75), a.Double("k", 1)));
        One("normalize", a => Functional.Normalize(a.Input, a.Double("p", 2), a.Int("dim", 1), a.Double("eps", 1e-12)));

        // Recorded before PyTorch had the function, by a formula whose eps was 1e-6.
        One("rms_norm", a => Functional.RmsNorm(a.Input, a.Longs("normalized_shape"), a.TensorOrNull("weight"), a.Double("eps", 1e-6)));
    }

    /// <summary>The running statistics, where there are any, are results, too: as they are after the call.</summary>
    private static Tensor[] BatchNorm(Args a)
    {
        var (mean, variance) = (a.TensorOrNull("running_mean"), a.TensorOrNull("running_var"));
        if (a.KeepsInput)
            (mean, variance) = (mean?.Clone(), variance?.Clone());
        var y = Functional.BatchNorm(
            a.Input, mean, variance, a.TensorOrNull("weight"), a.TensorOrNull("bias"), a.Bool("training", false), a.Double("momentum", 0.1), a.Double("eps", 1e-5));
        return mean is null || variance is null ? [y] : [y, mean, variance];
    }
}
