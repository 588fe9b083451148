namespace Nabla;

// How the rows of A lie in memory. Types, as the columns are: a constant stride is part of an address, and needs no instruction of its own.

/// <summary>Each is contiguous along k: a plain matrix.</summary>
internal readonly struct AlongK;

/// <summary>They are beside each other at each step of k: a transposed matrix, or a packed one.</summary>
internal readonly struct AcrossK;
