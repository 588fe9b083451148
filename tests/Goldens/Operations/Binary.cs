namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddBinary()
    {
        // The second operand is a tensor or a number.
        void F(string name, Func<Tensor, Tensor, Tensor> tensor, Func<Tensor, Scalar, Tensor> number) =>
            One(name, a => a.IsTensor("other") ? tensor(a.Input, a.Tensor("other")) : number(a.Input, a.Scalar("other")));
        void T(string name, Func<Tensor, Tensor, Tensor> tensor) => One(name, a => tensor(a.Input, a.Tensor("other")));

        F("atan2", (x, y) => x.Atan2(y), (x, y) => x.Atan2(y));
        F("bitwise_and", (x, y) => x.BitwiseAnd(y), (x, y) => x.BitwiseAnd(y));
        F("bitwise_or", (x, y) => x.BitwiseOr(y), (x, y) => x.BitwiseOr(y));
        F("bitwise_xor", (x, y) => x.BitwiseXor(y), (x, y) => x.BitwiseXor(y));
        F("bitwise_left_shift", (x, y) => x.BitwiseLeftShift(y), (x, y) => x.BitwiseLeftShift(y));
        F("bitwise_right_shift", (x, y) => x.BitwiseRightShift(y), (x, y) => x.BitwiseRightShift(y));
        F("copysign", (x, y) => x.Copysign(y), (x, y) => x.Copysign(y));
        F("eq", (x, y) => x.Eq(y), (x, y) => x.Eq(y));
        F("ne", (x, y) => x.Ne(y), (x, y) => x.Ne(y));
        F("lt", (x, y) => x.Lt(y), (x, y) => x.Lt(y));
        F("le", (x, y) => x.Le(y), (x, y) => x.Le(y));
        F("gt", (x, y) => x.Gt(y), (x, y) => x.Gt(y));
        F("ge", (x, y) => x.Ge(y), (x, y) => x.Ge(y));
        F("floor_divide", (x, y) => x.FloorDivide(y), (x, y) => x.FloorDivide(y));
        F("fmod", (x, y) => x.Fmod(y), (x, y) => x.Fmod(y));
        F("remainder", (x, y) => x.Remainder(y), (x, y) => x.Remainder(y));
        F("hypot", (x, y) => x.Hypot(y), (x, y) => x.Hypot(y));
        F("logical_and", (x, y) => x.LogicalAnd(y), (x, y) => x.LogicalAnd(y));
        F("logical_or", (x, y) => x.LogicalOr(y), (x, y) => x.LogicalOr(y));
        F("logical_xor", (x, y) => x.LogicalXor(y), (x, y) => x.LogicalXor(y));
        F("maximum", (x, y) => x.Maximum(y), (x, y) => x.Maximum(y));
        F("minimum", (x, y) => x.Minimum(y), (x, y) => x.Minimum(y));
        F("mul", (x, y) => x * y, (x, y) => x * y);
        F("rdiv", (x, y) => y / x, (x, y) => y / x);
        F("rsub", (x, y) => y - x, (x, y) => y - x);
        F("rpow", (x, y) => y.Pow(x), (x, y) => Tensor.Pow(y, x));
        F("xlogy", (x, y) => x.Xlogy(y), (x, y) => x.Xlogy(y));
        T("fmax", (x, y) => x.Fmax(y));
        T("fmin", (x, y) => x.Fmin(y));
        T("gcd", (x, y) => x.Gcd(y));
        T("lcm", (x, y) => x.Lcm(y));
        T("ldexp", (x, y) => x.Ldexp(y));
        T("logaddexp", (x, y) => x.LogAddExp(y));
        T("logaddexp2", (x, y) => x.LogAddExp2(y));

        One("add", a => Scaled(a, a.Input, (x, y) => x.Add(y), (x, y, s) => x.Add(y, s), (x, y) => x.Add(y)));
        One("sub", a => Scaled(a, a.Input, (x, y) => x.Sub(y), (x, y, s) => x.Sub(y, s), (x, y) => x.Sub(y)));
        One("add_", a => Scaled(a, a.Target, (x, y) => x.Add_(y), (x, y, s) => x.Add_(y, s), (x, y) => x.Add_(y)));
        One("sub_", a => Scaled(a, a.Target, (x, y) => x.Sub_(y), (x, y, s) => x.Sub_(y, s), (x, y) => x.Sub_(y)));
        One("mul_", a => a.IsTensor("other") ? a.Target.Mul_(a.Tensor("other")) : a.Target.Mul_(a.Scalar("other")));
        One("div_", a => a.IsTensor("other") ? a.Target.Div_(a.Tensor("other")) : a.Target.Div_(a.Scalar("other")));
        One("div", Divide);
        One("pow", a => !a.Has("exponent") && a.IsTensor("other") ? a.Input.Pow(a.Tensor("other")) : a.Input.Pow(a.Scalar(a.Has("exponent") ? "exponent" : "other")));
        One("where", a => a.IsTensor("input") && a.IsTensor("other") ? Tensor.Where(a.Tensor("condition"), a.Input, a.Tensor("other"))
            : a.IsTensor("input") ? Tensor.Where(a.Tensor("condition"), a.Input, a.Scalar("other"))
            : Tensor.Where(a.Tensor("condition"), a.Scalar("input"), a.Tensor("other")));
        One("clamp", Clamp);
        One("lerp", a => a.IsTensor("weight") ? a.Input.Lerp(a.Tensor("end"), a.Tensor("weight")) : a.Input.Lerp(a.Tensor("end"), a.Scalar("weight")));
        One("addcmul", a => a.Input.Addcmul(a.Tensor("tensor1"), a.Tensor("tensor2"), a.Scalar("value", 1)));
        One("addcdiv", a => a.Input.Addcdiv(a.Tensor("tensor1"), a.Tensor("tensor2"), a.Scalar("value", 1)));
        One("heaviside", a => a.Input.Heaviside(a.Tensor("values")));
        One("isclose", a => a.Input.IsClose(a.Tensor("other"), a.Double("rtol", 1e-5), a.Double("atol", 1e-8), a.Bool("equal_nan", false)));
        One("result_type", a => Tensor.Zeros([], a.IsTensor("other")
            ? Tensor.ResultType(a.Input, a.Tensor("other"))
            : Tensor.ResultType(a.Input, a.Scalar("other"))));
    }

    private static Tensor Divide(Args a)
    {
        RoundingMode? mode = a.String("rounding_mode", "") switch { "floor" => RoundingMode.Floor, "trunc" => RoundingMode.Trunc, _ => null };
        if (a.IsTensor("other"))
            return mode is { } m ? a.Input.Div(a.Tensor("other"), m) : a.Input.Div(a.Tensor("other"));
        return mode is { } r ? a.Input.Div(a.Scalar("other"), r) : a.Input.Div(a.Scalar("other"));
    }

    private static Tensor Clamp(Args a)
    {
        if (a.IsTensor("min") || a.IsTensor("max") || !(a.Has("min") || a.Has("max")))
            return a.Input.Clamp(a.TensorOrNull("min"), a.TensorOrNull("max"));
        return !a.Has("max") ? a.Input.ClampMin(a.Scalar("min"))
            : !a.Has("min") ? a.Input.ClampMax(a.Scalar("max"))
            : a.Input.Clamp(a.Scalar("min"), a.Scalar("max"));
    }

    /// <summary>A sum or difference, whose second operand may have a factor.</summary>
    private static Tensor Scaled(Args a, Tensor x, Func<Tensor, Tensor, Tensor> tensor, Func<Tensor, Tensor, Scalar, Tensor> scaled, Func<Tensor, Scalar, Tensor> number)
    {
        if (!a.IsTensor("other"))
            return number(x, a.Scalar("other"));
        return a.Has("alpha") ? scaled(x, a.Tensor("other"), a.Scalar("alpha")) : tensor(x, a.Tensor("other"));
    }
}
