using System.Globalization;

namespace Nabla;

/// <summary>
/// A number as a function of the dynamic dimensions: a sum of products of dimensions (or of their
/// reciprocals) with coefficients, or one divided by it.
/// </summary>
internal sealed class SizeForm
{
    private readonly (double Coefficient, int[] Powers)[] _terms;
    private readonly bool _reciprocal;

    public SizeForm((double Coefficient, int[] Powers)[] terms, bool reciprocal = false)
    {
        _terms = [.. terms.Where(t => t.Coefficient != 0)];
        _reciprocal = reciprocal;
    }

    /// <summary>The terms; the powers are those of each dimension, negative in reciprocals.</summary>
    public IReadOnlyList<(double Coefficient, int[] Powers)> Terms => _terms;

    /// <summary>Whether the number is one divided by the sum.</summary>
    public bool IsReciprocal => _reciprocal;

    /// <summary>Whether it is the same for all sizes.</summary>
    public bool IsConstant => Array.TrueForAll(_terms, t => Array.TrueForAll(t.Powers, p => p == 0));

    /// <summary>The number for some sizes.</summary>
    public double Evaluate(ReadOnlySpan<long> sizes)
    {
        double sum = 0;
        foreach (var (coefficient, powers) in _terms)
            sum += coefficient * Monomial(powers, sizes);
        return _reciprocal ? 1 / sum : sum;
    }

    public static double Monomial(int[] powers, ReadOnlySpan<long> sizes)
    {
        double product = 1;
        for (int d = 0; d < powers.Length; d++)
            product *= Math.Pow(sizes[d], powers[d]);
        return product;
    }

    /// <summary>In the dimensions' names: <c>2*batch + 1</c>.</summary>
    public string ToString(IReadOnlyList<string> names)
    {
        var terms = _terms.Select(t =>
        {
            var factors = t.Powers.SelectMany((p, d) => Enumerable.Repeat(p < 0 ? $"1/{names[d]}" : names[d], Math.Abs(p))).ToList();
            if (t.Coefficient != 1 || factors.Count == 0)
                factors.Insert(0, t.Coefficient.ToString(CultureInfo.InvariantCulture));
            return string.Join("*", factors);
        });
        string sum = _terms.Length == 0 ? "0" : string.Join(" + ", terms);
        return _reciprocal ? $"1/({sum})" : sum;
    }
}
