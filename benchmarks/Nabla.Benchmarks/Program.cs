// Devices side by side. Example: dotnet run -c Release --project benchmarks/Nabla.Benchmarks -- --filter '*' --job short
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
