namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddReduction()
    {
        One("all", a => a.Has("dim") ? a.Input.All(a.Int("dim"), Keep(a)) : a.Input.All());
        One("any", a => a.Has("dim") ? a.Input.Any(a.Int("dim"), Keep(a)) : a.Input.Any());
        One("amax", a => a.Input.AMax(a.IntsOrEmpty("dim"), Keep(a)));
        One("amin", a => a.Input.AMin(a.IntsOrEmpty("dim"), Keep(a)));
        One("argmax", a => a.Has("dim") ? a.Input.ArgMax(a.Int("dim"), Keep(a)) : a.Input.ArgMax());
        One("argmin", a => a.Has("dim") ? a.Input.ArgMin(a.Int("dim"), Keep(a)) : a.Input.ArgMin());
        One("count_nonzero", a => a.Has("dim") ? a.Input.CountNonzero(a.Ints("dim")) : a.Input.CountNonzero());
        One("logsumexp", a => a.Input.LogSumExp(a.Ints("dim"), Keep(a)));
        One("mean", a => a.Input.Mean(a.IntsOrEmpty("dim"), Keep(a), a.DTypeOrNull("dtype")));
        One("nanmean", a => a.Input.NanMean(a.IntsOrEmpty("dim"), Keep(a)));
        One("nansum", a => a.Input.NanSum(a.IntsOrEmpty("dim"), Keep(a), a.DTypeOrNull("dtype")));
        One("norm", a => a.Input.Norm(a.Double("p", 2), a.IntsOrEmpty("dim"), Keep(a)));
        One("prod", a => a.Has("dim") ? a.Input.Prod(a.Int("dim"), Keep(a), a.DTypeOrNull("dtype")) : a.Input.Prod(a.DTypeOrNull("dtype")));
        One("renorm", a => a.Input.Renorm(a.Double("p"), a.Int("dim"), a.Double("maxnorm")));
        One("std", a => a.Input.Std(a.IntsOrEmpty("dim"), Correction(a), Keep(a)));
        One("sum", a => a.Input.Sum(a.IntsOrEmpty("dim"), Keep(a), a.DTypeOrNull("dtype")));
        One("var", a => a.Input.Var(a.IntsOrEmpty("dim"), Correction(a), Keep(a)));
        One("diff", a => a.Input.Diff(a.Int("n", 1), a.Int("dim", -1), a.TensorOrNull("prepend"), a.TensorOrNull("append")));
        One("trapezoid", a => a.Has("x")
            ? Tensor.Trapezoid(a.Tensor("y"), a.Tensor("x"), a.Int("dim", -1))
            : Tensor.Trapezoid(a.Tensor("y"), a.Double("dx", 1), a.Int("dim", -1)));

        Many("aminmax", a => Pair(a.Has("dim") ? a.Input.AMinMax(a.Int("dim"), Keep(a)) : a.Input.AMinMax()));
        Many("max", a => a.Has("dim") ? Pair(a.Input.Max(a.Int("dim"), Keep(a))) : [a.Input.Max()]);
        Many("min", a => a.Has("dim") ? Pair(a.Input.Min(a.Int("dim"), Keep(a))) : [a.Input.Min()]);
        Many("std_mean", a => Pair(a.Input.StdMean(a.IntsOrEmpty("dim"), Correction(a), Keep(a))));
        Many("var_mean", a => Pair(a.Input.VarMean(a.IntsOrEmpty("dim"), Correction(a), Keep(a))));
    }

    private static bool Keep(Args a) => a.Bool("keepdim", false);

    private static double Correction(Args a) => a.Has("correction") ? a.Double("correction") : a.Bool("unbiased", true) ? 1 : 0;

    private static Tensor[] Pair((Tensor First, Tensor Second) pair) => [pair.First, pair.Second];
}
