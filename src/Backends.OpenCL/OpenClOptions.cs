using System.ComponentModel.DataAnnotations;

namespace Nabla;

/// <summary>What a host configures for the OpenCL devices: the section <c>OpenCL</c> of the one that <c>AddNabla</c> is given.</summary>
public sealed class OpenClOptions
{
    /// <summary>The default of <see cref="ProgramCache"/>.</summary>
    public const bool DefaultProgramCache = true;

    /// <summary>The default of <see cref="MemoryLimitMegabytes"/>.</summary>
    public const long DefaultMemoryLimitMegabytes = 0;

    /// <summary>The default of <see cref="MaxQueuedCommands"/>.</summary>
    public const int DefaultMaxQueuedCommands = 2048;

    /// <summary>Whether built programs are kept on disk, so that the next process need not build them again.</summary>
    /// <value>true: a driver takes half a second or more to build a program.</value>
    public bool ProgramCache { get; set; } = DefaultProgramCache;

    /// <summary>The folder of the built programs. It may be deleted at any time.</summary>
    /// <value>null: <c>nabla/opencl</c> in the user's folder for caches.</value>
    public string? ProgramCacheDirectory { get; set; }

    /// <summary>Megabytes (2^20 bytes) of device memory that may be in use; beyond them allocation throws <see cref="DeviceOutOfMemoryException"/>.</summary>
    /// <value>0: what the device has; half of it where it shares the host's memory.</value>
    [Range(0, 1L << 40)]
    public long MemoryLimitMegabytes { get; set; } = DefaultMemoryLimitMegabytes;

    /// <summary>Commands that may wait on the device before the host waits for it: bounds the driver's memory for them.</summary>
    /// <value>2048: hundreds of training steps of slack never help, and each command costs the driver a kilobyte or so.</value>
    [Range(16, 1 << 20)]
    public int MaxQueuedCommands { get; set; } = DefaultMaxQueuedCommands;
}
