using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A fixed number of items that lie in their owner where they are few, as a node's edges are: an array would be an object more for each node.</summary>
internal struct ShortList<T>
{
    private const int Few = 2;

    private readonly T[]? _many;
    private readonly int _count;
    private FewItems _few;

    public ShortList(int count)
    {
        _count = count;
        if (count > Few)
            _many = new T[count];
    }

    public ShortList(ReadOnlySpan<T> items)
        : this(items.Length) => items.CopyTo(Items);

    [UnscopedRef]
    public Span<T> Items => _many is null ? ((Span<T>)_few)[.._count] : _many;

    [InlineArray(Few)]
    private struct FewItems
    {
        private T _first;
    }
}
