using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla;

/// <summary>The numbers that a graph takes from shapes, in pinned memory, with the runtime's values over them. Never written: runs share them.</summary>
internal sealed unsafe class SizeBlock : IDisposable
{
    private readonly long[] _cells;

    public SizeBlock(IReadOnlyList<long[]> vectors)
    {
        _cells = GC.AllocateUninitializedArray<long>(vectors.Sum(v => v.Length), pinned: true);
        Inputs = new OrtValue[vectors.Count];
        int at = 0;
        for (int i = 0; i < Inputs.Length; i++)
        {
            vectors[i].CopyTo(_cells, at);
            var start = Unsafe.AsPointer(ref _cells[at]);
            Inputs[i] = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Int64, [vectors[i].Length], (nint)start, vectors[i].Length * 8L);
            at += vectors[i].Length;
        }
    }

    public OrtValue[] Inputs { get; }

    public void Dispose()
    {
        foreach (var input in Inputs)
            input.Dispose();
    }
}
