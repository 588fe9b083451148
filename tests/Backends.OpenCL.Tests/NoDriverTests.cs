using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>A loader that finds no driver: in a process of its own, because a loader looks only once.</summary>
public sealed class NoDriverTests
{
    private const string Marker = "NABLA_TEST_NO_DRIVER";

    [Fact]
    public async Task Open_NoDriver_InAProcessOfItsOwn()
    {
        var empty = Directory.CreateTempSubdirectory("nabla-no-driver");
        try
        {
            // Started as a program, or by `dotnet`, which then takes the assembly as its first argument.
            string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(NoDriverTests).Assembly.Location] : [];
            var start = new ProcessStartInfo(Environment.ProcessPath!, [.. self, "-method", $"{typeof(NoDriverTests).FullName}.{nameof(Child)}"]) { RedirectStandardOutput = true };
            start.Environment["OCL_ICD_VENDORS"] = empty.FullName;
            start.Environment.Remove("OCL_ICD_FILENAMES"); // drivers besides
            start.Environment[Marker] = "1";
            using var child = Process.Start(start)!;
            string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    [Fact]
    public void Child()
    {
        if (Environment.GetEnvironmentVariable(Marker) is null)
            return; // means nothing where there are drivers
        var backend = DeviceFixture.Backend(new());
        Assert.Empty(backend.Discover());
        var e = Assert.Throws<DeviceUnavailableException>(() => backend.Open("opencl:0"));
        Assert.Contains("finds no driver", e.Message, StringComparison.Ordinal);
        Assert.Contains("-1001", e.Message, StringComparison.Ordinal);
        Assert.Contains("pocl-opencl-icd", e.Message, StringComparison.Ordinal);
    }
}
