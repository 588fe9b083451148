using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Silk.NET.OpenCL;

namespace Nabla.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public void Discover_ListsDevicesWithFacts()
    {
        var info = DeviceFixture.Backend(new()).Discover()[0];
        Assert.Equal(new DeviceId("opencl:0"), info.Id);
        Assert.NotEmpty(info.Name);
        Assert.NotEmpty(info.Vendor);
        Assert.True(info.MemoryBytes > 1 << 20);
        Assert.Contains(info.Capabilities, c => c.StartsWith("driver ", StringComparison.Ordinal));
        Assert.Contains(info.Capabilities, c => c is "fp64" or "no fp64");
    }

    [Fact]
    public void Discover_OtherOrderOfTheDrivers_ListsGpusFirstAndCpusLast()
    {
        (string Name, DeviceType Type)[] listed =
            [("a", DeviceType.Cpu), ("b", DeviceType.Gpu), ("c", DeviceType.Cpu | DeviceType.Default), ("d", DeviceType.Accelerator), ("e", DeviceType.Gpu)];
        Assert.Equal(["b", "e", "d", "a", "c"], ClDeviceList.GpusFirst(listed, d => d.Type).Select(d => d.Name));
    }

    [Fact]
    public void Open_NoSuchDevice_ListsThoseThereAre()
    {
        var e = Assert.Throws<UnknownDeviceException>(() => DeviceFixture.Backend(new()).Open("opencl:99"));
        Assert.Contains("'opencl:99'; there are: opencl:0 (", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoIndex_IsTheFirst()
    {
        using var device = DeviceFixture.Backend(new()).Open("opencl");
        Assert.Equal(new DeviceId("opencl:0"), device.Id);
    }

    [Fact]
    public void Open_NoLoader_NamesThePackages()
    {
        var backend = new OpenClBackend(Options.Create(new OpenClOptions()), null, () => ClLibrary.Load(() => throw new FileNotFoundException("libOpenCL.so.1")));
        Assert.Empty(backend.Discover());
        var e = Assert.Throws<DeviceUnavailableException>(() => backend.Open("opencl:0"));
        Assert.Contains("no OpenCL loader", e.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install ocl-icd-libopencl1 pocl-opencl-icd", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_AfterDisposal_Throws()
    {
        var device = DeviceFixture.Open(new());
        var x = device.From([1f, 2], 2);
        device.Dispose();
        Assert.Throws<DeviceDisposedException>(() => device.Run(UnaryOp.Neg, x));
        Assert.Throws<DeviceDisposedException>(() => x.Read<float>());
        Assert.Throws<DeviceDisposedException>(() => device.Allocate(new(DType.Float32, [1])));
        Assert.Throws<DeviceDisposedException>(device.Synchronize);
        Assert.Contains("opencl:0 was disposed", Assert.Throws<DeviceDisposedException>(() => device.Upload([1, 2], x)).Message, StringComparison.Ordinal);
        x.Storage.Release(); // no more than a buffer that is given back late
        device.Dispose();
    }

    [Fact]
    public void Allocate_BeyondTheLimit_SaysSoAndRecovers()
    {
        using var device = DeviceFixture.Open(new() { MemoryLimitMegabytes = 64 });
        Assert.Equal(64 << 20, device.Memory.Limit);
        Assert.Throws<DeviceOutOfMemoryException>(() => device.Allocate(new(DType.Float32, [32 << 20])));
        var held = device.Allocate(new(DType.UInt8, [40 << 20]));
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => device.Allocate(new(DType.UInt8, [40 << 20])));
        Assert.Contains("limit of 67108864 bytes of opencl:0", e.Message, StringComparison.Ordinal);
        held.Storage.Release();
        device.Allocate(new(DType.UInt8, [40 << 20])).Storage.Release();
    }

    [Fact]
    public void Memory_ReleasedBuffers_AreUsedAgainWithoutWaiting()
    {
        using var device = DeviceFixture.Open(new());
        var x = device.From(Host.Range(1000), 1000);
        for (int i = 0; i < 100; i++)
        {
            var y = device.Run(BinaryOp.Add.With(ScalarSide.Right), [x], 1);
            x.Storage.Release();
            x = y;
        }

        Assert.Equal(Host.Range(1000, 100), x.Read<float>());
        Assert.InRange(device.Memory.Statistics.Allocations, 1, 3);
    }

    [Fact]
    public void AddOpenCl_Twice_ConfiguresOnce()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OpenCL:MemoryLimitMegabytes", "96"), new("Device", "opencl:0")]).Build();
        var services = new ServiceCollection();
        services.AddNabla(configuration).AddOpenCl().AddOpenCl();
        using var provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IBackend>());
        var device = provider.GetRequiredService<Device>();
        Assert.Equal(96 << 20, device.Memory.Limit);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var services = new ServiceCollection();
        services.AddNabla().AddOpenCl(o => o.MaxQueuedCommands = 1);
        using var provider = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<OpenClOptions>>().Value);
    }

    [Fact]
    public void Missing_OfADeviceWithoutFloat64_IsAGap()
    {
        var cl = ClLibrary.Load();
        using var device = new OpenClDevice(cl, ClDeviceList.Read(cl)[0] with { Fp64 = false }, new OpenClOptions { ProgramCache = false }, NullLogger.Instance);
        Assert.Contains("cl_khr_fp64", device.Missing(BinaryOp.Add.Kind, DType.Float64)!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(DType.Float64, device.Traits.DTypes);
        Assert.Null(device.Missing(BinaryOp.Add.Kind, DType.Float32));
        Assert.NotNull(device.Missing(SoftmaxOp.Row, DType.Float32));
        var e = Assert.Throws<UnsupportedOpException>(() => device.Run(new CastOp(DType.Float64), device.From([1f], 1)));
        Assert.Contains("float32", e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([1f, 3, 5], device.Run(new ArangeOp(DType.Float32, 3), [], 1, 2).Read<float>()); // places without binary64 on the device
    }

    [Fact]
    public void Missing_OfEveryPrimitive_IsNothing()
    {
        using var device = DeviceFixture.Open(new());
        PrimitiveOp[] others =
        [
            CopyOp.Instance, WhereOp.Instance, MatMulOp.Instance, new CastOp(DType.Bool), new FullOp(DType.Bool, []), new ArangeOp(DType.Int32, 1), new RandomBitsOp([]), new ConcatOp(0),
            new GatherOp(0), new ScatterAddOp(0), new PadOp([], []), new SliceScatterOp(new([], [], [])), ArgReduceOp.Max(0, false), ArgReduceOp.Min(0, false),
            ReduceOp.Sum([], false), ReduceOp.Prod([], false), ReduceOp.Max([], false), ReduceOp.Min([], false),
        ];
        foreach (var op in others.Concat(Instances<UnaryOp>()).Concat(Instances<BinaryOp>()))
            Assert.True(device.Missing(op.Kind, DType.Float32) is null, op.Kind.Name);
        Assert.NotNull(device.Missing(SoftmaxOp.Row, DType.Float32)); // a composite is claimed, or decomposed: never a primitive
    }

    private static IEnumerable<PrimitiveOp> Instances<T>() where T : PrimitiveOp =>
        typeof(T).GetProperties().Where(p => p.PropertyType == typeof(T) && p.GetMethod!.IsStatic).Select(p => (T)p.GetValue(null)!);
}
