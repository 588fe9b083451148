using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A node of the op table: its backward is the op's gradient row.</summary>
internal sealed class OpNode : Node
{
    private ShortList<Edge> _next;
    private ShortList<TensorSpec> _inputs;
    private ShortList<TensorSpec> _outputs;
    private ShortList<SavedTensor> _saved;
    private SpinGate _gate; // two threads may go back through one graph, and one of them free what the other is about to take
    private int _slot = -1;
    private bool _released;

    private OpNode(Op op, GradientRule rule, ReadOnlySpan<Edge> next)
        : base(next)
    {
        Op = op;
        Rule = rule;
        _next = new(next);
    }

    public override string Name => Op.Kind.Name;

    public override ReadOnlySpan<Edge> Next => _next.Items;

    public Op Op { get; }

    public GradientRule Rule { get; }

    public Scalar[] Scalars { get; private init; } = [];

    /// <summary>Which inputs and outputs were saved: see <see cref="SaveMask"/>.</summary>
    public uint Mask { get; private set; }

    public IDevice? Device { get; private init; }

    public override int OutputCount => _outputs.Items.Length;

    /// <summary>Records a call; the saved tensors are those that the gradients of the given edges need.</summary>
    public static OpNode Record(Op op, GradientRule rule, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<Edge> edges, ReadOnlySpan<DeviceTensor> outputs, IDevice device) =>
        new(op, rule, edges)
        {
            Scalars = scalars.IsEmpty ? [] : scalars.ToArray(),
            Device = device,
            _inputs = Specs(inputs),
            _outputs = Specs(outputs),
        };

    /// <summary>Records a call of an op whose gradient saves nothing.</summary>
    public static OpNode WithoutSaved(Op op, ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Edge> edges, TensorSpec output)
    {
        var rule = GradientTable.Require(op);
        if (rule.Mask(op, edges) != 0)
            throw new InvalidOperationException($"The gradient of {op.Kind} saves tensors: it cannot be recorded without values.");
        return new OpNode(op, rule, edges) { _inputs = new(inputs), _outputs = new([output]) };
    }

    /// <summary>Keeps the tensors in <paramref name="mask"/>, inputs first. Versions are taken now.</summary>
    public void Save(uint mask, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<DeviceTensor> outputs, ReadOnlySpan<int> inputVersions)
    {
        if (mask == 0)
            return;
        Mask = mask;
        _saved = new(BitOperations.PopCount(mask));
        var saved = _saved.Items;
        StorageBuffer buffer = default;
        Span<Storage> storages = saved.Length <= StorageBuffer.Length ? buffer[..saved.Length] : new Storage[saved.Length];
        int count = 0;
        for (int i = 0; i < inputs.Length && i < SaveMask.FirstOutput; i++)
            if ((mask & SaveMask.Input(i)) != 0)
                saved[count++] = new SavedTensor(inputs[i], inputVersions[i]);
        for (int i = 0; i < outputs.Length; i++)
            if ((mask & SaveMask.Output(i)) != 0)
                saved[count++] = new SavedTensor(outputs[i], outputs[i].Storage.Version);
        for (int i = 0; i < count; i++)
            (storages[i] = saved[i].Value.Storage).Retain();
        _slot = HandleTracker.Track(this, storages[..count]);
    }

    public override TensorSpec OutputSpec(int output) => _outputs.Items[output];

    public TensorSpec InputSpec(int input) => _inputs.Items[input];

    public int InputCount => _inputs.Items.Length;

    /// <summary>A saved tensor.</summary>
    /// <param name="bit">Its bit in <see cref="Mask"/>.</param>
    /// <param name="withHistory">Whether it has its place in the graph, for a graph of the backward.</param>
    public Tensor Saved(uint bit, bool withHistory)
    {
        if ((Mask & bit) == 0)
            throw new InvalidOperationException($"The gradient row of {Name} reads a tensor that it does not declare as saved.");
        _gate.Enter();
        bool there = !_released;
        SavedTensor saved = default;
        if (there)
            (saved = _saved.Items[BitOperations.PopCount(Mask & (bit - 1))]).Value.Storage.Retain();
        _gate.Exit();
        return there ? saved.Unpack(this, withHistory ? Origin(BitOperations.Log2(bit)) : default) : throw Released();
    }

    private Edge Origin(int position) => position < SaveMask.FirstOutput ? Next[position] : new Edge(this, position - SaveMask.FirstOutput);

    private static ShortList<TensorSpec> Specs(ReadOnlySpan<DeviceTensor> tensors)
    {
        var specs = new ShortList<TensorSpec>(tensors.Length);
        for (int i = 0; i < tensors.Length; i++)
            specs.Items[i] = tensors[i].Spec;
        return specs;
    }

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph)
    {
        if (_released && Mask != 0)
            throw Released();
        Rule.Apply(new BackwardContext(this, gradients, wanted, createGraph), results);
    }

    public override void ReleaseSaved()
    {
        _gate.Enter();
        int slot = _slot;
        if (slot >= 0)
            (_slot, _saved, _released) = (-1, default, true);
        _gate.Exit();
        if (slot >= 0)
            HandleTracker.Release(this, slot);
    }

    private AutogradException Released() => new(
        Name, "its saved tensors were freed by an earlier backward; pass retainGraph: true to the first one to go back a second time.");

    [InlineArray(Length)]
    private struct StorageBuffer
    {
        public const int Length = 8;
        private Storage _first;
    }
}
