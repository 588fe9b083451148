namespace Nabla;

/// <summary>What query, key, value and mask have to have in common.</summary>
internal static class AttentionShapes
{
    public static void Check(string op, ReadOnlySpan<TensorSpec> parts, TensorSpec? mask)
    {
        OpDomain.Float.Check(parts[0].DType, op);
        Arity.SameDType(op, parts);
        Shape q = parts[0].Shape, k = parts[1].Shape, v = parts[2].Shape;
        bool fits = q.Rank >= 2 && k.Rank == q.Rank && v.Rank == q.Rank && q[^1] == k[^1] && k[^2] == v[^2]
            && q.AsSpan()[..^2].SequenceEqual(k.AsSpan()[..^2]) && q.AsSpan()[..^2].SequenceEqual(v.AsSpan()[..^2]);
        if (!fits)
            throw new ShapeException(op, $"{q}, {k} and {v} do not fit: [.., n, d], [.., m, d] and [.., m, e], the same sizes before.");
        if (mask is not { } given)
            return;
        var (own, wide) = (parts[0].DType, parts[0].DType.Accumulator());
        if (given.DType != DType.Bool && given.DType != own && given.DType != wide)
            throw new DTypeException(op, $"a mask is bool{(own == wide ? "" : $", {own.Name()}")} or {wide.Name()}, not {given.DType.Name()}; convert it with To.");
        Shape scores = [.. q.AsSpan()[..^1], k[^2]];
        if (Broadcasting.Join(given.Shape, scores, op) != scores)
            throw new ShapeException(op, $"the mask {given.Shape} does not broadcast to the scores {scores}.");
    }
}
