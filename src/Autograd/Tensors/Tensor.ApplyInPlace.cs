namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>
    /// Overwrites this with the result of an operation, which may read it. The version counts up; the graph of this, of the tensor it
    /// is a view of, and of that tensor's other views follows.
    /// </summary>
    internal Tensor ApplyInPlace(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars)
    {
        CheckWritable(op);
        bool record = DType.IsFloatingPoint() && (RequiresGrad ? GradMode : IsRecording(inputs));
        if (record && _place is History { MadeWithoutGrad: true })
            throw new AutogradException($"{op.Kind.Name}_", "a view that was made with gradients off cannot be written in place with gradients on; make it inside the scope that writes it, or Clone() it first.");
        if (record)
            CheckShowsOnce(op);
        var rule = record ? GradientTable.Find(op) : null;
        if (record && rule is null && op is CompositeOp)
        {
            using var temporaries = TemporaryScope.Open();
            return Copy_(Apply(op, inputs, scalars)); // recorded as its parts: the result is computed aside, then copied in
        }

        _ = CommonDevice(op, [this, .. inputs]);
        DataBuffer buffer = default;
        Span<DeviceTensor> data = inputs.Length <= DataBuffer.Length ? buffer[..inputs.Length] : new DeviceTensor[inputs.Length];
        Span<int> versions = stackalloc int[inputs.Length];
        var values = record ? new GraphValue[inputs.Length] : [];
        for (int i = 0; i < inputs.Length; i++)
        {
            data[i] = inputs[i].Data;
            versions[i] = data[i].Storage.Version;
            if (record)
                values[i] = new(data[i].Spec, inputs[i].GradEdge);
        }

        DataBuffer savedBuffer = default;
        Span<DeviceTensor> saved = inputs.Length <= DataBuffer.Length ? savedBuffer[..inputs.Length] : new DeviceTensor[inputs.Length];
        data.CopyTo(saved);
        try
        {
            if (record)
            {
                rule ??= GradientTable.Require(op);
                KeepOverwritten(rule.Differentiable ? rule.Mask(op, values) : SaveMask.None, saved, versions);
            }

            Dispatch.Execute(Data.Device, op, data, scalars, _data);
            _data.Storage.BumpVersion();
            if (record)
            {
                Edge written = default;
                if (Array.Exists(values, v => v.Node is not null) && rule!.Differentiable)
                {
                    var node = OpNode.Record(op, rule, values, scalars, new ReadOnlySpan<DeviceTensor>(in _data), _data.Device);
                    node.Save(rule.Mask(op, values), saved, new ReadOnlySpan<DeviceTensor>(in _data), versions);
                    written = new Edge(node, 0);
                }

                Rebase(written);
            }
        }
        finally
        {
            for (int i = 0; i < saved.Length; i++)
                if (saved[i] != data[i])
                    saved[i].Storage.Release(); // a copy: the node is its owner now, unless the write failed
        }

        foreach (var input in inputs)
            GC.KeepAlive(input);
        return this;
    }

    /// <summary>
    /// Where the gradient needs what the write is about to overwrite (y.Mul_(x), y.Sin_()), the old values are kept in a copy. PyTorch
    /// does the same.
    /// </summary>
    private void KeepOverwritten(uint mask, Span<DeviceTensor> saved, Span<int> versions)
    {
        for (int i = 0; i < saved.Length && i < SaveMask.FirstOutput; i++)
        {
            if ((mask & SaveMask.Input(i)) == 0 || !Aliasing.Same(saved[i], _data))
                continue;
            saved[i] = Dispatch.Execute(_data.Device, CopyOp.Instance, new ReadOnlySpan<DeviceTensor>(in saved[i]), default);
            versions[i] = saved[i].Storage.Version;
        }
    }

    /// <summary>An in-place binary operation: promotes as the plain one does, and refuses what this cannot hold.</summary>
    private Tensor BinaryInPlace(BinaryOp op, Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        if (other._data.Device != _data.Device)
            (_, other) = Meet(op, this, other);
        CheckMinus(op, DType == DType.Bool || other.DType == DType.Bool);
        var dtype = OperandType(op, Promotion.Result(this, other));
        op = ForBool(op, dtype);
        CheckHolds(op, dtype);
        return dtype == DType
            ? ApplyInPlace(op, [this, other.Cast(dtype)], default)
            : Copy_(Apply(op, [Cast(dtype), other.Cast(dtype)], default));
    }

    private Tensor BinaryInPlace(BinaryOp op, Scalar other)
    {
        CheckMinus(op, DType == DType.Bool || other.Kind == ScalarKind.Bool);
        var dtype = OperandType(op, Promotion.Result(this, other));
        op = ForBool(op, dtype);
        CheckHolds(op, dtype);
        return ApplyInPlace(op.With(ScalarSide.Right), [this], [other]);
    }

    private void CheckHolds(Op op, DType result)
    {
        if (Promotion.Category(result) > Promotion.Category(DType))
            throw new DTypeException(op.Kind.Name, $"the result is {result.Name()}, which the {DType.Name()} tensor written in place cannot hold; use the operation that is not in place.");
    }

    /// <summary>With gradients on, leaves that require them (and views of such) cannot be overwritten: their gradient would be lost.</summary>
    private void CheckWritable(Op op)
    {
        if (!GradMode || _place is not History history)
            return;
        var name = $"{op.Kind.Name}_";
        if (history.Base is { } origin)
        {
            if (origin.Node is LeafNode)
                throw new AutogradException(name, "a view of a leaf that requires a gradient cannot be written in place; wrap the write in Autograd.NoGrad(), or Clone() the leaf first.");
            if (history.OneOfSeveral && origin.Node is not null)
                throw new AutogradException(name, "one of several views that a single operation returned (split, unbind, chunk) cannot be written in place; Clone() it, or slice instead.");
        }
        else if (history.Node is LeafNode)
        {
            throw new AutogradException(name, "a leaf that requires a gradient cannot be written in place; wrap the write in Autograd.NoGrad(), or Clone() it first.");
        }
    }

    /// <summary>
    /// A write into a part of a view that shows elements more than once (one row of an expansion) has no functional form, so no gradient.
    /// </summary>
    private void CheckShowsOnce(Op op)
    {
        for (var view = _data.View; view is not null; view = view.Source.View)
            if (view.Source.Layout.Overlaps(view.Source.Shape))
                throw new MemoryAccessException($"{op.Kind.Name}_", "what is written is part of a view that shows elements more than once (expand, unfold), for which a write cannot be recorded; Clone() that view first.");
    }

    /// <summary>Puts the written value's node in the place of the old one.</summary>
    private void Rebase(Edge written)
    {
        var history = EnsureHistory();
        if (history.Base is not { } origin)
        {
            // A constant was written: gradients end here, as zeros would, but the tensor still counts as computed.
            history.Replace(written.Exists ? written : new Edge(new ConstantNode(_data.Spec), 0));
            history.Generation++;
            return;
        }

        // Likewise where a constant was written through a view of all elements.
        var rest = GraphOps.WriteThrough(origin, _data, written);
        origin.Replace(rest.Exists ? rest : new Edge(new ConstantNode(origin.Value.Spec), 0));
        origin.Generation++;
        if (written.Exists)
        {
            history.Replace(written);
            history.Generation = origin.Generation;
        }
    }
}
