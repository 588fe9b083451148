namespace Nabla.Tests.Runtime;

public sealed class SessionCacheTests
{
    [Fact]
    public void Evaluate_SameStructureAgain_HitsTheCache()
    {
        using var lab = new Lab();
        for (int i = 0; i < 5; i++)
        {
            var (x, y) = (lab.Vector(1f, 2), lab.Vector(i, i + 1f));
            Assert.Equal([1f + i, 3 + i], lab.Read<float>(lab.Run(BinaryOp.Add, x, y)));
        }

        Assert.Equal((1, 4, 1), (lab.Statistics.Sessions, lab.Statistics.Hits, lab.Statistics.Misses));
        Assert.Equal(1, lab.Statistics.CachedSessions);
        Assert.Equal(5, lab.Statistics.Runs);
    }

    [Fact]
    public void Evaluate_OneLeafTwiceOrTwoLeaves_AreDifferentGraphs()
    {
        using var lab = new Lab();
        var (x, y) = (lab.Vector(1f, 2), lab.Vector(10f, 20));
        Assert.Equal([2f, 4], lab.Read<float>(lab.Run(BinaryOp.Add, x, x)));
        Assert.Equal([11f, 22], lab.Read<float>(lab.Run(BinaryOp.Add, x, y)));
        Assert.Equal([20f, 40], lab.Read<float>(lab.Run(BinaryOp.Add, y, y)));
        Assert.Equal((2, 1), (lab.Statistics.Misses, lab.Statistics.Hits));
    }

    [Fact]
    public void Evaluate_ChangedScalars_DoNotCompileAgain()
    {
        using var lab = new Lab();
        var step = new SgdStepOp(Momentum: false, First: false, Nesterov: false, Maximize: false);
        float w = 1;
        var parameter = lab.Vector(w);
        for (int i = 0; i < 20; i++)
        {
            double rate = 0.1 / (i + 1);
            var next = lab.Run(step, [parameter, lab.Vector(0.5f)], [rate, 0, 0, 0]);
            lab.Evaluate(next);
            w -= (float)rate * 0.5f;
            Assert.Equal(w, lab.Read<float>(next)[0], 1e-6f);
            parameter = next;
        }

        Assert.Equal((1, 19), (lab.Statistics.Misses, lab.Statistics.Hits));
        Assert.Equal(0, lab.Statistics.RecomputedNodes);
    }

    [Fact]
    public void Evaluate_BatchRemainder_DoesNotCompile()
    {
        using var lab = new Lab();
        var weights = lab.Upload<float>([3, 2], 1, 2, 3, 4, 5, 6);
        for (int epoch = 0; epoch < 4; epoch++)
        {
            foreach (int rows in (int[])[4, 4, 3])
            {
                var x = lab.Upload([rows, 3], Enumerable.Repeat(1f, rows * 3).ToArray());
                var y = lab.Run(new MeanOp([0], KeepDim: false), lab.Run(MatMulOp.Instance, x, weights));
                Assert.Equal([9f, 12], lab.Read<float>(y));
            }
        }

        Assert.Equal((1, 1, 11), (lab.Statistics.Sessions, lab.Statistics.Misses, lab.Statistics.Hits));
        Assert.Equal(1, lab.Statistics.Resized); // lowered again for the three rows, once
    }

    [Fact]
    public void Evaluate_RootsInOneCall_ShareWhatIsBeneathThem()
    {
        using var lab = new Lab();
        var shared = lab.Run(UnaryOp.Exp, lab.Vector(0f, 1));
        var (a, b) = (lab.Run(BinaryOp.Add, shared, 1), lab.Run(BinaryOp.Mul, shared, 2));
        lab.Evaluate(a, b);
        Assert.Equal((1, 3, 0), (lab.Statistics.Runs, lab.Statistics.Nodes, lab.Statistics.RecomputedNodes));
        Assert.Equal(2f, lab.Read<float>(a)[0]);
        Assert.Equal(2f, lab.Read<float>(b)[0]);
        Assert.Equal(1, lab.Statistics.Runs);
    }

    [Fact]
    public void Evaluate_IntermediateReadLater_IsRecomputedAndCounted()
    {
        using var lab = new Lab();
        var inner = lab.Run(UnaryOp.Exp, lab.Vector(0f));
        var outer = lab.Run(BinaryOp.Add, inner, 1);
        Assert.Equal([2f], lab.Read<float>(outer));
        Assert.Equal(0, lab.Statistics.RecomputedNodes);
        Assert.Equal([1f], lab.Read<float>(inner));
        Assert.Equal(1, lab.Statistics.RecomputedNodes);
        Assert.Equal([1f], lab.Read<float>(inner)); // kept now
        Assert.Equal(1, lab.Statistics.RecomputedNodes);
    }

    [Fact]
    public void Evaluate_BeyondTheLimit_EvictsTheGraphUnusedForLongest()
    {
        using var lab = new Lab(new OnnxOptions { CacheLimitMegabytes = 1 });
        for (int n = 1; n <= 40; n++)
            Power(lab, n);
        Assert.InRange(lab.Statistics.Evictions, 1, 39);
        Assert.InRange(lab.Statistics.CachedBytes, 1, 1 << 20);
        Assert.Equal(40 - lab.Statistics.Evictions, lab.Statistics.CachedSessions);
        long misses = lab.Statistics.Misses;
        Power(lab, 40);
        Assert.Equal(misses, lab.Statistics.Misses);
        Power(lab, 1);
        Assert.Equal(misses + 1, lab.Statistics.Misses);
    }

    [Fact]
    public void Evaluate_BeyondTheMostSessions_EvictsTheGraphUnusedForLongest()
    {
        using var lab = new Lab(new OnnxOptions { MaxSessions = 3 });
        for (int n = 1; n <= 5; n++)
            Power(lab, n);
        Assert.Equal((3, 2), (lab.Statistics.CachedSessions, lab.Statistics.Evictions));
        long misses = lab.Statistics.Misses;
        for (int n = 3; n <= 5; n++)
            Power(lab, n);
        Assert.Equal(misses, lab.Statistics.Misses);
        Power(lab, 1);
        Assert.Equal((misses + 1, 3), (lab.Statistics.Misses, lab.Statistics.CachedSessions));
    }

    [Fact]
    public void MakingRoom_OutOfMemory_DropsWhatIsKeptAndComputesOnceMore()
    {
        using var lab = new Lab();
        for (int n = 1; n <= 3; n++)
            Power(lab, n);
        int calls = 0;
        lab.Device.Sessions.MakingRoom(() =>
        {
            if (calls++ == 0)
                throw new DeviceOutOfMemoryException("test", "full; try less.");
            Assert.Equal(0, lab.Statistics.CachedSessions);
        });
        Assert.Equal((2, 3), (calls, lab.Statistics.Evictions));
        Assert.Throws<DeviceOutOfMemoryException>(() => lab.Device.Sessions.MakingRoom(() => throw new DeviceOutOfMemoryException("test", "full; try less."))); // nothing is left to drop
        Power(lab, 2);
        Assert.Equal(1, lab.Statistics.CachedSessions);
    }

    [Theory]
    [InlineData("Failed to allocate memory for requested buffer of size 4096", true)]
    [InlineData("CUBLAS failure 3: the resource allocation failed ; GPU=0", true)]
    [InlineData("CUDA failure 2: out of memory ; GPU=0", true)]
    [InlineData("CUDNN failure 4001: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED", true)]
    [InlineData("std::bad_alloc", true)]
    [InlineData("This is an invalid model. Error: two nodes with same node name", false)]
    public void IsOutOfMemory_Message_IsKnown(string message, bool expected) => Assert.Equal(expected, OnnxRuntimeLibrary.IsOutOfMemory(message));

    [Fact]
    public void MostSessions_Unset_AreFewWithCudaAlone()
    {
        Assert.Equal(int.MaxValue, OnnxProvider.Parse("onnx:cpu").MostSessions(new()));
        Assert.Equal(16, OnnxProvider.Parse("onnx:cuda:0").MostSessions(new()));
        Assert.Equal(40, OnnxProvider.Parse("onnx:cuda:0").MostSessions(new() { MaxSessions = 40 }));
    }

    [Fact]
    public void Evaluate_ManySizesOfOneStructure_KeepsTheSessionAndForgetsOldSizes()
    {
        using var lab = new Lab(new OnnxOptions { CacheLimitMegabytes = 1 });
        for (int n = 2; n < 1200; n++)
        {
            var x = lab.Upload([n], Enumerable.Repeat(2f, n).ToArray());
            Assert.Equal(Enumerable.Repeat(7f, n), lab.Read<float>(lab.Run(BinaryOp.Add, lab.Run(BinaryOp.Mul, x, 3), 1)));
            lab.Free();
        }

        Assert.InRange(lab.Statistics.CachedBytes, 1, 1 << 20);
        Assert.Equal((1, 1, 0), (lab.Statistics.Sessions, lab.Statistics.CachedSessions, lab.Statistics.Evictions));
        Assert.Equal(1197, lab.Statistics.Resized);
    }

    /// <summary>A structure for each n.</summary>
    private static void Power(Lab lab, int n)
    {
        var y = lab.Vector(1f, 1f);
        for (int i = 0; i < n; i++)
            y = lab.Run(UnaryOp.Neg, y);
        Assert.Equal(n % 2 == 0 ? 1f : -1, lab.Read<float>(y)[0]);
    }

    [Fact]
    public void Evaluate_RootThatIsALeafOrACopyOrAnotherRoot_Works()
    {
        using var lab = new Lab();
        var x = lab.Vector(3f, 4);
        var copy = lab.Run(CopyOp.Instance, x);
        var flat = lab.Run(CopyOp.Instance, Lab.View(new ReshapeOp([2, 1]), x));
        var twin = lab.Run(CopyOp.Instance, Lab.View(new ReshapeOp([2, 1]), x));
        var same = lab.Run(BinaryOp.Add, x, 0);
        var again = lab.Run(CopyOp.Instance, same);
        lab.Evaluate(copy, flat, twin, same, again, x);
        foreach (var t in (DeviceTensor[])[copy, flat, twin, same, again, x])
            Assert.Equal([3f, 4], lab.Read<float>(t));
    }
}
