namespace Nabla;

/// <summary>
/// A parsed equation of <see cref="Tensor.Einsum"/>. Labels are numbered in one order for all operands: those of the output as they
/// stand there, then those that are summed. Each dimension of an ellipsis has a label of its own.
/// </summary>
internal sealed class EinsumEquation
{
    private const string Op = "einsum";

    /// <summary>Named labels are their letters; dimension k of an ellipsis, counted from its end, is -1 - k.</summary>
    private readonly List<int> _order = [];

    private EinsumEquation(int[][] operands, int outputRank)
    {
        Operands = operands;
        OutputRank = outputRank;
    }

    /// <summary>The label number of each dimension of each operand.</summary>
    public int[][] Operands { get; }

    /// <summary>How many of the first labels the output has.</summary>
    public int OutputRank { get; private set; }

    /// <summary>How many labels there are.</summary>
    public int LabelCount => _order.Count;

    public static EinsumEquation Parse(string equation, ReadOnlySpan<Tensor> tensors)
    {
        var text = string.Concat(equation.Where(c => !char.IsWhiteSpace(c)));
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        var terms = (arrow < 0 ? text : text[..arrow]).Split(',');
        if (terms.Length != tensors.Length)
            throw new TensorArgumentException(Op, $"'{equation}' has {terms.Length} operands, but {tensors.Length} tensors were given.");
        var labels = new int[terms.Length][];
        int widest = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            var named = Letters(terms[i], equation);
            int hidden = tensors[i].Dim - named.Count(l => l != Ellipsis);
            bool open = named.Contains(Ellipsis);
            if (hidden < 0 || (hidden > 0 && !open))
                throw new ShapeException(Op, $"'{terms[i]}' in '{equation}' does not name the {tensors[i].Dim} dimensions of operand {i}, {tensors[i].Shape}.");
            labels[i] = Spread(named, hidden);
            widest = Math.Max(widest, open ? hidden : 0);
        }

        var output = arrow < 0 ? Implicit(labels, widest) : Explicit(text[(arrow + 2)..], equation, labels, widest);
        var result = new EinsumEquation(labels, output.Length);
        result.Number(output);
        return result;
    }

    private const int Ellipsis = int.MinValue;

    private static List<int> Letters(string term, string equation)
    {
        var labels = new List<int>();
        for (int i = 0; i < term.Length; i++)
        {
            if (char.IsAsciiLetter(term[i]))
            {
                labels.Add(term[i]);
            }
            else if (term.AsSpan(i).StartsWith("...") && !labels.Contains(Ellipsis))
            {
                labels.Add(Ellipsis);
                i += 2;
            }
            else
            {
                throw new TensorArgumentException(Op, $"'{term}' in '{equation}' is not a row of letters, with '...' at most once.");
            }
        }

        return labels;
    }

    private static int[] Spread(List<int> labels, int hidden) =>
        [.. labels.SelectMany(l => l == Ellipsis ? Enumerable.Range(0, hidden).Select(k => -hidden + k) : [l])];

    /// <summary>Without an arrow: the ellipsis, then every letter that occurs once, in the alphabet's order.</summary>
    private static int[] Implicit(int[][] labels, int widest)
    {
        var once = labels.SelectMany(l => l).Where(l => l > 0).GroupBy(l => l).Where(g => g.Count() == 1).Select(g => g.Key).Order();
        return [.. Enumerable.Range(-widest, widest), .. once];
    }

    private static int[] Explicit(string term, string equation, int[][] labels, int widest)
    {
        var output = Spread(Letters(term, equation), widest);
        foreach (int label in output)
        {
            if (label > 0 && !Array.Exists(labels, l => l.Contains(label)))
                throw new TensorArgumentException(Op, $"'{(char)label}' of the output of '{equation}' is in no operand.");
            if (output.Count(l => l == label) > 1)
                throw new TensorArgumentException(Op, $"'{(char)label}' is in the output of '{equation}' more than once.");
        }

        return output;
    }

    /// <summary>Replaces labels by their numbers.</summary>
    private void Number(int[] output)
    {
        _order.AddRange(output);
        foreach (int label in Operands.SelectMany(l => l))
            if (!_order.Contains(label))
                _order.Add(label);
        foreach (var operand in Operands)
            for (int d = 0; d < operand.Length; d++)
                operand[d] = _order.IndexOf(operand[d]);
    }
}
