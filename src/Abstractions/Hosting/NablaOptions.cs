using System.ComponentModel.DataAnnotations;

namespace Nabla;

/// <summary>What a host configures for the whole engine: the section that <c>AddNabla</c> is given.</summary>
public sealed class NablaOptions
{
    /// <summary>The default of <see cref="Device"/>.</summary>
    public const string DefaultDevice = "cpu";

    /// <summary>The device to inject, and the default one of its scopes.</summary>
    /// <value><c>cpu</c>: it works everywhere.</value>
    [Required]
    public string Device { get; set; } = DefaultDevice;
}
