using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Notes the numbers that a lowering takes from shapes, to be compared with those of other runs.</summary>
internal sealed class RecordedSizes : ISizeSource
{
    private readonly List<long[]> _calls = [];

    public IReadOnlyList<long[]> Calls => _calls;

    public GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes)
    {
        _calls.Add(sizes.ToArray());
        return new(graph.NewName(), OnnxType.Int64, [sizes.Length]);
    }
}
