using System.Runtime.CompilerServices;

namespace Nabla.Tests;

/// <summary>The environment of ONNX Runtime belongs to the process: the device makes it, before a test that opens a session of its own would.</summary>
internal static class OnnxEnvironment
{
    [ModuleInitializer]
    public static void Create() => OnnxRuntimeLibrary.EnsureCreated(new OnnxOptions());
}
