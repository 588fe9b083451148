namespace Nabla;

/// <summary>The element types that an elementwise operation takes. What lies outside is promoted, or refused, above the device.</summary>
public enum OpDomain
{
    /// <summary>Floating point.</summary>
    Float,

    /// <summary>Integers and floating point.</summary>
    Numeric,

    /// <summary>Integers and bool: bits.</summary>
    Bits,

    /// <summary>Bool.</summary>
    Bool,

    /// <summary>Everything.</summary>
    Any,
}

internal static class OpDomains
{
    public static bool Contains(this OpDomain domain, DType dtype) => domain switch
    {
        OpDomain.Float => dtype.IsFloatingPoint(),
        OpDomain.Numeric => dtype != DType.Bool,
        OpDomain.Bits => !dtype.IsFloatingPoint(),
        OpDomain.Bool => dtype == DType.Bool,
        _ => true,
    };

    public static void Check(this OpDomain domain, DType dtype, string op)
    {
        if (!domain.Contains(dtype))
            throw Outside(domain, dtype, op);
    }

    private static DTypeException Outside(OpDomain domain, DType dtype, string op) =>
        new(op, $"{dtype.Name()} is not among its element types ({domain.Describe()}); convert with To(dtype).");

    public static string Describe(this OpDomain domain) => domain switch
    {
        OpDomain.Float => "floating point",
        OpDomain.Numeric => "integers and floating point",
        OpDomain.Bits => "integers and bool",
        OpDomain.Bool => "bool",
        _ => "any",
    };
}
