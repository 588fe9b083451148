using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>What this machine (and this runtime) offers to the kernels.</summary>
internal static class CpuCapabilities
{
    private static int _warned;

    public static bool Accelerated => Vector128.IsHardwareAccelerated;

    /// <summary>Bits of the vectors that kernels use; 0 for scalars.</summary>
    public static int VectorBits =>
        WideVectors.Have512 ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>Whether the processor says "GenuineIntel".</summary>
    public static bool IsIntel { get; } = X86Base.IsSupported && X86Base.CpuId(0, 0) is (_, 0x756E_6547, 0x6C65_746E, 0x4965_6E69);

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

    /// <summary>What is wrong with the way this program was compiled or started; null when nothing is. The machine is asked only where it matters.</summary>
    public static string? Warning { get; } =
        Judge(VectorBits, aheadOfTime: !RuntimeFeature.IsDynamicCodeCompiled, machineHasAvx2: VectorBits >= 256 || MachineHasAvx2());

    /// <summary>Tells the error stream, once: in a program without a host, or in a host without a log.</summary>
    public static void WarnOnce()
    {
        if (Warning is not null && Interlocked.Exchange(ref _warned, 1) == 0)
            Console.Error.WriteLine(Warning);
    }

    /// <summary>The words for a case; null for a good one.</summary>
    /// <param name="vectorBits">What kernels use.</param>
    /// <param name="aheadOfTime">Whether the instruction set was chosen when the program was compiled. Just in time, fewer than the machine's is somebody's wish.</param>
    /// <param name="machineHasAvx2">What the machine has, whatever the program uses.</param>
    internal static string? Judge(int vectorBits, bool aheadOfTime, bool machineHasAvx2)
    {
        const string Remedy = "publish with <IlcInstructionSet>native</IlcInstructionSet> (or x86-64-v3, x86-64-v4)";
        if (vectorBits == 0)
            return $"cpu: no vector instructions are accelerated, so that kernels run ten to a hundred times slower; {Remedy}, and do not set DOTNET_EnableHWIntrinsic=0.";
        if (aheadOfTime && machineHasAvx2 && vectorBits < 256)
            return $"cpu: this program was compiled ahead of time without AVX2, which the machine has, so that kernels run up to ten times slower; {Remedy}.";
        return null;
    }

    /// <summary>The processor's own word: <see cref="Avx2.IsSupported"/> tells what the compiler was allowed to use.</summary>
    private static bool MachineHasAvx2()
    {
        const int ExtendedFeatures = 7, Avx2Bit = 1 << 5;
        return X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= ExtendedFeatures && (X86Base.CpuId(ExtendedFeatures, 0).Ebx & Avx2Bit) != 0;
    }
}
