using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Peers;

/// <summary>Where the figures were taken.</summary>
internal static class Machine
{
    /// <summary>Processor, family and model (the trade name of a guest's processor often says little), processors, width of vectors.</summary>
    public static string Describe()
    {
        var facts = new Dictionary<string, string>();
        foreach (string line in File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0)) // of the first processor
        {
            string[] fact = line.Split(':', 2, StringSplitOptions.TrimEntries);
            facts[fact[0]] = fact[^1];
        }

        string Fact(string name) => facts.GetValueOrDefault(name, "?");
        int bits = Avx512F.IsSupported ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{Fact("model name")} (family {Fact("cpu family")}, model {Fact("model")}), {Environment.ProcessorCount} processors, vectors of {bits} bits";
    }
}
