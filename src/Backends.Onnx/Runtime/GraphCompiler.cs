using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Nabla;

/// <summary>Turns a plan into a model, and the model into a session.</summary>
internal static class GraphCompiler
{
    /// <summary>The model of a plan and what it is fed with. By far cheaper than the session.</summary>
    public static LoweredGraph Lower(GraphPlan plan, GraphKey key)
    {
        var sizes = new SizeInputs();
        var builder = new GraphBuilder(GraphBuilder.DefaultOpset, sizes, @checked: true);
        var scalars = new ScalarInputs();
        var (inputs, outputs) = Lower(plan, key, builder, scalars, sizes);
        var checks = builder.OutputChecks();
        return new LoweredGraph(
            builder.Model().ToByteString(),
            builder.Graph.Node.Count,
            [.. inputs, .. scalars.Values.Select(v => v.Name), .. sizes.Values.Select(v => v.Name)],
            checks is null ? outputs : [.. outputs, checks.Name],
            scalars.Slots,
            sizes.Vectors,
            builder.Checks);
    }

    public static GraphSession Compile(GraphPlan plan, LoweredGraph lowered, SessionOptions options)
    {
        try
        {
            return new GraphSession(new InferenceSession(lowered.Model.ToByteArray(), options), lowered);
        }
        catch (OnnxRuntimeException e) when (OnnxRuntimeLibrary.IsOutOfMemory(e))
        {
            throw new DeviceOutOfMemoryException(
                "onnx", $"there is no room for a graph of {plan.Nodes.Count} operations ({e.Message}); free memory of the device, or evaluate in smaller parts.", e);
        }
        catch (OnnxRuntimeException e)
        {
            string ops = string.Join(", ", plan.Nodes.Select(n => n.Op.Kind.Name).Distinct().Take(12));
            throw new KernelBuildException("onnx", $"ONNX Runtime {OnnxRuntimeLibrary.Version} refused a graph of {plan.Nodes.Count} operations ({ops}).", e.Message, e);
        }
    }

    /// <summary>Appends every node of the plan; returns the names of the leaves and of the roots.</summary>
    /// <remarks>By the key alone, as other threads plan, and complete values, meanwhile.</remarks>
    private static (string[] Inputs, string[] Outputs) Lower(GraphPlan plan, GraphKey key, GraphBuilder builder, ScalarInputs scalars, SizeInputs sizes)
    {
        var leaves = new GraphValue[key.Leaves.Length];
        for (int i = 0; i < leaves.Length; i++)
            leaves[i] = builder.Input($"x{i}", key.Leaves[i].DType.Onnx(), key.Leaves[i].Shape);
        var results = new GraphValue[key.Ops.Length][];
        var references = key.References;
        for (int n = 0; n < results.Length; n++)
        {
            var inputs = new GraphValue[references[0]];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = Find(references[1 + i], leaves, results);
            references = references[(1 + inputs.Length)..];
            scalars.Node = n;
            results[n] = Lowerings.Lower(builder, key.Ops[n], inputs, plan.Nodes[n].Outputs, scalars);
        }

        var outputs = new string[references.Length];
        var taken = new HashSet<string>(leaves.Select(l => l.Name));
        taken.UnionWith(scalars.Values.Select(v => v.Name));
        taken.UnionWith(sizes.Values.Select(v => v.Name));
        taken.UnionWith(builder.Graph.Initializer.Select(i => i.Name));
        for (int i = 0; i < outputs.Length; i++)
        {
            var root = Find(references[i], leaves, results);
            if (!taken.Add(root.Name)) // an output is one node's result, and nothing else
                root = builder.Unary("Identity", root);
            builder.Output(root);
            outputs[i] = root.Name;
        }

        return ([.. leaves.Select(l => l.Name)], outputs);
    }

    private static GraphValue Find(int reference, GraphValue[] leaves, GraphValue[][] results)
    {
        var (isLeaf, position, output) = GraphKey.Decode(reference);
        return isLeaf ? leaves[position] : results[position][output];
    }
}
