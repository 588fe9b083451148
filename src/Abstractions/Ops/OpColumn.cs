using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>A column of the op table: what one concern (a device's kernels, the gradients, the lowerings) says for each operation.</summary>
/// <typeparam name="T">The entry.</typeparam>
public sealed class OpColumn<T> where T : class
{
    private readonly Lock _gate = new();
    private readonly Action<OpColumn<T>>[] _groups;
    private T?[] _rows = [];
    private int _filledGroups;

    /// <summary>Creates a column.</summary>
    /// <param name="groups">
    /// Fill families of cells, each called once, in this order, until a cell that somebody reads is among them: a process that only adds does
    /// not wait for code that makes the cells of every function. What fills cells later than that calls <see cref="Add"/> before others read.
    /// </param>
    public OpColumn(params ReadOnlySpan<Action<OpColumn<T>>> groups) => _groups = groups.ToArray();

    /// <summary>Fills a cell. Not thread-safe beside readers.</summary>
    /// <exception cref="ArgumentException">The cell is filled already.</exception>
    public void Add(OpKind kind, T entry)
    {
        var rows = _rows;
        if (kind.Id >= rows.Length)
            Array.Resize(ref rows, Math.Max(kind.Id + 1, OpKind.Count));
        if (rows[kind.Id] is not null)
            throw new ArgumentException($"The entry of '{kind}' is set already.", nameof(kind));
        rows[kind.Id] = entry;
        Volatile.Write(ref _rows, rows);
    }

    /// <summary>Reads a cell.</summary>
    public bool TryGet(OpKind kind, [NotNullWhen(true)] out T? entry)
    {
        entry = Read(kind);
        return entry is not null || TryFill(kind, out entry);
    }

    /// <summary>The entry of a kind, or null.</summary>
    public T? this[OpKind kind] => TryGet(kind, out var entry) ? entry : null;

    private T? Read(OpKind kind)
    {
        var rows = _rows;
        return (uint)kind.Id < (uint)rows.Length ? rows[kind.Id] : null;
    }

    private bool TryFill(OpKind kind, [NotNullWhen(true)] out T? entry)
    {
        if (Volatile.Read(ref _filledGroups) < _groups.Length)
        {
            lock (_gate)
            {
                while (Read(kind) is null && _filledGroups < _groups.Length)
                {
                    _groups[_filledGroups](this);
                    Volatile.Write(ref _filledGroups, _filledGroups + 1);
                }
            }
        }

        entry = Read(kind); // again: another thread may have filled it since the first look
        return entry is not null;
    }
}
