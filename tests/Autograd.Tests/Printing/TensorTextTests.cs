namespace Nabla.Tests.Printing;

/// <summary>What PyTorch 1.13 prints for the same values.</summary>
public sealed class TensorTextTests
{
    [Fact]
    public void ToString_WholeFloats_EndInAPoint() => Prints("tensor([[1., 2.],\n        [3., 4.]])", Tensor.From(new[,] { { 1f, 2 }, { 3, 4 } }));

    [Fact]
    public void ToString_Fractions_HaveFourDecimalsAlike() => Prints("tensor([ 0.5000, -1.0000, 10.2500])", Tensor.From([0.5f, -1, 10.25f]));

    [Theory]
    [InlineData(0.03125, "tensor(0.0312, dtype=float64)")] // a tie goes to the even digit, as C prints it
    [InlineData(0.09375, "tensor(0.0938, dtype=float64)")]
    [InlineData(1e-5, "tensor(1.0000e-05, dtype=float64)")]
    [InlineData(123456789.0, "tensor(1.2346e+08, dtype=float64)")]
    [InlineData(100000000.0, "tensor(100000000., dtype=float64)")]
    [InlineData(1e100, "tensor(1.0000e+100, dtype=float64)")]
    [InlineData(-0.0, "tensor(-0., dtype=float64)")]
    [InlineData(double.NaN, "tensor(nan, dtype=float64)")]
    [InlineData(double.NegativeInfinity, "tensor(-inf, dtype=float64)")]
    public void ToString_OneNumber_FollowsPyTorchsRules(double value, string expected) => Prints(expected, Tensor.From(value));

    [Fact]
    public void ToString_RangeBeyondAThousand_IsScientific() => Prints("tensor([1.0000e-01, 1.0010e+02])", Tensor.From([0.1f, 100.1f]));

    [Fact]
    public void ToString_RangeOfAThousand_IsNot() => Prints("tensor([  0.1000, 100.0000])", Tensor.From([0.1f, 100f]));

    [Fact]
    public void ToString_NotFinite_TakesTheWidthOfTheNumbers() => Prints("tensor([    nan,     inf, -1.5000])", Tensor.From([float.NaN, float.PositiveInfinity, -1.5f]));

    [Fact]
    public void ToString_IntegersAndBools_AreAligned()
    {
        Prints("tensor([  1, -20, 300])", Tensor.From([1L, -20, 300]));
        Prints("tensor([[ True, False],\n        [ True,  True]])", Tensor.From(new[,] { { true, false }, { true, true } }));
    }

    [Fact]
    public void ToString_ThreeDimensions_AreSetApartByALine() =>
        Prints("tensor([[[0, 1],\n         [2, 3]],\n\n        [[4, 5],\n         [6, 7]]])", Tensor.Arange(8).Reshape(2, 2, 2));

    [Fact]
    public void ToString_LongRow_IsBrokenBeforeTheEdge() =>
        Prints(
            "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,\n        18, 19, 20, 21, 22, 23])",
            Tensor.Arange(24));

    [Fact]
    public void ToString_MoreThanAThousand_LeavesOutTheMiddle()
    {
        Prints("tensor([   0,    1,    2,  ...,  998,  999, 1000])", Tensor.Arange(1001));
        Prints("tensor([[   0,    1],\n        [   2,    3],\n        [   4,    5],\n        ...,\n        [1196, 1197],\n        [1198, 1199],\n        [1200, 1201]])", Tensor.Arange(1202).Reshape(601, 2));
    }

    [Fact]
    public void ToString_AThousand_ShowsAll() => Assert.DoesNotContain("...", Tensor.Zeros(1000).ToString(), StringComparison.Ordinal);

    [Fact]
    public void ToString_NoElements_NamesTheSizeWhereItIsNotClear()
    {
        Prints("tensor([])", Tensor.Zeros(0));
        Prints("tensor([], dtype=int64)", Tensor.Zeros([0], DType.Int64));
        Prints("tensor([], size=(0, 3))", Tensor.Zeros(0, 3));
        Prints("tensor([], size=(2, 0), dtype=float64)", Tensor.Zeros([2, 0], DType.Float64));
    }

    [Fact]
    public void ToString_NotDefaults_AreNamed()
    {
        Prints("tensor([1, 2], dtype=int32)", Tensor.From([1, 2]));
        Prints("tensor(0.5000, dtype=float16)", Tensor.From((Half)0.5));
        Prints("tensor([1.], requires_grad=True)", Tensor.Ones([1], requiresGrad: true));
        Prints("tensor([2.], grad_fn=<MulBackward>)", Tensor.Ones([1], requiresGrad: true) * 2);
    }

    [Fact]
    public void ToString_OfAView_ShowsTheView() => Prints("tensor([[0, 3],\n        [1, 4],\n        [2, 5]])", Tensor.Arange(6).Reshape(2, 3).T);

    private static void Prints(string expected, Tensor tensor) => Assert.Equal(expected, tensor.ToString());
}
