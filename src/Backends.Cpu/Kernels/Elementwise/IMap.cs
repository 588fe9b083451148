namespace Nabla;

/// <summary>A function of one element.</summary>
internal interface IMap<T, TResult> where T : unmanaged where TResult : unmanaged
{
    static abstract TResult Apply(T x);
}

/// <summary>A function of one element that has a vector form.</summary>
internal interface IVectorMap<T> : IMap<T, T> where T : unmanaged
{
    /// <summary>Called before any loop of it is compiled, so that what it has made once is a constant there, and not looked up for each vector.</summary>
    static virtual void Prepare()
    {
    }

    static abstract V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary>A function of two elements.</summary>
internal interface IMap2<T, TResult> where T : unmanaged where TResult : unmanaged
{
    static abstract TResult Apply(T a, T b);
}

/// <summary>A function of two elements that has a vector form.</summary>
internal interface IVectorMap2<T> : IMap2<T, T> where T : unmanaged
{
    /// <summary>Whether the scalar form gives the same bits, so that it may do the last elements.</summary>
    static virtual bool ScalarTail => true;

    static abstract V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary>A relation of two elements that has a vector form: its value is a mask.</summary>
internal interface IVectorRelation<T> : IMap2<T, byte> where T : unmanaged
{
    static abstract V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary>An operator of two numbers, of one type.</summary>
internal readonly struct NumberMap2<TOp, T> : IVectorMap2<T> where TOp : struct, INumberBinary where T : unmanaged, System.Numerics.INumber<T>
{
    public static T Apply(T a, T b) => TOp.Apply(a, b);

    public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(a, b);
}

/// <summary>A comparison of two numbers of one type.</summary>
internal readonly struct RelationMap<TOp, T> : IVectorRelation<T> where TOp : struct, IComparison where T : unmanaged, System.Numerics.INumber<T>
{
    public static byte Apply(T a, T b) => TOp.Apply(a, b) ? (byte)1 : (byte)0;

    public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T> => TOp.Apply<V, L, T>(a, b);
}
