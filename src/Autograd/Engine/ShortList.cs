using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A fixed number of items that lie in their owner where they are few, as a node's edges are: an array would be an object more for each node.</summary>
internal struct ShortList<T>
{
    private const int Few = 2;

    private T[]? _many;
    private int _count;
    private FewItems _few;

    /// <summary>Makes room, once, where the list lies: one that is made elsewhere would be copied there.</summary>
    [UnscopedRef]
    public Span<T> Open(int count)
    {
        _count = count;
        if (count > Few)
            _many = new T[count];
        return Items;
    }

    [UnscopedRef]
    public Span<T> Items => _many is null ? ((Span<T>)_few)[.._count] : _many;

    [InlineArray(Few)]
    private struct FewItems
    {
        private T _first;
    }
}
