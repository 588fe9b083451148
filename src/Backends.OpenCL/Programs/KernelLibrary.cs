using System.Globalization;
using System.Text;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>The kernels of a device, built at first use.</summary>
internal sealed unsafe class KernelLibrary : IDisposable
{
    private static readonly string[] EntryPoints = [.. Enum.GetValues<KernelId>().Select(EntryPoint)];

    private readonly CL _cl;
    private readonly ClDeviceEntry _entry;
    private readonly ProgramBuilder _builder;
    private readonly Lock _gate = new();
    private readonly Dictionary<(ProgramFamily, DType), nint> _programs = [];
    private readonly ClKernel?[] _kernels = new ClKernel?[EntryPoints.Length * DTypes.Count];

    public KernelLibrary(CL cl, ClDeviceEntry entry, ProgramBuilder builder, bool gpuStyle)
    {
        _cl = cl;
        _entry = entry;
        _builder = builder;
        GpuStyle = gpuStyle;
    }

    /// <summary>Many small work-items in groups, rather than few that compute on wide vectors.</summary>
    public bool GpuStyle { get; }

    /// <summary>Elements that an elementwise work-item computes.</summary>
    public int Width(DType dtype) => GpuStyle ? 4 : dtype.Size() == 8 ? 8 : 16;

    /// <summary>Rows of a tile of the matrix product; columns are <see cref="Width"/>.</summary>
    public const int TileRows = 8;

    /// <summary>The kernel for an element type.</summary>
    public ClKernel this[KernelId id, DType dtype]
    {
        get
        {
            int index = ((int)id * DTypes.Count) + (int)dtype;
            return Volatile.Read(ref _kernels[index]) ?? Create(id, dtype, index);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var kernel in _kernels)
                if (kernel is not null)
                    _cl.ReleaseKernel(kernel.Handle);
            foreach (nint program in _programs.Values)
                _cl.ReleaseProgram(program);
            _programs.Clear();
            Array.Clear(_kernels);
        }
    }

    private ClKernel Create(KernelId id, DType dtype, int index)
    {
        lock (_gate)
        {
            if (_kernels[index] is { } other)
                return other;
            var (family, cpu, gpu) = ProgramFamily.Of(id);
            if (!_programs.TryGetValue((family, dtype), out nint program))
            {
                program = _builder.Build($"{family.File} {dtype.Name()}", ProgramSource.Of(family.File), Options(family, dtype));
                _programs.Add((family, dtype), program);
            }

            int status;
            nint handle = _cl.CreateKernel(program, EntryPoints[(int)id], &status);
            ClStatus.Check(status, $"clCreateKernel {EntryPoints[(int)id]}");
            return _kernels[index] = new ClKernel($"{EntryPoints[(int)id]} {dtype.Name()}", handle, GpuStyle ? gpu : cpu);
        }
    }

    private string Options(ProgramFamily family, DType dtype)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"-cl-std=CL1.2 -DDT={(int)dtype} -DW={Width(dtype)} -DGROUP={(GpuStyle ? 64 : 1)} -DTILE_ROWS={TileRows}");
        if (_entry.Fp64)
            text.Append(" -DFP64");
        if (_entry.RoundsDivide)
            text.Append(" -cl-fp32-correctly-rounded-divide-sqrt");
        // Left alone, NVIDIA's compiler takes a few registers more for matmul_tiles, and one group less runs beside the others.
        if (_entry.NvidiaCompiler && family == ProgramFamily.MatMul && dtype != DType.Float64)
            text.Append(" -cl-nv-maxrregcount=128");
        return text.ToString();
    }

    private static string EntryPoint(KernelId id)
    {
        var text = new StringBuilder();
        foreach (char c in id.ToString())
            text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        return text.ToString();
    }
}
