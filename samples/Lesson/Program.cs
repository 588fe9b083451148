// The guided tour: tensors and gradients, section by section. Run it on any device: --device cpu | opencl:0 | onnx:cpu.
using Microsoft.Extensions.DependencyInjection;
using Nabla;
using Nabla.Lesson;

string name = args is ["--device", var chosen] ? chosen : "cpu";
if (args.Length > 0 && args is not ["--device", _])
{
    Console.Error.WriteLine("usage: Lesson [--device cpu|opencl:0|onnx:cpu]");
    return 2;
}

using var services = new ServiceCollection()
    .AddNabla(options => options.Device = name).AddCpu().AddOpenCl().AddOnnx()
    .Services.BuildServiceProvider();

try
{
    var device = services.GetRequiredService<Device>();
    using var scope = device.AsDefault();
    Tensor.ManualSeed(14);

    var check = new Check();
    Creation.Run(check);
    HostBridge.Run(check);
    Reshaping.Run(check);
    Perceptron.Run(check);
    Gradients.Run(check);
    Exercises.Run(check);

    Console.WriteLine();
    Console.WriteLine($"Lesson complete on {device}: {check.Passed} checks passed");
    return 0;
}
catch (Exception e) when (e is NablaException or LessonException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
