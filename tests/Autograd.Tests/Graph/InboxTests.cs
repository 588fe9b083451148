namespace Nabla.Tests.Graph;

public sealed class InboxTests
{
    [Fact]
    public void Return_WithAGradientThatNeverArrived_ReleasesItAndIsEmpty()
    {
        var gradient = Tensor.Ones(2);
        var node = new ConstantNode(gradient.Data.Spec);
        var inboxes = new InboxSet();
        inboxes.Of(node, out _).Slots[0] = new(gradient.Send(withHistory: false), IsSum: false);
        Assert.Equal(2, gradient.Data.Storage.Owners);
        inboxes.Return(inboxes.Take(node));
        Assert.Equal(1, gradient.Data.Storage.Owners);
        Assert.Null(inboxes.Of(node, out bool known).Slots[0].Gradient);
        Assert.False(known);
    }

    [Fact]
    public void Of_SeveralNodesOfTwoPasses_EachKeepsItsOwn()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => new ConstantNode(new(DType.Float32, Shape.Scalar))).ToArray();
        InboxSet one = new(), two = new();
        Inbox[] first = [.. nodes.Select(n => one.Of(n, out _))], second = [.. nodes.Select(n => two.Of(n, out _))];
        Assert.Equal(6, first.Concat(second).Distinct().Count());
        Assert.Equal(first, nodes.Select(n => one.Of(n, out _)));
        Assert.Equal(second, nodes.Select(n => two.Of(n, out _)));
        Assert.Equal([first[1], first[2], first[0]], [one.Take(nodes[1]), one.Take(nodes[2]), one.Take(nodes[0])]);
        Assert.Equal(second, nodes.Select(two.Take));
    }

    [Fact]
    public void Send_OfABorrowedHandle_CountsForItself()
    {
        var held = Tensor.Ones(2);
        var borrowed = Tensor.Borrow(held.Data);
        Assert.Equal(1, held.Data.Storage.Owners);
        var sent = borrowed.Send(withHistory: false);
        Assert.Equal(2, held.Data.Storage.Owners);
        sent.ReleaseSent();
        borrowed.Dispose();
        Assert.Equal(1, held.Data.Storage.Owners);
    }
}
