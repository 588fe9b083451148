using System.Globalization;
using Silk.NET.OpenCL;
using ClDeviceInfo = Silk.NET.OpenCL.DeviceInfo;

namespace Nabla;

/// <summary>Lists the devices of all platforms that can compile kernels: GPUs first and CPUs last, else in the order of the drivers.</summary>
internal static unsafe class ClDeviceList
{
    /// <summary>CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT.</summary>
    private const ulong RoundedDivide = 1 << 7;

    /// <summary>CL_DEVICE_HOST_UNIFIED_MEMORY: deprecated since 2.0, and answered by every driver.</summary>
    private const ClDeviceInfo HostUnifiedMemory = (ClDeviceInfo)0x1035;

    /// <exception cref="DeviceUnavailableException">No driver is registered, or none has a device.</exception>
    public static List<ClDeviceEntry> Read(CL cl)
    {
        var entries = new List<ClDeviceEntry>();
        lock (ClLibrary.Gate)
        {
            var found = new List<(nint Platform, nint Device, DeviceType Type)>();
            foreach (nint platform in Platforms(cl))
                foreach (nint device in Devices(cl, platform))
                    if (ClInfo.Number<uint>(cl, device, ClDeviceInfo.Available) != 0 && ClInfo.Number<uint>(cl, device, ClDeviceInfo.CompilerAvailable) != 0)
                        found.Add((platform, device, (DeviceType)ClInfo.Number<ulong>(cl, device, ClDeviceInfo.Type)));
            foreach (var (platform, device, type) in GpusFirst(found, d => d.Type))
                entries.Add(Describe(cl, platform, device, type, entries.Count));
        }

        return entries.Count > 0 ? entries : throw NoDriver(ClStatus.PlatformNotFound);
    }

    /// <summary>So that <c>opencl:0</c> is the GPU where there is one, whichever driver a loader asks first.</summary>
    internal static IEnumerable<T> GpusFirst<T>(IEnumerable<T> devices, Func<T, DeviceType> type) =>
        devices.OrderBy(d => type(d).HasFlag(DeviceType.Gpu) ? 0 : type(d).HasFlag(DeviceType.Cpu) ? 2 : 1);

    private static nint[] Platforms(CL cl)
    {
        uint count = 0;
        int status = cl.GetPlatformIDs(0, null, &count);
        if (status != 0 || count == 0)
            throw NoDriver(status);
        var platforms = new nint[count];
        fixed (nint* p = platforms)
            ClStatus.Check(cl.GetPlatformIDs(count, p, null), "clGetPlatformIDs");
        return platforms;
    }

    private static nint[] Devices(CL cl, nint platform)
    {
        uint count = 0;
        if (cl.GetDeviceIDs(platform, DeviceType.All, 0, null, &count) != 0 || count == 0)
            return []; // a platform whose hardware is not plugged in
        var devices = new nint[count];
        fixed (nint* p = devices)
            return cl.GetDeviceIDs(platform, DeviceType.All, count, p, null) == 0 ? devices : [];
    }

    private static ClDeviceEntry Describe(CL cl, nint platform, nint device, DeviceType type, int index)
    {
        string name = ClInfo.Text(cl, device, ClDeviceInfo.Name), driver = ClInfo.Text(cl, device, ClDeviceInfo.DriverVersion);
        string version = ClInfo.Text(cl, device, ClDeviceInfo.Version), platformName = ClInfo.Text(cl, platform, PlatformInfo.Name);
        string platformVersion = ClInfo.Text(cl, platform, PlatformInfo.Version);
        var extensions = ClInfo.Text(cl, device, ClDeviceInfo.Extensions).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool fp64 = extensions.Contains("cl_khr_fp64") || ClInfo.Number<ulong>(cl, device, ClDeviceInfo.DoubleFPConfig) != 0;
        bool fp16 = extensions.Contains("cl_khr_fp16");
        int units = (int)Math.Max(1, ClInfo.Number<uint>(cl, device, ClDeviceInfo.MaxComputeUnits));
        long memory = (long)ClInfo.Number<ulong>(cl, device, ClDeviceInfo.GlobalMemSize);
        string[] facts =
        [
            $"{type}", version, $"driver {driver}", $"platform {platformName}", fp64 ? "fp64" : "no fp64", fp16 ? "fp16" : "fp16 as storage",
            string.Create(CultureInfo.InvariantCulture, $"{units} compute units"),
        ];
        return new ClDeviceEntry
        {
            Platform = platform,
            Device = device,
            Info = new DeviceInfo(new DeviceId($"opencl:{index}"), name, ClInfo.Text(cl, device, ClDeviceInfo.Vendor), memory, facts),
            Identity = string.Join('\n', platformName, platformVersion, name, version, driver),
            Fp64 = fp64,
            RoundsDivide = (ClInfo.Number<ulong>(cl, device, ClDeviceInfo.SingleFPConfig) & RoundedDivide) != 0,
            NvidiaCompiler = extensions.Contains("cl_nv_compiler_options"),
            IsCpu = type.HasFlag(DeviceType.Cpu),
            SharesHostMemory = type.HasFlag(DeviceType.Cpu) || ClInfo.Number<uint>(cl, device, HostUnifiedMemory) != 0,
            ComputeUnits = units,
            MaxAllocation = Math.Max((long)ClInfo.Number<ulong>(cl, device, ClDeviceInfo.MaxMemAllocSize), 1 << 20),
        };
    }

    private static DeviceUnavailableException NoDriver(int status) =>
        new("OpenCL", $"the OpenCL loader finds no driver with a device ({ClStatus.Name(status)}, {status}); {ClLibrary.Remedy}.");
}
