namespace Nabla;

/// <summary>A <see cref="StepOp"/> in float32: all parameters of the call in one pass.</summary>
/// <remarks>Inputs and outputs are made dense as by <see cref="DenseInput"/> and <see cref="DenseOutput"/>, which live on the stack: here are as many as there are parameters.</remarks>
internal abstract unsafe class StepKernel<TFormula> : FusedKernel where TFormula : struct, IStepFormula
{
    private const int OnStack = 16;

    /// <summary>What an element costs, in additions.</summary>
    protected abstract int Cost { get; }

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs)
    {
        var steps = (StepOp)op;
        bool claims = inputs[0].DType == DType.Float32;
        if (steps.StepInput >= 0)
            for (int i = steps.StepInput; i < inputs.Length; i += steps.InputsEach)
                claims &= inputs[i] is { Shape.Rank: 0, DType: DType.Float32 or DType.Int64 };
        return claims;
    }

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (StepOp)call.Op;
        using var scratch = op.Count > OnStack ? new Scratch(device, (long)op.Count * sizeof(StepPart)) : default;
        Span<StepPart> parts = op.Count > OnStack ? new(scratch.Pointer, op.Count) : stackalloc StepPart[op.Count];
        List<Storage>? copies = null;
        try
        {
            long units = 0;
            for (int k = 0; k < parts.Length; k++)
            {
                parts[k] = Part(device, op, call, outputs, k, ref copies);
                parts[k].Start = units;
                units = StepWork<TFormula>.After(parts[k]);
            }

            for (int k = 0; k < parts.Length; k++) // when all memory is there: what counts a step then makes it
                Prepare(ref parts[k], op, call, outputs, k);

            fixed (StepPart* pointer = parts)
            {
                var work = new StepWork<TFormula> { Parts = pointer, Count = parts.Length, Formula = Formula(op, call.Scalars) };
                Chunks.Run(device.Workers, units, Cost, ref work);
            }
        }
        finally
        {
            foreach (var copy in copies ?? [])
                copy.Release();
        }

        Finish(device, call, outputs);
    }

    /// <summary>The formula, with the numbers of the call.</summary>
    protected abstract TFormula Formula(StepOp op, ReadOnlySpan<Scalar> scalars);

    /// <summary>Numbers of one parameter.</summary>
    protected virtual void Prepare(ref StepPart part, StepOp op, in OpCall call, Span<DeviceTensor> outputs, int k)
    {
    }

    /// <summary>Counts a parameter's step; returns its number.</summary>
    protected static double CountStep(StepOp op, in OpCall call, Span<DeviceTensor> outputs, int k)
    {
        // The count comes after the moments, and the gradient is no output.
        DeviceTensor before = call.Inputs[(k * op.InputsEach) + op.StepInput], after = outputs[(k * op.OutputsEach) + op.StepInput - 1];
        return before.DType == DType.Int64
            ? *(long*)Operand.Host(after) = *(long*)Operand.Host(before) + 1
            : *(float*)Operand.Host(after) = *(float*)Operand.Host(before) + 1;
    }

    /// <summary>The tensors of one parameter.</summary>
    private static StepPart Part(CpuDevice device, StepOp op, in OpCall call, Span<DeviceTensor> outputs, int k, ref List<Storage>? copies)
    {
        // The number of steps, where there is one, is the kernel's own affair: it comes after the moments.
        int input = k * op.InputsEach, output = k * op.OutputsEach, states = op.StepInput < 0 ? op.InputsEach - 2 : op.StepInput - 2;
        for (int i = 0; i < op.OutputsEach; i++)
            outputs[output + i] = call.Target(output + i) is { IsContiguous: true } target && IsPlain(target, call.Inputs.Slice(input, op.InputsEach), i)
                ? target
                : device.Allocate(call.OutputSpecs[output + i]);
        var part = new StepPart
        {
            P = Dense(device, call.Inputs[input], ref copies),
            G = Dense(device, call.Inputs[input + 1], ref copies),
            NewP = (float*)Operand.Host(outputs[output]),
            Length = call.Inputs[input].Shape.ElementCount,
        };
        if (states > 0)
        {
            part.First = Dense(device, call.Inputs[input + 2], ref copies);
            part.NewFirst = (float*)Operand.Host(outputs[output + 1]);
        }

        if (states > 1)
        {
            part.Second = Dense(device, call.Inputs[input + 3], ref copies);
            part.NewSecond = (float*)Operand.Host(outputs[output + 2]);
        }

        if (states > 2)
        {
            part.Third = Dense(device, call.Inputs[input + 4], ref copies);
            part.NewThird = (float*)Operand.Host(outputs[output + 3]);
        }

        return part;
    }

    /// <summary>
    /// Whether a target is the input that it replaces, or none: an element of those is read before it is written, while others are read
    /// again after that.
    /// </summary>
    private static bool IsPlain(DeviceTensor target, ReadOnlySpan<DeviceTensor> inputs, int output)
    {
        int replaced = output == 0 ? 0 : output + 1;
        for (int i = 0; i < inputs.Length; i++)
            if (i != replaced && inputs[i].Storage == target.Storage)
                return false;
        return true;
    }

    private static float* Dense(CpuDevice device, DeviceTensor tensor, ref List<Storage>? copies)
    {
        if (tensor.IsContiguous)
            return (float*)Operand.Host(tensor);
        var copy = device.Allocate(tensor.Spec);
        (copies ??= []).Add(copy.Storage);
        Copies.Run(device.Workers, copy, tensor);
        return (float*)Operand.Host(copy);
    }

    /// <summary>Brings results to targets that are not dense.</summary>
    private static void Finish(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (call.Target(i) is not { } target || ReferenceEquals(target, outputs[i]))
                continue;
            var dense = outputs[i];
            Copies.Run(device.Workers, target, dense);
            outputs[i] = target;
            dense.Storage.Release();
        }
    }
}
