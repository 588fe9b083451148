using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A function of one tensor, or of two, with at most three numbers beside them.</summary>
internal unsafe interface IParametricOperator
{
    /// <summary>Whether there are two tensors.</summary>
    static abstract bool IsPair { get; }

    /// <summary>What the scalars of a call come to.</summary>
    /// <param name="scalars">Those of the operation.</param>
    /// <param name="dtype">Of the tensors.</param>
    /// <param name="numbers">Three, which are 0 before.</param>
    static abstract void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers);
}

/// <summary>Its form in vectors of an element type.</summary>
internal interface IParametricOperator<T> : IParametricOperator where T : unmanaged
{
    /// <param name="a">Of the first tensor.</param>
    /// <param name="b">Of the second, or of the only one as well.</param>
    /// <param name="first">The first number.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    static abstract V Apply<V, L>(V a, V b, V first, V second, V third) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary>One that is the same for all element types.</summary>
internal interface IParametricFormula : IParametricOperator
{
    /// <inheritdoc cref="IParametricOperator{T}.Apply{V, L}"/>
    static abstract V Apply<V, L, T>(V a, V b, V first, V second, V third)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>It, for each of them.</summary>
internal readonly unsafe struct ParametricFormula<TFormula> : IParametricOperator<float>, IParametricOperator<double> where TFormula : struct, IParametricFormula
{
    public static bool IsPair => TFormula.IsPair;

    public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => TFormula.Numbers(scalars, dtype, numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IParametricOperator<float>.Apply<V, L>(V a, V b, V first, V second, V third) => TFormula.Apply<V, L, float>(a, b, first, second, third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IParametricOperator<double>.Apply<V, L>(V a, V b, V first, V second, V third) => TFormula.Apply<V, L, double>(a, b, first, second, third);
}
