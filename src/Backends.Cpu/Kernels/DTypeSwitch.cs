using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>From an element type to code that is generic over it.</summary>
internal static class DTypeSwitch
{
    /// <summary>Visits the type that elements of <paramref name="dtype"/> compute in.</summary>
    /// <remarks>A program of float32 alone does not wait until the code of every other type is known to the runtime: hence two methods.</remarks>
    public static TResult Visit<TVisitor, TResult>(this DType dtype, TVisitor visitor) where TVisitor : IDTypeVisitor<TResult> =>
        dtype is DType.Float32 or DType.Float16 or DType.BFloat16 ? visitor.Float<float>() : VisitOther<TVisitor, TResult>(dtype, visitor);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TResult VisitOther<TVisitor, TResult>(DType dtype, TVisitor visitor) where TVisitor : IDTypeVisitor<TResult> => dtype switch
    {
        DType.Bool => visitor.Bool(),
        DType.UInt8 => visitor.Integer<byte>(),
        DType.Int8 => visitor.Integer<sbyte>(),
        DType.Int16 => visitor.Integer<short>(),
        DType.Int32 => visitor.Integer<int>(),
        DType.Int64 => visitor.Integer<long>(),
        DType.Float64 => visitor.Float<double>(),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "no such element type."),
    };

    /// <summary>Visits the number type; bool counts as a byte.</summary>
    public static TResult VisitNumber<TVisitor, TResult>(this DType dtype, TVisitor visitor) where TVisitor : INumberVisitor<TResult> =>
        dtype.Visit<Numbers<TVisitor, TResult>, TResult>(new(visitor));

    /// <summary>Visits the bits: moving elements needs only their size.</summary>
    public static TResult VisitBits<TVisitor, TResult>(this DType dtype, TVisitor visitor) where TVisitor : ISizeVisitor<TResult> => dtype.Size() switch
    {
        1 => visitor.Bits<byte>(),
        2 => visitor.Bits<ushort>(),
        4 => visitor.Bits<uint>(),
        _ => visitor.Bits<ulong>(),
    };

    /// <summary>What a visitor throws for types that the operation refuses before any kernel: nobody sees it, unless a check is missing.</summary>
    public static InvalidOperationException OutsideDomain(string type) => new($"A {type} reached a kernel outside the operation's domain.");

    private readonly struct Numbers<TVisitor, TResult>(TVisitor visitor) : IDTypeVisitor<TResult> where TVisitor : INumberVisitor<TResult>
    {
        public TResult Bool() => visitor.Number<byte>();

        TResult IDTypeVisitor<TResult>.Integer<T>() => visitor.Number<T>();

        TResult IDTypeVisitor<TResult>.Float<T>() => visitor.Number<T>();
    }
}
