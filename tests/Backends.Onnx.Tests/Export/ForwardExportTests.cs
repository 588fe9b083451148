namespace Nabla.Tests;

/// <summary>Exported forward passes give what the engine gives.</summary>
public sealed class ForwardExportTests
{
    private static Sequential Network() => new(new Linear(12, 8, generator: new Generator(3)), new ReLU(), new Linear(8, 5, generator: new Generator(4)));

    private static Tensor Batch(int count, long seed = 7) => Tensor.Rand([count, 12], generator: new Generator(seed));

    [Theory]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(21)]
    public void Trace_Module_GivesTheEnginesValues(int opset)
    {
        var network = Network();
        var model = OnnxExporter.Trace(network, Batch(4), options: new() { Opset = opset });
        Assert.True(model.IsVerified);
        using var run = new ModelRun(model);
        var x = Batch(4, 11);
        ModelRun.Close(network.Forward(x).ToArray<float>(), run.Run(("input", x))["output"]);
    }

    [Fact]
    public void Trace_Module_NamesWeightsAfterParameters()
    {
        var model = OnnxExporter.Trace(Network(), Batch(4));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.Weights);
        Assert.Contains(model.Graph.Node, n => n.Output[0] == "0/matmul" && n.DocString.Contains("ForwardExportTests.cs", StringComparison.Ordinal));
        Assert.Empty(model.State);
    }

    [Fact]
    public void Trace_DynamicBatch_RunsAtEverySize()
    {
        var network = Network();
        var model = OnnxExporter.Trace(network, example: Batch(1), dynamic: ["batch"]);
        Assert.Equal("input: float32[batch, 12]", model.Inputs[0].ToString());
        Assert.Equal("output: float32[batch, 5]", model.Outputs[0].ToString());
        using var run = new ModelRun(model);
        foreach (int size in (int[])[1, 2, 64])
        {
            var x = Batch(size, size);
            ModelRun.Close(network.Forward(x).ToArray<float>(), run.Run(("input", x))["output"]);
        }
    }

    [Fact]
    public void Trace_TwoDynamicDimensions_ComputesShapesInTheGraph()
    {
        static Tensor Function(Tensor x) // [batch, time, 6] -> flattened, padded, counted
        {
            var flat = x.Reshape(x.Shape[0] * x.Shape[1], 6);
            var mean = flat.Mean(0, keepDim: true);
            var centered = Tensor.Cat([flat - mean, mean], 0).Softmax(1);
            return centered * (1.0 / x.Shape[0]) + Tensor.Ones(x.Shape[0] * x.Shape[1] + 1, 1) * x.Shape[1];
        }

        var model = OnnxExporter.Trace(Function, Tensor.Rand([2, 3, 6], generator: new Generator(8)), dynamic: ["batch", "time"]);
        Assert.Equal("output: float32[1 + batch*time, 6]", model.Outputs[0].ToString());
        using var run = new ModelRun(model);
        foreach (var (batch, time) in ((int, int)[])[(1, 1), (3, 2), (7, 5)])
        {
            var x = Tensor.Rand([batch, time, 6], generator: new Generator(batch));
            ModelRun.Close(Function(x).ToArray<float>(), run.Run(("input", x))["output"]);
        }
    }

    [Fact]
    public void Trace_NumbersBesideHalf_AreRoundedWhereTheEngineRoundsThem()
    {
        static Tensor Function(Tensor x)
        {
            var half = x.To(DType.Float16);
            Tensor[] columns = [70001 / half, half.Eq(1.0 / 3), half.Lt(1.0 / x.Shape[0]), half * (1.0 / 3)];
            return Tensor.Cat([.. columns.Select(c => c.To(DType.Float32))], 1);
        }

        var model = OnnxExporter.Trace(Function, Tensor.Rand([2, 2], generator: new Generator(8)), dynamic: ["batch"]);
        using var run = new ModelRun(model);
        foreach (int size in (int[])[1, 3, 7])
        {
            var x = Tensor.Full([size, 2], 1f / size);
            x[0, 1] = 3; // 70001 / 3 is a half, 70001 is not
            Assert.Equal(Function(x).ToArray<float>(), run.Run(("input", x)).Values.Single());
        }
    }

    [Fact]
    public void Trace_SeveralInputsAndOutputs_AreNamed()
    {
        var a = Tensor.Rand([3, 4], generator: new Generator(1));
        var b = Tensor.Rand([4, 2], generator: new Generator(2));
        var options = new OnnxExportOptions { InputNames = ["left", "right"], OutputNames = ["product", "same"], Name = "pair", Description = "Two of each.", Opset = 20 };
        options.Metadata["author"] = "a test";
        var model = OnnxExporter.Trace(xs => [xs[0].MatMul(xs[1]), xs[0]], [a, b], [new DynamicAxis("left", 0, "rows")], options: options);
        Assert.Equal(["left", "right"], model.Inputs.Select(i => i.Name));
        Assert.Equal("product: float32[rows, 2]", model.Outputs[0].ToString());
        using var run = new ModelRun(model);
        var x = Tensor.Rand([5, 4], generator: new Generator(3));
        var results = run.Run(("left", x), ("right", b));
        ModelRun.Close(x.MatMul(b).ToArray<float>(), results["product"]);
        ModelRun.Close(x.ToArray<float>(), results["same"]);
        var parsed = ModelProto.Parser.ParseFrom(model.ToArray());
        Assert.Equal(("Nabla", "Two of each.", 10L, 20L), (parsed.ProducerName, parsed.DocString, parsed.IrVersion, parsed.OpsetImport[0].Version));
        Assert.Equal("pair", parsed.Graph.Name);
        Assert.Equal("a test", parsed.MetadataProps.Single(m => m.Key == "author").Value);
    }

    [Fact]
    public void Trace_WritesThroughViews_BecomeFunctional()
    {
        static Tensor Function(Tensor x)
        {
            var y = x.Clone();
            var row = y[1];
            y.T[.., 0].Add_(1); // the first row, through two views
            row[TensorIndex.Slice(0, 4, 2)] = 5;
            x.Mul_(2); // the caller's copy stays as it is
            return y * row.Sum() + x;
        }

        var example = Tensor.Rand([3, 4], generator: new Generator(5));
        var before = example.ToArray<float>();
        var model = OnnxExporter.Trace(Function, example, dynamic: ["batch"]);
        Assert.Equal(before, example.ToArray<float>());
        Assert.Empty(model.State);
        using var run = new ModelRun(model);
        var input = Tensor.Rand([4, 4], generator: new Generator(6));
        var results = run.Run(("input", input));
        ModelRun.Close(Function(input).ToArray<float>(), results["output"]);
    }

    [Fact]
    public void Trace_BatchNormTraining_KeepsRunningStatisticsAsState()
    {
        var (mean, variance) = (Tensor.Zeros(6), Tensor.Ones(6));
        Tensor Function(Tensor x) => Functional.BatchNorm(x, mean, variance, training: true);
        var model = OnnxExporter.Trace(Function, Tensor.Rand([4, 6], generator: new Generator(9)), dynamic: ["batch"], state: [new("mean", mean), new("variance", variance)]);
        Assert.Equal(["mean", "variance"], model.State.Select(s => s.InputName));
        Assert.Equal(new float[6], mean.ToArray<float>()); // as before
        using var run = new ModelRun(model);
        foreach (int size in (int[])[5, 9])
        {
            var x = Tensor.Randn([size, 6], generator: new Generator(size));
            var output = run.Run(("input", x))["output"];
            ModelRun.Close(Function(x).ToArray<float>(), output, 1e-4f);
            ModelRun.Close(mean.ToArray<float>(), run.State<float>("mean"));
            ModelRun.Close(variance.ToArray<float>(), run.State<float>("variance"));
        }
    }

    [Fact]
    public void Save_BeyondTheThreshold_WritesASecondFile()
    {
        var folder = Directory.CreateTempSubdirectory("nabla-test");
        try
        {
            var model = OnnxExporter.Trace(new Wide(), Tensor.Rand([2, 64], generator: new Generator(10)), options: new() { ExternalDataThreshold = 4096 });
            Assert.True(model.IsVerified && model.NeedsExternalData);
            Assert.Throws<TensorFileException>(() => model.ToArray());
            string path = Path.Combine(folder.FullName, "model.onnx");
            model.Save(path);
            Assert.True(new FileInfo(path).Length < 4096);
            Assert.True(new FileInfo(path + ".data").Length >= 64 * 64 * 4);
            using var run = ModelRun.Open(path);
            var x = Tensor.Rand([2, 64], generator: new Generator(1));
            ModelRun.Close(new Wide().Forward(x).ToArray<float>(), run.Run(("input", x))["output"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Wide : Module
    {
        private readonly Linear _linear;

        public Wide() => _linear = AddModule(new Linear(64, 64, generator: new Generator(9)), "linear");

        public override Tensor Forward(Tensor input) => _linear.Forward(input);
    }
}
