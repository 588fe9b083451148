using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Operations without inputs.</summary>
internal static class Creator
{
    public static void AddTo(OpColumn<OpEntry> column)
    {
        column.Add(ArangeOp.Row, new OpEntry(Arange, AnyTarget: false));
        column.Add(RandomBitsOp.Row, new OpEntry(RandomBits, AnyTarget: false));
    }

    private static void Arange(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var dtype = y.DType;
        bool isFloat = dtype.IsFloatingPoint();
        if (dtype is DType.Float16 or DType.BFloat16 || (isFloat && !device.Fp64))
        {
            Upload(device, call.Scalars[0].ToDouble(), call.Scalars[1].ToDouble(), y);
            return;
        }

        using var launch = device.Begin(KernelId.Arange, dtype);
        launch.Value((int)y.Shape.ElementCount);
        foreach (var scalar in call.Scalars)
            launch.Value(isFloat ? BitConverter.DoubleToInt64Bits(scalar.ToDouble()) : scalar.ToInt64());
        launch.Buffer(y);
        launch.Run(y.Shape.ElementCount);
    }

    /// <summary>Elements that are computed before they are copied.</summary>
    private const int Piece = 1 << 15;

    /// <summary>
    /// Places are computed in binary64, by definition, and here rounded once: on the host, where the device lacks binary64 or cannot round from it
    /// to the half types.
    /// </summary>
    private static void Upload(OpenClDevice device, double start, double step, DeviceTensor y)
    {
        long count = y.Shape.ElementCount;
        int size = y.DType.Size();
        var bytes = new byte[Math.Min(count, Piece) * size];
        for (long from = 0; from < count; from += Piece)
        {
            int length = (int)Math.Min(count - from, Piece);
            for (int i = 0; i < length; i++)
            {
                long bits = RawScalar.Stored(start + ((from + i) * step), y.DType).Bits;
                MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref bits))[..size].CopyTo(bytes.AsSpan(i * size));
            }

            device.Upload(bytes.AsSpan(0, length * size), y, from * size);
        }
    }

    private static void RandomBits(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        using var launch = device.Begin(KernelId.RandomBits, DType.Int32);
        launch.Value((int)y.Shape.ElementCount);
        launch.Value(call.Scalars[0].ToInt64());
        launch.Value(call.Scalars[1].ToInt64());
        launch.Buffer(y);
        launch.Run((y.Shape.ElementCount + 3) / 4);
    }
}
