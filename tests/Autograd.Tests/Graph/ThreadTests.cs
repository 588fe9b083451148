namespace Nabla.Tests.Graph;

public sealed class ThreadTests
{
    [Fact]
    public void Backward_FromManyThreads_LosesNoGradient()
    {
        const int Threads = 8, Rounds = 50;
        var w = Expect.Leaf(1, 2, 3);
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int i = 0; i < Rounds; i++)
                (w * w).Sum().Backward();
        });
        Expect.Values(w.Grad, 2 * Threads * Rounds, 4 * Threads * Rounds, 6 * Threads * Rounds);
    }

    [Fact]
    public void Backward_TwoPassesOverOneGraph_BothArrive()
    {
        var x = Expect.Leaf(0.5, 0.25);
        var shared = x.Exp().Sin();
        var roots = Enumerable.Range(0, 16).Select(i => (shared * (i + 1)).Sum()).ToArray();
        Parallel.ForEach(roots, root => root.Backward(retainGraph: true));
        var slope = Enumerable.Range(1, 16).Sum();
        Expect.Values(x.Grad, [.. new[] { 0.5, 0.25 }.Select(v => slope * Math.Cos(Math.Exp(v)) * Math.Exp(v))]);
    }

    [Fact]
    public void Backward_TwoPassesThatFree_EachWorksOrSaysWhy()
    {
        for (int round = 0; round < 50; round++)
        {
            var x = Expect.Leaf(0.5, 0.25);
            var y = x;
            for (int i = 0; i < 20; i++)
                y = (y.Sin() * y).Exp();
            var roots = Enumerable.Range(0, 4).Select(i => y.Sum()).ToArray();
            double[] slope = Autograd.Grad(roots[0], x, retainGraph: true).ToArray<double>();
            int worked = 0;
            Parallel.ForEach(roots, root =>
            {
                try
                {
                    root.Backward();
                    Interlocked.Increment(ref worked);
                }
                catch (AutogradException e)
                {
                    Assert.Contains("retainGraph", e.Message, StringComparison.Ordinal);
                }
            });

            // Only a pass that is ahead frees what another needs, so the one that comes furthest ends; those that fail add nothing.
            Assert.InRange(worked, 1, 4);
            Expect.Values(x.Grad, [.. slope.Select(s => s * worked)]);
        }
    }

    [Fact]
    public void Backward_OneKeepsTheGraphAndOneFreesIt_LeavesNoOwner()
    {
        for (int round = 0; round < 200; round++)
        {
            var x = Expect.Leaf(0.5, 0.25);
            var y = x;
            for (int i = 0; i < 12; i++)
                y = y.Sin() * x;
            double[] slope = Autograd.Grad(y.Sum(), x, retainGraph: true).ToArray<double>();
            int worked = 0;
            Parallel.For(0, 2, i =>
            {
                try
                {
                    var gradient = Autograd.Grad(y.Sum(), x, retainGraph: i == 0);
                    Interlocked.Increment(ref worked);
                    Expect.Values(gradient, slope);
                }
                catch (AutogradException e)
                {
                    Assert.Contains("retainGraph", e.Message, StringComparison.Ordinal);
                }
            });
            Assert.InRange(worked, 1, 2);
            Assert.Equal(1, x.Data.Storage.Owners);
            Assert.Equal(1, y.Data.Storage.Owners);
        }
    }

    [Fact]
    public void Grad_ReadWhileItIsDropped_StaysReadable()
    {
        const int Rounds = 10_000;
        var w = Expect.Leaf(1, 2, 3);
        Parallel.Invoke(
            () =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    (w * 2).Sum().Backward();
                    w.Grad = null;
                }
            },
            () =>
            {
                for (int i = 0; i < 10 * Rounds; i++)
                    if (w.Grad is { } seen)
                        Expect.Values(seen, 2, 2, 2);
            });
        Assert.Null(w.Grad);
    }

    [Fact]
    public void Read_OfAViewFromManyThreads_FollowsItsBaseOnce()
    {
        const int Readers = 4, Rounds = 1000;
        for (int round = 0; round < Rounds; round++)
        {
            var x = Expect.Leaf(1, 2);
            var y = x * 1;
            var view = y[..1];
            view.RetainGrad();
            y.Mul_(2);
            var sums = new Tensor[Readers];
            Parallel.For(0, Readers, i => sums[i] = view.Sum());
            Autograd.Backward(sums);
            Expect.Values(view.Grad, Readers);
            Expect.Values(x.Grad, 2 * Readers, 0);
        }
    }

    [Fact]
    public async Task NoGrad_FollowsAwaitAndStaysInItsFlow()
    {
        var x = Expect.Leaf(1);
        using (Autograd.NoGrad())
        {
            await Task.Yield();
            Assert.False((x * 2).RequiresGrad);
        }

        Assert.True((x * 2).RequiresGrad);
    }
}
