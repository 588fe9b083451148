namespace Nabla;

/// <summary>A function of one element.</summary>
internal interface IMap<T, TResult> where T : unmanaged where TResult : unmanaged
{
    static abstract TResult Apply(T x);
}

/// <summary>A function of two elements.</summary>
internal interface IMap2<T, TResult> where T : unmanaged where TResult : unmanaged
{
    static abstract TResult Apply(T a, T b);
}
