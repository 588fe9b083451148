using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Tests;

/// <summary>
/// The table of devices in the README is what the capability tables say. <c>NABLA_REWRITE_DOCS=1</c> writes it anew.
/// </summary>
public sealed class DeviceTableTests
{
    private const string Begin = "<!-- devices: begin -->\n", End = "<!-- devices: end -->";

    [Fact]
    public void Readme_TableOfDevices_IsWhatTheDevicesSay()
    {
        using var services = new ServiceCollection().AddNabla().AddCpu().AddOpenCl().AddOnnx().Services.BuildServiceProvider();
        var catalog = services.GetRequiredService<DeviceCatalog>();
        var first = catalog.Available.First(d => d.Id == "opencl:0");
        bool pocl = first.Name.Contains("pthread", StringComparison.Ordinal) || first.Name.StartsWith("cpu", StringComparison.Ordinal);
        Assert.SkipUnless(pocl, "The table shows PoCL, and the first OpenCL device of this machine is another one.");

        var table = DeviceTable.Write([.. new[] { "cpu", "opencl:0", "onnx:cpu" }.Select(id => catalog[id].Implementation)]);
        var path = Repository.At("README.md");
        var text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(begin, Begin.Length, end);
        if (Environment.GetEnvironmentVariable("NABLA_REWRITE_DOCS") == "1")
            File.WriteAllText(path, text[..begin] + table + text[end..]);
        else
            Assert.Equal(table, text[begin..end]);
    }
}
