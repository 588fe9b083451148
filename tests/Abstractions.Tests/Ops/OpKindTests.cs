namespace Nabla.Tests;

public sealed class OpKindTests
{
    [Fact]
    public void Define_GivesDenseIds()
    {
        var kind = OpKind.Define("test_dense");
        Assert.Same(kind, OpKind.All[kind.Id]);
        Assert.Equal("test_dense", kind.ToString());
        Assert.All(OpKind.All, (k, i) => Assert.Equal(i, k.Id));
        Assert.False(kind.DataDependent);
        Assert.True(OpKind.Define("test_dependent", dataDependent: true).DataDependent);
    }

    [Fact]
    public void Define_TakenName_Throws()
    {
        OpKind.Define("test_taken");
        Assert.Contains("'test_taken' is already defined", Assert.Throws<ArgumentException>(() => OpKind.Define("test_taken")).Message);
    }

    [Fact]
    public void Define_ManyThreads_LosesNothing()
    {
        Parallel.For(0, 100, i => OpKind.Define($"test_parallel_{i}"));
        Assert.Equal(100, OpKind.All.Count(k => k.Name.StartsWith("test_parallel_", StringComparison.Ordinal)));
        var all = OpKind.All;
        Assert.Equal(Enumerable.Range(0, all.Length), all.Select(k => k.Id));
    }

    [Fact]
    public void Column_HoldsOneEntryAKind()
    {
        var (a, b) = (OpKind.Define("test_column_a"), OpKind.Define("test_column_b"));
        var column = new OpColumn<string>();
        Assert.Null(column[a]);
        column.Add(b, "entry");
        var later = OpKind.Define("test_column_later"); // beyond the array that Add made
        Assert.Equal(("entry", null, null), (column[b], column[a], column[later]));
        Assert.True(column.TryGet(b, out string? entry) && entry == "entry" && !column.TryGet(later, out _));
        column.Add(later, "late");
        Assert.Equal("late", column[later]);
        Assert.Contains("'test_column_b' is set already", Assert.Throws<ArgumentException>(() => column.Add(b, "again")).Message);
    }
}
