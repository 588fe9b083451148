namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// Rows of a table: indices of any shape [..] (int64 or int32) and a weight [n, d] give [.., d]. PyTorch: <c>torch.nn.functional.embedding</c>.
    /// </summary>
    /// <param name="input">The rows' numbers.</param>
    /// <param name="weight">The table.</param>
    /// <param name="paddingIdx">A row that receives no gradient; negative counts from the end.</param>
    /// <param name="maxNorm">
    /// Rows that are looked up are scaled down to it first, in the table itself and without recording, where they are longer; null for any length.
    /// Each call then reads and writes the whole table.
    /// </param>
    /// <param name="normType">Which norm that is: see <see cref="Tensor.Norm(double)"/>.</param>
    /// <param name="scaleGradByFreq">Whether a row's gradient is divided by how often the row occurs in the input.</param>
    /// <exception cref="DTypeException">The indices are not integers.</exception>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    /// <exception cref="TensorArgumentException">The largest norm is negative or no number.</exception>
    /// <exception cref="ShapeException">The weight is no table.</exception>
    public static Tensor Embedding(Tensor input, Tensor weight, long? paddingIdx = null, double? maxNorm = null, double normType = 2, bool scaleGradByFreq = false)
    {
        const string Op = "embedding";
        if (weight.Dim != 2)
            throw new ShapeException(Op, $"the weight {weight.Shape} is no table: [rows, features].");
        long rows = weight.Shape[0];
        if (paddingIdx is { } padding && (padding < -rows || padding >= rows))
            throw new TensorIndexException(Op, $"the padding index {padding} is out of range for {rows} rows.");
        using var temporaries = TemporaryScope.Open();
        var index = Tensor.Position(input, Op).Reshape(-1);
        if (maxNorm is { } most)
            Shorten(weight, index, most, normType);
        var picked = weight.Pick(0, index);
        if (scaleGradByFreq && picked.RequiresGrad)
        {
            var times = Occurrences(index, rows).Gather(0, index);
            times.TryEscape(); // the graph holds the hook, which holds it
            picked.RegisterHook(gradient => PerOccurrence(gradient, times));
        }

        if (paddingIdx is { } at && picked.RequiresGrad)
        {
            var padded = index.Eq(at < 0 ? at + rows : at).Unsqueeze(1);
            picked = Tensor.Where(padded, picked.Detach(), picked);
        }

        return temporaries.Keep(input.Dim == 1 ? picked : picked.Reshape([.. input.Shape.AsSpan(), weight.Shape[1]]));
    }

    /// <summary>How often each row is looked up.</summary>
    private static Tensor Occurrences(Tensor index, long rows) =>
        Tensor.Zeros([rows], DType.Int64, index.Device).ScatterAdd(0, index, Tensor.OnesLike(index));

    private static Tensor PerOccurrence(Tensor gradient, Tensor times)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(gradient / times.To(gradient.DType).Unsqueeze(1));
    }

    /// <summary>Scales the rows that occur down to a norm; the others by 1, so that no row is written twice.</summary>
    private static void Shorten(Tensor weight, Tensor index, double most, double normType)
    {
        if (!(most >= 0))
            throw new TensorArgumentException("embedding", $"the largest norm {most} is not at least 0.");
        const double againstZero = 1e-7; // PyTorch's
        using var mode = Autograd.NoGrad();
        using var temporaries = TemporaryScope.Open();
        var norms = weight.To(weight.DType.Accumulator()).Norm(normType, dim: 1); // of many features it may leave the range of a half type
        var isLong = Occurrences(index, weight.Shape[0]).Gt(0).LogicalAnd(norms.Gt(most));
        weight.Mul_(Tensor.Where(isLong, most / (norms + againstZero), Tensor.OnesLike(norms)).To(weight.DType).Unsqueeze(1));
    }

    /// <summary>
    /// Classes as vectors of 0 and a single 1 (int64): [..] gives [.., classes]. PyTorch: <c>torch.nn.functional.one_hot</c>.
    /// </summary>
    /// <param name="input">The classes (int64).</param>
    /// <param name="numClasses">How many there are; -1 reads the largest from the values.</param>
    /// <exception cref="TensorIndexException">A value is not a class.</exception>
    /// <exception cref="DTypeException">The classes are not int64.</exception>
    /// <exception cref="TensorArgumentException">The number of classes is 0 or below -1; or it is -1, and there are no values.</exception>
    public static Tensor OneHot(Tensor input, long numClasses = -1)
    {
        const string Op = "one_hot";
        if (input.DType != DType.Int64)
            throw new DTypeException(Op, $"classes are int64, not {input.DType.Name()}; convert with To(DType.Int64).");
        if (numClasses is < -1 or 0 || (input.ElementCount == 0 && numClasses < 0))
            throw new TensorArgumentException(Op, $"{numClasses} classes are not a number of classes{(input.ElementCount == 0 ? ", and there are no values to read it from" : "")}.");
        using var temporaries = TemporaryScope.Open();
        long classes = numClasses == -1 ? input.Max().Item<long>() + 1 : numClasses;
        var index = input.Unsqueeze(-1);
        var y = Tensor.Zeros([.. input.Shape.AsSpan(), classes], DType.Int64, input.Device);
        return temporaries.Keep(y.ApplyInPlace(new ScatterAddOp(y.Dim - 1), [y, index, Tensor.OnesLike(index)], default));
    }
}
