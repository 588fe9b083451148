namespace Nabla.Tests;

public sealed class InterceptorChainTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HostRead_OneRefuses_WhatTheOtherBeganEnds(bool refusesFirst)
    {
        var (reader, trace) = (new Reader(), new Reader { Refuses = true });
        var chain = refusesFirst ? new InterceptorChain(inner: reader, outer: trace) : new InterceptorChain(inner: trace, outer: reader);
        var device = new FakeDevice();
        Assert.Throws<InvalidOperationException>(() => chain.HostRead(device.Allocate(new(DType.Float32, [1]))));
        Assert.Equal(0, reader.Open);
        trace.Refuses = false;
        using (chain.HostRead(device.Allocate(new(DType.Float32, [1]))))
            Assert.Equal((1, 1), (reader.Open, trace.Open));
        Assert.Equal((0, 0), (reader.Open, trace.Open));
    }

    private sealed class Reader : IInterceptor, IDisposable
    {
        public bool Refuses { get; set; }

        /// <summary>How many reads are under way.</summary>
        public int Open { get; private set; }

        public bool DecomposeComposites => false;

        public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
        {
        }

        public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
        {
        }

        public IDisposable? HostRead(DeviceTensor source)
        {
            if (Refuses)
                throw new InvalidOperationException("nothing may be read");
            Open++;
            return this;
        }

        public void Dispose() => Open--;
    }
}
