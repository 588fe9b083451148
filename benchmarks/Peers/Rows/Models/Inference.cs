namespace Nabla.Peers;

/// <summary>A model that is only run forward: parameters and input are drawn, parameters first.</summary>
internal abstract class Inference
{
    public abstract long[] InputShape { get; }

    /// <summary>The model on a device, as a program would call it.</summary>
    public abstract Func<Tensor, Tensor> Model(Source source, Device device);

    public float[] Input(Source source) => source.Floats(InputShape, -1, 1);
}

internal sealed class MlpInference(Mlp mlp) : Inference
{
    public override long[] InputShape => [mlp.Batch, mlp.Sizes[0]];

    public override Func<Tensor, Tensor> Model(Source source, Device device)
    {
        var model = OurTraining.Model(mlp, source, device);
        model.Eval();
        return input =>
        {
            using var _ = Autograd.NoGrad();
            return model.Forward(input);
        };
    }
}

internal sealed class TransformerInference(Transformer block) : Inference
{
    public override long[] InputShape => block.InputShape;

    public override Func<Tensor, Tensor> Model(Source source, Device device)
    {
        Tensor[] parameters = [.. block.Draw(source).Zip(block.ParameterShapes, (values, shape) => HostArrays.ToOurs(values, shape, device))];
        return input => OurTransformer.Forward(block, parameters, input);
    }
}
