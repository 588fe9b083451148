using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>Rows that no kernel is there for are an error, not elements left as they were.</summary>
public sealed unsafe class NoKernelTests
{
    [Fact]
    public void RowUpdates_MoreRowsThanItHas_Throws() =>
        Run(4, args => RowUpdates<LanesScalar<float>, float, float>.Run(args, new(0, 4, 0, 2)));

    [Fact]
    public void DotProducts_MoreRowsThanItHas_TakesSeveralTiles()
    {
        var c = Run(rows: 13, args => DotProducts<LanesScalar<float>, float, float>.Run(args, new(0, 13, 0, 2)), throws: false);
        Assert.All(c, x => Assert.Equal(1, x));
    }

    [Fact]
    public void GemmDriver_TilesTallerThanItHas_Throws() =>
        Run(13, args => GemmDriver<TallLanes, float, float>.Run(args, GemmPlan.For(args, TallLanes.MaxRows), new(0, 13, 0, 2)));

    /// <summary>Ones times ones, of depth 1 and two columns.</summary>
    private static float[] Run(int rows, Action<GemmArgs<float>> kernel, bool throws = true)
    {
        float[] a = new float[rows], b = [1, 1], c = new float[2 * rows];
        a.AsSpan().Fill(1);
        fixed (float* pa = a, pb = b, pc = c)
        {
            var args = new GemmArgs<float> { M = rows, N = 2, K = 1, A = new(pa, 1, 1), B = new(pb, 2, 1), C = new(pc, 2, 1) };
            if (!throws)
            {
                kernel(args);
            }
            else
            {
                var error = Assert.Throws<UnreachableException>(() => kernel(args));
                Assert.Contains($"{rows} rows", error.Message, StringComparison.Ordinal);
            }
        }

        return c;
    }

    /// <summary>Lanes that claim registers for a row more than there are kernels.</summary>
    private readonly struct TallLanes : ILanes<float, float>
    {
        public static int Count => 1;

        public static int MaxRows => 13;

        public static bool HasMaskedLoad => true;

        public static float Load(float* source) => *source;

        public static void Store(float* destination, float value) => *destination = value;

        public static float Create(float value) => value;

        public static float Add(float x, float y) => x + y;

        public static float MultiplyAdd(float x, float y, float z) => (x * y) + z;

        public static float Mask(int count) => 0;

        public static float LoadMasked(float* source, float mask) => *source;

        public static void StoreMasked(float* destination, float value, float mask) => *destination = value;

        public static float Sum(float x) => x;
    }
}
