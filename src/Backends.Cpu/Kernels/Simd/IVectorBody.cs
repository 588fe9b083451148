namespace Nabla;

/// <summary>What runs in vectors of <typeparamref name="T"/>, written once for all widths; see <see cref="WidestVector"/>.</summary>
internal interface IVectorBody<T> where T : unmanaged
{
    void Run<V, L>() where V : struct where L : struct, ISimd<V, T>;
}
