namespace Nabla;

/// <summary>How many numbers, their mean, and the sum of squared distances from it.</summary>
internal readonly record struct Moments(double Count, double Mean, double Squares);
