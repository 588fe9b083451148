using System.Runtime.Intrinsics;

namespace Nabla.Tests;

/// <summary>What is packed and how blocks are cut, where rows that are far apart are slow to read and where they are not: whatever this processor is.</summary>
public sealed unsafe class GemmPlanTests
{
    private const int TileRows = 12;

    [Theory]
    [InlineData(256, 256, 256, false)]  // 1 KB apart, in the second-level cache
    [InlineData(100, 333, 333, false)]  // vectors across cache lines
    [InlineData(512, 512, 512, false)]
    [InlineData(1024, 1024, 1024, true)]
    public void RowsOfB_FarApart_ArePackedWhereTheyAreSlow(int m, int k, int n, bool packedAnyway)
    {
        Assert.Equal(packedAnyway, Plan(m, k, n, farLinesAreSlow: false).PackB);
        Assert.True(Plan(m, k, n, farLinesAreSlow: true).PackB);
    }

    [Theory]
    [InlineData(8, 256, 256)]    // too few uses
    [InlineData(48, 333, 333)]
    [InlineData(128, 128, 128)]  // 512 bytes apart, on whole cache lines
    public void RowsOfB_FewUsesOrNear_AreReadInPlace(int m, int k, int n)
    {
        Assert.False(Plan(m, k, n, farLinesAreSlow: false).PackB);
        Assert.False(Plan(m, k, n, farLinesAreSlow: true).PackB);
    }

    [Fact]
    public void TransposedA_FarApart_IsPackedWhereItIsSlow()
    {
        Assert.False(Plan(256, 256, 256, farLinesAreSlow: false, transposedA: true).PackA);
        Assert.True(Plan(256, 256, 256, farLinesAreSlow: true, transposedA: true).PackA);
        Assert.False(Plan(256, 256, 64, farLinesAreSlow: true, transposedA: true).PackA);
    }

    [Theory]
    [InlineData(64, 784, 24)]    // two tiles
    [InlineData(192, 256, 24)]
    [InlineData(64, 255, 256)]   // C is near
    [InlineData(193, 784, 256)]  // deep enough to hide it
    public void ShallowProduct_FarRowsOfC_TakesTwoTilesAlongThem(int k, int n, int rows)
    {
        Assert.Equal(rows, Plan(256, k, n, farLinesAreSlow: true).RowBlock);
        Assert.Equal(256, Plan(256, k, n, farLinesAreSlow: false).RowBlock);
    }

    [Theory]
    [InlineData(70, 64, 300, false, false)]
    [InlineData(70, 65, 300, true, false)]
    [InlineData(61, 129, 270, true, true)]
    [InlineData(100, 191, 333, false, true)]
    public void Results_DoNotDependOnThePlan(int m, int k, int n, bool transposedA, bool transposedB)
    {
        var random = new Random(m + k + n);
        var a = transposedA ? Matrix<float>.Transposed(random, m, k) : Matrix<float>.Plain(random, m, k);
        var b = transposedB ? Matrix<float>.Transposed(random, k, n) : Matrix<float>.Plain(random, k, n);
        var (inPlace, inPlacePlan) = Run(a, b, farLinesAreSlow: false);
        var (packed, packedPlan) = Run(a, b, farLinesAreSlow: true);

        Assert.NotEqual(inPlacePlan.RowBlock, packedPlan.RowBlock);
        Assert.Equal(inPlace, packed);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double want = 0, magnitude = 0;
                for (var q = 0; q < k; q++)
                {
                    var term = (double)a[i, q] * b[q, j];
                    want += term;
                    magnitude += Math.Abs(term);
                }

                Assert.InRange(packed[i * n + j] - want, -(k + 4) * 6.0e-8 * magnitude, (k + 4) * 6.0e-8 * magnitude);
            }
        }
    }

    private static GemmPlan Plan(int m, int k, int n, bool farLinesAreSlow, bool transposedA = false)
    {
        var args = new GemmArgs<float>
        {
            M = m,
            N = n,
            K = k,
            A = transposedA ? new(null, 1, m) : new(null, k, 1),
            B = new(null, n, 1),
            C = new(null, n, 1),
        };
        return GemmPlan.For(args, TileRows, farLinesAreSlow);
    }

    private static (float[] Result, GemmPlan Plan) Run(Matrix<float> a, Matrix<float> b, bool farLinesAreSlow)
    {
        var c = new float[a.Rows * b.Columns];
        fixed (float* pa = a.Data, pb = b.Data, pc = c)
        {
            var args = GemmRun.Args(a, b, pa, pb, pc, b.Columns);
            var plan = GemmPlan.For(args, Simd128<float>.MaxRows, farLinesAreSlow);
            GemmDriver<Simd128<float>, Vector128<float>, float>.Run(args, plan, new(0, a.Rows, 0, b.Columns));
            return (c, plan);
        }
    }
}
