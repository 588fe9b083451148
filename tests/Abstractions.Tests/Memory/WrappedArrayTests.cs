using System.Runtime.CompilerServices;

namespace Nabla.Tests;

public sealed unsafe class WrappedArrayTests
{
    private readonly FakeDevice _device = new();

    [Fact]
    public void Wrap_SharesTheArrayBothWays()
    {
        float[] values = [1, 2, 3];
        var storage = HostStorage.Wrap(_device, values);
        Assert.Equal(2, ((float*)storage.Pointer)[1]);
        ((float*)storage.Pointer)[1] = 5;
        Assert.Equal(5, values[1]);
        values[2] = 7;
        Assert.Equal(7, ((float*)storage.Pointer)[2]);
        Assert.Equal((12L, true, true), (storage.ByteLength, storage.Exported, storage.IsManaged));
        Assert.Same(values, storage.BackingArray);
        storage.Release();
    }

    [Fact]
    public void WrapArray_SeveralDimensions_CountsEveryElement()
    {
        var values = new double[2, 3];
        var storage = HostStorage.WrapArray(_device, values, sizeof(double));
        ((double*)storage.Pointer)[5] = 9;
        Assert.Equal(9, values[1, 2]);
        Assert.Equal(48, storage.ByteLength);
        storage.Release();
    }

    [Fact]
    public void Release_UnpinsTheArrayAndNeverPoolsIt()
    {
        long pinned = WrappedArrays.Shared.Leased;
        var weak = WrapAndRelease();
        GC.Collect();
        Assert.False(weak.IsAlive);
        Assert.Equal(pinned, WrappedArrays.Shared.Leased);
        Assert.Equal((0L, 0L), (_device.Pool.Statistics.Leased, _device.Pool.Statistics.Cached));
    }

    [Fact]
    public void Wrap_WhileOwned_PinsTheArray()
    {
        var storage = HostStorage.Wrap(_device, new int[1000]);
        GC.Collect();
        Assert.Equal((nint)storage.Pointer, (nint)Unsafe.AsPointer(ref ((int[])storage.BackingArray!)[0]));
        storage.Release();
        Assert.Null(storage.BackingArray);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WrapAndRelease()
    {
        var array = new int[1000];
        HostStorage.Wrap(_device, array).Release();
        return new WeakReference(array);
    }
}
