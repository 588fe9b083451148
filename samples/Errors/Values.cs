namespace Nabla.Errors;

/// <summary>Files, indices and divisors that are not what they should be.</summary>
internal static class Values
{
    public static void Run(DeviceCatalog devices)
    {
        Report.Show("A corrupt .npy file", () => Npy.Load(new MemoryStream([0x93, .. "NUMPY"u8, 1, 0, 4, 0, .. "oops"u8]), name: "weights.npy"));
        Report.Show("An index out of range", () => Tensor.Rand(3, 4)[3]);
        foreach (var id in new[] { "cpu", "opencl:0", "onnx:cpu" })
        {
            Report.Show($"Integer division by zero on {id}", () =>
            {
                using var scope = devices[id].AsDefault();
                return Tensor.From(new[] { 6, 7 }).FloorDivide(Tensor.From(new[] { 2, 0 })).ToArray<int>();
            });
            Report.Show($"A gathered index out of range on {id}", () =>
            {
                using var scope = devices[id].AsDefault();
                return Tensor.From(new[] { 6f, 7f }).Gather(0, Tensor.From(new long[] { 5 })).ToArray<float>();
            });
        }
    }
}
