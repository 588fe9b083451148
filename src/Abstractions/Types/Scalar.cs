using System.Globalization;

namespace Nabla;

/// <summary>What a <see cref="Scalar"/> holds.</summary>
public enum ScalarKind : byte
{
    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A binary64.</summary>
    Float,
}

/// <summary>
/// A C# number beside the tensors of an operation: the weakest tier of type promotion, and never part of an op's identity.
/// </summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly long _bits;

    private Scalar(ScalarKind kind, long bits) => (Kind, _bits) = (kind, bits);

    /// <summary>Which of the three kinds this is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The value as binary64: true is 1.</summary>
    public double ToDouble() => Kind == ScalarKind.Float ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>The value as a 64-bit integer: floats truncate, saturating; NaN is 0.</summary>
    public long ToInt64() => Kind == ScalarKind.Float ? (long)BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>Whether the value differs from zero.</summary>
    public bool ToBool() => Kind == ScalarKind.Float ? BitConverter.Int64BitsToDouble(_bits) != 0 : _bits != 0;

    /// <summary>The 64 bits that hold the value.</summary>
    public long Bits => _bits;

    /// <summary>A bool.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarKind.Bool, value ? 1 : 0);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new(ScalarKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(ScalarKind.Integer, value);

    /// <summary>A float: the binary32 widens exactly.</summary>
    public static implicit operator Scalar(float value) => new(ScalarKind.Float, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A float.</summary>
    public static implicit operator Scalar(double value) => new(ScalarKind.Float, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Same kind and same bits.</summary>
    public bool Equals(Scalar other) => Kind == other.Kind && _bits == other._bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _bits);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ScalarKind.Bool => _bits != 0 ? "true" : "false",
        ScalarKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        _ => ToDouble().ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>See <see cref="Equals(Scalar)"/>.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>See <see cref="Equals(Scalar)"/>.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);
}
