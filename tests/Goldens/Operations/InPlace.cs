namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    /// <summary>What the programs use beside the families' operations.</summary>
    private void AddInPlace()
    {
        One("copy_", a => a.Target.Copy_(a.Tensor("src")));
        One("detach", a => a.Input.Detach());
        One("exp_", a => a.Target.Exp_());
        One("fill_", a => a.Target.Fill_(a.Scalar("value")));
        One("masked_fill_", a => a.Target.MaskedFill_(a.Tensor("mask"), a.Scalar("value")));
        One("neg_", a => a.Target.Neg_());
        One("relu_", a => a.Target.Relu_());
        One("sigmoid_", a => a.Target.Sigmoid_());
        One("sin_", a => a.Target.Sin_());
        One("sqrt_", a => a.Target.Sqrt_());
        One("tanh_", a => a.Target.Tanh_());
        One("zero_", a => a.Target.Zero_());
    }
}
