using System.Numerics;

namespace Nabla;

/// <summary>y = f(x), one formula for integers and floats.</summary>
internal interface INumberUnary
{
    static abstract T Apply<T>(T x) where T : unmanaged, INumber<T>;

    static abstract V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>y = f(x) of floats.</summary>
internal interface IFloatUnary
{
    static abstract T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>y = f(x) of floats, with a vector form for both.</summary>
internal interface IVectorFloatUnary : IFloatUnary
{
    static abstract V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>y = f(x) of floats, with a vector form for float32.</summary>
internal interface IFloat32Unary : IFloatUnary
{
    /// <summary>See <see cref="IVectorMap{T}.Prepare"/>.</summary>
    static virtual void Prepare()
    {
    }

    static abstract V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float>;
}

/// <summary>y = f(x) of floats, with vector forms of their own for float32 and for float64.</summary>
internal interface IFloat64Unary : IFloat32Unary
{
    static abstract V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double>;
}

/// <summary>y = f(x) of floats, with a vector form that takes float32 as float64: digits to spare make simple formulas exact enough.</summary>
internal interface IWideUnary : IFloatUnary
{
    /// <summary>Whether that form has float64's own digits and range, and so serves float64, too.</summary>
    static virtual bool IsExact => false;

    static abstract V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double>;
}

/// <summary>The same with another vector form for float64: the first saves steps that float32 does not need.</summary>
internal interface IWide64Unary : IWideUnary
{
    static abstract V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double>;
}

/// <summary>Whether x has a property.</summary>
internal interface INumberTest
{
    static abstract bool Apply<T>(T x) where T : unmanaged, INumber<T>;

    /// <summary>The same as a mask.</summary>
    static abstract V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>y = f(a, b), one formula for integers and floats.</summary>
internal interface INumberBinary
{
    static abstract T Apply<T>(T a, T b) where T : unmanaged, INumber<T>;

    static abstract V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>One of two numbers.</summary>
internal interface INumberChoice : INumberBinary
{
    /// <summary>One instruction; of floats it may lose a NaN, and the sign of zeros.</summary>
    static abstract V Native<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>y = f(a, b) of floats.</summary>
internal interface IFloatBinary
{
    static abstract T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>y = f(a, b) of floats, with a vector form for both.</summary>
internal interface IVectorFloatBinary : IFloatBinary
{
    static abstract V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}

/// <summary>y = f(a, b) of floats, with a vector form that takes float32 as float64.</summary>
internal interface IWideBinary : IFloatBinary
{
    /// <summary>Whether the scalar form rounds on its way, so that it is another function in float64.</summary>
    static virtual bool RoundsOnItsWay => false;

    /// <summary>Whether the vector form has float64's own digits and range, and so serves float64, too.</summary>
    static virtual bool IsExact => false;

    static abstract V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double>;
}

/// <summary>y = f(a, b) of integers.</summary>
internal interface IIntegerBinary
{
    static abstract T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>y = f(a, b) of integers, bit by bit: of bool, too.</summary>
internal interface IBitwise
{
    static abstract T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>;

    static abstract V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged;
}

/// <summary>Whether a and b are in a relation.</summary>
internal interface IComparison
{
    static abstract bool Apply<T>(T a, T b) where T : unmanaged, INumber<T>;

    /// <summary>The same as a mask.</summary>
    static abstract V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>;
}
