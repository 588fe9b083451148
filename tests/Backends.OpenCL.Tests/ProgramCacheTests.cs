using Microsoft.Extensions.Logging.Abstractions;

namespace Nabla.Tests;

public sealed class ProgramCacheTests : IDisposable
{
    private const string Source = "kernel void twice(global int *x) { x[get_global_id(0)] *= 2; }";
    private readonly string _directory = Directory.CreateTempSubdirectory("nabla-cache").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Build_SecondDevice_LoadsFromTheCache()
    {
        using (var first = Open())
        {
            first.Builder.Build("twice", Source, "");
            Assert.Equal((1, 0), (first.Builder.Built, first.Builder.Loaded));
        }

        Assert.Single(Directory.GetFiles(_directory));
        using var second = Open();
        second.Builder.Build("twice", Source, "");
        Assert.Equal((0, 1), (second.Builder.Built, second.Builder.Loaded));
        second.Builder.Build("twice", Source, "-DOTHER");
        Assert.Equal((1, 1), (second.Builder.Built, second.Builder.Loaded));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("foreign")]
    [InlineData("empty")]
    public void Build_DamagedEntry_IsBuiltAgainAndReplaced(string damage)
    {
        using (var first = Open())
            first.Builder.Build("twice", Source, "");
        string file = Directory.GetFiles(_directory).Single();
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "truncated": File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]); break;
            case "flipped": bytes[^10] ^= 1; File.WriteAllBytes(file, bytes); break;
            case "empty": File.WriteAllBytes(file, []); break;
            default: new ProgramCache(_directory, NullLogger.Instance).Write(Path.GetFileNameWithoutExtension(file), [1, 2, 3, 4]); break; // intact, but no driver's
        }

        using (var second = Open())
        {
            second.Builder.Build("twice", Source, "");
            Assert.Equal((1, 0), (second.Builder.Built, second.Builder.Loaded));
        }

        using var third = Open();
        third.Builder.Build("twice", Source, "");
        Assert.Equal((0, 1), (third.Builder.Built, third.Builder.Loaded));
    }

    [Fact]
    public void Build_FolderThatCannotBe_ComputesAnyway()
    {
        string file = Path.Combine(_directory, "a-file");
        File.WriteAllText(file, "");
        using var device = DeviceFixture.Open(new() { ProgramCacheDirectory = Path.Combine(file, "below") });
        Assert.Equal([-1f], device.Run(UnaryOp.Neg, device.From([1f], 1)).Read<float>());
    }

    [Fact]
    public void Key_AnyPart_ChangesIt()
    {
        string key = ProgramCache.Key("driver", "options", "source");
        Assert.NotEqual(key, ProgramCache.Key("driver 2", "options", "source"));
        Assert.NotEqual(key, ProgramCache.Key("driver", "options 2", "source"));
        Assert.NotEqual(key, ProgramCache.Key("driver", "options", "source 2"));
        Assert.Equal(key, ProgramCache.Key("driver", "options", "source"));
    }

    [Fact]
    public void Build_BadSource_GivesTheCompilersLog()
    {
        using var device = Open();
        var e = Assert.Throws<KernelBuildException>(() => device.Builder.Build("broken", "kernel void broken() { undeclared = 1; }", ""));
        Assert.Contains("undeclared", e.BuildLog, StringComparison.Ordinal);
        Assert.Contains("opencl:0", e.Message, StringComparison.Ordinal);
        Assert.Contains("BuildProgramFailure, -11", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    private OpenClDevice Open() => (OpenClDevice)DeviceFixture.Open(new() { ProgramCacheDirectory = _directory });
}
