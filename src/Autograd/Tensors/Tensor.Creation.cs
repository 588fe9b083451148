namespace Nabla;

/// <content>Creation.</content>
public sealed partial class Tensor
{
    /// <summary>Zeros, float32, on the default device: <c>Tensor.Zeros(2, 3)</c>. PyTorch: <c>torch.zeros</c>.</summary>
    public static Tensor Zeros(params ReadOnlySpan<long> shape) => Full(shape, 0, Promotion.DefaultFloat);

    /// <summary>Zeros: <c>Tensor.Zeros([2, 3], DType.Float64, device)</c>. PyTorch: <c>torch.zeros</c>.</summary>
    public static Tensor Zeros(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null, bool requiresGrad = false) =>
        Full(shape, 0, dtype, device, requiresGrad);

    /// <summary>Ones, float32, on the default device. PyTorch: <c>torch.ones</c>.</summary>
    public static Tensor Ones(params ReadOnlySpan<long> shape) => Full(shape, 1, Promotion.DefaultFloat);

    /// <summary>Ones. PyTorch: <c>torch.ones</c>.</summary>
    public static Tensor Ones(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null, bool requiresGrad = false) =>
        Full(shape, 1, dtype, device, requiresGrad);

    /// <summary>One value everywhere. PyTorch: <c>torch.full</c>.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="value">The value.</param>
    /// <param name="dtype">The element type; by default bool, int64 or float32, after the value.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <param name="requiresGrad">Whether gradients are computed.</param>
    /// <exception cref="TensorArgumentException">The element type is one of integers and cannot hold the value.</exception>
    public static Tensor Full(ReadOnlySpan<long> shape, Scalar value, DType? dtype = null, Device? device = null, bool requiresGrad = false)
    {
        var type = dtype ?? Promotion.Of(value);
        if (type.IsInteger())
            IntegerRange.CheckValue("full", type, value);
        return Create(new FullOp(type, Shape.Create(shape)), [value], device, requiresGrad);
    }

    /// <summary>Zeros like another tensor: its sizes, element type and device. PyTorch: <c>torch.zeros_like</c>.</summary>
    public static Tensor ZerosLike(Tensor other, DType? dtype = null) => FullLike(other, 0, dtype);

    /// <summary>Ones like another tensor. PyTorch: <c>torch.ones_like</c>.</summary>
    public static Tensor OnesLike(Tensor other, DType? dtype = null) => FullLike(other, 1, dtype);

    /// <summary>One value in the sizes, element type and device of another tensor. PyTorch: <c>torch.full_like</c>.</summary>
    /// <exception cref="TensorArgumentException">The element type is one of integers and cannot hold the value.</exception>
    public static Tensor FullLike(Tensor other, Scalar value, DType? dtype = null)
    {
        var type = dtype ?? other.DType;
        if (type.IsInteger())
            IntegerRange.CheckValue("full_like", type, value);
        return Create(new FullOp(type, other.Shape), [value], other.Device);
    }

    /// <summary>0, 1, … up to but without the end. PyTorch: <c>torch.arange</c>.</summary>
    public static Tensor Arange(Scalar end, DType? dtype = null, Device? device = null) => Arange(0, end, 1, dtype, device);

    /// <summary>start, start + 1, … up to but without the end. PyTorch: <c>torch.arange</c>.</summary>
    public static Tensor Arange(Scalar start, Scalar end, DType? dtype = null, Device? device = null) => Arange(start, end, 1, dtype, device);

    /// <summary>start, start + step, … up to but without the end. PyTorch: <c>torch.arange</c>.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="end">Where it ends; itself left out.</param>
    /// <param name="step">The distance; not 0, and towards the end.</param>
    /// <param name="dtype">By default int64 when all numbers are integers, else float32.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <exception cref="TensorArgumentException">The step is 0 or leads away from the end.</exception>
    public static Tensor Arange(Scalar start, Scalar end, Scalar step, DType? dtype = null, Device? device = null)
    {
        bool integers = start.Kind != ScalarKind.Float && end.Kind != ScalarKind.Float && step.Kind != ScalarKind.Float;
        double distance = end.ToDouble() - start.ToDouble(), by = step.ToDouble();
        if (by == 0 || !double.IsFinite(distance) || distance / by < 0)
            throw new TensorArgumentException("arange", $"from {start} to {end} by {step} leads nowhere: the step is not 0 and points to the end.");
        long length = (long)Math.Ceiling(distance / by);
        return Create(new ArangeOp(dtype ?? (integers ? DType.Int64 : Promotion.DefaultFloat), length), [start, step], device);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere. PyTorch: <c>torch.eye</c>.</summary>
    public static Tensor Eye(long n, DType dtype = DType.Float32, Device? device = null) => Eye(n, n, dtype, device);

    /// <summary>Ones on the diagonal, zeros elsewhere. PyTorch: <c>torch.eye</c>.</summary>
    public static Tensor Eye(long rows, long columns, DType dtype = DType.Float32, Device? device = null)
    {
        var matrix = Zeros([rows, columns], dtype, device);
        var diagonal = Dispatch.View(new DiagonalOp(0, 1, 0), matrix.Data)!; // of a matrix just made there is always such a view
        Dispatch.Execute(diagonal.Device, new FullOp(dtype, diagonal.Shape), default, [1], diagonal);
        return matrix;
    }

    /// <summary>Executes an operation without tensor inputs.</summary>
    internal static Tensor Create(Op op, ReadOnlySpan<Scalar> scalars, Device? device, bool requiresGrad = false)
    {
        var data = Dispatch.Execute(DefaultDevice.Resolve(device), op, default, scalars);
        var tensor = new Tensor(data);
        if (requiresGrad)
            tensor.RequiresGrad = true;
        return tensor;
    }
}
