namespace Nabla.Tests;

public sealed class DeviceIdTests
{
    [Theory]
    [InlineData("cpu", "cpu", "cpu", "")]
    [InlineData(" OpenCL:0 ", "opencl:0", "opencl", "0")]
    [InlineData("onnx:cuda:1", "onnx:cuda:1", "onnx", "cuda:1")]
    public void Parse_SplitsAtTheFirstColon(string text, string whole, string backend, string selector)
    {
        DeviceId id = text;
        Assert.Equal((whole, backend, selector, whole), (id.Text, id.Backend, id.Selector, id.ToString()));
        Assert.Equal(new DeviceId(whole), id);
        Assert.Equal(new DeviceId(whole).GetHashCode(), id.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void Parse_Empty_Throws(string? text) => Assert.Contains("is empty", Assert.Throws<UnknownDeviceException>(() => new DeviceId(text!)).Message);

    [Fact]
    public void Default_NamesNothing()
    {
        Assert.Equal(("", "", ""), (default(DeviceId).Text, default(DeviceId).Backend, default(DeviceId).ToString()));
        Assert.NotEqual(default, new DeviceId("cpu"));
    }
}
