using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>What this machine (and this runtime) offers to the kernels.</summary>
internal static class CpuCapabilities
{
    public const string NoVectorsMessage =
        "cpu: no vector instructions are accelerated, so that kernels run ten to a hundred times slower. Publish with "
        + "<IlcInstructionSet>native</IlcInstructionSet> (or x86-64-v3, x86-64-v4), and do not set DOTNET_EnableHWIntrinsic=0.";

    private static int _warned;

    public static bool Accelerated => Vector128.IsHardwareAccelerated;

    /// <summary>Bits of the vectors that kernels use; 0 for scalars.</summary>
    public static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static DeviceInfo Describe()
    {
        var sets = new (string Name, bool Present)[]
        {
            ("avx512", Avx512F.IsSupported), ("avx2", Avx2.IsSupported), ("fma", Fma.IsSupported), ("sse4.2", Sse42.IsSupported), ("neon", AdvSimd.IsSupported),
        };
        string[] facts =
        [
            VectorBits == 0 ? "no vectors" : $"{VectorBits}-bit vectors",
            $"{Environment.ProcessorCount} processors",
            .. sets.Where(s => s.Present).Select(s => s.Name),
        ];
        return new DeviceInfo(
            CpuDevice.DefaultId, $"{RuntimeInformation.ProcessArchitecture} CPU", RuntimeInformation.OSDescription, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, facts);
    }

    /// <summary>Tells a program without a host, once, where there is no log to tell.</summary>
    public static void WarnOnce()
    {
        if (!Accelerated && Interlocked.Exchange(ref _warned, 1) == 0)
            Console.Error.WriteLine(NoVectorsMessage);
    }
}
