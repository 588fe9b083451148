// Provokes what can go wrong and prints what the engine says: each message names the operation, the values and the remedy, and the
// process goes on.
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nabla;
using Nabla.Errors;

const string Child = "--without-drivers";
using var services = Hosting.Services();
var devices = services.GetRequiredService<DeviceCatalog>();
if (args is [Child])
{
    Report.Show("No OpenCL driver", () => devices["opencl:0"]);
    return 0;
}

Report.Show("Mismatched matrix product", () => Tensor.Rand(64, 784).MatMul(Tensor.Rand(10, 784)));
Report.Show("Unknown device in the configuration", () =>
{
    var host = Host.CreateApplicationBuilder();
    host.Configuration.AddInMemoryCollection([new("Nabla:Device", "tpu:0")]);
    host.Logging.ClearProviders();
    host.Services.AddNabla(host.Configuration.GetSection("Nabla")).AddCpu().AddOpenCl().AddOnnx();
    using var app = host.Build();
    app.Start();
});
RunWithoutDrivers();
Report.Show("CUDA provider missing", () => devices["onnx:cuda:0"]);
Graphs.Run();
Tracing.Run();
Values.Run(devices);
Report.Show("Allocation beyond the limit", () =>
{
    using var small = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = 64 });
    Tensor.Zeros([10_000, 10_000], device: new Device(small));
});
Report.Show("A tensor used after its device was disposed", () =>
{
    var device = CpuDevice.Create();
    var tensor = Tensor.Ones([3], device: new Device(device));
    device.Dispose();
    Console.WriteLine(tensor + tensor);
});
Console.WriteLine($"{Report.Count} errors, all caught, and the process lives.");
return Report.Missing;

// The loader reads its environment once: a process of its own sees a machine without drivers.
static void RunWithoutDrivers()
{
    var empty = Directory.CreateTempSubdirectory();
    var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.GetCommandLineArgs()[..1].Where(a => a.EndsWith(".dll", StringComparison.Ordinal) && !Environment.ProcessPath!.EndsWith("Errors", StringComparison.Ordinal)), Child])
    {
        Environment = { ["OCL_ICD_VENDORS"] = empty.FullName },
    };
    using var child = Process.Start(start)!;
    child.WaitForExit();
    Report.Count++;
    Report.Missing += child.ExitCode;
    empty.Delete();
}
