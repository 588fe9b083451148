using System.Diagnostics;
using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Runs families of cases and counts.</summary>
internal static class Runner
{
    /// <summary>Runs what the options ask for; 0 when nothing failed.</summary>
    public static int Run(string folder, RunOptions options)
    {
        using var devices = new DeviceHost();
        Device device;
        try
        {
            device = devices[options.Device];
        }
        catch (NablaException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        var capabilities = options.Device == "cpu" ? null : new CapabilityCheck(devices["cpu"], device);
        var total = new Tally();
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            string family = Path.GetFileNameWithoutExtension(path);
            if (options.Family is not null && options.Family != family)
                continue;
            var clock = Stopwatch.StartNew();
            var tally = RunFamily(family, path, device, capabilities, options);
            if (tally.Count > 0)
                Console.WriteLine($"{family,-14} {tally}   ({clock.Elapsed.TotalSeconds:F1} s){tally.DescribeAbsent()}");
            total.Add(tally);
        }

        Console.WriteLine(total);
        return total.Failed == 0 ? 0 : 1;
    }

    private static Tally RunFamily(string family, string path, Device device, CapabilityCheck? capabilities, RunOptions options)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var how = Families.Of(family);
        var tally = new Tally();
        foreach (var testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (options.Op is not null && options.Op != Families.Subject(testCase))
                continue;
            if (options.Id is not null && options.Id != testCase.GetProperty("id").GetString())
                continue;
            var outcome = RunCase(how, testCase, device, capabilities);
            tally.Add(outcome);
            if (options.Verbose && outcome.Verdict is Verdict.Failed or Verdict.Unsupported)
                Console.WriteLine($"{outcome.Verdict.ToString().ToUpperInvariant()} {family}/{testCase.GetProperty("id").GetString()} {Families.Note(testCase)}\n    {outcome.Reason}");
        }

        return tally;
    }

    private static Outcome RunCase(IFamily family, JsonElement testCase, Device device, CapabilityCheck? capabilities)
    {
        if (family.Absent(testCase) is { } absent)
            return Outcome.Absent(absent);
        if (capabilities?.Missing(family, testCase) is { } gap)
            return Outcome.Unsupported(gap);
        try
        {
            return Outcome.Of(family.Run(testCase, device));
        }
        catch (Exception e)
        {
            return Outcome.Of($"{e.GetType().Name}: {e.Message}{(e is NablaException ? "" : "\n" + e.StackTrace)}");
        }
    }
}
