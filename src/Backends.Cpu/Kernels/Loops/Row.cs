namespace Nabla;

/// <summary>
/// The innermost loop of an elementwise operation, over contiguous elements in the type that they compute in: y[i] = f(a[i], b[i], c[i]).
/// A bare function pointer, so that one driver serves every operation and type.
/// </summary>
/// <remarks>The last argument has bit k set when input k is one element, to be used for all i. y may be an input.</remarks>
internal sealed unsafe class Row(
    delegate*<byte*, byte*, byte*, byte*, nint, int, void> function, int cost = 1, delegate*<byte*, byte*, byte*, byte*, nint, int, void> streamed = null)
{
    /// <summary>y, a, b, c, count, scalar inputs.</summary>
    public readonly delegate*<byte*, byte*, byte*, byte*, nint, int, void> Function = function;

    /// <summary>
    /// The same, past the caches: y is whole cache lines, and no input. Null if the function has no such form; its results then pass through a
    /// buffer.
    /// </summary>
    public readonly delegate*<byte*, byte*, byte*, byte*, nint, int, void> Streamed = streamed;

    /// <summary>Whether <see cref="Streamed"/> asks for its only input ahead of its loop by itself.</summary>
    public bool AsksAhead { get; init; }

    /// <summary>Time of an element, in units of an addition: decides when threads pay.</summary>
    public readonly int Cost = cost;

    /// <summary>
    /// y = f(y), bit by bit as the function gives it, over a rectangle of elements: first, from a row to the next, rows, columns. For what another
    /// kernel has just computed, while the cache holds it; null where there is no such form.
    /// </summary>
    public delegate*<byte*, nint, nint, nint, void> Block { get; init; }
}
