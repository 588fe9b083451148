namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// The result, if the values hold a predicate; else an error: at once on a device that computes at once, at the next read on others.
    /// </summary>
    internal static Tensor Checked(Tensor result, Tensor values, Func<Tensor, Tensor> predicate, string operation, string message)
    {
        using var temporaries = TemporaryScope.Open();
        using (Autograd.NoGrad())
            values = Tensor.Apply(new AssertOp(result.DType, operation, message), [predicate(values)], default);
        return temporaries.Keep(result + values);
    }
}
