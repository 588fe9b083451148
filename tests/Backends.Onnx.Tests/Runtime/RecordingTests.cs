namespace Nabla.Tests.Runtime;

public sealed class RecordingTests
{
    [Fact]
    public void Execute_ChainOfTwentyThousand_IsEvaluatedOnTheWay()
    {
        using var lab = new Lab();
        var x = lab.Vector(0L);
        for (int i = 0; i < 20_000; i++)
        {
            var next = Dispatch.Execute(lab.Device, BinaryOp.Add.With(ScalarSide.Right), [x], [1]);
            if (i > 0)
                x.Storage.Release();
            x = next;
        }

        lab.Own(x);
        Assert.InRange(lab.Statistics.Runs, 1, 2);
        Assert.Equal([20_000L], lab.Read<long>(x));
        Assert.Equal(20_000, lab.Statistics.Nodes);
        Assert.Equal(0, lab.Statistics.RecomputedNodes);
    }

    [Fact]
    public void Release_LongPendingChain_CascadesWithoutRecursionAndFreesTheLeaves()
    {
        using var lab = new Lab(new OnnxOptions { MaxPendingNodes = 1_000_000 });
        var leaf = lab.Device.Allocate(new(DType.Float32, [1000]));
        var x = leaf;
        for (int i = 0; i < 200_000; i++)
        {
            var next = Dispatch.Execute(lab.Device, UnaryOp.Neg, [x], []);
            x.Storage.Release();
            x = next;
        }

        Assert.True(lab.Device.Memory.Statistics.Leased > 0);
        x.Storage.Release();
        Assert.Equal(0, lab.Device.Memory.Statistics.Leased);
        Assert.Equal(0, lab.Statistics.Runs);
    }

    [Fact]
    public void Execute_DoublingGraph_IsNotMistakenForALargeOne()
    {
        using var lab = new Lab(new OnnxOptions { MaxPendingNodes = 100 });
        var x = lab.Vector(1.0);
        for (int i = 0; i < 60; i++)
            x = lab.Run(BinaryOp.Add, x, x);
        Assert.Equal(0, lab.Statistics.Runs);
        Assert.Equal([Math.Pow(2, 60)], lab.Read<double>(x));
    }

    [Fact]
    public void Evaluate_Done_LetsGoOfWhatTheValueWasComputedFrom()
    {
        using var lab = new Lab();
        var x = lab.Device.Allocate(new(DType.Float32, [1 << 20]));
        lab.Device.Upload(new byte[4 << 20], x);
        var sum = lab.Run(ReduceOp.Sum([0], false), x);
        x.Storage.Release();
        Assert.True(lab.Device.Memory.Statistics.Leased >= 4 << 20); // the recorded sum holds it
        Assert.Equal([0f], lab.Read<float>(sum));
        Assert.True(lab.Device.Memory.Statistics.Leased < 4096);
    }

    [Fact]
    public void Upload_WhileAPendingValueReads_LeavesThatValueAlone()
    {
        using var lab = new Lab();
        var x = lab.Vector(1f, 2, 3);
        var before = lab.Run(BinaryOp.Mul, x, 10);
        lab.Device.Upload(BitConverter.GetBytes(7f), x, byteOffset: 4);
        var after = lab.Run(BinaryOp.Mul, x, 10);
        Assert.Equal([10f, 20, 30], lab.Read<float>(before));
        Assert.Equal([10f, 70, 30], lab.Read<float>(after));
    }

    [Fact]
    public void Write_ThroughViews_ReachesTheBaseAndEveryOtherView()
    {
        using var lab = new Lab();
        var x = lab.Upload<float>([2, 3], 1, 2, 3, 4, 5, 6);
        var columns = Lab.View(new PermuteOp([1, 0]), x);
        var last = Lab.View(SliceOp.Along(columns.Shape, 0, 2, 2, -2), columns); // columns 2 and 0
        var flat = Lab.View(new ReshapeOp([6]), x);
        lab.Into(last, BinaryOp.Mul.With(ScalarSide.Right), [last], [10]);
        Assert.Equal([10f, 2, 30, 40, 5, 60], lab.Read<float>(x));
        Assert.Equal([10f, 2, 30, 40, 5, 60], lab.Read<float>(flat));
        lab.Into(Lab.View(SliceOp.Along(flat.Shape, 0, 1, 2, 3), flat), CopyOp.Instance, [lab.Vector(-1f, -2)], []);
        Assert.Equal([10f, -1, 30, 40, -2, 60], lab.Read<float>(x));
        Assert.Equal([30f, 60, 10, 40], lab.Read<float>(last));
    }

    [Fact]
    public void Write_ThroughLongWindows_IsAsManySlicesAsThereAreWindows()
    {
        using var lab = new Lab();
        var x = lab.Vector(new float[2000]);
        float[] values = [.. Enumerable.Range(1, 1800).Select(i => (float)i)];
        lab.Into(Lab.View(new UnfoldOp(0, 900, 1000), x), CopyOp.Instance, [lab.Upload([2, 900], values)], []);
        Assert.Equal([.. values[..900], .. new float[100], .. values[900..], .. new float[100]], lab.Read<float>(x));
        Assert.InRange(lab.Statistics.Nodes, 2, 10);
    }

    [Fact]
    public void Write_AfterAnOperationReadTheOldValue_DoesNotChangeItsResult()
    {
        using var lab = new Lab();
        var x = lab.Vector(1f, 2);
        var doubled = lab.Run(BinaryOp.Mul, x, 2);
        lab.Into(x, BinaryOp.Add.With(ScalarSide.Right), [x], [100]);
        Assert.Equal([2f, 4], lab.Read<float>(doubled));
        Assert.Equal([101f, 102], lab.Read<float>(x));
    }

    [Fact]
    public async Task Evaluate_FromSeveralThreads_GivesEveryoneTheirValues()
    {
        using var lab = new Lab();
        var x = lab.Upload([64], Enumerable.Range(0, 64).Select(i => (float)i).ToArray());
        var shared = lab.Run(BinaryOp.Add, x, 1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            var bytes = new byte[256];
            for (int i = 0; i < 50; i++)
            {
                var mine = Dispatch.Execute(lab.Device, BinaryOp.Mul.With(ScalarSide.Right), [shared], [t + i]);
                lab.Device.Download(mine, bytes);
                mine.Storage.Release();
                Assert.Equal(64f * (t + i), BitConverter.ToSingle(bytes, 252));
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(8 * 50, lab.Statistics.Runs);
    }
}
