namespace Nabla;

/// <content>Limits.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// x limited from below and above; NaN stays, and where <paramref name="min"/> is above <paramref name="max"/> the result is
    /// max. The gradient passes at the limits, too, but not where x is NaN. PyTorch: <c>torch.clamp</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The elements are integers, and a limit is beyond their type.</exception>
    public Tensor Clamp(Scalar min, Scalar max) => Limit(min, max);

    /// <summary>x limited from below. PyTorch: <c>torch.clamp_min</c>.</summary>
    /// <exception cref="TensorArgumentException">The elements are integers, and the limit is beyond their type.</exception>
    public Tensor ClampMin(Scalar min) => Limit(min, null);

    /// <summary>x limited from above. PyTorch: <c>torch.clamp_max</c>.</summary>
    /// <exception cref="TensorArgumentException">The elements are integers, and the limit is beyond their type.</exception>
    public Tensor ClampMax(Scalar max) => Limit(null, max);

    /// <summary>
    /// x limited elementwise; shapes broadcast, element types promote. The gradient goes to what is taken. PyTorch: <c>torch.clamp</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">No limit is given.</exception>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        if (min is null && max is null)
            throw new TensorArgumentException("clamp", "there is no limit: give min, max or both.");
        using var temporaries = TemporaryScope.Open();
        var dtype = Promotion.Result([this, min ?? this, max ?? this]);
        var x = Cast(dtype);
        (min, max) = (min?.Cast(dtype), max?.Cast(dtype));
        if (!IsRecording([x, min ?? x, max ?? x]))
        {
            x = min is null ? x : x.Maximum(min);
            return temporaries.Keep(max is null ? x : x.Minimum(max));
        }

        var limited = x.Detach();
        if (min is not null)
            limited = Where(limited.Lt(min).LogicalOr(min.IsNaN()).LogicalAnd(limited.IsNaN().LogicalNot()), min, limited);
        if (max is not null)
            limited = Where(limited.Gt(max).LogicalOr(max.IsNaN()).LogicalAnd(limited.IsNaN().LogicalNot()), max, limited);
        return temporaries.Keep(x.IsRecorded ? Where(Within(min is null ? null : x.Ge(min), max is null ? null : x.Le(max)), x, limited) : limited);
    }

    /// <summary>Where a gradient passes: between the limits and at them; not where x is NaN.</summary>
    private static Tensor Within(Tensor? above, Tensor? below) => above is null ? below! : below is null ? above : above.LogicalAnd(below);

    private Tensor Limit(Scalar? min, Scalar? max)
    {
        using var temporaries = TemporaryScope.Open();
        var dtype = DType;
        foreach (var bound in (ReadOnlySpan<Scalar?>)[min, max])
            if (bound is { } scalar && Promotion.Category(scalar) > Promotion.Category(dtype))
                dtype = Promotion.Of(scalar);
        var x = Cast(dtype);
        if (IsNaNScalar(min) || IsNaNScalar(max))
        {
            // A limit that is no number leaves none, and no gradient passes.
            var none = FullLike(this, double.NaN, dtype);
            return temporaries.Keep(x.IsRecorded ? Where(Full([], false, DType.Bool, Device), x, none) : none);
        }

        IntegerRange.CheckLimit("clamp", dtype, min);
        IntegerRange.CheckLimit("clamp", dtype, max);
        if (dtype.IsFloatingPoint() && (x.IsRecorded || (min is not null && max is not null)))
            return temporaries.Keep(Apply(new ClampOp(Inclusive: true), [x], [min ?? double.NegativeInfinity, max ?? double.PositiveInfinity]));
        if (min is { } low)
            x = x.Maximum(low);
        if (max is { } high)
            x = x.Minimum(high);
        return temporaries.Keep(x);
    }

    private static bool IsNaNScalar(Scalar? value) => value is { Kind: ScalarKind.Float } scalar && double.IsNaN(scalar.ToDouble());
}
