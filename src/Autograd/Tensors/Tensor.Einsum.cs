namespace Nabla;

/// <content>Einstein's summation.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Sums of products over named dimensions: <c>"ij,jk->ik"</c> is the product of matrices. Letters name dimensions; those that the
    /// output does not have are summed, a letter twice in an operand takes its diagonal, <c>...</c> stands for dimensions that broadcast.
    /// Without an arrow the output has the letters that occur once, in the alphabet's order. Operands are combined from left to right.
    /// PyTorch: <c>torch.einsum</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The equation is malformed, or has another number of operands.</exception>
    /// <exception cref="ShapeException">An operand's dimensions are not those that are named, or their sizes differ.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> tensors)
    {
        const string Op = "einsum";
        if (tensors.IsEmpty)
            throw new TensorArgumentException(Op, "there are no operands.");
        using var temporaries = TemporaryScope.Open();
        var parsed = EinsumEquation.Parse(equation, tensors);
        CheckLabels(equation, parsed, tensors);
        var result = Aligned(tensors[0], parsed.Operands[0], parsed.LabelCount);
        for (int i = 1; i < tensors.Length; i++)
        {
            var next = Aligned(tensors[i], parsed.Operands[i], parsed.LabelCount);
            var summed = new bool[parsed.LabelCount];
            for (int label = parsed.OutputRank; label < summed.Length; label++)
                summed[label] = !parsed.Operands.AsSpan(i + 1).ContainsLabel(label);
            result = Contract(result, next, summed);
        }

        if (tensors.Length == 1 && parsed.LabelCount > parsed.OutputRank)
            return temporaries.Keep(result.Sum([.. Enumerable.Range(parsed.OutputRank, parsed.LabelCount - parsed.OutputRank)], keepDim: false, result.DType));
        return temporaries.Keep(result.Reshape(result.Shape.AsSpan()[..parsed.OutputRank]));
    }

    private static void CheckLabels(string equation, EinsumEquation parsed, ReadOnlySpan<Tensor> tensors)
    {
        Span<long> sizes = stackalloc long[parsed.LabelCount];
        sizes.Fill(1);
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i].DType != tensors[0].DType)
                throw new DTypeException("einsum", $"element types differ: {tensors[0]._data.Spec} and {tensors[i]._data.Spec}; convert one with To(dtype).");
            for (int d = 0; d < tensors[i].Dim; d++)
            {
                long size = tensors[i].Shape[d];
                ref long known = ref sizes[parsed.Operands[i][d]];
                if (size != 1 && known != 1 && size != known)
                    throw new ShapeException("einsum", $"dimension {d} of operand {i}, {tensors[i].Shape}, has another size than its letter in '{equation}' had before, {known}.");
                known = size == 1 ? known : size;
            }
        }
    }

    /// <summary>An operand with one dimension for each label, in their order; of size 1 where it has none.</summary>
    private static Tensor Aligned(Tensor x, int[] labels, int count)
    {
        var left = new List<int>(labels);
        for (int d = left.Count - 1; d > 0; d--)
        {
            int first = left.IndexOf(left[d]);
            if (first == d)
                continue;
            if (x.Shape[first] != x.Shape[d])
                throw new ShapeException("einsum", $"a letter is there twice for dimensions {first} and {d} of {x.Shape}, whose sizes differ.");
            int label = left[d];
            x = x.Diagonal(0, first, d);
            left.RemoveAt(d);
            left.RemoveAt(first);
            left.Add(label);
            d = left.Count;
        }

        int[] order = [.. Enumerable.Range(0, left.Count).OrderBy(d => left[d])];
        var sizes = new long[count];
        Array.Fill(sizes, 1);
        for (int d = 0; d < left.Count; d++)
            sizes[left[d]] = x.Shape[d];
        return x.Permute(order).Reshape(sizes);
    }

    /// <summary>The product of two aligned operands, summed over labels (which keep size 1): a batch of matrix products.</summary>
    private static Tensor Contract(Tensor a, Tensor b, bool[] summed)
    {
        List<int> both = [], inner = [], onlyA = [], onlyB = [], alone = [], aloneB = [];
        for (int d = 0; d < summed.Length; d++)
        {
            bool inA = a.Shape[d] != 1, inB = b.Shape[d] != 1;
            if (summed[d])
                (inA && inB ? inner : inA ? alone : aloneB).Add(d);
            else
                (inA && inB ? both : inA ? onlyA : onlyB).Add(d);
        }

        // What only one operand has is summed before the product.
        if (alone.Count > 0)
            a = a.Sum(alone.ToArray(), keepDim: true, a.DType);
        if (aloneB.Exists(d => b.Shape.AsSpan()[d] != 1))
            b = b.Sum(aloneB.ToArray(), keepDim: true, b.DType);
        if (inner.Count == 0)
            return a * b;
        int[] orderA = [.. both, .. onlyA, .. inner, .. onlyB, .. alone, .. aloneB], orderB = [.. both, .. inner, .. onlyB, .. onlyA, .. alone, .. aloneB];
        long batch = Count(a, both), rows = Count(a, onlyA), columns = Count(b, onlyB), length = Count(a, inner);
        var product = a.Permute(orderA).Reshape(batch, rows, length).MatMul(b.Permute(orderB).Reshape(batch, length, columns));
        int[] order = [.. both, .. onlyA, .. onlyB, .. inner, .. alone, .. aloneB];
        var shapes = (a.Shape, b.Shape);
        long[] sizes = [.. order.Select(d => summed[d] ? 1 : shapes.Item1[d] != 1 ? shapes.Item1[d] : shapes.Item2[d])];
        return product.Reshape(sizes).Apply(new PermuteOp(ValueArray.Create<int>(order)).Inverse());
    }

    private static long Count(Tensor x, List<int> dims)
    {
        long count = 1;
        foreach (int d in dims)
            count *= x.Shape[d];
        return count;
    }
}

internal static class EinsumLabels
{
    public static bool ContainsLabel(this Span<int[]> operands, int label)
    {
        foreach (var operand in operands)
            if (operand.AsSpan().Contains(label))
                return true;
        return false;
    }
}
