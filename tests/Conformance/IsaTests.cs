using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Tests;

/// <summary>
/// Proves which instruction set a run really used, so that a mode which was asked for in vain is noticed. The modes of the CPU suite:
/// <code>
/// cd tests/Conformance
/// NABLA_EXPECT_ISA=avx512                               dotnet run -- -class Nabla.Tests.CpuConformance -class Nabla.Tests.IsaTests
/// NABLA_EXPECT_ISA=avx2   DOTNET_EnableAVX512=0         dotnet run -- (the same)
/// NABLA_EXPECT_ISA=sse    DOTNET_EnableAVX2=0           dotnet run -- (the same)
/// NABLA_EXPECT_ISA=none   DOTNET_EnableHWIntrinsic=0    dotnet run -- (the same)
/// </code>
/// On a machine without AVX-512 the first mode expects <c>avx2</c>.
/// </summary>
public sealed class IsaTests
{
    public const string Variable = "NABLA_EXPECT_ISA";

    [Fact]
    public void HardwareAcceleration_IsWhatTheRunAsksFor()
    {
        string? expected = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(expected), $"{Variable} is not set: this run does not ask for an instruction set.");
        string actual = Avx512F.IsSupported ? "avx512" : Vector256.IsHardwareAccelerated ? "avx2" : Vector128.IsHardwareAccelerated ? "sse" : "none";
        Assert.Contains(expected, new[] { "avx512", "avx2", "sse", "none" });
        Assert.Equal(expected, actual);
    }
}
