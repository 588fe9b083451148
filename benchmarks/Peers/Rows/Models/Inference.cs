namespace Nabla.Peers;

/// <summary>A model that is only run forward: parameters and input are drawn, parameters first.</summary>
internal abstract class Inference
{
    public abstract long[] InputShape { get; }

    /// <summary>The parameters on a device.</summary>
    public abstract Tensor[] Parameters(Source source, Device device);

    public abstract Tensor Forward(Tensor[] parameters, Tensor input);

    public float[] Input(Source source) => source.Floats(InputShape, -1, 1);
}

internal sealed class MlpInference(Mlp mlp) : Inference
{
    public override long[] InputShape => [mlp.Batch, mlp.Sizes[0]];

    public override Tensor[] Parameters(Source source, Device device) =>
        [.. mlp.Parameters(source).Select(p => HostArrays.ToOurs(p.Values, p.Shape, device))];

    public override Tensor Forward(Tensor[] parameters, Tensor input)
    {
        for (int i = 0; i < parameters.Length; i += 2)
        {
            if (i > 0)
                input = input.Relu();
            input = Functional.Linear(input, parameters[i], parameters[i + 1]);
        }

        return input;
    }
}

internal sealed class TransformerInference(Transformer block) : Inference
{
    public override long[] InputShape => block.InputShape;

    public override Tensor[] Parameters(Source source, Device device) =>
        [.. block.Draw(source).Zip(block.ParameterShapes, (values, shape) => HostArrays.ToOurs(values, shape, device))];

    public override Tensor Forward(Tensor[] parameters, Tensor input) => OurTransformer.Forward(block, parameters, input);
}
