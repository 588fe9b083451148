namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddProducts()
    {
        One("addmm", a => a.Input.Addmm(a.Tensor("mat1"), a.Tensor("mat2"), a.ScalarOrNull("beta"), a.ScalarOrNull("alpha")));
        One("addmv", a => a.Input.Addmv(a.Tensor("mat"), a.Tensor("vec"), a.ScalarOrNull("beta"), a.ScalarOrNull("alpha")));
        One("addr", a => a.Input.Addr(a.Tensor("vec1"), a.Tensor("vec2"), a.ScalarOrNull("beta"), a.ScalarOrNull("alpha")));
        One("baddbmm", a => a.Input.Baddbmm(a.Tensor("batch1"), a.Tensor("batch2"), a.ScalarOrNull("beta"), a.ScalarOrNull("alpha")));
        One("bilinear", a => Functional.Bilinear(a.Tensor("input1"), a.Tensor("input2"), a.Tensor("weight"), a.TensorOrNull("bias")));
        One("bmm", a => a.Input.Bmm(a.Tensor("mat2")));
        One("corrcoef", a => a.Input.Corrcoef());
        One("cov", a => a.Input.Cov(a.Long("correction", 1), a.TensorOrNull("fweights"), a.TensorOrNull("aweights")));
        One("cdist", a => Functional.CDist(a.Tensor("x1"), a.Tensor("x2"), a.Double("p", 2)));
        One("dot", a => a.Input.Dot(a.Tensor("tensor")));
        One("einsum", a => Tensor.Einsum(a.String("equation"), a.Tensors("operands")));
        One("inner", a => a.Input.Inner(a.Tensor("other")));
        One("kron", a => a.Input.Kron(a.Tensor("other")));
        One("linalg_cross", a => Linalg.Cross(a.Input, a.Tensor("other"), a.Int("dim", -1)));
        One("linalg_vector_norm", a => Linalg.VectorNorm(a.Tensor("x"), a.Double("ord", 2), a.IntsOrEmpty("dim"), a.Bool("keepdim", false), a.DTypeOrNull("dtype")));
        One("linalg_multi_dot", a => Tensor.MultiDot(a.Tensors("tensors")));
        One("linear", a => Functional.Linear(a.Input, a.Tensor("weight"), a.TensorOrNull("bias")));
        One("matmul", a => a.Input.MatMul(a.Tensor("other")));
        One("mm", a => a.Input.Mm(a.Tensor("mat2")));
        One("mv", a => a.Input.Mv(a.Tensor("vec")));
        One("outer", a => a.Input.Outer(a.Tensor("vec2")));
        One("scaled_dot_product_attention", a => Functional.ScaledDotProductAttention(
            a.Tensor("query"), a.Tensor("key"), a.Tensor("value"), a.TensorOrNull("attn_mask"), isCausal: a.Bool("is_causal", false)));
        One("tensordot", Tensordot);
        One("vander", a => Linalg.Vander(a.Tensor("x"), a.Has("N") ? a.Long("N") : null)); // recorded by the function of torch.linalg
    }

    private static Tensor Tensordot(Args a)
    {
        if (!a.IsList("dims"))
            return a.Tensor("a").Tensordot(a.Tensor("b"), a.Int("dims", 2));
        var dims = a.List("dims");
        return a.Tensor("a").Tensordot(a.Tensor("b"), dims[0].Ints("item"), dims[1].Ints("item"));
    }
}
