namespace Nabla;

/// <content>Operations that overwrite: they end in an underscore and return the tensor itself.</content>
public sealed partial class Tensor
{
    /// <summary>Adds to this in place. PyTorch: <c>add_</c>.</summary>
    public Tensor Add_(Tensor other) => BinaryInPlace(BinaryOp.Add, other);

    /// <summary>Adds to this in place. PyTorch: <c>add_</c>.</summary>
    public Tensor Add_(Scalar other) => BinaryInPlace(BinaryOp.Add, other);

    /// <summary>Subtracts from this in place. PyTorch: <c>sub_</c>.</summary>
    public Tensor Sub_(Tensor other) => BinaryInPlace(BinaryOp.Sub, other);

    /// <summary>Subtracts from this in place. PyTorch: <c>sub_</c>.</summary>
    public Tensor Sub_(Scalar other) => BinaryInPlace(BinaryOp.Sub, other);

    /// <summary>Multiplies this in place. PyTorch: <c>mul_</c>.</summary>
    public Tensor Mul_(Tensor other) => BinaryInPlace(BinaryOp.Mul, other);

    /// <summary>Multiplies this in place. PyTorch: <c>mul_</c>.</summary>
    public Tensor Mul_(Scalar other) => BinaryInPlace(BinaryOp.Mul, other);

    /// <summary>Divides this in place. PyTorch: <c>div_</c>.</summary>
    public Tensor Div_(Tensor other) => BinaryInPlace(BinaryOp.Div, other);

    /// <summary>Divides this in place. PyTorch: <c>div_</c>.</summary>
    public Tensor Div_(Scalar other) => BinaryInPlace(BinaryOp.Div, other);

    /// <summary>Replaces x by -x in place. PyTorch: <c>neg_</c>.</summary>
    public Tensor Neg_() => ApplyInPlace(UnaryOp.Neg, [this], default);

    /// <summary>Replaces x by |x| in place. PyTorch: <c>abs_</c>.</summary>
    public Tensor Abs_() => ApplyInPlace(UnaryOp.Abs, [this], default);

    /// <summary>Replaces x by e^x in place. PyTorch: <c>exp_</c>.</summary>
    public Tensor Exp_() => ApplyInPlace(UnaryOp.Exp, [this], default);

    /// <summary>Replaces x by log(x) in place. PyTorch: <c>log_</c>.</summary>
    public Tensor Log_() => ApplyInPlace(UnaryOp.Log, [this], default);

    /// <summary>Replaces x by the square root in place. PyTorch: <c>sqrt_</c>.</summary>
    public Tensor Sqrt_() => ApplyInPlace(UnaryOp.Sqrt, [this], default);

    /// <summary>Replaces x by the sine in place. PyTorch: <c>sin_</c>.</summary>
    public Tensor Sin_() => ApplyInPlace(UnaryOp.Sin, [this], default);

    /// <summary>Replaces x by the cosine in place. PyTorch: <c>cos_</c>.</summary>
    public Tensor Cos_() => ApplyInPlace(UnaryOp.Cos, [this], default);

    /// <summary>Replaces x by the hyperbolic tangent in place. PyTorch: <c>tanh_</c>.</summary>
    public Tensor Tanh_() => ApplyInPlace(UnaryOp.Tanh, [this], default);

    /// <summary>Replaces x by 1 / (1 + e^-x) in place. PyTorch: <c>sigmoid_</c>.</summary>
    public Tensor Sigmoid_() => ApplyInPlace(UnaryOp.Sigmoid, [this], default);

    /// <summary>Replaces x by the integer below in place. PyTorch: <c>floor_</c>.</summary>
    public Tensor Floor_() => ApplyInPlace(UnaryOp.Floor, [this], default);

    /// <summary>Replaces x by the integer above in place. PyTorch: <c>ceil_</c>.</summary>
    public Tensor Ceil_() => ApplyInPlace(UnaryOp.Ceil, [this], default);

    /// <summary>Replaces x by the nearest integer in place. PyTorch: <c>round_</c>.</summary>
    public Tensor Round_() => ApplyInPlace(UnaryOp.Round, [this], default);

    /// <summary>Replaces x by the integer part in place. PyTorch: <c>trunc_</c>.</summary>
    public Tensor Trunc_() => ApplyInPlace(UnaryOp.Trunc, [this], default);

    /// <summary>Replaces x by 1 / x in place. PyTorch: <c>reciprocal_</c>.</summary>
    public Tensor Reciprocal_() => ApplyInPlace(UnaryOp.Reciprocal, [this], default);

    /// <summary>Replaces x by 1 / sqrt(x) in place. PyTorch: <c>rsqrt_</c>.</summary>
    public Tensor Rsqrt_() => ApplyInPlace(UnaryOp.Rsqrt, [this], default);

    /// <summary>this to the power of the exponent, in place. PyTorch: <c>pow_</c>.</summary>
    /// <exception cref="TensorArgumentException">Integers to a negative integer power.</exception>
    public Tensor Pow_(Scalar exponent)
    {
        CheckPower(exponent);
        return BinaryInPlace(BinaryOp.Pow, exponent);
    }

    /// <summary>max(x, 0) in place. PyTorch: <c>relu_</c>.</summary>
    public Tensor Relu_() => ApplyInPlace(ReluOp.Instance, [this], default);

    /// <summary>Every element becomes the value. PyTorch: <c>fill_</c>.</summary>
    /// <exception cref="TensorArgumentException">The elements are integers that cannot be the value.</exception>
    public Tensor Fill_(Scalar value)
    {
        if (DType.IsInteger())
            IntegerRange.CheckValue("fill", DType, value);
        return ApplyInPlace(new FullOp(DType, Shape), [], [value]);
    }

    /// <summary>Every element becomes 0. PyTorch: <c>zero_</c>.</summary>
    public Tensor Zero_() => Fill_(0);

    /// <summary>Copies the values of another tensor, which broadcasts and is converted; from any device. PyTorch: <c>copy_</c>.</summary>
    public Tensor Copy_(Tensor source)
    {
        using var temporaries = TemporaryScope.Open();
        if (source._data.Device != _data.Device)
            source = source.To(Device);
        if (source.Shape != Shape)
            source = source.Expand(Shape);
        Op op = source.DType == DType ? CopyOp.Instance : new CastOp(DType);
        return ApplyInPlace(op, [source], default);
    }

    /// <summary>Replaces elements where the mask is true. PyTorch: <c>masked_fill_</c>.</summary>
    public Tensor MaskedFill_(Tensor mask, Scalar value)
    {
        using var temporaries = TemporaryScope.Open();
        return ApplyInPlace(WhereOp.Instance, [mask, Full([], value, DType, Device), this], default);
    }
}
