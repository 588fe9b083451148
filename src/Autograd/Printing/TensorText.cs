using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Writes a tensor as PyTorch does: nested brackets, aligned columns, the middle of large tensors left out.</summary>
internal static class TensorText
{
    private const string Prefix = "tensor(";
    private const int LineWidth = 80;
    private const int Threshold = 1000;
    private const int EdgeItems = 3;

    public static string Write(Tensor tensor)
    {
        using var mode = Autograd.NoGrad();
        var text = new StringBuilder(Prefix);
        bool summarize = tensor.ElementCount > Threshold;
        if (tensor.ElementCount == 0)
            text.Append("[]");
        else
            WriteValues(text, tensor, summarize);
        AppendSuffixes(text, Suffixes(tensor));
        return text.Append(')').ToString();
    }

    private static void WriteValues(StringBuilder text, Tensor tensor, bool summarize)
    {
        using var temporaries = TemporaryScope.Open();
        var shown = summarize ? Edges(tensor.Detach()) : tensor;
        var sizes = shown.Shape.ToArray();
        Func<long, string> element;
        int width;
        if (tensor.DType.IsFloatingPoint())
        {
            // Most programs print float32 alone: without a conversion on the device, none is compiled for it.
            double[] values = shown.DType == DType.Float32 ? Array.ConvertAll(shown.ToArray<float>(), static v => (double)v) : shown.ToArray<double>();
            var format = ElementFormat.Of(values);
            (element, width) = (i => format.Write(values[i]), format.Width);
        }
        else
        {
            var values = shown.ToArray<long>();
            bool bools = tensor.DType == DType.Bool;
            var format = bools ? ElementFormat.OfBools(values) : ElementFormat.Of(values);
            (element, width) = (i => bools ? format.Write(values[i] != 0) : format.Write(values[i]), format.Width);
        }

        Nest(text, tensor.Shape, sizes, 0, 0, element, width, summarize);
    }

    private static void Nest(StringBuilder text, Shape shape, long[] sizes, int dim, long start, Func<long, string> element, int width, bool summarize)
    {
        int rank = sizes.Length;
        if (rank == 0)
        {
            text.Append(element(0));
            return;
        }

        bool cut = summarize && shape[dim] > 2 * EdgeItems;
        bool last = dim == rank - 1;
        string indent = new(' ', Prefix.Length + dim + 1);
        int perLine = Math.Max(1, (LineWidth - Prefix.Length - dim) / (width + 2));
        long block = 1;
        for (int d = dim + 1; d < rank; d++)
            block *= sizes[d];
        text.Append('[');
        int column = 0;
        for (long i = 0; i < sizes[dim]; i++)
        {
            bool gap = cut && i == EdgeItems;
            if (i > 0)
                Separate(text, last, rank - dim - 1, indent, ref column, perLine);
            if (gap)
            {
                text.Append(last ? " ..." : "...");
                Separate(text, last, rank - dim - 1, indent, ref column, perLine);
            }

            if (last)
                text.Append(element(start + i));
            else
                Nest(text, shape, sizes, dim + 1, start + (i * block), element, width, summarize);
        }

        text.Append(']');
    }

    private static void Separate(StringBuilder text, bool last, int depth, string indent, ref int column, int perLine)
    {
        text.Append(',');
        if (!last)
        {
            text.Append('\n', depth).Append(indent);
            return;
        }

        if (++column % perLine == 0)
            text.Append('\n').Append(indent);
        else
            text.Append(' ');
    }

    /// <summary>The first and last three of every long dimension.</summary>
    private static Tensor Edges(Tensor tensor)
    {
        for (int d = 0; d < tensor.Dim; d++)
            if (tensor.Shape[d] > 2 * EdgeItems)
                tensor = Tensor.Cat([tensor.Narrow(d, 0, EdgeItems), tensor.Narrow(d, tensor.Shape[d] - EdgeItems, EdgeItems)], d);
        return tensor;
    }

    private static List<string> Suffixes(Tensor tensor)
    {
        var suffixes = new List<string>();
        if (tensor.Device.Id.Text != "cpu")
            suffixes.Add(string.Create(CultureInfo.InvariantCulture, $"device='{tensor.Device.Id}'"));
        if (tensor.ElementCount == 0 && tensor.Dim != 1)
            suffixes.Add($"size=({Shape.Join(tensor.Shape)})");
        if (tensor.DType is not (DType.Float32 or DType.Int64 or DType.Bool) || (tensor.ElementCount == 0 && tensor.DType != DType.Float32))
            suffixes.Add($"dtype={tensor.DType.Name()}");
        if (tensor.GradFn is { } function)
            suffixes.Add($"grad_fn=<{Pascal(function)}Backward>");
        else if (tensor.RequiresGrad)
            suffixes.Add("requires_grad=True");
        return suffixes;
    }

    private static void AppendSuffixes(StringBuilder text, List<string> suffixes)
    {
        int column = text.Length - 1 - text.ToString().LastIndexOf('\n');
        foreach (var suffix in suffixes)
        {
            if (column + suffix.Length + 2 > LineWidth)
            {
                text.Append(",\n").Append(' ', Prefix.Length).Append(suffix);
                column = Prefix.Length + suffix.Length;
            }
            else
            {
                text.Append(", ").Append(suffix);
                column += suffix.Length + 2;
            }
        }
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
