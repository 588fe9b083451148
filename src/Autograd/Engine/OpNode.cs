using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A node of the op table: its backward is the op's gradient row.</summary>
internal sealed class OpNode : Node
{
    private readonly TensorSpec _output;
    private readonly TensorSpec[]? _outputs; // where there are several
    private ShortList<GraphValue> _inputs;
    private ShortList<SavedTensor> _saved;
    private int _slot = -1; // in the tracker, which owns what is saved until a pass claims it

    private OpNode(
        Op op, GradientRule rule, ReadOnlySpan<GraphValue> inputs, Scalar[] scalars, in TensorSpec output, TensorSpec[]? outputs = null, IDevice? device = null)
        : base(inputs)
    {
        Op = op;
        Rule = rule;
        Scalars = scalars;
        Device = device;
        inputs.CopyTo(_inputs.Open(inputs.Length));
        _output = output;
        _outputs = outputs;
    }

    public override string Name => Op.Kind.Name;

    public override ReadOnlySpan<GraphValue> Inputs => _inputs.Items;

    public Op Op { get; }

    public GradientRule Rule { get; }

    public Scalar[] Scalars { get; }

    /// <summary>Which inputs and outputs were saved: see <see cref="SaveMask"/>.</summary>
    public uint Mask { get; private set; }

    public IDevice? Device { get; }

    public override int OutputCount => _outputs?.Length ?? 1;

    /// <summary>Records a call; the saved tensors are those that the gradients of the given edges need.</summary>
    public static OpNode Record(Op op, GradientRule rule, ReadOnlySpan<GraphValue> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<DeviceTensor> outputs, IDevice device) =>
        new(op, rule, inputs, scalars.ToArray(), outputs[0].Spec, outputs.Length > 1 ? Specs(outputs) : null, device);

    /// <summary>Records a call of an op whose gradient saves nothing.</summary>
    public static OpNode WithoutSaved(Op op, ReadOnlySpan<GraphValue> inputs, in TensorSpec output)
    {
        var rule = GradientTable.Require(op);
        if (rule.Mask(op, inputs) != 0)
            throw new InvalidOperationException($"The gradient of {op.Kind} saves tensors: it cannot be recorded without values.");
        return new OpNode(op, rule, inputs, [], output);
    }

    /// <summary>Keeps the tensors in <paramref name="mask"/>, inputs first.</summary>
    /// <param name="mask">Which: see <see cref="SaveMask"/>.</param>
    /// <param name="inputs">The inputs of the call.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="versions">Those of the inputs when the call read them; empty where nothing was written since.</param>
    public void Save(uint mask, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<DeviceTensor> outputs, ReadOnlySpan<int> versions = default)
    {
        if (mask == 0)
            return;
        Mask = mask;
        var saved = _saved.Open(BitOperations.PopCount(mask));
        uint rest = mask;
        for (int i = 0; i < saved.Length; i++, rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            var tensor = bit < SaveMask.FirstOutput ? inputs[bit] : outputs[bit - SaveMask.FirstOutput];
            saved[i] = new SavedTensor(tensor, bit < versions.Length ? versions[bit] : tensor.Storage.Version);
            tensor.Storage.Retain();
        }

        Track();
    }

    private void Track()
    {
        var saved = _saved.Items;
        if (saved.Length == 1)
            _slot = HandleTracker.Track(this, saved[0].Value.Storage);
        else
            TrackSeveral(saved);
    }

    private void TrackSeveral(ReadOnlySpan<SavedTensor> saved)
    {
        StorageBuffer buffer = default;
        Span<Storage> storages = saved.Length <= StorageBuffer.Length ? buffer[..saved.Length] : new Storage[saved.Length];
        for (int i = 0; i < saved.Length; i++)
            storages[i] = saved[i].Value.Storage;
        _slot = HandleTracker.Track(this, storages);
    }

    public override TensorSpec OutputSpec(int output) => _outputs is null ? _output : _outputs[output];

    public TensorSpec InputSpec(int input) => _inputs.Items[input].Spec;

    public int InputCount => _inputs.Items.Length;

    /// <summary>A saved tensor.</summary>
    /// <param name="bit">Its bit in <see cref="Mask"/>.</param>
    /// <param name="withHistory">Whether it has its place in the graph, for a graph of the backward.</param>
    /// <param name="claimed">Whether the pass has claimed it: this node holds it then for as long as the pass may read it.</param>
    public Tensor Saved(uint bit, bool withHistory, bool claimed)
    {
        if ((Mask & bit) == 0)
            throw Undeclared();
        int index = BitOperations.PopCount(Mask & (bit - 1));
        var saved = _saved.Items[index];
        if (claimed && !withHistory)
            return Tensor.Borrow(saved.Unpack(this));
        if (claimed)
            saved.Value.Storage.Retain();
        else if (saved.Value is null || !HandleTracker.TryRetain(in _slot, saved.Value.Storage))
            throw Released(); // another thread has claimed it meanwhile
        try
        {
            return new Tensor(saved.Unpack(this), withHistory ? Origin(BitOperations.Log2(bit)) : default);
        }
        catch
        {
            saved.Value.Storage.Release();
            throw;
        }
    }

    private Edge Origin(int position) => position < SaveMask.FirstOutput ? Inputs[position].Edge : new Edge(this, position - SaveMask.FirstOutput);

    private static TensorSpec[] Specs(ReadOnlySpan<DeviceTensor> tensors)
    {
        var specs = new TensorSpec[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
            specs[i] = tensors[i].Spec;
        return specs;
    }

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph, bool claimed)
    {
        if (Mask != 0 && !claimed && _slot < 0)
            throw Released();
        Rule.Apply(new BackwardContext(this, gradients, wanted, createGraph, claimed), results);
    }

    public override bool Claim() => Mask != 0 && HandleTracker.TryForget(ref _slot);

    public override void Unclaim() => Track();

    public override void ReleaseSaved()
    {
        foreach (ref var saved in _saved.Items)
        {
            saved.Value.Storage.Release();
            saved = default;
        }
    }

    private InvalidOperationException Undeclared() => new($"The gradient row of {Name} reads a tensor that it does not declare as saved.");

    private AutogradException Released() => new(
        Name, "its saved tensors were freed by another backward; pass retainGraph: true to the first one to go back a second time.");

    [InlineArray(Length)]
    private struct StorageBuffer
    {
        public const int Length = 8;
        private Storage _first;
    }
}
