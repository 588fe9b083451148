namespace Nabla.Goldens;

/// <summary>Compares computed with recorded values.</summary>
internal static class Comparison
{
    /// <summary>What differs; null when nothing does.</summary>
    public static string? Difference(string what, Values actual, Values expected, Tolerance tolerance, string mode = "close")
    {
        if (actual.DType != expected.DType || !actual.Shape.AsSpan().SequenceEqual(expected.Shape))
            return $"{what} is {actual.Spec}, expected {expected.Spec}";
        return mode switch
        {
            "skip" => null,
            "close" => Elements(what, actual, expected, tolerance),
            "columns_up_to_sign" => UpToSign(what, actual, expected, tolerance, columns: true),
            "rows_up_to_sign" => UpToSign(what, actual, expected, tolerance, columns: false),
            _ => $"{what}: the comparison '{mode}' is not known",
        };
    }

    /// <summary>As <see cref="Difference"/> for a gradient: null stands for zeros on either side.</summary>
    public static string? GradientDifference(string what, Tensor? actual, TensorData? expected, Tolerance tolerance)
    {
        if (expected is null)
        {
            if (actual is null)
                return null;
            var values = Values.Of(actual);
            for (int i = 0; i < values.Count; i++)
                if (values[i] != 0)
                    return $"{what} is {values}, expected none or zeros";
            return null;
        }

        var recorded = expected.Values();
        if (actual is not null)
            return Difference(what, Values.Of(actual), recorded, tolerance);
        for (int i = 0; i < recorded.Count; i++)
            if (!Close(0, recorded[i], tolerance))
                return $"{what} is missing, expected {recorded}";
        return null;
    }

    private static string? Elements(string what, Values actual, Values expected, Tolerance tolerance)
    {
        int wrong = 0, first = -1;
        for (int i = 0; i < expected.Count; i++)
        {
            bool same = expected.Integers is { } integers ? actual.Integers![i] == integers[i] : Close(actual[i], expected[i], tolerance);
            if (same)
                continue;
            wrong++;
            first = first < 0 ? i : first;
        }

        return wrong == 0 ? null
            : $"{what}: {wrong} of {expected.Count} differ, the first at {first}: {actual[first]:R}, expected {expected[first]:R} (rtol {tolerance.Relative}, atol {tolerance.Absolute})\n    actual   {actual}\n    expected {expected}";
    }

    private static bool Close(double actual, double expected, Tolerance tolerance)
    {
        if (double.IsNaN(expected))
            return double.IsNaN(actual);
        if (double.IsInfinity(expected) || double.IsInfinity(actual))
            return actual == expected;
        return Math.Abs(actual - expected) <= tolerance.Absolute + tolerance.Relative * Math.Abs(expected);
    }

    /// <summary>Every column (or row) of the last two dimensions may be negated as a whole.</summary>
    private static string? UpToSign(string what, Values actual, Values expected, Tolerance tolerance, bool columns)
    {
        int rows = (int)expected.Shape[^2], cols = (int)expected.Shape[^1];
        int lines = columns ? cols : rows, length = columns ? rows : cols;
        for (int matrix = 0; matrix < expected.Count; matrix += Math.Max(1, rows * cols))
        {
            for (int line = 0; line < lines; line++)
            {
                int At(int i) => matrix + (columns ? i * cols + line : line * cols + i);
                bool same = Enumerable.Range(0, length).All(i => Close(actual[At(i)], expected[At(i)], tolerance));
                bool opposite = Enumerable.Range(0, length).All(i => Close(-actual[At(i)], expected[At(i)], tolerance));
                if (!same && !opposite)
                    return $"{what}: {(columns ? "column" : "row")} {line} of the matrix at {matrix} differs, whatever its sign\n    actual   {actual}\n    expected {expected}";
            }
        }

        return null;
    }
}
