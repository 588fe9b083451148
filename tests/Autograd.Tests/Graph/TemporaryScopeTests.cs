namespace Nabla.Tests.Graph;

/// <summary>Who owns a handle that the engine makes, and until when.</summary>
public sealed class TemporaryScopeTests
{
    [Fact]
    public void Keep_OfATemporary_HandsItToTheScopeAround()
    {
        Tensor kept, dropped, user = Tensor.Ones(3);
        using (var outer = TemporaryScope.Open())
        {
            using (var inner = TemporaryScope.Open())
            {
                dropped = Tensor.Ones(3);
                kept = inner.Keep(Tensor.Ones(3));
            }

            Assert.True(dropped.IsDisposed);
            Assert.True(kept.IsTemporary);
            Assert.Same(user, outer.Keep(user));
        }

        Assert.True(kept.IsDisposed);
        Assert.False(user.IsDisposed);
    }

    [Fact]
    public void Keep_WithoutAScopeAround_MakesItTheUsers()
    {
        Tensor kept;
        using (var scope = TemporaryScope.Open())
        {
            kept = scope.Keep(Tensor.Ones(3));
            Assert.Same(kept, scope.Keep(kept));
        }

        Assert.False(kept.IsTemporary);
        Assert.Equal(3, kept.Sum().Item<float>());
    }

    /// <summary>An input that a function returns as it is stays its owner's.</summary>
    [Fact]
    public void Keep_OfATemporaryOfTheScopeAround_LeavesItThere()
    {
        using var outer = TemporaryScope.Open();
        var x = Tensor.Ones(3);
        using (var inner = TemporaryScope.Open())
            inner.Keep(x);
        Assert.True(x.IsTemporary);
        outer.Release();
        Assert.True(x.IsDisposed);
    }

    [Fact]
    public void Keep_WhereTheScopeAroundIsSuspended_MakesItTheUsers()
    {
        Tensor kept;
        using (TemporaryScope.Open())
        using (TemporaryScope.Suspend())
        using (var scope = TemporaryScope.Open())
            kept = scope.Keep(Tensor.Ones(3));
        Assert.False(kept.IsDisposed);
        Assert.False(kept.IsTemporary);
    }

    [Fact]
    public void Open_Nested_AllocatesNothing()
    {
        static void Nest(int depth)
        {
            using var scope = TemporaryScope.Open();
            if (depth > 0)
                Nest(depth - 1);
        }

        Nest(8);
        Assert.Equal(0, Allocation.Least(100, () => Nest(8)));
    }

    [Fact]
    public void Function_ThatAHookCalls_GivesWhatTheHookMayKeep()
    {
        Tensor? seen = null;
        var x = Tensor.From(new[] { -2f, 0.5f, 3f }, requiresGrad: true);
        var y = x * x;
        y.RegisterHook(g => seen = g.Clamp(0, 2));
        (y * Tensor.From(new[] { 1f, 2f, 3f })).Sum().Backward();
        Assert.Equal([1f, 2f, 2f], seen!.ToArray<float>());
        Assert.Equal([-4f, 2f, 12f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void View_OfATemporary_IsWrittenInPlaceAndRecorded()
    {
        var x = Tensor.From(new[] { 1f, 2f }, requiresGrad: true);
        var y = x.Kron(x); // a view of a product whose handle is gone
        y.Mul_(y.Detach());
        y.Sum().Backward(retainGraph: true);
        Assert.Equal([1f, 4f, 4f, 16f], y.ToArray<float>());
        Assert.Equal([10f, 20f], x.Grad!.ToArray<float>());
        y.Sum().Backward();
        Assert.Equal([20f, 40f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Part_OfAResult_IsWrittenInPlaceAndRecorded()
    {
        var x = Tensor.From(new[] { 1f, 2f, 3f }, requiresGrad: true);
        var y = x.Clamp(0, 10);
        y[1] = x[0] * 5;
        (y * y).Sum().Backward();
        Assert.Equal([1f, 5f, 3f], y.ToArray<float>());
        Assert.Equal([2f + 50f, 0f, 6f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Gradient_OfAGradient_SeesWhatItNeeds()
    {
        var x = Tensor.From(new[,] { { 0.3, -0.7, 1.2 }, { 0.9, 0.4, -1.1 } }, requiresGrad: true);
        Assert.True(Autograd.GradGradCheck(v => Functional.Normalize(Functional.Elu(v)).Clamp(-0.9, 0.8).LogAddExp(v), x).Passed);
    }
}
