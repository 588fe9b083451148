using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>Loads the system's OpenCL loader, once a process.</summary>
internal static class ClLibrary
{
    public const string Remedy =
        "install the loader and the driver of the hardware, or the CPU driver PoCL (Debian, Ubuntu: apt-get install ocl-icd-libopencl1 pocl-opencl-icd), or use the device 'cpu'";

    private static CL? _api;

    /// <summary>
    /// Held while the loader looks for drivers and while a driver compiles: neither is safe from several threads everywhere (PoCL's first
    /// enumeration crashes, or finds no device).
    /// </summary>
    public static Lock Gate { get; } = new();

    /// <summary>The loader's functions.</summary>
    /// <exception cref="DeviceUnavailableException">There is no loader.</exception>
    public static CL Load() => Load(CL.GetApi);

    /// <summary>As <see cref="Load()"/>; a failure is not remembered, since a driver may be installed meanwhile.</summary>
    public static CL Load(Func<CL> getApi)
    {
        lock (Gate)
        {
            try
            {
                return getApi == CL.GetApi ? _api ??= getApi() : getApi();
            }
            catch (Exception e) when (e is FileNotFoundException or DllNotFoundException)
            {
                throw new DeviceUnavailableException("OpenCL", $"this machine has no OpenCL loader (libOpenCL); {Remedy}.", e);
            }
        }
    }
}
