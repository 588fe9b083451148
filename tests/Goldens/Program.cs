using Nabla.Goldens;

var options = RunOptions.Parse(args, out string? complaint);
if (options is null)
{
    Console.Error.WriteLine(complaint);
    return 2;
}

if (DataFolder.Find(options.Data) is not { } folder)
{
    Console.Error.WriteLine($"There is no folder of reference data at '{options.Data ?? DataFolder.Default}'. Name one with --data DIR.");
    return 2;
}

return Runner.Run(folder, options);
