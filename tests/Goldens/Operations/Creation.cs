namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddCreation()
    {
        One("arange", a => Tensor.Arange(a.Scalar("start", 0), a.Scalar("end"), a.Scalar("step", 1), a.DTypeOrNull("dtype"), a.Device));
        One("eye", a => Tensor.Eye(a.Long("n"), a.Long("m", a.Long("n")), a.DTypeOrNull("dtype") ?? DType.Float32, a.Device));
        One("full", a => Tensor.Full(a.Longs("size"), a.Scalar("fill_value"), a.DTypeOrNull("dtype"), a.Device));
        One("full_like", a => Tensor.FullLike(a.Input, a.Scalar("fill_value"), a.DTypeOrNull("dtype")));
        One("linspace", a => Tensor.Linspace(a.Scalar("start"), a.Scalar("end"), a.Long("steps"), a.DTypeOrNull("dtype") ?? DType.Float32, a.Device));
        One("logspace", a => Tensor.Logspace(
            a.Scalar("start"), a.Scalar("end"), a.Long("steps"), a.Double("base", 10), a.DTypeOrNull("dtype") ?? DType.Float32, a.Device));
        One("ones", a => Tensor.Ones(a.Longs("size"), a.DTypeOrNull("dtype") ?? DType.Float32, a.Device));
        One("ones_like", a => Tensor.OnesLike(a.Input, a.DTypeOrNull("dtype")));
        One("zeros", a => Tensor.Zeros(a.Longs("size"), a.DTypeOrNull("dtype") ?? DType.Float32, a.Device));
        One("zeros_like", a => Tensor.ZerosLike(a.Input, a.DTypeOrNull("dtype")));
        One("tril_indices", a => Tensor.TrilIndices(a.Long("row"), a.Long("col"), a.Long("offset", 0), device: a.Device));
        One("triu_indices", a => Tensor.TriuIndices(a.Long("row"), a.Long("col"), a.Long("offset", 0), device: a.Device));
    }
}
