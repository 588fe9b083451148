namespace Nabla;

/// <content>Limits.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// x limited from below and above; NaN stays, and where <paramref name="min"/> is above <paramref name="max"/> the result is
    /// max. The gradient passes at the limits, too. PyTorch: <c>torch.clamp</c>.
    /// </summary>
    public Tensor Clamp(Scalar min, Scalar max) => Limit(min, max);

    /// <summary>x limited from below. PyTorch: <c>torch.clamp_min</c>.</summary>
    public Tensor ClampMin(Scalar min) => Limit(min, null);

    /// <summary>x limited from above. PyTorch: <c>torch.clamp_max</c>.</summary>
    public Tensor ClampMax(Scalar max) => Limit(null, max);

    /// <summary>
    /// x limited elementwise; shapes broadcast, element types promote. The gradient goes to what is taken. PyTorch: <c>torch.clamp</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">No limit is given.</exception>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        if (min is null && max is null)
            throw new TensorArgumentException("clamp", "there is no limit: give min, max or both.");
        var dtype = Promotion.Result([this, min ?? this, max ?? this]);
        var x = Cast(dtype);
        (min, max) = (min?.Cast(dtype), max?.Cast(dtype));
        if (min is not null)
            x = Where(x.Lt(min).LogicalOr(min.IsNaN()).LogicalAnd(x.IsNaN().LogicalNot()), min, x);
        return max is null ? x : Where(x.Gt(max).LogicalOr(max.IsNaN()).LogicalAnd(x.IsNaN().LogicalNot()), max, x);
    }

    private Tensor Limit(Scalar? min, Scalar? max)
    {
        var dtype = DType;
        foreach (var bound in (ReadOnlySpan<Scalar?>)[min, max])
            if (bound is { } scalar && Promotion.Category(scalar) > Promotion.Category(dtype))
                dtype = Promotion.Of(scalar);
        Tensor Bound(Scalar value) => Full([], value, dtype, Device);
        if (IsNaNScalar(min) || IsNaNScalar(max))
            return FullLike(this, double.NaN, dtype); // a limit that is no number leaves none
        var x = Cast(dtype);
        if (min is { } low)
            x = Where(x.Lt(low), Bound(low), x);
        return max is { } high ? Where(x.Gt(high), Bound(high), x) : x;
    }

    private static bool IsNaNScalar(Scalar? value) => value is { Kind: ScalarKind.Float } scalar && double.IsNaN(scalar.ToDouble());
}
