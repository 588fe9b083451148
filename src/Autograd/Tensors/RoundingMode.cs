namespace Nabla;

/// <summary>How a quotient is rounded. PyTorch: <c>rounding_mode</c>.</summary>
public enum RoundingMode
{
    /// <summary>Down.</summary>
    Floor,

    /// <summary>Towards zero.</summary>
    Trunc,
}
