// The same program compiled just in time and ahead of time: how fast a matrix product and a step of training are.
// Build, publish and compare: samples/NativeAot/publish.sh
using System.Globalization;
using System.Runtime.CompilerServices;
using Nabla.NativeAot;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine(RuntimeFeature.IsDynamicCodeCompiled ? "compiled just in time" : "compiled ahead of time");
foreach (int size in new[] { 64, 128, 256, 512 })
    Console.WriteLine($"matmul_{size}_gflops {MatMulSpeed.Measure(size):0.0}");
var (milliseconds, loss) = TrainingStep.Measure(steps: 400);
Console.WriteLine($"step_ms {milliseconds:0.000}");
Console.WriteLine($"loss {loss:0.0000}");
