namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// Each element becomes 0 with probability <paramref name="p"/>, else x / (1 - p). Outside of training, the input itself.
    /// The random numbers are those of the ambient generator. PyTorch: <c>torch.nn.functional.dropout</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The probability does not lie between 0 and 1.</exception>
    public static Tensor Dropout(Tensor input, double p = 0.5, bool training = true)
    {
        if (p is not (>= 0 and <= 1))
            throw new TensorArgumentException("dropout", $"the probability is {p}; it lies between 0 and 1.");
        if (!training || p == 0 || input.ElementCount == 0)
            return input;
        RequireFloat(input, "dropout");
        var (key, counter) = Tensor.CurrentGenerator.Reserve(input.ElementCount);
        var outputs = new Tensor[2];
        Tensor.Apply(DropoutOp.Instance, [input], [p, key, counter], outputs);
        outputs[1].Dispose(); // what is kept: backward saved its own
        return outputs[0];
    }
}
