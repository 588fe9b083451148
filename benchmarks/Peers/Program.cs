// Nabla beside TorchSharp and ONNX Runtime, row by row. See README.md; run.sh starts it.
using Nabla.Peers;

if (args is [ChildMain.Option, .. var child])
    return ChildMain.Run(child);

if (args is ["--weaken", var library, var version])
{
    Console.WriteLine(VersionNeed.Weaken(library, version) ? $"{library}: its need of {version} is weak now" : $"{library}: nothing to do");
    return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    Console.Error.WriteLine($"{e.Message}\n{Options.Usage}");
    return 2;
}

if (options.Fuzz > 0)
    return FuzzRun.Run(options.Fuzz, options.Seed, options.Filter, options.Threads);

if (options.Survey > 0)
    return SurveyRun.Run(options.Survey, options.Seed, options.Filter, options.Threads);

Row[] rows = [.. ManifestFile.Read().Where(row => row.Matches(options.Filter)).Select(row => row.For(options.Threads))];
if (options.List)
{
    foreach (var row in rows)
        Console.WriteLine($"{row.Group}: {row.Name}");
    return 0;
}

return Session.Run(options, args, rows);
