namespace Nabla;

/// <summary>The most that <see cref="IReduction{T, TSum}.Rows"/> is given at once.</summary>
internal static class ReduceTile
{
    /// <summary>What a reduction does once for so many rows costs next to nothing.</summary>
    public const int Rows = 64;

    /// <summary>The rows stay in the second-level cache for those reductions that go over them twice.</summary>
    public const int Columns = 1024;
}
