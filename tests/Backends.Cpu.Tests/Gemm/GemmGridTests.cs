namespace Nabla.Tests;

public sealed class GemmGridTests
{
    [Fact]
    public void Choose_AnySizeAndThreads_CoversEachElementOnce()
    {
        foreach (var threads in new[] { 1, 2, 3, 5, 8 })
        {
            foreach (var (rows, columns) in new[] { (1, 1), (7, 400), (64, 784), (333, 333), (100, 49), (48, 783), (250, 17) })
            {
                var grid = GemmGrid.Choose(rows, columns, 4, 16, threads);
                Assert.InRange(grid.Parts, 1, threads);
                var covered = new int[rows * columns];
                for (var index = 0; index < grid.Blocks; index++)
                {
                    var block = grid.Block(index, rows, columns);
                    for (var row = block.RowStart; row < block.RowEnd; row++)
                    {
                        for (var column = block.ColumnStart; column < block.ColumnEnd; column++) covered[row * columns + column]++;
                    }
                }

                Assert.All(covered, count => Assert.Equal(1, count));
            }
        }
    }

    [Fact]
    public void Choose_OddNumberOfVectors_GivesEachPartAsMuch()
    {
        var grid = GemmGrid.Choose(rows: 64, columns: 784, rowQuantum: 4, columnQuantum: 16, threads: 2);

        Assert.Equal(2, grid.Parts);
        Assert.Equal(4, grid.Blocks);
        for (var part = 0; part < 2; part++)
        {
            Assert.Equal(64 * 384, Elements(grid.Block(2 * part, 64, 784)));
            Assert.Equal(32 * 16, Elements(grid.Block(2 * part + 1, 64, 784)));
        }
    }

    private static int Elements(GemmBlock block) => (block.RowEnd - block.RowStart) * (block.ColumnEnd - block.ColumnStart);
}
