using System.Numerics;

namespace Nabla;

/// <summary>Code that is written once for all element types; half types arrive as float32, in which they compute, bool as bytes 0 and 1.</summary>
/// <typeparam name="TResult">What a visit returns.</typeparam>
internal interface IDTypeVisitor<out TResult>
{
    TResult Bool();

    TResult Integer<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;

    TResult Float<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>;
}

/// <summary>As <see cref="IDTypeVisitor{TResult}"/>, for code that treats all numbers alike and never meets bool.</summary>
internal interface INumberVisitor<out TResult>
{
    TResult Number<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>Code that only moves elements: an unsigned integer of the element's size.</summary>
internal interface ISizeVisitor<out TResult>
{
    TResult Bits<T>() where T : unmanaged, IUnsignedNumber<T>;
}
