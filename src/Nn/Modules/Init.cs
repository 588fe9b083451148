namespace Nabla;

/// <summary>First values of parameters. PyTorch: <c>torch.nn.init</c>.</summary>
public static class Init
{
    /// <summary>Uniform between two numbers. PyTorch: <c>uniform_</c>.</summary>
    public static Tensor Uniform(ReadOnlySpan<long> shape, double low, double high, DType dtype = DType.Float32, Device? device = null, Generator? generator = null)
    {
        using var _ = Autograd.NoGrad();
        return Tensor.Rand(shape, dtype, device, generator).Mul_(high - low).Add_(low);
    }
}
