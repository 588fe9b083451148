namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddActivations()
    {
        One("celu", a => Functional.Celu(a.Input, a.Double("alpha", 1)));
        One("dropout", a => Functional.Dropout(a.Input, a.Double("p", 0.5), a.Bool("training", true)));
        One("elu", a => Functional.Elu(a.Input, a.Double("alpha", 1)));
        One("gelu", a => Functional.Gelu(a.Input, a.String("approximate", "none") == "tanh" ? GeluApproximation.Tanh : GeluApproximation.None));
        One("glu", a => Functional.Glu(a.Input, a.Int("dim", -1)));
        One("hardshrink", a => Functional.Hardshrink(a.Input, a.Double("lambd", 0.5)));
        One("hardsigmoid", a => Functional.Hardsigmoid(a.Input));
        One("hardswish", a => Functional.Hardswish(a.Input));
        One("hardtanh", a => Functional.Hardtanh(a.Input, a.Double("min_val", -1), a.Double("max_val", 1)));
        One("leaky_relu", a => Functional.LeakyRelu(a.Input, a.Double("negative_slope", 0.01)));
        One("log_softmax", a => Functional.LogSoftmax(a.Input, a.Int("dim"), a.DTypeOrNull("dtype")));
        One("logsigmoid", a => Functional.LogSigmoid(a.Input));
        One("mish", a => Functional.Mish(a.Input));
        One("prelu", a => Functional.PRelu(a.Input, a.Tensor("weight")));
        One("relu", a => Functional.Relu(a.Input));
        One("relu6", a => Functional.Relu6(a.Input));
        One("selu", a => Functional.Selu(a.Input));
        One("silu", a => Functional.Silu(a.Input));
        One("softmax", a => Functional.Softmax(a.Input, a.Int("dim"), a.DTypeOrNull("dtype")));
        One("softmin", a => Functional.Softmin(a.Input, a.Int("dim"), a.DTypeOrNull("dtype")));
        One("softplus", a => Functional.Softplus(a.Input, a.Double("beta", 1), a.Double("threshold", 20)));
        One("softshrink", a => Functional.Softshrink(a.Input, a.Double("lambd", 0.5)));
        One("softsign", a => Functional.Softsign(a.Input));
        One("tanhshrink", a => Functional.Tanhshrink(a.Input));
        One("threshold", a => Functional.Threshold(a.Input, a.Double("threshold"), a.Double("value")));
    }
}
