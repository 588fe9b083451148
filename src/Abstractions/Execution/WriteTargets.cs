using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Whether what a call writes is determined: targets overlap neither each other, nor a part of an input.</summary>
internal static class WriteTargets
{
    /// <summary>Up to here every target is compared with every tensor; beyond, only with those of its storage.</summary>
    private const int Few = 4;

    public static void Check(Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<TensorSpec> specs, ReadOnlySpan<DeviceTensor?> into)
    {
        for (int i = 0; i < into.Length; i++)
            if (into[i] is { } target)
                CheckAlone(op, target, specs[i]);
        if (into.Length > Few)
        {
            CheckMany(op, inputs, into);
            return;
        }

        for (int i = 0; i < into.Length; i++)
        {
            if (into[i] is not { } target)
                continue;
            foreach (var other in into[..i])
                if (other is not null)
                    CheckPair(op, target, other);
            for (int k = 0; k < inputs.Length; k++)
                CheckInput(op, target, i, inputs[k], k);
        }
    }

    private static void CheckAlone(Op op, DeviceTensor target, in TensorSpec spec)
    {
        if (target.Spec != spec)
            throw new ShapeException(op.Kind.Name, $"the result {spec} cannot be written into {target.Spec}.");
        if (target.Layout.Overlaps(target.Shape))
            throw new MemoryAccessException(op.Kind.Name, $"the target {target.Shape} with strides {target.Layout.Strides} shows elements more than once (it was expanded), so a write is not determined; Clone() it first.");
    }

    private static void CheckPair(Op op, DeviceTensor target, DeviceTensor other)
    {
        if (Aliasing.Same(target, other) || Aliasing.OverlapPartly(target, other))
            throw new MemoryAccessException(op.Kind.Name, $"two results of shapes {other.Shape} and {target.Shape} would be written to the same elements; Clone() one of the targets first.");
    }

    private static void CheckInput(Op op, DeviceTensor target, int output, DeviceTensor input, int index)
    {
        if (Aliasing.OverlapPartly(target, input))
            throw new MemoryAccessException(op.Kind.Name, $"the target {target.Shape} overlaps an input {input.Shape} in part, so the result would depend on the order of writes; Clone() one of them first.");
        if (op is StepOp steps && output / steps.OutputsEach != index / steps.InputsEach && target.Shape.ElementCount > 0 && Aliasing.Same(target, input))
            throw new MemoryAccessException(op.Kind.Name, $"a target {target.Shape} of parameter {output / steps.OutputsEach} is an input of parameter {index / steps.InputsEach}, so the result would depend on their order; step them in calls of their own.");
    }

    /// <summary>The same for many targets: a table finds those that share a storage, which are few.</summary>
    private static void CheckMany(Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<DeviceTensor?> into)
    {
        const int onStack = 512;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)into.Length * 2);
        Span<int> table = size <= onStack ? stackalloc int[size] : new int[size];
        table.Clear(); // zero is an empty place, else one more than a target's number
        for (int i = 0; i < into.Length; i++)
        {
            if (into[i] is not { } target)
                continue;
            int at = Place(target.Storage, size);
            for (; table[at] != 0; at = (at + 1) & (size - 1))
                CheckPair(op, target, into[table[at] - 1]!);
            table[at] = i + 1;
        }

        for (int k = 0; k < inputs.Length; k++)
            for (int at = Place(inputs[k].Storage, size); table[at] != 0; at = (at + 1) & (size - 1))
                CheckInput(op, into[table[at] - 1]!, table[at] - 1, inputs[k], k);
    }

    private static int Place(Storage storage, int size) => RuntimeHelpers.GetHashCode(storage) & (size - 1);
}
