namespace Nabla;

/// <summary>The work of one fork-join: a struct, so that handing it to a <see cref="WorkerPool"/> allocates nothing.</summary>
internal interface IParallelBody
{
    /// <summary>
    /// Runs part <paramref name="part"/>; parts run in any order, on any thread, each exactly once. Threads may see copies of the body: what a part
    /// gives lies behind a pointer or a reference.
    /// </summary>
    void Run(int part);
}
