namespace Nabla;

/// <summary>Computes a rectangle of C: what differs between the products that <see cref="GemmBody{TKernel, T, TBatch}"/> shares out.</summary>
internal interface IGemmKernel<T> where T : unmanaged
{
    void Run(in GemmArgs<T> args, GemmBlock block);
}
