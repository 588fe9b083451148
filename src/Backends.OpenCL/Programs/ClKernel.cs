namespace Nabla;

/// <summary>A kernel of a built program, with the one size of groups that it is run with: drivers may compile again for another.</summary>
internal sealed record ClKernel(string Name, nint Handle, (int X, int Y) Group);
