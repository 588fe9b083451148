using System.Numerics;

namespace Nabla.Tests;

/// <summary>Conversions in vectors against the scalar conversion, for every pair of number types.</summary>
public sealed class CastTests
{
    /// <summary>Ordinary values; among them, in few groups of a vector, those that do not fit some type.</summary>
    private static readonly double[] Values =
    [
        .. Enumerable.Range(0, 200).Select(i => (i - 100) * 1.37), 2147483520, -2147483648, 2147483648, 2147483904, -2147483904,
        .. Enumerable.Range(0, 77).Select(i => i * 1000.5), 1e10, -1e10, 1e19, -1e19, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.5, -0.5, 255.9, 65535.9,
        .. Enumerable.Range(0, 99).Select(i => i * -3e6),
    ];

    [Fact]
    public void Cast_EveryPair_IsTheScalarConversion()
    {
        From<byte>();
        From<sbyte>();
        From<short>();
        From<int>();
        From<long>();
        From<float>();
        From<double>();
    }

    [Fact]
    public void Cast_ToBool_IsTrueOfAllButZero()
    {
        foreach (var dtype in new[] { DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float32, DType.Float64 })
        {
            var x = Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, 203).Select(i => (double)(i % 3))]), dtype);
            Assert.Equal(Enumerable.Range(0, 203).Select(i => i % 3 != 0), Cpu.Read<bool>(Cpu.Cast(x, DType.Bool)));
        }
    }

    private static void From<TFrom>() where TFrom : unmanaged, INumber<TFrom>
    {
        TFrom[] x = [.. Values.Select(v => typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double) ? TFrom.CreateTruncating(v) : TFrom.CreateTruncating(long.CreateTruncating(v)))];
        To<TFrom, byte>(x);
        To<TFrom, sbyte>(x);
        To<TFrom, short>(x);
        To<TFrom, int>(x);
        To<TFrom, long>(x);
        To<TFrom, float>(x);
        To<TFrom, double>(x);
    }

    private static void To<TFrom, T>(TFrom[] x) where TFrom : unmanaged, INumber<TFrom> where T : unmanaged, INumber<T>
    {
        bool toInteger = typeof(T) != typeof(float) && typeof(T) != typeof(double);
        var expected = x.Select(v => toInteger ? T.CreateTruncating(long.CreateTruncating(v)) : T.CreateTruncating(v)).ToArray();
        var actual = Cpu.Read<T>(Cpu.Cast(Cpu.Tensor(x), DTypes.Of<T>()));
        for (int i = 0; i < x.Length; i++)
            Assert.True(expected[i].Equals(actual[i]), $"{typeof(TFrom).Name} {x[i]} to {typeof(T).Name}: {actual[i]}, not {expected[i]}");
    }
}
