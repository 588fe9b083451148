namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddUnary()
    {
        void F(string name, Func<Tensor, Tensor> f) => One(name, a => f(a.Input));

        F("abs", x => x.Abs());
        F("acos", x => x.Acos());
        F("acosh", x => x.Acosh());
        F("asin", x => x.Asin());
        F("asinh", x => x.Asinh());
        F("atan", x => x.Atan());
        F("atanh", x => x.Atanh());
        F("bitwise_not", x => x.BitwiseNot());
        F("ceil", x => x.Ceil());
        F("cos", x => x.Cos());
        F("cosh", x => x.Cosh());
        F("deg2rad", x => x.Deg2Rad());
        F("digamma", x => x.Digamma());
        F("erf", x => x.Erf());
        F("erfc", x => x.Erfc());
        F("erfinv", x => x.Erfinv());
        F("exp", x => x.Exp());
        F("exp2", x => x.Exp2());
        F("expm1", x => x.Expm1());
        F("floor", x => x.Floor());
        F("frac", x => x.Frac());
        F("isfinite", x => x.IsFinite());
        F("isinf", x => x.IsInf());
        F("isnan", x => x.IsNaN());
        F("lgamma", x => x.Lgamma());
        F("log", x => x.Log());
        F("log10", x => x.Log10());
        F("log1p", x => x.Log1p());
        F("log2", x => x.Log2());
        F("log_ndtr", x => x.LogNdtr());
        F("logical_not", x => x.LogicalNot());
        F("ndtr", x => x.Ndtr());
        F("neg", x => x.Neg());
        F("positive", x => x.Positive());
        F("rad2deg", x => x.Rad2Deg());
        F("reciprocal", x => x.Reciprocal());
        F("rsqrt", x => x.Rsqrt());
        F("sigmoid", x => x.Sigmoid());
        F("sign", x => x.Sign());
        F("signbit", x => x.Signbit());
        F("sin", x => x.Sin());
        F("sinc", x => x.Sinc());
        F("sinh", x => x.Sinh());
        F("sqrt", x => x.Sqrt());
        F("square", x => x.Square());
        F("tan", x => x.Tan());
        F("tanh", x => x.Tanh());
        F("trunc", x => x.Trunc());

        One("logit", a => a.Input.Logit(a.Has("eps") ? a.Double("eps") : null));
        One("mvlgamma", a => a.Input.Mvlgamma(a.Int("p")));
        One("polygamma", a => a.Input.Polygamma(a.Int("n")));
        One("nan_to_num", a => a.Input.NanToNum(
            a.Double("nan", 0), a.Has("posinf") ? a.Double("posinf") : null, a.Has("neginf") ? a.Double("neginf") : null));
        One("round", a => a.Has("decimals") ? a.Input.Round(a.Int("decimals")) : a.Input.Round());
        One("to", a => a.Input.To(a.DType("dtype")));
    }
}
