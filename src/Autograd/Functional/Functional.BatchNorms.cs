namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// (x - mean) / sqrt(var + eps) * weight + bias for each channel (dimension 1) over all others. In training mean and variance are
    /// those of the batch (the variance divides by n), and the running ones move towards them, in place (the variance dividing by n - 1);
    /// else they are the running ones. PyTorch: <c>torch.nn.functional.batch_norm</c>.
    /// </summary>
    /// <param name="input">The values: [n, channels, ..].</param>
    /// <param name="runningMean">One for each channel; needed outside of training.</param>
    /// <param name="runningVar">One for each channel; needed outside of training.</param>
    /// <param name="weight">Factors of the channels.</param>
    /// <param name="bias">Terms of the channels.</param>
    /// <param name="training">Whether the batch's own statistics count.</param>
    /// <param name="momentum">How far the running statistics move: 1 replaces them.</param>
    /// <param name="eps">Keeps the division defined.</param>
    /// <exception cref="ShapeException">There are no channels, a parameter does not fit, or there is one value for a channel in training.</exception>
    /// <exception cref="TensorArgumentException">Running statistics are missing outside of training.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor BatchNorm(
        Tensor input, Tensor? runningMean, Tensor? runningVar, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
    {
        const string Op = "batch_norm";
        RequireFloat(input, Op);
        if (input.Dim < 2)
            throw new ShapeException(Op, $"{input.Shape} has no channels: dimension 1.");
        CheckChannels(Op, input, runningMean, runningVar, weight, bias);
        if (!training && (runningMean is null || runningVar is null))
            throw new TensorArgumentException(Op, "outside of training the running mean and variance are needed; pass them, or training: true.");
        int[] axes = [.. Enumerable.Range(0, input.Dim).Where(d => d != 1)];
        long count = input.ElementCount / Math.Max(input.Shape[1], 1);
        if (training && count == 1)
            throw new ShapeException(Op, $"{input.Shape} has one value for each channel, so its variance is always 0; train with more.");
        return Wide(input, x =>
        {
            var mean = training ? x.Mean(axes, keepDim: true) : PerChannel(runningMean!, x.Dim);
            var deviation = x - mean;
            var variance = training ? deviation.Square().Mean(axes, keepDim: true) : PerChannel(runningVar!, x.Dim);
            if (training)
            {
                Move(runningMean, mean, 1, momentum);
                Move(runningVar, variance, count / (count - 1.0), momentum);
            }

            var factor = (variance + eps).Rsqrt();
            if (weight is not null)
                factor = factor * PerChannel(weight, x.Dim);
            return Affine(deviation, factor, OfChannels(bias, x.Dim));
        });
    }

    /// <summary>
    /// Batch normalization of each sample for itself: mean and variance over all dimensions behind the channels, in the element type of the input.
    /// PyTorch: <c>torch.nn.functional.instance_norm</c>.
    /// </summary>
    /// <param name="input">The values: [n, channels, d1, ..].</param>
    /// <param name="runningMean">One for each channel: moved in place, or used.</param>
    /// <param name="runningVar">One for each channel: moved in place, or used.</param>
    /// <param name="weight">Factors of the channels.</param>
    /// <param name="bias">Terms of the channels.</param>
    /// <param name="useInputStats">Whether the input's own statistics count; else the running ones.</param>
    /// <param name="momentum">How far the running statistics move.</param>
    /// <param name="eps">Keeps the division defined.</param>
    /// <exception cref="ShapeException">There is nothing behind the channels, a parameter does not fit, or there is one value to a channel.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    /// <exception cref="TensorArgumentException">Running statistics are to be used, and one is missing.</exception>
    public static Tensor InstanceNorm(
        Tensor input, Tensor? runningMean = null, Tensor? runningVar = null, Tensor? weight = null, Tensor? bias = null, bool useInputStats = true, double momentum = 0.1, double eps = 1e-5)
    {
        const string Op = "instance_norm";
        RequireFloat(input, Op);
        if (input.Dim < 3)
            throw new ShapeException(Op, $"{input.Shape} has nothing to average behind the channels; it is [n, channels, d1, ..].");
        CheckChannels(Op, input, runningMean, runningVar, weight, bias);
        if (!useInputStats)
            return BatchNorm(input, runningMean, runningVar, weight, bias, training: false, momentum, eps);
        if (input.ElementCount == 0)
            return Wide(input, x => Affine(x.Clone(), OfChannels(weight, x.Dim), OfChannels(bias, x.Dim))); // without values no statistics, so the running ones stay
        long count = input.ElementCount / Math.Max(input.Shape[0] * input.Shape[1], 1);
        if (count == 1)
            throw new ShapeException(Op, $"{input.Shape} has one value for each channel of a sample, so its variance is always 0; pass more.");
        return Wide(input, x =>
        {
            var rows = x.Reshape(x.Shape[0], x.Shape[1], -1);
            var mean = rows.Mean(-1, keepDim: true);
            var deviation = rows - mean;
            var variance = deviation.Square().Mean(-1, keepDim: true);
            Move(runningMean, mean.Mean(0), 1, momentum);
            Move(runningVar, variance.Mean(0), count / (count - 1.0), momentum);
            var y = (deviation * (variance + eps).Rsqrt()).Reshape(x.Shape);
            return Affine(y, OfChannels(weight, x.Dim), OfChannels(bias, x.Dim));
        });
    }

    /// <summary>
    /// x / (k + alpha * mean of x^2 over <paramref name="size"/> neighbouring channels)^beta, with zeros beyond the first and last.
    /// PyTorch: <c>torch.nn.functional.local_response_norm</c>.
    /// </summary>
    /// <exception cref="ShapeException">There is nothing behind the channels.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    /// <exception cref="TensorArgumentException">The size is not positive.</exception>
    public static Tensor LocalResponseNorm(Tensor input, long size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        const string Op = "local_response_norm";
        RequireFloat(input, Op);
        if (input.Dim < 3)
            throw new ShapeException(Op, $"{input.Shape} is not [n, channels, d1, ..].");
        if (size < 1)
            throw new TensorArgumentException(Op, $"the size is {size}; it counts channels, at least one.");
        return Wide(input, x =>
        {
            long channels = x.Shape[1];
            long[] before = new long[x.Dim], after = new long[x.Dim];
            (before[1], after[1]) = (size / 2, (size - 1) / 2);
            var squares = Tensor.Apply(new PadOp(ValueArray.Create<long>(before), ValueArray.Create<long>(after)), [x.Square()], [0]);
            var sum = squares.Narrow(1, 0, channels);
            for (long shift = 1; shift < size; shift++)
                sum = sum + squares.Narrow(1, shift, channels);
            return x / (sum * (alpha / size) + k).Pow(beta);
        });
    }

    /// <summary>Moves running statistics towards those of a batch, without recording.</summary>
    private static void Move(Tensor? running, Tensor batch, double factor, double momentum)
    {
        if (running is null)
            return;
        using var _ = Autograd.NoGrad();
        running.Mul_(1 - momentum).Add_(batch.Detach().Reshape(running.Shape) * (factor * momentum));
        DeferredRoots.AddState(running);
    }
}
