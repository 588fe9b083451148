using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Nabla.Tests.Runtime;

public sealed class OnnxDeviceTests
{
    [Fact]
    public void Open_WithoutCudaProvider_NamesThePackage()
    {
        OnnxDevice.Create("onnx:cpu").Dispose();
        Assert.SkipWhen(OnnxRuntimeLibrary.Has(OnnxProvider.CudaName), "The native library has the CUDA provider.");
        var error = Assert.Throws<DeviceUnavailableException>(() => OnnxDevice.Create("onnx:cuda:0"));
        Assert.Equal("onnx:cuda:0", error.Operation);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu 1.31 or newer", error.Message, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx:tpu")]
    [InlineData("onnx:cuda:x")]
    [InlineData("onnx:cpu:1")]
    public void Open_UnknownDevice_ListsThoseThereAre(string id)
    {
        var error = Assert.Throws<UnknownDeviceException>(() => OnnxDevice.Create(id));
        Assert.Contains("onnx:cpu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_MissingNativeLibrary_NamesThePackage()
    {
        var inner = new DllNotFoundException("Unable to load shared library 'onnxruntime'");
        string? reason = OnnxRuntimeLibrary.Explain(new TypeInitializationException("NativeMethods", inner));
        Assert.NotNull(reason);
        Assert.Contains("reference the package Microsoft.ML.OnnxRuntime ", reason, StringComparison.Ordinal);
        Assert.Contains("onnxruntime", reason, StringComparison.Ordinal);
        Assert.Null(OnnxRuntimeLibrary.Explain(new InvalidOperationException()));
    }

    [Fact]
    public void Use_AfterDispose_Throws()
    {
        var lab = new Lab();
        var x = lab.Vector(1f);
        lab.Device.Dispose();
        Assert.Throws<DeviceDisposedException>(() => lab.Run(UnaryOp.Neg, x));
        Assert.Throws<DeviceDisposedException>(() => lab.Read<float>(x));
        Assert.Throws<DeviceDisposedException>(() => lab.Device.Allocate(x.Spec));
        Assert.Throws<DeviceDisposedException>(() => lab.Evaluate(x));
        lab.Dispose(); // twice, with tensors left: no harm
    }

    [Fact]
    public async Task DownloadAsync_Cancelled_Throws()
    {
        using var lab = new Lab();
        var y = lab.Run(UnaryOp.Neg, lab.Vector(1f));
        var bytes = new byte[4];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lab.Device.DownloadAsync(y, bytes, new CancellationToken(canceled: true)));
        await lab.Device.DownloadAsync(y, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(-1f, BitConverter.ToSingle(bytes));
    }

    [Fact]
    public void Execute_TensorOfAnotherDevice_IsRefused()
    {
        using var lab = new Lab();
        using var other = new Lab();
        var error = Assert.Throws<DeviceMismatchException>(() => lab.Run(BinaryOp.Add, lab.Vector(1f), other.Vector(2f)));
        Assert.Contains("To(device)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Allocate_BeyondTheLimit_Throws()
    {
        using var lab = new Lab(new OnnxOptions { MemoryLimitMegabytes = 64 });
        Assert.Throws<DeviceOutOfMemoryException>(() => lab.Device.Allocate(new(DType.Float32, [1 << 28])));
        var huge = lab.Run(new FullOp(DType.Float32, [1 << 28]), [], [1]);
        Assert.Throws<DeviceOutOfMemoryException>(() => lab.Evaluate(huge));
        Assert.Equal([2f], lab.Read<float>(lab.Run(BinaryOp.Add, lab.Vector(1f), 1)));
    }

    [Fact]
    public void AddOnnx_Twice_RegistersOneBackendWithTheConfiguredOptions()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Device"] = "onnx:cpu",
            ["Onnx:CacheLimitMegabytes"] = "7",
            ["Onnx:MaxPendingNodes"] = "11",
        }).Build();
        var services = new ServiceCollection();
        services.AddNabla(configuration).AddOnnx().AddOnnx();
        using var provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IBackend>());
        Assert.Equal(7, provider.GetRequiredService<IOptions<OnnxOptions>>().Value.CacheLimitMegabytes);
        var device = Assert.IsType<OnnxDevice>(provider.GetRequiredService<Device>().Implementation);
        Assert.Equal(11, device.MaxPendingNodes);
        Assert.True(device.Traits.Deferred);
        Assert.Contains(provider.GetRequiredService<DeviceCatalog>().Available, d => d.Id == "onnx:cpu");
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var services = new ServiceCollection();
        services.AddNabla().AddOnnx(o => o.CacheLimitMegabytes = 0);
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<OnnxOptions>>().Value);
        Assert.Contains(nameof(OnnxOptions.CacheLimitMegabytes), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OptionOutOfRange_IsRefusedByNameAndRange()
    {
        var error = Assert.Throws<TensorArgumentException>(() => OnnxDevice.Create("onnx:cpu", new OnnxOptions { MaxPendingNodes = 0 }));
        Assert.Contains("MaxPendingNodes must be between 1 and 1000000.", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxPendingNodes 0.", error.Message, StringComparison.Ordinal);
    }
}
