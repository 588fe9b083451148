namespace Nabla.Tests;

/// <summary>Gradients, whole training steps, random numbers.</summary>
public sealed class TrainingExportTests
{
    private static readonly Tensor Images = Tensor.Rand([16, 12], generator: new Generator(20));
    private static readonly Tensor Labels = Tensor.RandInt(0, 5, [16], generator: new Generator(21));

    private static Sequential Network() => new(new Linear(12, 8, generator: new Generator(3)), new Tanh(), new Linear(8, 5, generator: new Generator(4)));

    [Fact]
    public void Trace_Gradients_AreTheEngines()
    {
        var network = Network();
        Tensor[] Function(Tensor[] xs)
        {
            network.ZeroGrad();
            var loss = Functional.CrossEntropy(network.Forward(xs[0]), xs[1]);
            loss.Backward();
            return [loss, .. network.Parameters().Select(p => p.Grad!)];
        }

        var model = OnnxExporter.Trace(Function, [Images, Labels], dynamic: ["batch"], network.NamedState());
        Assert.Empty(model.State);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.Weights.Order().Intersect(network.NamedState().Select(s => s.Key)).OrderBy(n => n[0]).ThenBy(n => n[2] == 'b'));
        using var run = new ModelRun(model);
        var (x, y) = (Tensor.Rand([9, 12], generator: new Generator(5)), Tensor.RandInt(0, 5, [9], generator: new Generator(6)));
        var expected = Function([x, y]);
        var actual = run.Run(("input0", x), ("input1", y));
        for (int i = 0; i < expected.Length; i++)
            ModelRun.Close(expected[i].ToArray<float>(), actual[$"output{i}"]);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(21)]
    public void Trace_TransformerStep_HasDynamicBatchAndTime(int opset)
    {
        var generator = new Generator(30);
        Tensor Parameter(params long[] shape) => (Tensor.Randn(shape, generator: generator) * 0.3).Detach().RequiresGrad_();
        var (table, mix, norm, output) = (Parameter(11, 8), Parameter(8, 24), Parameter(8), Parameter(8, 11));
        var optimizer = new AdamW([table, mix, norm, output], lr: 1e-2);
        Tensor[] Step(Tensor[] xs)
        {
            optimizer.ZeroGrad();
            var x = Functional.LayerNorm(Functional.Embedding(xs[0], table), [8], norm);
            var parts = x.MatMul(mix).Reshape(x.Shape[0], x.Shape[1], 3, 2, 4).Permute(2, 0, 3, 1, 4); // [3, batch, heads, time, 4]
            var heads = Functional.ScaledDotProductAttention(parts[0], parts[1], parts[2], isCausal: true);
            var y = Functional.Gelu(heads.Transpose(1, 2).Flatten(2)) + x;
            var loss = Functional.CrossEntropy(y.MatMul(output).Flatten(0, 1), xs[1].Flatten());
            loss.Backward();
            optimizer.Step();
            return [loss];
        }

        static Tensor Tokens(long batch, long time, long seed) => Tensor.RandInt(0, 11, [batch, time], generator: new Generator(seed));
        var model = OnnxExporter.Trace(Step, [Tokens(2, 3, 1), Tokens(2, 3, 2)], ["batch", "time"], options: new() { Opset = opset });
        Assert.Equal("input1: int64[batch, time]", model.Inputs[1].ToString());
        using var run = new ModelRun(model);
        foreach (var (batch, time) in ((long, long)[])[(1, 1), (2, 9), (5, 4)])
        {
            var (x, y) = (Tokens(batch, time, 3), Tokens(batch, time, 4));
            Assert.Equal(Step([x, y])[0].Item<float>(), run.Run(("input0", x), ("input1", y))["output"][0], 1e-4f);
        }

        ModelRun.Close(table.ToArray<float>(), run.State<float>("state.0"), 1e-3f);
    }

    [Fact]
    public void Trace_OnTheRecordingDevice_GivesTheSameModel()
    {
        var host = Tensor.From(2f); // moves to the device inside the trace
        using var device = OnnxDevice.Create("onnx:cpu");
        using var scope = new Device(device).AsDefault();
        var w = Tensor.From(new[] { 1f, -2f, 3f }, requiresGrad: true);
        var optimizer = new Adam([w], lr: 0.1);
        Tensor Step(Tensor x)
        {
            optimizer.ZeroGrad();
            var loss = (w * x * host).Square().Mean();
            loss.Backward();
            optimizer.Step();
            return loss;
        }

        var x = Tensor.From(new[] { 1f, 0.5f, 2f });
        var model = OnnxExporter.Trace(Step, x);
        Assert.Equal([1f, -2f, 3f], w.ToArray<float>());
        using var run = new ModelRun(model);
        for (int step = 0; step < 3; step++)
            Assert.Equal(Step(x).Item<float>(), run.Run(("input", x))["output"][0], 1e-4f);
    }

    [Fact]
    public void Trace_GradOfInput_IsTheEngines()
    {
        static Tensor Function(Tensor x)
        {
            x.RequiresGrad = true;
            return Autograd.Grad((x.Sin() * x.Pow(2)).Sum(), x, createGraph: true);
        }

        var x = Tensor.Randn([3, 4], generator: new Generator(1));
        using var run = new ModelRun(OnnxExporter.Trace(Function, x));
        ModelRun.Close(Function(x.Clone()).ToArray<float>(), run.Run(("input", x))["output"]);
    }

    [Fact]
    public void Trace_AccumulatedGradient_IsStateFromZero()
    {
        var w = Tensor.From(new[] { 1f, 2f }, requiresGrad: true);
        Tensor Function(Tensor x)
        {
            (w * x).Sum().Backward();
            return w.Grad!;
        }

        var model = OnnxExporter.Trace(Function, Tensor.From(new[] { 3f, 4f }));
        var state = Assert.Single(model.State);
        Assert.Equal([0f, 0f], state.InitialValues<float>());
        using var run = new ModelRun(model);
        Assert.Equal([3f, 4f], run.Run(("input", Tensor.From(new[] { 3f, 4f })))["output"]);
        Assert.Equal([4f, 6f], run.Run(("input", Tensor.From(new[] { 1f, 2f })))["output"]);
    }

    [Fact]
    public void Trace_AdamStep_TrainsInOnnxRuntimeAsInTheEngine()
    {
        const int Steps = 100;
        var network = Network();
        var start = network.NamedState().ToDictionary(s => s.Key, s => s.Value.ToArray<float>());
        var optimizer = new Adam(network.Parameters(), lr: 1e-2);
        Tensor[] Step(Tensor[] xs)
        {
            optimizer.ZeroGrad();
            var loss = Functional.CrossEntropy(network.Forward(xs[0]), xs[1]);
            loss.Backward();
            optimizer.Step();
            return [loss];
        }

        var model = OnnxExporter.Trace(
            Step, [Images, Labels], dynamic: ["batch"], network.NamedState(), new() { InputNames = ["images", "labels"], OutputNames = ["loss"] });
        Assert.True(model.IsVerified);
        foreach (var (name, value) in network.NamedState())
            Assert.Equal(start[name], value.ToArray<float>()); // tracing changes nothing
        Assert.Equal(4 + 12, model.State.Count); // parameters; two moments and a count for each
        Assert.Contains("0.weight.out", model.Outputs.Select(o => o.Name));

        using var run = new ModelRun(model);
        float first = 0, last = 0;
        for (int step = 0; step < Steps; step++)
        {
            // Batches of different sizes, from one model.
            int count = step % 2 == 0 ? 16 : 10;
            var (x, y) = (Images.Narrow(0, 0, count), Labels.Narrow(0, 0, count));
            float expected = Step([x, y])[0].Item<float>();
            last = run.Run(("images", x), ("labels", y))["loss"][0];
            first = step == 0 ? last : first;
            Assert.Equal(expected, last, 1e-4f);
        }

        Assert.True(last < first / 2, $"the loss went from {first} to {last}");
        foreach (var (name, value) in network.NamedState())
            ModelRun.Close(value.ToArray<float>(), run.State<float>(name), 1e-4f);
    }

    [Fact]
    public void Trace_SgdWithMomentum_CarriesItsBuffers()
    {
        var w = Tensor.From(new[] { 1f, -2f }, requiresGrad: true);
        var optimizer = new SGD([w], lr: 0.1, momentum: 0.9);
        Tensor Step(Tensor x)
        {
            optimizer.ZeroGrad();
            var loss = (w * x).Square().Sum();
            loss.Backward();
            optimizer.Step();
            return loss;
        }

        var x = Tensor.From(new[] { 1f, 0.5f });
        var model = OnnxExporter.Trace(Step, x, state: [new("w", w)]);
        using var run = new ModelRun(model);
        for (int step = 0; step < 5; step++)
        {
            float expected = Step(x).Item<float>();
            Assert.Equal(expected, run.Run(("input", x))["output"][0], 1e-5f);
        }

        ModelRun.Close(w.ToArray<float>(), run.State<float>("w"));
    }

    [Fact]
    public void Trace_Dropout_DrawsOtherNumbersInEachRun()
    {
        var generator = new Generator(77);
        using var scope = Ambient.Push(Ambient.Default with { Generator = generator });
        var model = OnnxExporter.Trace(
            x => Functional.Dropout(Functional.Dropout(x, 0.25) + 1, 0.5), Tensor.Ones(3, 7), dynamic: ["batch"]);
        Assert.Equal(["random.key", "random.counter"], model.State.Select(s => s.InputName));
        Assert.Equal(77, model.State[0].InitialValues<long>()[0]);

        using var run = new ModelRun(model);
        long counter = model.State[1].InitialValues<long>()[0];
        var x = Tensor.Ones(5, 7);
        var seen = new List<float[]>();
        for (int step = 0; step < 3; step++)
        {
            // An engine's generator at the same place.
            var twin = new Generator(77);
            _ = twin.Reserve(counter * 4);
            using var at = Ambient.Push(Ambient.Default with { Generator = twin });
            var expected = Functional.Dropout(Functional.Dropout(x, 0.25) + 1, 0.5).ToArray<float>();
            seen.Add(run.Run(("input", x))["output"]);
            Assert.Equal(expected, seen[^1]);
            counter = run.State<long>("random.counter")[0];
            Assert.Equal(twin.Counter, counter);
        }

        Assert.NotEqual(seen[0], seen[1]);
        Assert.NotEqual(seen[1], seen[2]);
    }
}
