// Trains a classifier of handwritten digits, evaluates it, plots its loss, and exports it as an ONNX model.
using System.CommandLine;
using Nabla.Digits;

var data = new Option<string?>("--data") { Description = "Folder with optdigits_train.csv and optdigits_test.csv. Default: ../shared/data/optdigits, else a download." };
var device = new Option<string>("--device") { Description = "cpu, opencl:0, onnx:cpu, …", DefaultValueFactory = _ => "cpu" };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training data.", DefaultValueFactory = _ => 20 };
var steps = new Option<int?>("--steps") { Description = "Stop after so many steps instead; reports memory every 2,000." };
var seed = new Option<long>("--seed") { Description = "The same seed gives the same first weights and batches on every device.", DefaultValueFactory = _ => 1 };
var export = new Option<string?>("--export") { Description = "Write the trained model to this .onnx file, and check it in ONNX Runtime." };
var plot = new Option<string?>("--plot") { Description = "Draw the loss curve into this .svg file." };
var root = new RootCommand("Trains a classifier of handwritten digits.") { data, device, epochs, steps, seed, export, plot };
root.SetAction(async (arguments, cancel) =>
{
    try
    {
        await Training.RunAsync(
            new TrainingOptions(
                arguments.GetValue(data), arguments.GetValue(device)!, arguments.GetValue(epochs), arguments.GetValue(steps),
                arguments.GetValue(seed), arguments.GetValue(export), arguments.GetValue(plot)),
            cancel);
        return 0;
    }
    catch (Exception e) when (e is Nabla.NablaException or DataException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
