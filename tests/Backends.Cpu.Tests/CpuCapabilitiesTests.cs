namespace Nabla.Tests;

public sealed class CpuCapabilitiesTests
{
    [Theory]
    [InlineData(512, true, true)]
    [InlineData(256, true, true)] // AVX2 alone costs little
    [InlineData(128, true, false)] // the machine has no more: ARM, or old
    [InlineData(128, false, true)] // just in time: somebody switched AVX2 off
    public void Judge_VectorsAsTheMachineOrItsUserHasThem_SaysNothing(int bits, bool aheadOfTime, bool machineHasAvx2) =>
        Assert.Null(CpuCapabilities.Judge(bits, aheadOfTime, machineHasAvx2));

    [Theory]
    [InlineData(0, true, true, "no vector instructions")]
    [InlineData(0, false, false, "no vector instructions")]
    [InlineData(128, true, true, "ahead of time without AVX2")]
    public void Judge_SlowBuild_NamesTheRemedy(int bits, bool aheadOfTime, bool machineHasAvx2, string problem)
    {
        var warning = CpuCapabilities.Judge(bits, aheadOfTime, machineHasAvx2);
        Assert.Contains(problem, warning);
        Assert.Contains("<IlcInstructionSet>native</IlcInstructionSet>", warning);
    }

    [Fact]
    public void Warning_OfThisProcess_OnlyWithoutVectors() =>
        Assert.Equal(CpuCapabilities.VectorBits == 0, CpuCapabilities.Warning is not null);
}
