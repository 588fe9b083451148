using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// The identity of an operation: one per row of the op table, shared by every instance of the op's record. Its id is dense, so that
/// the columns (kernels, gradients, lowerings) are arrays.
/// </summary>
public sealed class OpKind
{
    private static readonly Lock Gate = new();
    private static OpKind[] _all = []; // never written into: each new kind makes a new one

    private OpKind(string name, int id, bool dataDependent) => (Name, Id, DataDependent) = (name, id, dataDependent);

    /// <summary>The name, in the form of PyTorch's: <c>add</c>, <c>log_softmax</c>. Unique.</summary>
    public string Name { get; }

    /// <summary>Position in <see cref="All"/>. Not stable from one run to another: never store it.</summary>
    public int Id { get; }

    /// <summary>Whether the shape of the result depends on values: such an op makes a recording device run what it has recorded.</summary>
    public bool DataDependent { get; }

    /// <summary>Every kind defined so far.</summary>
    public static ImmutableArray<OpKind> All => ImmutableCollectionsMarshal.AsImmutableArray(_all);

    /// <summary>How many there are.</summary>
    internal static int Count => _all.Length;

    /// <summary>Defines an operation; third parties may, too.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static OpKind Define(string name, bool dataDependent = false)
    {
        lock (Gate)
        {
            foreach (var other in _all)
                if (other.Name == name)
                    throw new ArgumentException($"An operation named '{name}' is already defined.", nameof(name));
            var kind = new OpKind(name, _all.Length, dataDependent);
            _all = [.. _all, kind];
            return kind;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
