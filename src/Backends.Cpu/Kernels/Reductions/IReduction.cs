namespace Nabla;

/// <summary>How elements combine.</summary>
/// <typeparam name="T">The type that elements compute in.</typeparam>
/// <typeparam name="TSum">The type that intermediate results have.</typeparam>
internal unsafe interface IReduction<T, TSum> where T : unmanaged where TSum : unmanaged
{
    /// <summary>The result of nothing.</summary>
    static abstract TSum Seed { get; }

    static abstract TSum Combine(TSum a, TSum b);

    /// <summary>Combines neighbours.</summary>
    static abstract TSum Block(T* x, nint count);

    /// <summary>Combines rows elementwise into <paramref name="sums"/>: no more than <see cref="ReduceTile"/> says.</summary>
    static abstract void Rows(TSum* sums, T** rows, int rowCount, nint width);

    /// <summary>The result; what averages does so by the divisor.</summary>
    static abstract T Finish(TSum sum, double divisor);

    /// <summary>Results of neighbours, where one conversion of a row gives them as <see cref="Finish"/> does; false, and nothing written, elsewhere.</summary>
    static virtual bool FinishRow(T* y, TSum* sums, nint count, double divisor) => false;
}
