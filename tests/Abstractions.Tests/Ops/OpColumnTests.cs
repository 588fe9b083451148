namespace Nabla.Tests;

public sealed class OpColumnTests
{
    [Fact]
    public void TryGet_Groups_AreFilledInOrderUntilOneHasTheCell()
    {
        var filled = new List<string>();
        var column = new OpColumn<string>(
            c => Fill(c, AddKind, "first"), c => Fill(c, MatMulOp.Row, "second"), c => Fill(c, CopyOp.Row, "third"));
        Assert.Empty(filled);
        Assert.Equal("second", column[MatMulOp.Row]);
        Assert.Equal(["first", "second"], filled);
        Assert.Equal("first", column[AddKind]);
        Assert.Equal(["first", "second"], filled);
        Assert.False(column.TryGet(FullOp.Row, out _));
        Assert.Equal(["first", "second", "third"], filled);
        Assert.False(column.TryGet(FullOp.Row, out _));
        Assert.Equal(3, filled.Count);

        void Fill(OpColumn<string> to, OpKind kind, string name)
        {
            filled.Add(name);
            to.Add(kind, name);
        }
    }

    [Fact]
    public void TryGet_ManyThreads_EachGroupIsFilledOnce()
    {
        var kinds = new[] { AddKind, MatMulOp.Row, CopyOp.Row, FullOp.Row };
        for (int round = 0; round < 50; round++)
        {
            var column = new OpColumn<string>([.. kinds.Select(kind => (Action<OpColumn<string>>)(c => c.Add(kind, kind.Name)))]); // twice would throw
            Parallel.For(0, 64, i => Assert.Equal(kinds[i % 4].Name, column[kinds[i % 4]]));
        }
    }

    [Fact]
    public void Add_FilledCell_Throws()
    {
        var column = new OpColumn<string>();
        column.Add(AddKind, "sum");
        var error = Assert.Throws<ArgumentException>(() => column.Add(AddKind, "again"));
        Assert.Contains("'add'", error.Message);
    }

    private static OpKind AddKind => BinaryOp.Add.Kind;
}
