namespace Nabla.Tests;

/// <summary>Whole trainings give the same bits for every number of threads.</summary>
public sealed class TrainingDeterminismTests
{
    private const int Steps = 4;

    [Fact]
    public void Mlp_AnyThreads_IsBitEqual() => Compare(
        () => new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new Tanh(), new Linear(128, 10)),
        model => new SGD(model.Parameters(), 0.05, momentum: 0.9),
        () =>
        {
            var inputs = Drawn(new Random(2), 96, 784);
            var targets = Tensor.From(Enumerable.Range(0, 96).Select(i => (long)(i * 7 % 10)).ToArray());
            return model => Functional.CrossEntropy(model.Forward(inputs), targets);
        });

    [Fact]
    public void TransformerBlock_AnyThreads_IsBitEqual() => Compare(
        () => new Block(64, heads: 4),
        model => new Adam(model.Parameters(), 1e-3),
        () =>
        {
            var inputs = Drawn(new Random(2), 4, 48, 64);
            return model => model.Forward(inputs).Square().Mean();
        });

    private static void Compare(Func<Module> create, Func<Module, Optimizer> optimizer, Func<Func<Module, Tensor>> task)
    {
        float[][] expected = Train(1);
        Assert.Contains(expected, parameter => parameter.Any(value => value != 0));
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.Equal(expected, Train(threads));

        float[][] Train(int threads)
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            using var scope = new Device(device).AsDefault();
            var model = create();
            var random = new Random(3); // of its own: other tests draw from the device's meanwhile
            using (Autograd.NoGrad())
                foreach (var parameter in model.Parameters())
                    parameter.Copy_(Drawn(random, [.. parameter.Shape]) * 0.1);
            var steps = optimizer(model);
            var loss = task();
            var losses = new float[Steps];
            for (int step = 0; step < Steps; step++)
            {
                steps.ZeroGrad();
                var error = loss(model);
                error.Backward();
                steps.Step();
                losses[step] = error.Item<float>();
            }

            return [losses, .. model.Parameters().Select(p => p.Detach().ToArray<float>())];
        }
    }

    private static Tensor Drawn(Random random, params long[] shape) =>
        Tensor.From(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray()).Reshape(shape);

    /// <summary>x + attention(norm(x)), then x + feed-forward(norm(x)).</summary>
    private sealed class Block : Module
    {
        private readonly long _heads;
        private readonly Module _norm1, _projections, _output, _norm2, _feed;

        public Block(long width, long heads)
        {
            _heads = heads;
            _norm1 = AddModule(new LayerNorm([width]), "norm1");
            _projections = AddModule(new Linear(width, 3 * width), "projections");
            _output = AddModule(new Linear(width, width), "output");
            _norm2 = AddModule(new LayerNorm([width]), "norm2");
            _feed = AddModule(new Sequential(new Linear(width, 4 * width), new GELU(), new Linear(4 * width, width)), "feed");
        }

        public override Tensor Forward(Tensor input)
        {
            long batch = input.Shape[0], tokens = input.Shape[1], width = input.Shape[2];
            var parts = _projections.Forward(_norm1.Forward(input)).Reshape(batch, tokens, 3, _heads, width / _heads).Permute(2, 0, 3, 1, 4);
            var attended = Functional.ScaledDotProductAttention(parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2), isCausal: true);
            var x = input + _output.Forward(attended.Transpose(1, 2).Reshape(batch, tokens, width));
            return x + _feed.Forward(_norm2.Forward(x));
        }
    }
}
