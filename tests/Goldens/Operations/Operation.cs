namespace Nabla.Goldens;

/// <summary>A call of the public API with recorded arguments: the results in order, nested ones flattened.</summary>
internal delegate Tensor[] Operation(Args args);
