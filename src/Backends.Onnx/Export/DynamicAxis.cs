namespace Nabla;

/// <summary>A dimension of an input whose size is known when the model runs.</summary>
/// <param name="Input">The name of the input: see <see cref="OnnxExportOptions.InputNames"/>.</param>
/// <param name="Axis">The dimension; negative counts from the end.</param>
/// <param name="Name">The name of the size; axes of one name have one size.</param>
public readonly record struct DynamicAxis(string Input, int Axis, string Name);
