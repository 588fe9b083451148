namespace Nabla;

/// <summary>
/// PyTorch's type promotion. Three tiers, each stronger than the next: tensors with dimensions, tensors without, C# numbers. A weaker
/// tier counts only where its category (bool, integer, floating) is higher. Source: PyTorch, "Tensor Attributes".
/// </summary>
internal static class Promotion
{
    /// <summary>What floating numbers become where nothing else says.</summary>
    public const DType DefaultFloat = DType.Float32;

    public static int Category(DType dtype) => dtype == DType.Bool ? 0 : dtype.IsInteger() ? 1 : 2;

    public static int Category(Scalar scalar) => (int)scalar.Kind;

    /// <summary>The type of a C# number on its own.</summary>
    public static DType Of(Scalar scalar) => scalar.Kind switch
    {
        ScalarKind.Bool => DType.Bool,
        ScalarKind.Integer => DType.Int64,
        _ => DefaultFloat,
    };

    /// <summary>The common type of two tensors.</summary>
    public static DType Result(Tensor a, Tensor b) => a.DType == b.DType ? a.DType : Promote(a, b);

    private static DType Promote(Tensor a, Tensor b)
    {
        bool strongA = a.Dim > 0, strongB = b.Dim > 0;
        if (strongA == strongB)
            return Join(a.DType, b.DType);
        var (strong, weak) = strongA ? (a.DType, b.DType) : (b.DType, a.DType);
        return Category(weak) > Category(strong) ? Join(strong, weak) : strong;
    }

    /// <summary>The common type of many tensors.</summary>
    public static DType Result(ReadOnlySpan<Tensor> tensors)
    {
        DType? strong = null, weak = null;
        foreach (var tensor in tensors)
        {
            if (tensor.Dim > 0)
                strong = strong is null ? tensor.DType : Join(strong.Value, tensor.DType);
            else
                weak = weak is null ? tensor.DType : Join(weak.Value, tensor.DType);
        }

        if (strong is null || weak is null)
            return strong ?? weak ?? DefaultFloat;
        return Category(weak.Value) > Category(strong.Value) ? Join(strong.Value, weak.Value) : strong.Value;
    }

    /// <summary>The common type of a tensor and a C# number.</summary>
    public static DType Result(Tensor a, Scalar s) => Category(s) > Category(a.DType) ? Of(s) : a.DType;

    /// <summary>The smallest type that holds both, in PyTorch's lattice.</summary>
    public static DType Join(DType a, DType b)
    {
        if (a == b)
            return a;
        if (Category(a) != Category(b))
            return Category(a) > Category(b) ? a : b;
        if (a.IsFloatingPoint())
            return a.Size() == 2 && b.Size() == 2 ? DType.Float32 : Max(a, b);
        if (a == DType.UInt8 || b == DType.UInt8)
            return Max(Max(a, b), DType.Int16); // uint8 with int8 needs 16 bits; wider signed types hold it
        return Max(a, b);
    }

    private static DType Max(DType a, DType b) => a.Size() >= b.Size() ? a : b;
}
