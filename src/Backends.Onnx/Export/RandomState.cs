using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// Random numbers in a model: key and counter of each generator are state. Each operation takes its numbers where the one before it stopped,
/// and the counter that comes out is behind the last.
/// </summary>
internal sealed class RandomState
{
    private readonly List<Stream> _streams = [];
    private readonly Dictionary<TraceNode, (Stream Stream, int Position)> _places = [];

    public RandomState(ExportProgram program)
    {
        for (int run = 0; run < program.RunCount; run++)
        {
            var perKey = program.RandomNodes(run).GroupBy(n => n.Scalars[0].ToInt64()).ToList();
            if (run > 0 && perKey.Count != _streams.Count)
                throw new TracingException("trace", $"the function draws from {_streams.Count} random generators in one run and from {perKey.Count} in another; draw the same in all.");
            for (int s = 0; s < perKey.Count; s++)
                Add(program, run, s, [.. perKey[s]]);
        }
    }

    /// <summary>One for each key, in the order of their first use.</summary>
    public IReadOnlyList<Stream> Streams => _streams;

    /// <summary>Declares the state; once for each graph.</summary>
    public void Begin(GraphBuilder graph, int run)
    {
        foreach (var stream in _streams)
            stream.Begin(graph, run);
    }

    /// <summary>The key (scalar 0) or the counter (scalar 1) of an operation; nodes are those of the first run.</summary>
    public GraphValue Scalar(GraphBuilder graph, TraceNode node, int index)
    {
        var (stream, position) = _places[node];
        return index == 0 ? stream.Key! : stream.Counter(graph, position);
    }

    private void Add(ExportProgram program, int run, int index, TraceNode[] nodes)
    {
        for (int i = 1; i < nodes.Length; i++)
        {
            long expected = nodes[i - 1].Scalars[1].ToInt64() + Blocks(nodes[i - 1]);
            if (nodes[i].Scalars[1].ToInt64() != expected)
                throw new TracingException(
                    "random_bits", $"between {nodes[i - 1].Site} and {nodes[i].Site} random numbers were drawn that no traced operation uses (on the host, as RandPerm does); draw them outside of the traced function and make them inputs.");
        }

        var (key, counter) = (nodes[0].Scalars[0].ToInt64(), nodes[0].Scalars[1].ToInt64());
        if (run == 0)
        {
            var stream = new Stream(index);
            _streams.Add(stream);
            for (int i = 0; i < nodes.Length; i++)
                _places.Add(nodes[i], (stream, i));
        }
        else if (nodes.Length != _streams[index].Runs[0].Length)
        {
            throw new TracingException("random_bits", $"the function draws random numbers {_streams[index].Runs[0].Length} times in one run and {nodes.Length} times in another; draw the same in all.");
        }

        _streams[index].Firsts.Add((key, counter));
        _streams[index].Runs.Add(nodes);
    }

    private static long Blocks(TraceNode node) => (((RandomBitsOp)node.Op).Shape.ElementCount + 3) / 4;

    /// <summary>The numbers of one key.</summary>
    internal sealed class Stream(int index)
    {
        private readonly List<GraphValue> _counters = [];
        private TraceNode[] _nodes = [];

        /// <summary><c>random</c>, and <c>random.1</c>, … for further keys.</summary>
        public string Name => index == 0 ? "random" : $"random.{index}";

        /// <summary>Key and counter at the start of each run.</summary>
        public List<(long Key, long Counter)> Firsts { get; } = [];

        /// <summary>What draws from it in each run.</summary>
        public List<TraceNode[]> Runs { get; } = [];

        public GraphValue? Key { get; private set; }

        public GraphValue First => _counters[0];

        /// <summary>The counter behind the last operation.</summary>
        public GraphValue Last(GraphBuilder graph) => Counter(graph, _nodes.Length);

        public void Begin(GraphBuilder graph, int run)
        {
            _nodes = Runs[run];
            Key = graph.Input($"key{index}", OnnxType.Int64, Shape.Scalar);
            _counters.Clear();
            _counters.Add(graph.Input($"counter{index}", OnnxType.Int64, Shape.Scalar));
        }

        /// <summary>The counter before an operation.</summary>
        public GraphValue Counter(GraphBuilder graph, int position)
        {
            while (_counters.Count <= position)
            {
                var shape = ((RandomBitsOp)_nodes[_counters.Count - 1].Op).Shape;
                var count = graph.ReduceAll("ReduceProd", graph.Sizes([1, .. shape.AsSpan()]));
                var blocks = graph.Div(graph.Add(count, 3), graph.Number(OnnxType.Int64, 4L));
                _counters.Add(graph.Add(_counters[^1], blocks));
            }

            return _counters[position];
        }
    }
}
