using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>The path from a line of C# to the kernel and back, on tensors of one element.</summary>
internal static class OverheadRows
{
    private const int Chain = 10;

    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["overhead-add"] = Kind(records: false, backward: false, (x, c) => x + c, (x, c) => x + c),
        ["overhead-recorded-add"] = Kind(records: true, backward: false, (x, c) => x + c, (x, c) => x + c),
        ["overhead-add-backward"] = Kind(records: true, backward: true, (x, c) => x + c, (x, c) => x + c),
        ["overhead-chain-backward"] = Kind(
            records: true, backward: true,
            (x, c) =>
            {
                for (int i = 0; i < Chain; i++)
                    x *= c;
                return x;
            },
            (x, c) =>
            {
                for (int i = 0; i < Chain; i++)
                    x *= c;
                return x;
            }),
    };

    private static CallKind Kind(
        bool records, bool backward, Func<Tensor, Tensor, Tensor> ours, Func<Torch.Tensor, Torch.Tensor, Torch.Tensor> peer) => new(
        (_, engine) => new OurStep(engine, records, backward, ours),
        (_, engine) => new PeerStep(engine, records, backward, peer),
        _ => CallKind.Float32Tolerance);

    private static (float X, float C) Draw(ulong seed)
    {
        var source = new Source(seed);
        return ((float)source.NextUnit() + 0.5f, (float)source.NextUnit() + 0.5f);
    }

    /// <summary>Nabla's; what a call makes is dropped, not disposed.</summary>
    private sealed class OurStep(Engine engine, bool records, bool backward, Func<Tensor, Tensor, Tensor> call) : Side
    {
        private Tensor _x = null!, _c = null!;

        public override void Prepare(ulong seed)
        {
            var (x, c) = Draw(seed);
            (_x, _c) = (Tensor.From(x, requiresGrad: records, device: engine.Device), Tensor.From(c, device: engine.Device));
        }

        public override void Run()
        {
            var y = call(_x, _c);
            if (!backward)
                return;
            y.Backward();
            _x.Grad = null;
        }

        public override double[] Values()
        {
            var y = call(_x, _c);
            if (!backward)
                return [y.Item<float>()];
            y.Backward();
            double[] values = [y.Item<float>(), _x.Grad!.Item<float>()];
            _x.Grad = null;
            return values;
        }

        public override void Dispose()
        {
        }
    }

    /// <summary>The peer's; what a call makes is disposed.</summary>
    private sealed class PeerStep(Engine engine, bool records, bool backward, Func<Torch.Tensor, Torch.Tensor, Torch.Tensor> call) : Side
    {
        private Torch.Tensor? _x, _c;

        public override void Prepare(ulong seed)
        {
            Dispose();
            engine.LimitTorch();
            var (x, c) = Draw(seed);
            (_x, _c) = (Torch.tensor(x, requires_grad: records), Torch.tensor(c));
        }

        public override void Run()
        {
            if (!backward)
            {
                call(_x!, _c!).Dispose();
                return;
            }

            using var scope = Torch.NewDisposeScope();
            call(_x!, _c!).backward();
            _x!.grad = null;
        }

        public override double[] Values()
        {
            using var scope = Torch.NewDisposeScope();
            var y = call(_x!, _c!);
            if (!backward)
                return [y.item<float>()];
            y.backward();
            double[] values = [y.item<float>(), _x!.grad!.item<float>()];
            _x.grad = null;
            return values;
        }

        public override void Dispose()
        {
            _x?.Dispose();
            _c?.Dispose();
        }
    }
}
