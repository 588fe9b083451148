namespace Nabla.Peers;

/// <summary>Nabla computes the transformer block; nothing is disposed, as its users need not.</summary>
internal sealed class OurTransformer(Transformer block, Engine engine, bool backward) : Side
{
    private Tensor[] _parameters = [];
    private Tensor _input = null!;

    public override void Prepare(ulong seed)
    {
        Tensor[] drawn = [.. block.Draw(new Source(seed))
            .Zip([.. block.ParameterShapes, block.InputShape], (values, shape) => HostArrays.ToOurs(values, shape, engine.Device))];
        (_parameters, _input) = (drawn[..^1], drawn[^1]);
        foreach (var parameter in _parameters)
            parameter.RequiresGrad_(backward);
    }

    public override void Run()
    {
        var output = Forward(block, _parameters, _input);
        if (!backward)
            return;
        output.Sum().Backward();
        foreach (var parameter in _parameters)
            parameter.Grad = null;
    }

    public override double[] Values()
    {
        var output = Forward(block, _parameters, _input);
        if (!backward)
            return HostArrays.ToHost(output);
        output.Sum().Backward();
        double[] values = [.. _parameters.SelectMany(p => HostArrays.ToHost(p.Grad!))];
        foreach (var parameter in _parameters)
            parameter.Grad = null;
        return values;
    }

    public override void Dispose()
    {
    }

    /// <summary>The block, of any device's tensors.</summary>
    public static Tensor Forward(Transformer block, Tensor[] p, Tensor x)
    {
        var (batch, tokens, width, heads) = block;
        var h = Functional.LayerNorm(x, [width], p[Transformer.Norm1], p[Transformer.Norm1 + 1]);
        h = Functional.Linear(h, p[Transformer.AttentionIn], p[Transformer.AttentionIn + 1]);
        Tensor[] qkv = h.Reshape(batch, tokens, 3, heads, width / heads).Permute(2, 0, 3, 1, 4).Unbind(0);
        h = Functional.ScaledDotProductAttention(qkv[0], qkv[1], qkv[2]).Transpose(1, 2).Reshape(batch, tokens, width);
        x += Functional.Linear(h, p[Transformer.AttentionOut], p[Transformer.AttentionOut + 1]);
        h = Functional.LayerNorm(x, [width], p[Transformer.Norm2], p[Transformer.Norm2 + 1]);
        h = Functional.Linear(h, p[Transformer.FeedIn], p[Transformer.FeedIn + 1], Activation.Gelu);
        return x + Functional.Linear(h, p[Transformer.FeedOut], p[Transformer.FeedOut + 1]);
    }
}
