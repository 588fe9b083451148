using System.Diagnostics.CodeAnalysis;

namespace Nabla.Goldens;

/// <summary>Names of operations and what they are in this API. A name that is not here is absent from the engine.</summary>
internal sealed partial class OperationTable
{
    private readonly Dictionary<string, Operation> _operations = [];

    private OperationTable()
    {
    }

    /// <summary>The one table.</summary>
    public static OperationTable Instance { get; } = Build();

    public bool TryGet(string name, [NotNullWhen(true)] out Operation? operation) => _operations.TryGetValue(name, out operation);

    /// <summary>Each theme adds its own names: one file each.</summary>
    private static OperationTable Build()
    {
        var table = new OperationTable();
        table.AddUnary();
        table.AddBinary();
        table.AddReduction();
        table.AddCreation();
        table.AddShape();
        table.AddActivations();
        table.AddLosses();
        table.AddNormalization();
        table.AddProducts();
        table.AddIndexing();
        table.AddInPlace();
        return table;
    }

    /// <summary>An operation with one result.</summary>
    private void One(string name, Func<Args, Tensor> operation) => _operations.Add(name, args => [operation(args)]);

    /// <summary>An operation with several results.</summary>
    private void Many(string name, Operation operation) => _operations.Add(name, operation);
}
