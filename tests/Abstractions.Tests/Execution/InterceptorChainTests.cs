namespace Nabla.Tests;

public sealed class InterceptorChainTests
{
    public static TheoryData<string, bool> Beginnings()
    {
        var data = new TheoryData<string, bool>();
        foreach (string what in new[] { "read", "transfer", "range" })
            foreach (bool refusesFirst in new[] { false, true })
                data.Add(what, refusesFirst);
        return data;
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Begin_OneRefuses_WhatTheOtherBeganEnds(string what, bool refusesFirst)
    {
        var (reader, trace) = (new Reader(), new Reader { Refuses = true });
        var chain = refusesFirst ? new InterceptorChain(inner: reader, outer: trace) : new InterceptorChain(inner: trace, outer: reader);
        var device = new FakeDevice();
        IDisposable? Begin() => what switch
        {
            "read" => chain.HostRead(device.Allocate(new(DType.Float32, [1]))),
            "transfer" => chain.Transferring(device.Allocate(new(DType.Float32, [1])), device),
            _ => chain.Range(what, RangeKind.Backward),
        };

        Assert.Throws<InvalidOperationException>(Begin);
        Assert.Equal(0, reader.Open);
        trace.Refuses = false;
        using (Begin())
            Assert.Equal((1, 1), (reader.Open, trace.Open));
        Assert.Equal((0, 0), (reader.Open, trace.Open));
    }

    private sealed class Reader : IInterceptor, IDisposable
    {
        public bool Refuses { get; set; }

        /// <summary>How many beginnings have not ended.</summary>
        public int Open { get; private set; }

        public bool DecomposeComposites => false;

        public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
        {
        }

        public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
        {
        }

        public IDisposable? HostRead(DeviceTensor source) => Begin();

        public IDisposable? Transferring(DeviceTensor source, IDevice to) => Begin();

        public IDisposable? Range(string name, RangeKind kind) => Begin();

        public void Dispose() => Open--;

        private Reader Begin()
        {
            if (Refuses)
                throw new InvalidOperationException("nothing may begin");
            Open++;
            return this;
        }
    }
}
