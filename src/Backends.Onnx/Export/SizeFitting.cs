namespace Nabla;

/// <summary>
/// Finds the form of a number from its values at several assignments of the dynamic dimensions: the simplest that gives all of them. There
/// is always one assignment more than a form has coefficients, and sizes are distinct primes, so that a form does not fit by chance.
/// </summary>
internal sealed class SizeFitting
{
    private const int MaxDegree = 3;

    /// <summary>Twice the rounding of float32: a program may round a size's reciprocal to it.</summary>
    private const double Tolerance = 2e-7;

    private readonly long[][] _assignments;
    private readonly int _dimensions;
    private readonly List<int[][]> _bases = [];
    private readonly List<int[][]> _realBases = [];

    /// <param name="assignments">Sizes of the dimensions, one array for each run.</param>
    public SizeFitting(long[][] assignments)
    {
        _assignments = assignments;
        _dimensions = assignments[0].Length;
        var monomials = Monomials();
        var one = new int[_dimensions];
        _bases.Add([one]);
        foreach (var m in monomials)
            _bases.Add([m]);
        foreach (var m in monomials)
            _bases.Add([one, m]);
        if (_dimensions > 1)
            _bases.Add([one, .. monomials.Where(m => m.Sum() == 1)]); // affine
        for (int i = 0; i < monomials.Count; i++)
            for (int j = i + 1; j < monomials.Count; j++)
            {
                _bases.Add([monomials[i], monomials[j]]);
                _bases.Add([one, monomials[i], monomials[j]]);
            }

        _bases.RemoveAll(b => b.Length >= assignments.Length && b.Length > 1);
        _realBases.AddRange(_bases);
        foreach (var m in monomials)
            _realBases.Add([one, Array.ConvertAll(m, p => -p)]); // n / (n - 1) is one divided by such a sum
    }

    /// <summary>The form of an integer, or null.</summary>
    public SizeForm? Integer(ReadOnlySpan<long> values)
    {
        var numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = values[i];
        return Fit(numbers, integer: true, reciprocal: false);
    }

    /// <summary>The form of a floating point number, or null.</summary>
    public SizeForm? Real(double[] values) =>
        Fit(values, integer: false, reciprocal: false)
        ?? (Array.Exists(values, v => v == 0) ? null : Fit([.. values.Select(v => 1 / v)], integer: false, reciprocal: true));

    private SizeForm? Fit(double[] values, bool integer, bool reciprocal)
    {
        if (Array.TrueForAll(values, v => v.Equals(values[0])))
            return new([(values[0], new int[_dimensions])], reciprocal);
        foreach (var basis in integer ? _bases : _realBases)
        {
            if (Solve(basis, values) is not { } coefficients)
                continue;
            if (integer)
                for (int i = 0; i < coefficients.Length; i++)
                    coefficients[i] = Math.Round(coefficients[i]);
            var form = new SizeForm([.. coefficients.Zip(basis)]);
            bool fits = true;
            for (int k = 0; k < values.Length && fits; k++)
            {
                double error = Math.Abs(form.Evaluate(_assignments[k]) - values[k]);
                fits = integer ? error == 0 : error <= Tolerance * Math.Abs(values[k]);
            }

            if (fits)
                return reciprocal ? new([.. form.Terms], reciprocal: true) : form;
        }

        return null;
    }

    /// <summary>The coefficients that give the first values, one for each monomial; by elimination. Null where they are not determined.</summary>
    private double[]? Solve(int[][] basis, double[] values)
    {
        int n = basis.Length;
        var rows = new double[n][];
        for (int r = 0; r < n; r++)
            rows[r] = [.. basis.Select(m => SizeForm.Monomial(m, _assignments[r])), values[r]];
        for (int c = 0; c < n; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < n; r++)
                if (Math.Abs(rows[r][c]) > Math.Abs(rows[pivot][c]))
                    pivot = r;
            if (Math.Abs(rows[pivot][c]) < 1e-9)
                return null;
            (rows[c], rows[pivot]) = (rows[pivot], rows[c]);
            for (int r = 0; r < n; r++)
            {
                double factor = r == c ? 0 : rows[r][c] / rows[c][c];
                for (int k = c; factor != 0 && k <= n; k++)
                    rows[r][k] -= factor * rows[c][k];
            }
        }

        return [.. rows.Select((row, r) => row[n] / row[r])];
    }

    /// <summary>Products of up to three dimensions, the shorter ones first.</summary>
    private List<int[]> Monomials()
    {
        List<int[]> all = [], last = [new int[_dimensions]];
        for (int degree = 1; degree <= MaxDegree; degree++)
        {
            var next = new List<int[]>();
            foreach (var m in last)
                for (int d = Array.FindLastIndex(m, p => p > 0) is >= 0 and var at ? at : 0; d < _dimensions; d++)
                {
                    var product = (int[])m.Clone();
                    product[d]++;
                    next.Add(product);
                }

            all.AddRange(next);
            last = next;
        }

        return all;
    }
}
