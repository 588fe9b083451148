using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>Builds programs: from the cache where it has them, else from source.</summary>
internal sealed unsafe class ProgramBuilder
{
    private readonly CL _cl;
    private readonly nint _context;
    private readonly ClDeviceEntry _entry;
    private readonly ProgramCache _cache;
    private readonly ILogger _logger;

    public ProgramBuilder(CL cl, nint context, ClDeviceEntry entry, ProgramCache cache, ILogger logger)
    {
        _cl = cl;
        _context = context;
        _entry = entry;
        _cache = cache;
        _logger = logger;
    }

    /// <summary>How many programs were built from source.</summary>
    public int Built { get; private set; }

    /// <summary>How many came from the cache.</summary>
    public int Loaded { get; private set; }

    /// <summary>A built program.</summary>
    /// <exception cref="KernelBuildException">The device's compiler refused it.</exception>
    public nint Build(string name, string source, string options)
    {
        lock (ClLibrary.Gate)
            return BuildLocked(name, source, options);
    }

    private nint BuildLocked(string name, string source, string options)
    {
        long started = Stopwatch.GetTimestamp();
        string key = ProgramCache.Key(_entry.Identity, options, source);
        if (_cache.Read(key) is { } binary)
        {
            nint loaded = FromBinary(binary, options);
            if (loaded != 0)
            {
                Loaded++;
                Log.Loaded(_logger, _entry.Info.Id.Text, name, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                return loaded;
            }

            _cache.Reject(key, "the driver does not take it");
        }

        nint program = FromSource(name, source, options);
        Built++;
        if (_cache.PathOf(key) is not null && Binary(program) is { Length: > 0 } built)
            _cache.Write(key, built);
        Log.Built(_logger, _entry.Info.Id.Text, name, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return program;
    }

    private nint FromSource(string name, string source, string options)
    {
        var text = Encoding.UTF8.GetBytes(source);
        nuint length = (nuint)text.Length;
        int status;
        nint program;
        fixed (byte* p = text)
        {
            var strings = p;
            program = _cl.CreateProgramWithSource(_context, 1, &strings, &length, &status);
        }

        ClStatus.Check(status, "clCreateProgramWithSource");
        if (Compile(program, options) is not 0 and var failure)
        {
            string log = BuildLog(program);
            _cl.ReleaseProgram(program);
            throw new KernelBuildException(
                name, $"the compiler of {_entry.Info.Id} ({_entry.Info.Name}) refused the program ({ClStatus.Name(failure)}, {failure}; options {options}); update the driver, or use another device. Its log:", log);
        }

        if (BuildLog(program) is { Length: > 0 } notes)
            Log.BuildNotes(_logger, name, notes);
        return program;
    }

    /// <summary>The program, or 0: another driver version may refuse what an older one wrote.</summary>
    private nint FromBinary(byte[] binary, string options)
    {
        nuint length = (nuint)binary.Length;
        nint device = _entry.Device;
        int status, taken;
        nint program;
        fixed (byte* p = binary)
        {
            var start = p;
            program = _cl.CreateProgramWithBinary(_context, 1, &device, &length, &start, &taken, &status);
        }

        if (status != 0 || taken != 0)
        {
            if (program != 0)
                _cl.ReleaseProgram(program);
            return 0;
        }

        if (Compile(program, options) == 0)
            return program;
        _cl.ReleaseProgram(program);
        return 0;
    }

    private int Compile(nint program, string options)
    {
        nint device = _entry.Device;
        return _cl.BuildProgram(program, 1, &device, options, null!, null);
    }

    private string BuildLog(nint program)
    {
        nuint size = 0;
        if (_cl.GetProgramBuildInfo(program, _entry.Device, ProgramBuildInfo.BuildLog, 0, null, &size) != 0 || size == 0)
            return "";
        var bytes = new byte[size];
        fixed (byte* p = bytes)
            _cl.GetProgramBuildInfo(program, _entry.Device, ProgramBuildInfo.BuildLog, size, p, null);
        return Encoding.UTF8.GetString(bytes).Trim('\0', '\n', ' ');
    }

    /// <summary>The driver's binary; empty where it gives none.</summary>
    private byte[] Binary(nint program)
    {
        nuint size = 0; // one entry a device, and the context has one
        if (_cl.GetProgramInfo(program, ProgramInfo.BinarySizes, (nuint)sizeof(nuint), &size, null) != 0 || size == 0)
            return [];
        var bytes = new byte[size];
        fixed (byte* p = bytes)
        {
            var start = p;
            return _cl.GetProgramInfo(program, ProgramInfo.Binaries, (nuint)sizeof(byte*), &start, null) == 0 ? bytes : [];
        }
    }
}
