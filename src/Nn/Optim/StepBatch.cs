using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Collects the steps of single parameters, and runs those of a kind in one call: threads then share out the elements of all, and the way to the
/// device is gone once. The result is that of one parameter after the other: one that shares memory with another (tied slices of a buffer)
/// waits for what was collected.
/// </summary>
internal sealed class StepBatch
{
    private readonly List<Group> _groups = [];

    /// <summary>The storages of what was collected, and whether they are written.</summary>
    private readonly Dictionary<Storage, bool> _storages = [];

    /// <summary>Adds the step of one parameter.</summary>
    /// <param name="op">The step, of one parameter.</param>
    /// <param name="scalars">The numbers beside it.</param>
    /// <param name="inputs">Parameter, gradient, state.</param>
    /// <param name="targets">What receives the results.</param>
    public void Add(StepOp op, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> targets)
    {
        if (Meets(inputs, targets))
            Run();
        foreach (var input in inputs)
            _storages.TryAdd(input.Data.Storage, false);
        foreach (var target in targets)
            _storages[target.Data.Storage] = true;
        Find(op, inputs[0].Data, scalars).Add(inputs, targets);
    }

    /// <summary>Runs what was collected.</summary>
    public void Run()
    {
        try
        {
            foreach (var group in _groups)
                group.Run();
        }
        finally
        {
            foreach (var group in _groups)
                group.Clear();
            _storages.Clear();
        }
    }

    private bool Meets(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> targets)
    {
        foreach (var input in inputs)
            if (_storages.TryGetValue(input.Data.Storage, out bool written) && written)
                return true;
        foreach (var target in targets)
            if (_storages.ContainsKey(target.Data.Storage))
                return true;
        return false;
    }

    /// <summary>Few: a model has parameters on one or two devices, of one or two element types.</summary>
    private Group Find(StepOp op, DeviceTensor parameter, ReadOnlySpan<Scalar> scalars)
    {
        foreach (var group in _groups)
            if (group.Takes(op, parameter, scalars))
                return group;
        _groups.RemoveAll(g => g.IsEmpty); // of another learning rate, say
        var added = new Group(op, parameter, scalars);
        _groups.Add(added);
        return added;
    }

    private sealed class Group(StepOp op, DeviceTensor parameter, ReadOnlySpan<Scalar> scalars)
    {
        private readonly List<Tensor> _inputs = [], _targets = [];
        private readonly IDevice _device = parameter.Device;
        private readonly DType _dtype = parameter.DType;
        private readonly Scalar[] _scalars = scalars.ToArray();
        private readonly StepOp _one = op;
        private StepOp _all = op;

        public bool IsEmpty => _inputs.Count == 0;

        public bool Takes(StepOp other, DeviceTensor parameter, ReadOnlySpan<Scalar> scalars) =>
            _device == parameter.Device && _dtype == parameter.DType && other.Equals(_one) && scalars.SequenceEqual(_scalars);

        public void Add(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> targets)
        {
            _inputs.AddRange(inputs);
            _targets.AddRange(targets);
        }

        public void Run()
        {
            if (IsEmpty)
                return;
            int count = _inputs.Count / _one.InputsEach;
            if (_all.Count != count)
                _all = _one with { Count = count };
            Tensor.Overwrite(_all, CollectionsMarshal.AsSpan(_inputs), _scalars, CollectionsMarshal.AsSpan(_targets));
        }

        public void Clear()
        {
            _inputs.Clear();
            _targets.Clear();
        }
    }
}
