namespace Nabla;

// What a tile adds its products to. Types, as the columns are: most products start from zero, and their kernels need not be compiled for more.

/// <summary>Zeros.</summary>
internal readonly struct FromZero;

/// <summary>A matrix: a bias, or what earlier steps of k have left in C.</summary>
internal readonly struct FromStart;
