using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>A column of the op table: what one concern (a device's kernels, the gradients, the lowerings) says for each operation.</summary>
/// <typeparam name="T">The entry.</typeparam>
public sealed class OpColumn<T> where T : class
{
    private T?[] _rows = [];

    /// <summary>Fills a cell. Not thread-safe: columns are built once and then read.</summary>
    /// <exception cref="ArgumentException">The cell is filled already.</exception>
    public void Add(OpKind kind, T entry)
    {
        if (TryGet(kind, out _))
            throw new ArgumentException($"The entry of '{kind}' is set already.", nameof(kind));
        if (kind.Id >= _rows.Length)
            Array.Resize(ref _rows, Math.Max(kind.Id + 1, OpKind.All.Length));
        _rows[kind.Id] = entry;
    }

    /// <summary>Reads a cell.</summary>
    public bool TryGet(OpKind kind, [NotNullWhen(true)] out T? entry)
    {
        var rows = _rows;
        entry = (uint)kind.Id < (uint)rows.Length ? rows[kind.Id] : null;
        return entry is not null;
    }

    /// <summary>The entry of a kind, or null.</summary>
    public T? this[OpKind kind] => TryGet(kind, out var entry) ? entry : null;
}
