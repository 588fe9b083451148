using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla;

/// <summary>
/// What a run needs beside its tensors, made once: pinned memory for scalars and checks, eight bytes each, with the runtime's values over
/// it, so that a run only writes the numbers. Used by one run at a time.
/// </summary>
internal sealed unsafe class ScalarBlock : IDisposable
{
    private readonly long[] _cells;
    private readonly long* _start;

    public ScalarBlock(IReadOnlyList<ScalarSlot> slots, int checkLength)
    {
        _cells = GC.AllocateArray<long>(slots.Count + checkLength + 1, pinned: true);
        _start = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_cells));
        Inputs = new OrtValue[slots.Count];
        for (int i = 0; i < Inputs.Length; i++)
        {
            var type = slots[i].DType.Onnx().Compute();
            Inputs[i] = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, (TensorElementType)(int)type, [], (nint)(_start + i), type.Size());
        }

        Slots = slots;
        if (checkLength > 0)
            Checks = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Int64, [checkLength], (nint)(_start + slots.Count), checkLength * 8L);
    }

    public IReadOnlyList<ScalarSlot> Slots { get; }

    public OrtValue[] Inputs { get; }

    /// <summary>Options of a run that nobody cancels.</summary>
    public RunOptions Uncancelled { get; } = new();

    /// <summary>Receives what the checks saw; null when there are none.</summary>
    public OrtValue? Checks { get; }

    /// <summary>What the checks saw.</summary>
    public ReadOnlySpan<long> Seen => _cells.AsSpan(Slots.Count);

    /// <summary>Converts a scalar as a tensor of its type would hold it, and writes it.</summary>
    public void Set(int index, Scalar value)
    {
        var cell = (byte*)(_start + index);
        switch (Slots[index].DType)
        {
            case DType.Bool: *cell = value.ToBool() ? (byte)1 : (byte)0; break;
            case DType.UInt8: *(int*)cell = (byte)value.ToInt64(); break;
            case DType.Int8: *(int*)cell = (sbyte)value.ToInt64(); break;
            case DType.Int16: *(int*)cell = (short)value.ToInt64(); break;
            case DType.Int32: *(int*)cell = (int)value.ToInt64(); break;
            case DType.Int64: *(long*)cell = value.ToInt64(); break;
            case DType.Float64: *(double*)cell = value.ToDouble(); break;
            case DType.Float16: *(float*)cell = (float)(Half)value.ToDouble(); break;
            case DType.BFloat16: *(float*)cell = (BFloat16)(float)value.ToDouble(); break;
            default: *(float*)cell = (float)value.ToDouble(); break;
        }
    }

    public void Dispose()
    {
        foreach (var input in Inputs)
            input.Dispose();
        Checks?.Dispose();
        Uncancelled.Dispose();
    }
}
