using System.Runtime.CompilerServices;
using System.Text;
using Silk.NET.OpenCL;
using ClDeviceInfo = Silk.NET.OpenCL.DeviceInfo;

namespace Nabla;

/// <summary>Asks the driver for facts.</summary>
internal static unsafe class ClInfo
{
    public static string Text(CL cl, nint platform, PlatformInfo what)
    {
        nuint size = 0;
        if (cl.GetPlatformInfo(platform, what, 0, null, &size) != 0 || size == 0)
            return "";
        var bytes = new byte[size];
        fixed (byte* p = bytes)
            return cl.GetPlatformInfo(platform, what, size, p, null) == 0 ? Decode(bytes) : "";
    }

    public static string Text(CL cl, nint device, ClDeviceInfo what)
    {
        nuint size = 0;
        if (cl.GetDeviceInfo(device, what, 0, null, &size) != 0 || size == 0)
            return "";
        var bytes = new byte[size];
        fixed (byte* p = bytes)
            return cl.GetDeviceInfo(device, what, size, p, null) == 0 ? Decode(bytes) : "";
    }

    /// <summary>A number; 0 where the driver does not say.</summary>
    public static T Number<T>(CL cl, nint device, ClDeviceInfo what) where T : unmanaged
    {
        Unsafe.SkipInit(out T value);
        return cl.GetDeviceInfo(device, what, (nuint)sizeof(T), &value, null) == 0 ? value : default;
    }

    private static string Decode(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0').Trim();
}
