namespace Nabla;

/// <summary>What <see cref="Autograd.GradCheck(Func{Tensor[], Tensor[]}, Tensor[], double, double, double)"/> found.</summary>
/// <param name="Passed">Whether all derivatives agree.</param>
/// <param name="Mismatch">The first that does not, or null.</param>
public sealed record GradCheckResult(bool Passed, GradMismatch? Mismatch)
{
    /// <inheritdoc/>
    public override string ToString() => Mismatch is null ? "the gradients agree" : Mismatch.ToString();
}

/// <summary>A derivative for which the backward pass and finite differences disagree.</summary>
/// <param name="Output">Which output of the function.</param>
/// <param name="OutputElement">Which of its elements, in row-major order.</param>
/// <param name="Input">Which input of the function.</param>
/// <param name="InputElement">Which of its elements, in row-major order.</param>
/// <param name="Analytic">What the backward pass gives.</param>
/// <param name="Numeric">What finite differences give.</param>
public sealed record GradMismatch(int Output, long OutputElement, int Input, long InputElement, double Analytic, double Numeric)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"d output {Output}[{OutputElement}] / d input {Input}[{InputElement}] is {Analytic:R} by the backward pass, {Numeric:R} by finite differences");
}
