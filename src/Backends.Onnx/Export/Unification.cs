namespace Nabla;

/// <summary>
/// Finds how the numbers in a graph follow from the dynamic dimensions: lowers every run, requires equal graphs, and fits a form to each
/// number that was taken from shapes.
/// </summary>
internal static class Unification
{
    /// <summary>The forms of each call for sizes, in order.</summary>
    public static List<SizeForm[]> Unify(ExportProgram program, int opset, SizeFitting fitting, ScalarForms scalars, RandomState random)
    {
        var sizes = new RecordedSizes[program.RunCount];
        var lowered = new GraphLowering[program.RunCount];
        for (int run = 0; run < lowered.Length; run++)
        {
            sizes[run] = new RecordedSizes();
            var graph = new GraphBuilder(opset, sizes[run], @checked: false);
            int current = run;
            lowered[run] = GraphLowering.Lower(
                program, run, graph, GraphLowering.Declare(graph, program.Run(run)), new ExportScalars(program, run, scalars, random), random, () => sizes[current].Calls.Count);
        }

        for (int run = 1; run < lowered.Length; run++)
            for (int n = 0; n < program.NodeCount; n++)
                RequireEqual(program.Node(0, n), lowered[0], lowered[run], n);
        var forms = new List<SizeForm[]>();
        for (int call = 0; call < sizes[0].Calls.Count; call++)
        {
            int node = Array.FindIndex(lowered[0].Ends, e => e.Sizes > call);
            forms.Add(Fit(Array.ConvertAll(sizes, s => s.Calls[call]), fitting, node < 0 ? null : program.Node(0, node)));
        }

        return forms;
    }

    private static SizeForm[] Fit(long[][] values, SizeFitting fitting, TraceNode? node)
    {
        var forms = new SizeForm[values[0].Length];
        var numbers = new long[values.Length];
        for (int i = 0; i < forms.Length; i++)
        {
            for (int run = 0; run < numbers.Length; run++)
                numbers[run] = values[run][i];
            forms[i] = fitting.Integer(numbers) ?? throw new TracingException(
                node?.Op.Kind.Name ?? "trace", $"a size at {node?.Site} is {string.Join(", ", numbers)} in different runs, and no sum of products of the dynamic dimensions gives that; make the dimension that decides it fixed.");
        }

        return forms;
    }

    private static void RequireEqual(TraceNode node, GraphLowering first, GraphLowering other, int n)
    {
        var (start, end) = (n == 0 ? default : first.Ends[n - 1], first.Ends[n]);
        bool equal = end == other.Ends[n];
        for (int i = start.Nodes; i < end.Nodes && equal; i++)
            equal = first.Graph.Graph.Node[i].Equals(other.Graph.Graph.Node[i]);
        for (int i = start.Initializers; i < end.Initializers && equal; i++)
            equal = first.Graph.Graph.Initializer[i].Equals(other.Graph.Graph.Initializer[i]);
        if (!equal)
            throw new TracingException(
                node.Op.Kind.Name, $"the operation at {node.Site} takes different forms in the model at different sizes of its inputs ({string.Join(", ", node.Inputs.Select(i => i.Spec.ToString()))} in one run); make the dynamic dimensions that it depends on fixed.");
    }
}
