using F = TorchSharp.torch.nn.functional;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>TorchSharp computes the transformer block, each call in a dispose scope: its best case.</summary>
internal sealed class PeerTransformer(Transformer block, Engine engine, bool backward) : Side
{
    private Torch.Tensor[] _parameters = [];
    private Torch.Tensor? _input;

    public override void Prepare(ulong seed)
    {
        Dispose();
        engine.LimitTorch();
        Torch.Tensor[] drawn = [.. block.Draw(new Source(seed))
            .Zip([.. block.ParameterShapes, block.InputShape], HostArrays.ToPeer)];
        (_parameters, _input) = (drawn[..^1], drawn[^1]);
        foreach (var parameter in _parameters)
            parameter.requires_grad = backward;
    }

    public override void Run()
    {
        using var scope = Torch.NewDisposeScope();
        var output = Forward();
        if (!backward)
            return;
        output.sum().backward();
        foreach (var parameter in _parameters)
            parameter.grad = null;
    }

    public override double[] Values()
    {
        using var scope = Torch.NewDisposeScope();
        var output = Forward();
        if (!backward)
            return HostArrays.ToHost(output);
        output.sum().backward();
        double[] values = [.. _parameters.SelectMany(p => HostArrays.ToHost(p.grad!))];
        foreach (var parameter in _parameters)
            parameter.grad = null;
        return values;
    }

    public override void Dispose()
    {
        foreach (var parameter in _parameters)
            parameter.Dispose();
        _input?.Dispose();
    }

    private Torch.Tensor Forward()
    {
        var (batch, tokens, width, heads) = block;
        var (p, x) = (_parameters, _input!);
        var h = F.layer_norm(x, [width], p[Transformer.Norm1], p[Transformer.Norm1 + 1]);
        h = F.linear(h, p[Transformer.AttentionIn], p[Transformer.AttentionIn + 1]);
        Torch.Tensor[] qkv = h.reshape(batch, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0);
        h = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape(batch, tokens, width);
        x += F.linear(h, p[Transformer.AttentionOut], p[Transformer.AttentionOut + 1]);
        h = F.layer_norm(x, [width], p[Transformer.Norm2], p[Transformer.Norm2 + 1]);
        h = F.gelu(F.linear(h, p[Transformer.FeedIn], p[Transformer.FeedIn + 1]));
        return x + F.linear(h, p[Transformer.FeedOut], p[Transformer.FeedOut + 1]);
    }
}
