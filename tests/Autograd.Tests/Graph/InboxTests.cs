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
}
