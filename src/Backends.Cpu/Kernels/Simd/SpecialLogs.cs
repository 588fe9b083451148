namespace Nabla;

/// <summary>The logarithms that no polynomial gives.</summary>
internal static class SpecialLogs
{
    /// <summary>For <see cref="ISimd{V, T}.Replace"/>: NaN of NaN and of negative numbers, minus infinity of 0, infinity of itself.</summary>
    public const uint Rule = 0x03530422;
}
