namespace Nabla;

// The columns of a tile: one or two vectors, the last of them whole or masked. Kernels compare these types, which folds as sizeof does.

/// <summary>Two whole vectors: every tile but those of the last column panel.</summary>
internal readonly struct FullColumns;

/// <summary>One whole vector and a masked one.</summary>
internal readonly struct WideRaggedColumns;

/// <summary>One masked vector.</summary>
internal readonly struct NarrowRaggedColumns;
