namespace Nabla.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void IsDue_AfterFailures_ComesEverMoreSeldom() => Assert.Equal([0, 2, 6, 14, 22, 30], Attempts(turns: 38, most: 8, worksAt: -1));

    [Fact]
    public void IsDue_AfterASuccess_ComesWithTheNextTurn() => Assert.Equal([0, 2, 6, 7, 9, 13], Attempts(turns: 20, most: 8, worksAt: 6));

    private static int[] Attempts(int turns, int most, int worksAt)
    {
        var backoff = new Backoff(most);
        var attempts = new List<int>();
        for (int turn = 0; turn < turns; turn++)
        {
            if (!backoff.IsDue())
                continue;
            attempts.Add(turn);
            backoff.Report(turn == worksAt);
        }

        return [.. attempts];
    }
}
