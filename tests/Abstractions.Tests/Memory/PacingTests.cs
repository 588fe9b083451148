namespace Nabla.Tests;

public sealed class PacingTests
{
    private const long MB = 1L << 20;
    private readonly FakeCollector _collector = new();
    private readonly FakePool _pool = new();
    private readonly Pacing _pacing;

    public PacingTests() => _pacing = new Pacing(_collector);

    [Fact]
    public void Target_AtFirst_Is24MB() => Assert.Equal(24 * MB, _pacing.Target);

    [Fact]
    public void Reclaim_AfterANaturalCollectionThatFreesEnough_OnlySweeps()
    {
        _pool.Leased = 60 * MB;
        _collector.CollectedSinceSweep = true;
        _collector.OnSweep = () => _pool.Leased = 10 * MB;
        Reclaim(8 * MB);
        Assert.Equal([-1], _collector.Calls);
        Assert.Equal(1, _pacing.Figures.Sweeps.Count);
        Assert.Equal(50 * MB, _pacing.Figures.Sweeps.Bytes);
    }

    [Fact]
    public void Reclaim_AfterANaturalCollectionThatFreesLittle_CollectsGeneration0Too()
    {
        _pool.Leased = 60 * MB;
        _collector.CollectedSinceSweep = true;
        _collector.OnSweep = () => _pool.Leased -= 20 * MB;
        Reclaim(16 * MB);
        Assert.Equal([-1, 0, -1], _collector.Calls);
    }

    [Fact]
    public void Reclaim_WithoutACollectionSince_CollectsGeneration0()
    {
        _pool.Leased = 60 * MB;
        _collector.OnSweep = () => _pool.Leased = 20 * MB;
        Reclaim(8 * MB);
        Assert.Equal([0, -1], _collector.Calls);
        Assert.Equal(40 * MB, _pacing.Figures.Generation0.Bytes);
    }

    [Fact]
    public void Reclaim_MoreThan24MBLeft_CollectsGeneration1_AndAgainOnlyAtOneAndAHalfTimes()
    {
        _pool.Leased = 40 * MB;
        Reclaim();
        Assert.Equal([0, -1, 1, -1], _collector.Calls);
        _collector.Calls.Clear();
        _pool.Leased = 59 * MB;
        Reclaim();
        Assert.Equal([0, -1], _collector.Calls);
        _collector.Calls.Clear();
        _pool.Leased = 61 * MB;
        Reclaim();
        Assert.Equal([0, -1, 1, -1], _collector.Calls);
    }

    [Fact]
    public void Reclaim_ProgramThatShrank_ComparesWithWhatItNeedsNow()
    {
        _pool.Leased = 400 * MB;
        Reclaim();
        _pool.Leased = 40 * MB;
        Reclaim();
        _collector.Calls.Clear();
        _pool.Leased = 70 * MB;
        Reclaim();
        Assert.Contains(1, _collector.Calls);
    }

    [Fact]
    public void Reclaim_MoreThan24MBLeft_CollectsGeneration2OnlyWhenDue()
    {
        _pool.Leased = 30 * MB;
        Reclaim();
        Assert.DoesNotContain(2, _collector.Calls);
        _collector.Generation2IsDue = true;
        Reclaim();
        Assert.Contains(2, _collector.Calls);
        _collector.Calls.Clear();
        _pool.Leased = 44 * MB;
        Reclaim();
        Assert.DoesNotContain(2, _collector.Calls);
        _pool.Leased = 46 * MB;
        Reclaim();
        Assert.Contains(2, _collector.Calls);
    }

    [Fact]
    public void Reclaim_OverTheLimit_CollectsGeneration2AtOnce()
    {
        _pool.Leased = 9 * MB;
        _pacing.Reclaim(_pool, 2 * MB, 10 * MB, thorough: false);
        Assert.Equal([0, -1, 1, -1, 2, -1], _collector.Calls);
    }

    [Fact]
    public void Reclaim_OverTheLimit_StopsWhereAYoungCollectionSuffices()
    {
        _pool.Leased = 9 * MB;
        _collector.OnSweep = () => _pool.Leased = 1 * MB;
        _pacing.Reclaim(_pool, 2 * MB, 10 * MB, thorough: false);
        Assert.Equal([0, -1], _collector.Calls);
    }

    [Fact]
    public void Target_FollowsTheLiveBytes_AndFallsByATenth()
    {
        _pool.Leased = 400 * MB;
        Reclaim();
        Assert.Equal((500 * MB) + _pacing.Slack, _pacing.Target);
        long before = _pacing.Target;
        _pool.Leased = 1 * MB;
        Reclaim();
        Assert.InRange(_pacing.Target, (long)(before * 0.9) - 16, (long)(before * 0.9));
        for (int i = 0; i < 50; i++)
            Reclaim();
        Assert.Equal(24 * MB, _pacing.Target);
    }

    [Fact]
    public void Target_AfterASweepAlone_DoesNotRise()
    {
        _collector.CollectedSinceSweep = true;
        _pool.Leased = 24 * MB;
        _collector.OnSweep = () => _pool.Leased = 17 * MB;
        Reclaim(1 * MB);
        Assert.Equal([-1], _collector.Calls);
        Assert.Equal(24 * MB, _pacing.Target);
    }

    [Fact]
    public void Slack_WhenReclaimingTakesOver10PercentFourTimesRunning_GrowsByHalfUpTo256MB()
    {
        _collector.Cost = TimeSpan.FromMilliseconds(11);
        for (int i = 0; i < 3; i++)
        {
            _collector.Now += TimeSpan.FromMilliseconds(89);
            Reclaim();
            Assert.Equal(4 * MB, _pacing.Slack);
        }

        _collector.Now += TimeSpan.FromMilliseconds(89);
        Reclaim();
        Assert.Equal(6 * MB, _pacing.Slack);
        for (int i = 0; i < 50; i++)
            Reclaim();
        Assert.Equal(256 * MB, _pacing.Slack);
    }

    [Fact]
    public void Slack_WhenReclaimingTakesUnder2Percent_ShrinksByATenthToWhatItWas()
    {
        _collector.Cost = TimeSpan.FromMilliseconds(11);
        for (int i = 0; i < 4; i++)
            Reclaim();
        Assert.Equal(6 * MB, _pacing.Slack);
        _collector.Cost = TimeSpan.FromMilliseconds(1);
        _collector.Now += TimeSpan.FromSeconds(1);
        Reclaim();
        Assert.InRange(_pacing.Slack, (long)(5.4 * MB) - 16, (long)(5.4 * MB));
        for (int i = 0; i < 10; i++)
        {
            _collector.Now += TimeSpan.FromSeconds(1);
            Reclaim();
        }

        Assert.Equal(4 * MB, _pacing.Slack);
    }

    [Fact]
    public void Slack_InBetween_Stays()
    {
        _collector.Cost = TimeSpan.FromMilliseconds(9);
        for (int i = 1; i <= 3; i++)
        {
            _collector.Now += TimeSpan.FromMilliseconds(91);
            Reclaim();
            Assert.Equal(4 * MB, _pacing.Slack);
            Assert.Equal(TimeSpan.FromMilliseconds(9 * i), _pacing.Figures.Time);
            Assert.Equal(i, _pacing.Figures.Reclaims);
        }
    }

    private void Reclaim(long need = 0) => _pacing.Reclaim(_pool, need, long.MaxValue, thorough: false);

    private sealed class FakePool : ILeasing
    {
        public long Leased { get; set; }
    }
}
