namespace Nabla.Tests;

public sealed class ReduceNestTests
{
    [Theory]
    [InlineData(1, 1_000_000, 3, 256)]
    [InlineData(1, 1024, 7, 16)]
    [InlineData(1, 1023, 7, 1)] // results of wide rows would be too many
    [InlineData(100_000, 130, 7, 1)]
    [InlineData(20_000, 128, 12, 1)]
    [InlineData(2000, 256, 60, 1)]
    [InlineData(1, 1_000_000, 65, 1)] // wide already
    public void Fold_RowsOfFewColumns_LeavesFewResultsForEach(long outer, long rows, long columns, long expected)
    {
        Shape shape = [outer, rows, columns];
        ReduceNest.Create(shape, shape.ContiguousStrides, [1], sizeof(float), out var nest);
        Assert.Equal(expected, nest.Fold(sizeof(float), ReduceTile.Columns));
    }
}
