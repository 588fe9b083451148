namespace Nabla.Tests.Runtime;

/// <summary>Changed sizes find their graph compiled, and get the values that the CPU computes.</summary>
public sealed class OpenSizesTests
{
    /// <summary>Sizes of which one is also that of a layer, so that a graph must not take the two for the same.</summary>
    private static readonly int[] Batches = [64, 64, 37, 64, 37, 12, 64, 16, 3, 12];

    [Fact]
    public void Training_BatchAndLearningRateChange_CompilesOncePerStructure()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        var expected = Train(Batches, (_, _) => { });
        var seen = new List<OnnxStatistics>();
        List<float> actual;
        using (new Device(onnx).AsDefault())
            actual = Train(Batches, (_, _) => seen.Add(onnx.Statistics));
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);

        // The first step has other graphs than the next ones: there are no gradients and no moments yet. From then on nothing is new.
        Assert.InRange(seen[1].Sessions, 1, 3);
        Assert.Equal((seen[1].Sessions, seen[1].Misses), (seen[^1].Sessions, seen[^1].Misses));
        Assert.Equal(seen[^1].Runs - seen[^1].Misses, seen[^1].Hits);
        Assert.Equal(4, seen[^1].Resized - seen[1].Resized); // 37, 12, 16, 3: each once
        Assert.Equal(0, seen[^1].RecomputedNodes);
        Assert.Equal(0, seen[^1].Evictions);
    }

    [Fact]
    public void Training_BatchOfOne_ComputesTheSame()
    {
        int[] batches = [4, 4, 1, 4, 1];
        using var onnx = OnnxDevice.Create("onnx:cpu");
        var expected = Train(batches, (_, _) => { });
        var sessions = new List<long>();
        List<float> actual;
        using (new Device(onnx).AsDefault())
            actual = Train(batches, (_, _) => sessions.Add(onnx.Statistics.Sessions));
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
        Assert.InRange(sessions[2] - sessions[1], 0, 1); // some operations become others over a single row
        Assert.Equal(sessions[2], sessions[^1]);
    }

    [Fact]
    public void Training_TransformerOverChangingTime_CompilesOncePerStructure()
    {
        (int, int)[] sizes = [(2, 5), (2, 5), (3, 7), (5, 4), (2, 9), (4, 8), (3, 3), (2, 5)];
        using var onnx = OnnxDevice.Create("onnx:cpu");
        var expected = TrainTransformer(sizes, () => { });
        var sessions = new List<long>();
        List<float> actual;
        using (new Device(onnx).AsDefault())
            actual = TrainTransformer(sizes, () => sessions.Add(onnx.Statistics.Sessions));
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
        Assert.Equal(sessions[1], sessions[^1]);
        Assert.Equal(0, onnx.Statistics.RecomputedNodes);
    }

    [Fact]
    public async Task Evaluate_SizesFromSeveralThreads_GivesEveryoneTheirValues()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu", new OnnxOptions { CacheLimitMegabytes = 1 });
        var device = new Device(onnx);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(() =>
        {
            for (int n = 2; n < 120; n++)
            {
                var x = Tensor.Full([n, thread + 2], n + thread, DType.Float32, device);
                Assert.Equal(Enumerable.Repeat(2f * (n + thread), n), (x * 2).AMax(dim: 1).ToArray<float>());
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(1, onnx.Statistics.CachedSessions);
        Assert.Equal(6 * 118, onnx.Statistics.Hits + onnx.Statistics.Misses);
        Assert.InRange(onnx.Statistics.CachedBytes, 1, 1 << 20);
    }

    public static TheoryData<string> Programs => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Evaluate_AnySizeAfterAnyOther_EqualsTheCpu(string program)
    {
        var function = Functions[program];
        using var onnx = OnnxDevice.Create("onnx:cpu");
        var device = new Device(onnx);
        foreach (var (rows, columns) in ((int, int)[])[(5, 4), (4, 4), (1, 4), (5, 1), (1, 1), (7, 6), (0, 4), (3, 0), (300, 5), (16, 16), (512, 3), (2, 1031), (5, 4)])
        {
            var x = Tensor.Rand([rows, columns], generator: new Generator((rows * 100) + columns));
            var expected = function(x).ToArray<float>();
            var actual = function(x.To(device));
            Assert.Equal(function(x).Shape, actual.Shape);
            var values = actual.ToArray<float>();
            for (int i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(expected[i] - values[i]) <= 1e-5f * (1 + Math.Abs(expected[i])), $"{program} of [{rows}, {columns}]: element {i} is {values[i]}, not {expected[i]}");
        }
    }

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["broadcast"] = x => (x * x.Sum(dim: 1, keepDim: true)) + x.Sum(dim: 0),
        ["outer"] = x => x.Flatten().Unsqueeze(1)[..Math.Min(4, (int)x.ElementCount)] * x.Flatten(),
        ["normalize"] = x => (x - x.Mean()) / (1 + x.Square().Sum(dim: 0, keepDim: true).Sqrt()),
        ["gram"] = x => x.MatMul(x.T) + 1,
        ["softmax"] = x => x.Shape[1] == 0 ? x : x.Softmax(dim: 1).MatMul(x.T),
        ["cut"] = x => x[^Math.Min(3, (int)x.Shape[0]).., ..Math.Min(2, (int)x.Shape[1])] * 2,
        ["flip"] = x => x.Flip(0) + x,
        ["join"] = x => Tensor.Cat([x, x + 1, x[..(int)(x.Shape[0] / 2)]], dim: 0),
        ["range"] = x => x + Tensor.Arange(x.Shape[1], DType.Float32, x.Device),
        ["write"] = x =>
        {
            var y = x.Clone();
            y[.., ..(int)((x.Shape[1] + 1) / 2)].Mul_(3);
            y.Flatten()[..(int)((x.ElementCount + 1) / 2)].Add_(1);
            return y;
        },
    };

    /// <summary>A network whose layers are as wide as some batches, trained; its loss at each step and its parameters at the end.</summary>
    private static List<float> Train(int[] batches, Action<int, Tensor> afterStep)
    {
        var generator = new Generator(7);
        var network = new Sequential(
            new Linear(16, 64, generator: new Generator(1)), new GELU(), new Linear(64, 12, generator: new Generator(2)), new Tanh(), new Linear(12, 5, generator: new Generator(3)));
        var optimizer = new Adam(network.Parameters(), lr: 1e-2);
        var results = new List<float>();
        for (int step = 0; step < batches.Length; step++)
        {
            var x = Tensor.Rand([batches[step], 16], generator: generator);
            var kept = Tensor.Rand([batches[step], 16], generator: generator).Lt(0.8).To(DType.Float32);
            var labels = Tensor.RandInt(0, 5, [batches[step]], generator: generator);
            optimizer.LearningRate = 1e-2 / (1 + step);
            optimizer.ZeroGrad();
            var loss = Functional.CrossEntropy(network.Forward(x * kept), labels);
            loss.Backward();
            optimizer.Step();
            results.Add(loss.Item<float>());
            afterStep(step, loss);
        }

        foreach (var parameter in network.Parameters())
            results.AddRange(parameter.ToArray<float>());
        return results;
    }

    private static List<float> TrainTransformer((int Batch, int Time)[] sizes, Action afterStep)
    {
        var generator = new Generator(30);
        Tensor Parameter(params long[] shape) => (Tensor.Randn(shape, generator: generator) * 0.3).Detach().RequiresGrad_();
        var (table, mix, norm, output) = (Parameter(11, 8), Parameter(8, 24), Parameter(8), Parameter(8, 11));
        var optimizer = new AdamW([table, mix, norm, output], lr: 1e-2);
        var results = new List<float>();
        foreach (var (batch, time) in sizes)
        {
            var (tokens, next) = (Tensor.RandInt(0, 11, [batch, time], generator: generator), Tensor.RandInt(0, 11, [batch, time], generator: generator));
            optimizer.ZeroGrad();
            var x = Functional.LayerNorm(Functional.Embedding(tokens, table), [8], norm);
            var parts = x.MatMul(mix).Reshape(batch, time, 3, 2, 4).Permute(2, 0, 3, 1, 4); // [3, batch, heads, time, 4]
            var heads = Functional.ScaledDotProductAttention(parts[0], parts[1], parts[2], isCausal: true);
            var y = Functional.Gelu(heads.Transpose(1, 2).Flatten(2)) + x;
            var loss = Functional.CrossEntropy(y.MatMul(output).Flatten(0, 1), next.Flatten());
            loss.Backward();
            optimizer.Step();
            results.Add(loss.Item<float>());
            afterStep();
        }

        results.AddRange(table.ToArray<float>());
        return results;
    }
}
