using System.Numerics;

namespace Nabla.Tests;

/// <summary>Runs a product and compares it with the double loop.</summary>
internal static unsafe class GemmRun
{
    public static readonly WorkerPool One = new(1);
    public static readonly WorkerPool Two = new(2);
    public static readonly WorkerPool Five = new(5);

    /// <summary>The product in a copy of <paramref name="start"/>, placed <paramref name="shift"/> elements into its buffer.</summary>
    public static T[] Multiply<T>(WorkerPool pool, Matrix<T> a, Matrix<T> b, T[] start, int ldc, bool accumulate, int shift = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = new T[start.Length + shift];
        start.CopyTo(c, shift);
        fixed (T* pa = a.Data, pb = b.Data, pc = c)
        {
            Gemm.Multiply(pool, Args(a, b, pa, pb, pc + shift, ldc, accumulate));
        }

        return c[shift..];
    }

    /// <summary>The product of 16-bit floats with these strides, in float32.</summary>
    public static float[] MultiplyHalves<TFormat>(WorkerPool pool, int m, int n, int k, ushort[] a, int aRow, int aColumn, ushort[] b, int bRow, int bColumn)
        where TFormat : struct, HalfConversions.IFormat
    {
        var c = new float[m * n];
        fixed (ushort* pa = a, pb = b)
        fixed (float* pc = c)
        {
            Gemm.Multiply(pool, new GemmArgs<float>
            {
                M = m,
                N = n,
                K = k,
                A = new((float*)pa, aRow, aColumn, &HalfConversions.Load<TFormat>),
                B = new((float*)pb, bRow, bColumn, &HalfConversions.Load<TFormat>),
                C = new(pc, n, 1),
            });
        }

        return c;
    }

    /// <summary>The arguments for pinned operands.</summary>
    public static GemmArgs<T> Args<T>(Matrix<T> a, Matrix<T> b, T* pa, T* pb, T* c, int ldc, bool accumulate = false)
        where T : unmanaged, INumber<T>
    {
        var result = new MatrixView<T>(c, ldc, 1);
        return new()
        {
            M = a.Rows,
            N = b.Columns,
            K = a.Columns,
            A = a.View(pa),
            B = b.View(pb),
            C = result,
            Start = accumulate ? result : default,
        };
    }

    /// <summary>Asserts each element within the rounding of its own terms, and the gaps between rows untouched.</summary>
    public static T[] Check<T>(Random random, Matrix<T> a, Matrix<T> b, int gap = 0, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Rows, n = b.Columns, k = a.Columns, ldc = n + gap;
        var start = Matrix<T>.Plain(random, m, Math.Max(1, ldc)).Data;
        var result = Multiply(One, a, b, start, ldc, accumulate);
        var unit = typeof(T) == typeof(float) ? 6.0e-8 : 1.2e-16;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < ldc; j++)
            {
                var before = double.CreateChecked(start[i * ldc + j]);
                var got = double.CreateChecked(result[i * ldc + j]);
                if (j >= n)
                {
                    Assert.Equal(before, got);
                    continue;
                }

                double want = accumulate ? before : 0, magnitude = Math.Abs(want);
                for (var q = 0; q < k; q++)
                {
                    var term = double.CreateChecked(a[i, q]) * double.CreateChecked(b[q, j]);
                    want += term;
                    magnitude += Math.Abs(term);
                }

                if (!(Math.Abs(got - want) <= (k + 4) * unit * magnitude))
                    Assert.Fail($"{typeof(T).Name} {m}x{n}x{k} [{i}, {j}] is {got}, not {want} (gap {gap}, accumulate {accumulate})");
            }
        }

        return result;
    }
}
