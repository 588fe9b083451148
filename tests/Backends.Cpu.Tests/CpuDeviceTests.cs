using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

public sealed class CpuDeviceTests
{
    [Fact]
    public void Add_OneElement_AllocatesLittle()
    {
        DeviceTensor a = Cpu.Tensor([1f]), b = Cpu.Tensor([2f]);
        double bytes = Allocation.Least(1000, () => Dispatch.Execute(Cpu.Device, BinaryOp.Add, [a, b], default).Storage.Release()) / 1000.0;
        Assert.InRange(bytes, 1, 200);
    }

    [Fact]
    public void Allocate_BeyondTheLimit_Throws()
    {
        using var device = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = 1 });
        var error = Assert.Throws<DeviceOutOfMemoryException>(() => device.Allocate(new(DType.Float32, [1 << 20])));
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.Equal(64, device.Allocate(new(DType.Float32, [16])).Spec.ByteLength);
    }

    [Fact]
    public void Execute_KernelThrows_ReleasesWhatItAllocated()
    {
        using var device = CpuDevice.Create();
        DeviceTensor x = Cpu.Tensor<int>(device, [1, 2, 3, 4], [2, 2]), index = Cpu.Tensor<long>(device, [0, 5, 0, 1], [2, 2]), zeros = Cpu.Tensor<int>(device, [1, 0, 1, 1], [2, 2]);
        var strided = Dispatch.View(new PermuteOp([1, 0]), device.Allocate(x.Spec))!;
        long before = device.Memory.Statistics.Leased;
        for (int i = 0; i < 100; i++)
        {
            Assert.Throws<TensorIndexException>(() => Dispatch.Execute(device, new GatherOp(1), [x, index], default));
            Assert.Throws<TensorIndexException>(() => Dispatch.Execute(device, new GatherOp(1), [x, index], default, strided));
            Assert.Throws<TensorIndexException>(() => Dispatch.Execute(device, new ScatterAddOp(1), [x, index, x], default));
            Assert.Throws<TensorDivisionException>(() => Dispatch.Execute(device, BinaryOp.FloorDivide, [x, zeros], default));
        }

        Assert.Equal(before, device.Memory.Statistics.Leased);
        Assert.Equal(1, strided.Storage.Owners); // the target stays its owner's
    }

    [Fact]
    public void Execute_NotAllOutputsFit_ReleasesThoseThatDid()
    {
        using var device = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = 1 });
        var x = Cpu.Tensor(device, new float[70_000], [70_000, 1]);
        long before = device.Memory.Statistics.Leased;
        Assert.Throws<DeviceOutOfMemoryException>(() => Dispatch.Execute(device, new LayerNormOp(1, false), [x], [1e-5], new DeviceTensor[3]));
        Assert.Equal(before, device.Memory.Statistics.Leased);
    }

    [Fact]
    public void Execute_OutputsHoldOldTensors_ReleasesNoneOfThem()
    {
        DeviceTensor x = Cpu.Tensor<int>([1, 2]), old = Cpu.Tensor<int>([7]);
        DeviceTensor[] outputs = [old];
        Assert.Throws<TensorIndexException>(() => Dispatch.Execute(Cpu.Device, new GatherOp(0), [x, Cpu.Tensor<long>([2])], default, outputs));
        Assert.Equal(1, old.Storage.Owners);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(long.MaxValue)]
    public void UploadAndDownload_BytesOutsideTheTensor_Throw(long offset)
    {
        var x = Cpu.Tensor<int>([1, 2]);
        Assert.Throws<TensorArgumentException>(() => Cpu.Device.Upload(new byte[4], x, offset));
        Assert.Throws<TensorArgumentException>(() => Cpu.Device.Download(x, new byte[4], offset));
    }

    [Fact]
    public void Members_AfterDispose_Throw()
    {
        var device = CpuDevice.Create();
        var x = device.Allocate(new(DType.Float32, [2]));
        device.Dispose();
        device.Dispose();
        Assert.Throws<DeviceDisposedException>(() => Dispatch.Execute(device, UnaryOp.Exp, [x], default));
        Assert.Throws<DeviceDisposedException>(() => device.Allocate(x.Spec));
        Assert.Throws<DeviceDisposedException>(() => device.Upload(new byte[8], x));
        Assert.Throws<DeviceDisposedException>(() => device.Download(x, new byte[8]));
        Assert.Throws<DeviceDisposedException>(() => device.DownloadAsync(x, new byte[8], TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult());
        Assert.Throws<DeviceDisposedException>(() => device.Evaluate([x]));
        Assert.Throws<DeviceDisposedException>(device.Synchronize);
        x.Storage.Release();
    }

    [Fact]
    public void Execute_WrappedArray_ComputesInPlace()
    {
        float[] host = [1, 2, 3];
        var x = DeviceTensor.Dense(new(DType.Float32, [3]), HostStorage.Wrap(Cpu.Device, host));
        Cpu.Into(x, BinaryOp.Add.With(ScalarSide.Right), [x], 1);
        Assert.Equal([2f, 3, 4], host);
    }

    [Fact]
    public void Discover_ListsWhatTheMachineHas()
    {
        var info = Assert.Single(new CpuBackend(Options.Create(new CpuOptions())).Discover());
        Assert.Equal("cpu", info.Id.Text);
        Assert.True(info.MemoryBytes > 0);
        string width = Avx512F.IsSupported ? "512-bit vectors" : Vector256.IsHardwareAccelerated ? "256-bit vectors"
            : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";
        Assert.Contains(width, info.Capabilities);
        Assert.Contains($"{Environment.ProcessorCount} processors", info.Capabilities);
    }

    [Fact]
    public void InstructionSet_SwitchedOff_IsNotUsed()
    {
        static bool Off(string name) => Environment.GetEnvironmentVariable(name) == "0";
        if (Off("DOTNET_EnableHWIntrinsic")) Assert.Equal(0, CpuCapabilities.VectorBits);
        else if (Off("DOTNET_EnableAVX2")) Assert.Equal(128, CpuCapabilities.VectorBits);
        else if (Off("DOTNET_EnableAVX512")) Assert.Equal(256, CpuCapabilities.VectorBits);
        else Assert.True(CpuCapabilities.VectorBits >= 128, "vectors are accelerated unless switched off");
    }

    [Fact]
    public void AddCpu_Twice_IsOneBackendWithItsSection()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Nabla:Device"] = "cpu",
            ["Nabla:Cpu:MaxThreads"] = "3",
            ["Nabla:Cpu:MemoryLimitMegabytes"] = "5",
        }).Build();
        var services = new ServiceCollection();
        services.AddNabla(configuration.GetSection("Nabla")).AddCpu().AddCpu();
        using var provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IBackend>());
        var device = provider.GetRequiredService<Device>();
        Assert.Equal(5 << 20, device.Memory.Limit);
        Assert.Equal(3, Assert.IsType<CpuDevice>(device.Implementation).Workers.Threads);
    }

    [Fact]
    public void AddCpu_BadOptions_AreRefused()
    {
        var services = new ServiceCollection();
        services.AddNabla().AddCpu(o => o.MaxThreads = -1);
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<CpuOptions>>().Value);
        Assert.Contains("MaxThreads", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0, "MaxThreads must be between 0 and 1024. Given: MaxThreads -1,")]
    [InlineData(1025, 0, "MaxThreads must be between 0 and 1024. Given: MaxThreads 1025,")]
    [InlineData(0, -5, "MemoryLimitMegabytes must be between 0 and 1099511627776. Given: MaxThreads 0, MemoryLimitMegabytes -5.")]
    [InlineData(0, 1L << 43, "MemoryLimitMegabytes must be between 0 and 1099511627776. Given: MaxThreads 0, MemoryLimitMegabytes 8796093022208.")]
    public void Create_OptionOutOfRange_IsRefusedByNameAndRange(int threads, long megabytes, string message)
    {
        var error = Assert.Throws<TensorArgumentException>(() => CpuDevice.Create(new CpuOptions { MaxThreads = threads, MemoryLimitMegabytes = megabytes }));
        Assert.Equal("CpuDevice.Create", error.Operation);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_LargestLimit_IsTaken()
    {
        using var device = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = 1L << 40 });
        Assert.Equal(1L << 60, device.Memory.Limit);
    }

    [Fact]
    public void Warn_HostWithoutALog_TellsOtherwise()
    {
        int told = 0;
        CpuBackend.Warn("slow", NullLogger.Instance, () => told++);
        Assert.Equal(1, told);
        CpuBackend.Warn(null, NullLogger.Instance, () => told++);
        Assert.Equal(1, told);
    }

    [Fact]
    public void Warn_HostWithALog_TellsIt()
    {
        var log = new Lines();
        CpuBackend.Warn("slow", log, () => Assert.Fail("The log was passed by."));
        Assert.Equal(["Warning slow"], log.Written);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add($"{logLevel} {formatter(state, exception)}");
    }

    [Fact]
    public void Open_UnknownDevice_NamesTheOneThereIs()
    {
        var error = Assert.Throws<UnknownDeviceException>(() => new CpuBackend(Options.Create(new CpuOptions())).Open("cpu:7"));
        Assert.Contains("there is: cpu", error.Message, StringComparison.Ordinal);
    }
}
