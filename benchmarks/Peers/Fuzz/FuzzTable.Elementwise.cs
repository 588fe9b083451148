using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <content>Functions of each element.</content>
internal static partial class FuzzTable
{
    private static void AddUnary(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["neg"] = Unary(x => x.Neg(), x => x.neg());
        table["abs"] = Unary(x => x.Abs(), x => x.abs());
        table["sign"] = Unary(x => x.Sign(), x => x.sign());
        table["floor"] = Unary(x => x.Floor(), x => x.floor());
        table["ceil"] = Unary(x => x.Ceil(), x => x.ceil());
        table["round"] = Unary(x => x.Round(), x => x.round());
        table["trunc"] = Unary(x => x.Trunc(), x => x.trunc());
        table["frac"] = Unary(x => x.Frac(), x => x.frac());
        table["exp"] = Unary(x => x.Exp(), x => x.exp());
        table["exp2"] = Unary(x => x.Exp2(), x => x.exp2());
        table["expm1"] = Unary(x => x.Expm1(), x => x.expm1());
        table["log"] = Unary(x => x.Log(), x => x.log());
        table["log2"] = Unary(x => x.Log2(), x => x.log2());
        table["log10"] = Unary(x => x.Log10(), x => x.log10());
        table["log1p"] = Unary(x => x.Log1p(), x => x.log1p());
        table["sqrt"] = Unary(x => x.Sqrt(), x => x.sqrt());
        table["rsqrt"] = Unary(x => x.Rsqrt(), x => x.rsqrt(), order: 1);
        table["square"] = Unary(x => x.Square(), x => x.square());
        table["reciprocal"] = Unary(x => x.Reciprocal(), x => x.reciprocal());
        table["sin"] = Unary(x => x.Sin(), x => x.sin());
        table["cos"] = Unary(x => x.Cos(), x => x.cos());
        table["tan"] = Unary(x => x.Tan(), x => x.tan(), slack: 5);
        table["asin"] = Unary(x => x.Asin(), x => x.asin());
        table["acos"] = Unary(x => x.Acos(), x => x.acos());
        table["atan"] = Unary(x => x.Atan(), x => x.atan());
        table["sinh"] = Unary(x => x.Sinh(), x => x.sinh());
        table["cosh"] = Unary(x => x.Cosh(), x => x.cosh());
        table["tanh"] = Unary(x => x.Tanh(), x => x.tanh());
        table["asinh"] = Unary(x => x.Asinh(), x => x.asinh());
        table["acosh"] = Unary(x => x.Acosh(), x => x.acosh(), order: 1);
        table["atanh"] = Unary(x => x.Atanh(), x => x.atanh());
        table["sigmoid"] = Unary(x => x.Sigmoid(), x => x.sigmoid());
        table["erf"] = Unary(x => x.Erf(), x => x.erf());
        table["erfc"] = Unary(x => x.Erfc(), x => x.erfc());
        table["erfinv"] = Unary(x => x.Erfinv(), x => x.erfinv(), -1.2, 1.2, slack: 10);
        table["lgamma"] = Unary(x => x.Lgamma(), x => x.lgamma(), slack: 5);
        table["digamma"] = Unary(x => x.Digamma(), x => x.digamma(), slack: 20, order: 1);
        table["polygamma"] = Unary(x => x.Polygamma(2), x => x.polygamma(2), 0.6, 5, slack: 50, order: 1, special: false); // no whole number of these rounds to the pole at 0
        table["logit"] = Unary(x => x.Logit(0.1), x => x.logit(0.1), -0.2, 1.2, order: 1, specialOrder: 0);
        table["sinc"] = Unary(x => x.Sinc(), x => x.sinc(), order: 1, type: d => d.WideNumberType()); // the peer's second gradient at 0 is NaN, and in half types its gradient near 0 has no digits
        table["nan_to_num"] = Unary(x => x.NanToNum(), x => x.nan_to_num());
        table["entr"] = Unary(x => x.Entr(), x => Torch.special.entr(x), 0.6, 3, specialOrder: 0);
        table["isnan"] = Unary(x => x.IsNaN(), x => x.isnan());
        table["isinf"] = Unary(x => x.IsInf(), x => x.isinf());
        table["isfinite"] = Unary(x => x.IsFinite(), x => x.isfinite());
        table["signbit"] = Unary(x => x.Signbit(), x => x.signbit(), type: d => d.WideNumberType()); // the peer's NaN has either sign in bfloat16
        table["logical_not"] = Unary(x => x.LogicalNot(), x => x.logical_not());
        table["bitwise_not"] = Unary(x => x.BitwiseNot(), x => x.bitwise_not());
        foreach (var dtype in Enum.GetValues<DType>().Where(d => d != DType.Bool))
            table[$"to {dtype.Name()}"] = Unary(x => x.To(dtype), x => x.to_type(Operand.PeerType(dtype)), dtype == DType.UInt8 ? 0 : -3, type: d => dtype.IsFloatingPoint() ? d.AnyType() : d.IntegerType());
        table["neg_"] = Unary(x => x.Clone().Neg_(), x => x.clone().neg_());
        table["exp_"] = Unary(x => x.Clone().Exp_(), x => x.clone().exp_());
        table["sqrt_"] = Unary(x => x.Clone().Sqrt_(), x => x.clone().sqrt_());
        table["sin_"] = Unary(x => x.Clone().Sin_(), x => x.clone().sin_());
        table["sigmoid_"] = Unary(x => x.Clone().Sigmoid_(), x => x.clone().sigmoid_());
    }

    private static void AddBinary(Dictionary<string, Func<Dice, Trial>> table)
    {
        table["add"] = Binary((a, b) => a + b, (a, b) => a + b);
        table["sub"] = Binary((a, b) => a - b, (a, b) => a - b);
        table["mul"] = Binary((a, b) => a * b, (a, b) => a * b);
        table["div"] = Binary((a, b) => a / b, (a, b) => a / b, type: d => d.NumberType(), order: 1);
        table["div floor"] = Binary((a, b) => a.Div(b, RoundingMode.Floor), (a, b) => a.div(b, Torch.RoundingMode.floor), type: d => d.NumberType());
        table["div trunc"] = Binary((a, b) => a.Div(b, RoundingMode.Trunc), (a, b) => a.div(b, Torch.RoundingMode.trunc), type: d => d.WideNumberType()); // in a half type the peer rounds before it truncates
        table["remainder"] = Binary((a, b) => a.Remainder(b), (a, b) => a.remainder(b), type: d => d.NumberType());
        table["fmod"] = Binary((a, b) => a.Fmod(b), (a, b) => a.fmod(b), type: d => d.NumberType());
        table["pow"] = Binary((a, b) => a.Pow(b), (a, b) => a.pow(b), slack: 3, type: d => d.NumberType(), order: 1);
        table["pow of positive"] = Binary((a, b) => a.Pow(b), (a, b) => a.pow(b), low: 0, slack: 3, type: d => d.NumberType(), order: 1);
        table["maximum"] = Binary((a, b) => a.Maximum(b), (a, b) => a.maximum(b));
        table["minimum"] = Binary((a, b) => a.Minimum(b), (a, b) => a.minimum(b));
        table["fmax"] = Binary((a, b) => a.Fmax(b), (a, b) => a.fmax(b));
        table["fmin"] = Binary((a, b) => a.Fmin(b), (a, b) => a.fmin(b));
        table["atan2"] = Binary((a, b) => a.Atan2(b), (a, b) => a.atan2(b), order: 1, type: d => d.FloatType());
        table["hypot"] = Binary((a, b) => a.Hypot(b), (a, b) => a.hypot(b), type: d => d.NumberType());
        table["copysign"] = Binary((a, b) => a.Copysign(b), (a, b) => a.copysign(b), type: d => d.WideNumberType()); // as for signbit
        table["xlogy"] = Binary((a, b) => a.Xlogy(b), (a, b) => a.xlogy(b), low: 0.6, order: 1, type: d => d.NumberType(), specialOrder: 0);
        table["logaddexp"] = Binary((a, b) => a.LogAddExp(b), (a, b) => Torch.logaddexp(a, b), type: d => d.NumberType(), order: 1, specialOrder: 0);
        table["heaviside"] = Binary((a, b) => a.Heaviside(b), (a, b) => a.heaviside(b), order: 0);
        table["eq"] = Binary((a, b) => a.Eq(b), (a, b) => a.eq(b));
        table["ne"] = Binary((a, b) => a.Ne(b), (a, b) => a.ne(b));
        table["lt"] = Binary((a, b) => a.Lt(b), (a, b) => a.lt(b));
        table["le"] = Binary((a, b) => a.Le(b), (a, b) => a.le(b));
        table["isclose"] = Binary((a, b) => a.IsClose(b), (a, b) => a.isclose(b));
        table["logical_and"] = Binary((a, b) => a.LogicalAnd(b), (a, b) => a.logical_and(b));
        table["logical_xor"] = Binary((a, b) => a.LogicalXor(b), (a, b) => a.logical_xor(b));
        table["bitwise_and"] = Binary((a, b) => a.BitwiseAnd(b), (a, b) => a.bitwise_and(b));
        table["bitwise_or"] = Binary((a, b) => a.BitwiseOr(b), (a, b) => a.bitwise_or(b));
        table["bitwise_xor"] = Binary((a, b) => a.BitwiseXor(b), (a, b) => a.bitwise_xor(b));
        table["shift left"] = Binary((a, b) => a.BitwiseLeftShift(b), (a, b) => a.bitwise_left_shift(b), 0, 4);
        table["shift right"] = Binary((a, b) => a.BitwiseRightShift(b), (a, b) => a.bitwise_right_shift(b), 0, 4);
        table["gcd"] = Binary((a, b) => a.Gcd(b), (a, b) => a.gcd(b), -30, 30, type: d => d.IntegerType());
        table["lcm"] = Binary((a, b) => a.Lcm(b), (a, b) => a.lcm(b), -6, 6, type: d => d.IntegerType());
        table["add_"] = Binary((a, b) => a.Clone().Add_(b), (a, b) => a.clone().add_(b));
        table["mul_"] = Binary((a, b) => a.Clone().Mul_(b), (a, b) => a.clone().mul_(b), type: d => d.NumberType());
        table["div_"] = Binary((a, b) => a.Clone().Div_(b), (a, b) => a.clone().div_(b), type: d => d.NumberType(), order: 1);
        table["copy_"] = Binary((a, b) => a.Clone().Copy_(b), (a, b) => a.clone().copy_(b), low: 0, special: false);
        table["add number"] = WithNumber((x, s) => x + s, (x, s) => x.add(s));
        table["mul number"] = WithNumber((x, s) => x * s, (x, s) => x.mul(s));
        table["div number"] = WithNumber((x, s) => x / s, (x, s) => x.div(s));
        table["div of number"] = WithNumber((x, s) => s / x, (x, s) => s / x, order: 1);
        foreach (double exponent in new[] { 2, 3, -1, 0.5, 2.5 })
            table[$"pow {exponent}"] = Unary(x => x.Pow(exponent), x => x.pow(exponent), order: 1, special: exponent >= 2);
        table["remainder number"] = WithNumber((x, s) => x.Remainder(s), (x, s) => x.remainder(s));
        table["lt number"] = WithNumber((x, s) => x.Lt(s), (x, s) => x.lt(s));
        table["eq number"] = WithNumber((x, s) => x.Eq(s), (x, s) => x.eq(s));
        table["clamp number"] = WithNumber((x, s) => x.Clamp(-1, s), (x, s) => x.clamp(-1, s));
        table["where"] = dice =>
        {
            long[] shape = dice.Shape();
            var dtype = dice.AnyType();
            Operand[] operands =
            [
                Operand.Draw(dice, dice.Beside(shape), DType.Bool, Usual), Operand.Draw(dice, shape, dtype, Usual, dice.Chance(0.3)), Operand.Draw(dice, dice.Beside(shape), dice.Chance() ? dtype : dice.AnyType(), Usual),
            ];
            return new(operands, o => Tensor.Where(o[0].Ours, o[1].Ours, o[2].Ours), o => Torch.where(o[0].Peers, o[1].Peers, o[2].Peers));
        };
        table["clamp"] = dice =>
        {
            long[] shape = dice.Shape();
            var dtype = dice.NumberType();
            Operand[] operands = [Operand.Draw(dice, shape, dtype, Usual, special: dice.Chance(0.3)), Operand.Draw(dice, dice.Beside(shape), dtype, new(-3, -0.6)), Operand.Draw(dice, dice.Beside(shape), dtype, new(0.6, 3))];
            return new(operands, o => o[0].Ours.Clamp(o[1].Ours, o[2].Ours), o => o[0].Peers.clamp(o[1].Peers, o[2].Peers)) { Order = 1 };
        };
        table["lerp"] = dice =>
        {
            long[] shape = dice.Shape();
            return new(
                Operands(dice, dice.WideFloatType(), shape, dice.Beside(shape), dice.Beside(shape)), o => o[0].Ours.Lerp(o[1].Ours, o[2].Ours), o => Torch.lerp(o[0].Peers, o[1].Peers, o[2].Peers));
        };
    }
}
