using System.Runtime.CompilerServices;
using Nabla.Tests.Reference;
using Nabla.Tests.Suite;

namespace Nabla.Tests.Oracle;

/// <summary>The oracle is tested by values written down by hand.</summary>
public sealed class OracleTests
{
    private static readonly IDevice Device = TestDevices.Fresh("reference", builder => builder.AddReference());

    public static IEnumerable<TheoryDataRow<int>> Literals => Literal.All.Select((l, i) => new TheoryDataRow<int>(i) { TestDisplayName = $"Reference_Literal_{i}_{l.Op.Kind}" }.WithTrait("Op", l.Op.Kind.Name));

    [Theory]
    [MemberData(nameof(Literals))]
    public void Reference_Literal_GivesTheKnownResult(int index)
    {
        var literal = Literal.All[index];
        using var bench = new Bench(Device);
        var outputs = bench.Run(literal.Op, [.. literal.Inputs.Select(bench.Upload)], literal.Scalars);
        for (int i = 0; i < outputs.Length; i++)
            Bench.AssertClose(literal.Expected[i], bench.Download(outputs[i]), 0.5, $"{literal.Op}, output {i}");
    }

    [Fact]
    public void Literals_CoverEveryKindButViews()
    {
        var known = Literal.All.Select(l => l.Op.Kind).ToHashSet();
        var missing = Samples.SampleTable.All.Where(s => s.Op(s.DTypes[0]) is not ViewOp).Select(s => s.Kind).Where(k => !known.Contains(k)).Distinct();
        Assert.Empty(missing);
    }

    [Fact]
    public void Backend_OfTheReference_HasOneDevice()
    {
        Assert.Equal("reference", new ReferenceBackend().Name);
        Assert.Single(new ReferenceBackend().Discover());
        Assert.Throws<UnknownDeviceException>(() => new ReferenceBackend().Open("reference:1"));
    }

    [Fact]
    public void Sources_OfTheReference_StayUnder800Lines()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "Reference");
        Assert.SkipUnless(Directory.Exists(folder), "The sources are not where they were built.");
        Assert.InRange(Directory.GetFiles(folder, "*.cs").Sum(f => File.ReadAllLines(f).Length), 1, 799);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
