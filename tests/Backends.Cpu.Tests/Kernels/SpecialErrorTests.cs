using System.Runtime.Intrinsics;

namespace Nabla.Tests;

/// <summary>
/// Errors of erfinv, lgamma and digamma where their formulas change and beside their zeros, against values of 60 digits' work: the scalar
/// functions, which run without vectors, are not good enough to measure by, and are held to less.
/// </summary>
public sealed class SpecialErrorTests
{
    private const double ScalarError = 2e-14;

    private static readonly (double X, double Y)[] ErfinvValues =
    [
        (1e-320, 8.864e-321), (3e-200, 2.658680776358274e-200), (1e-09, 8.86226925452758e-10), (0.01, 0.008862501280950598),
        (0.125, 0.11123545184094996), (0.3, 0.2724627147267543), (0.5465540192976328, 0.530105543201555), (0.7, 0.7328690779592167),
        (-0.8372467268262469, -0.9870300182863864), (0.95, 1.3859038243496777), (0.9966, 2.071150939906553), (0.99663, 2.073098071740635),
        (0.9999999499999999, 3.854658576600964), (0.999999944, 3.840385069056697), (0.99999994, 3.831671051435217), (0.9999999817142892, 3.979232103941831),
        (-0.9999999999, -4.572824958544925), (0.9999999999999, 5.261483331372676), (0.9999999999999999, 5.8635847487551676),
    ];

    private static readonly (double X, double Y)[] LgammaValues =
    [
        (5e-324, 744.4400719213812), (1e-310, 713.8013788281542), (1e-09, 20.723265836369194), (0.3, 1.0957979948180756),
        (0.6999999999999998, 0.2608672465316667), (0.7, 0.26086724653166654), (0.7316929456546719, 0.22359133555873478), (0.96, 0.024430932372250806),
        (0.9999999999999999, 6.408381213480008e-17), (1.0000000000000002, -1.2816762426960008e-16), (1.0014985074303697, -0.0008631164398096075), (1.25, -0.09827183642181316),
        (1.4616321449683622, -0.12148629053584961), (1.6278421602977016, -0.10875211355499331), (1.75, -0.08440112102048555), (1.9999999999999998, -9.387698065543117e-17),
        (2.0000000000000004, 1.8775396131086244e-16), (2.637065574306688, 0.3855694065563838), (3.0, 0.6931471805599453), (3.0000000000000004, 0.6931471805599457),
        (3.228864842141497, 0.9143882301023486), (5.5, 3.9578139676187165), (11.9, 17.25847745059552), (12.1, 17.74700727079874),
        (40.7, 109.21135531048935), (1234.5, 7550.550901077895), (1000000000.0, 19723265827.503716), (1e+100, 2.2925850929940456e+102),
        (2.5e+305, 1.7555118602376452e+308),
    ];

    private static readonly (double X, double Y)[] LgammaOfNegatives =
    [
        (-1e-310, 713.8013788281542), (-1e-09, 20.723265837523627), (-0.3, 1.4648400508576025), (-0.69, 1.432436458419937),
        (-0.71, 1.473938677750937), (-1.1, 2.273651152924463), (-1.5, 0.860047015376481), (-1.97, 2.8423967081772226),
        (-2.457, 3.7496305958099786e-05), (-2.5, -0.056243716497674054), (-2.7, -0.07140708531564569), (-2.74924389215456, 0.0030121867220928157),
        (-3.3, -0.8243558050174264), (-4.5, -2.813084081769316), (-10.01, -10.522600170968623), (-15.4, -27.805880752966434),
        (-171.3, -711.9016982029773), (-12345.6, -103967.41120949596), (-1000000000000.25, -26631021115948.7), (-4503599627370495.5, -1.5782258434492883e+17),
    ];

    private static readonly (double X, double Y)[] DigammaValues =
    [
        (1e-310, -double.PositiveInfinity), (1e-09, -1000000000.5772156), (0.3, -3.502524222200133), (0.9999999999999999, -0.5772156649015331),
        (1.0, -0.5772156649015329), (1.2, -0.2890398965921884), (1.46, -0.0015805619870834522), (1.4616321, -4.3514636958769774e-08),
        (1.461632144968362, -3.072790566546293e-16), (1.4616321449683625, 1.2245374622004068e-16), (1.463, 0.0013228075888998775), (2.0, 0.42278433509846713),
        (2.75, 0.8189010249754326), (3.3, 1.0348224890596216), (3.5, 1.103156640645243), (3.5000000000000004, 1.1031566406452433),
        (4.0, 1.2561176684318005), (7.7, 1.9748820949131018), (11.9, 2.4339335368825377), (40.7, 3.6938927760240245),
        (1234.5, 7.118016231827998), (1000000000.0, 20.723265836446412), (1e+100, 230.25850929940458), (1.7e+308, 709.7268368932282),
    ];

    private static readonly (double X, double Y)[] DigammaOfNegatives =
    [
        (-1e-300, 9.999999999999999e+299), (-1e-09, 999999999.4227843), (-0.3, 2.113309779635399), (-0.5, 0.03648997397857652),
        (-0.504, 0.0007420716047053968), (-0.50408300826446, -4.0620300162445706e-14), (-0.97, -32.83132658556719), (-1.1, 10.15416395914385),
        (-1.5, 0.7031566406452432), (-1.573498473162, 3.8808702341974975e-12), (-2.61, 0.007813600737705229), (-3.3, 3.620353460592126),
        (-10.01, 102.31980295403345), (-15.73, 0.0173329636653938), (-171.3, 7.428833089743892), (-12345.6, 8.400330172287905),
        (-1000000000000.25, 30.77261376951909),
    ];

    private static readonly (float X, double Y)[] LgammaBesideZeros =
    [
        (0.99999994f, 3.440473758723674e-08), (1.0000001f, -6.880945764253472e-08), (1.9999999f, -5.0399815637755424e-08), (2.0000002f, 1.0079965877070314e-07),
        (-2.457025f, -4.742259971548743e-07), (-2.4570248f, -1.1287842529645816e-07), (-2.4570246f, 2.484696988890678e-07), (-2.7476828f, 3.1223517168561536e-07),
        (-2.7476826f, -1.4418167987778365e-07), (-2.7476823f, -6.005974428686868e-07), (-3.1435812f, -2.051398719680857e-06), (-3.143581f, -1.9605461541614247e-07),
        (-3.1435807f, 1.659292425530781e-06),
    ];

    private static readonly (float X, double Y)[] DigammaBesideZeros =
    [
        (1.461632f, -1.2739158105197846e-07), (1.4616321f, -1.203605254910667e-08), (1.4616323f, 1.0331946336967871e-07), (-0.5040831f, -7.931084781744489e-07),
        (-0.50408304f, -2.602549550299359e-07), (-0.504083f, 2.7259856236381173e-07), (-1.5734986f, -1.3273854029613538e-06), (-1.5734985f, -1.4226449024506777e-07),
        (-1.5734984f, 1.0428562007081108e-06), (-2.610721f, -2.634554967365887e-06), (-2.6107209f, -4.811107649295407e-08), (-2.6107206f, 2.5383313625164817e-06),
    ];

    [Fact]
    public void Erfinv_Float64_IsWithinItsBound() => WithinUnits(UnaryOp.Erfinv, ErfinvValues, 3);

    [Fact]
    public void Lgamma_Float64OfPositive_IsWithinItsBound() => WithinUnits(UnaryOp.Lgamma, LgammaValues, 9);

    [Fact]
    public void Digamma_Float64OfPositive_IsWithinItsBound() => WithinUnits(UnaryOp.Digamma, DigammaValues, 6);

    /// <summary>The zeros of negative numbers are differences of two parts.</summary>
    [Fact]
    public void LgammaAndDigamma_Float64OfNegative_AreWithinTheirBound()
    {
        Within(UnaryOp.Lgamma, LgammaOfNegatives, 2e-15);
        Within(UnaryOp.Digamma, DigammaOfNegatives, 2e-15);
    }

    [Fact]
    public void LgammaAndDigamma_Float32BesideZeros_AreWithinTheirBound()
    {
        foreach (var (op, values) in new[] { (UnaryOp.Lgamma, LgammaBesideZeros), (UnaryOp.Digamma, DigammaBesideZeros) })
        {
            float[] y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor([.. values.Select(v => v.X)])));
            for (int i = 0; i < y.Length; i++)
                Assert.True(Ulp.Error(y[i], values[i].Y) <= (values[i].X < 0 ? 0.56 : 0.51), $"{op.Kind.Name}({values[i].X:R}) is {y[i]:R}, not {values[i].Y:R}");
        }
    }

    [Fact]
    public void Functions_SpecialValues_AreExact()
    {
        double[] x = [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1, -1, 2, -2, -1e300];
        const double inf = double.PositiveInfinity, none = double.NaN;
        Same([0, -0.0, none, none, none, inf, -inf, none, none, none], UnaryOp.Erfinv, x);
        Same([inf, inf, inf, inf, none, 0, inf, 0, inf, inf], UnaryOp.Lgamma, x);
        Same([-inf, inf, inf, none, none], UnaryOp.Digamma, x[..5]);
        Same([none, none, none], UnaryOp.Digamma, [-1, -2, -1e300]);
        Same([inf, double.Epsilon, -double.Epsilon], UnaryOp.Erfinv, [1, double.Epsilon, -double.Epsilon]);
        Same([inf, inf], UnaryOp.Lgamma, [double.MaxValue, -double.MaxValue]);
        Same([-inf, inf], UnaryOp.Digamma, [double.Epsilon, -double.Epsilon]);
    }

    /// <summary>Parts that no lane of a vector needs are left out: which are, must not show.</summary>
    [Fact]
    public void Result_AmongOthers_IsThatOfTheElementAlone()
    {
        double[] x = [.. LgammaValues.Concat(DigammaOfNegatives).Concat(DigammaValues).Concat(LgammaOfNegatives).Concat(ErfinvValues).Select(v => v.X), 0, -0.0, 1, -1, double.NaN];
        double[] mixed = [.. Enumerable.Range(0, x.Length).Select(i => x[i * 37 % x.Length])];
        foreach (var op in new[] { UnaryOp.Erfinv, UnaryOp.Lgamma, UnaryOp.Digamma })
        {
            double[] y = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(mixed)));
            Assert.Equal(y, mixed.Select(v => Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor([v])))[0]));
        }
    }

    /// <summary>Between the values above, as far as the scalar functions go.</summary>
    [Fact]
    public void Functions_WholeRange_AreNearTheScalarOnes()
    {
        double[] narrow = [.. Enumerable.Range(0, 300_000).Select(i => (i - 150_000) * 2.00003e-4)];
        double[] wide = [.. Enumerable.Range(0, 300_000).Select(i => BitConverter.UInt64BitsToDouble((ulong)i * 0x0000_3C7C_E95E_6C44))];
        foreach (double[] x in new[] { narrow, wide, narrow.Select(v => v / 30).ToArray() })
        {
            Within(UnaryOp.Erfinv, [.. x.Select(v => (v, SpecialFunctions.Erfinv(v)))], 3e-14);
            Within(UnaryOp.Lgamma, [.. x.Select(v => (v, SpecialFunctions.LogGamma(v)))], 3e-14);
            Within(UnaryOp.Digamma, [.. x.Select(v => (v, SpecialFunctions.Digamma(v)))], 3e-14);
        }
    }

    private static void WithinUnits(UnaryOp op, (double X, double Y)[] values, double bound)
    {
        if (!Vector128.IsHardwareAccelerated)
            Within(op, values, ScalarError);
        else
            Check(op, values, (y, expected) => Math.Abs(y - expected) <= bound * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)));
    }

    private static void Within(UnaryOp op, (double X, double Y)[] values, double bound)
    {
        double part = Vector128.IsHardwareAccelerated ? bound : ScalarError;
        Check(op, values, (y, expected) => Math.Abs(y - expected) <= part * Math.Max(1, Math.Abs(expected)));
    }

    private static void Check(UnaryOp op, (double X, double Y)[] values, Func<double, double, bool> near)
    {
        double[] y = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor([.. values.Select(v => v.X)])));
        for (int i = 0; i < y.Length; i++)
            Assert.True(y[i].Equals(values[i].Y) || near(y[i], values[i].Y), $"{op.Kind.Name}({values[i].X:R}) is {y[i]:R}, not {values[i].Y:R}");
    }

    private static void Same(double[] expected, UnaryOp op, double[] x)
    {
        double[] y = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(x)));
        for (int i = 0; i < x.Length; i++)
            Assert.True(expected[i].Equals(y[i]) && (double.IsNaN(y[i]) || double.IsNegative(expected[i]) == double.IsNegative(y[i])), $"{op.Kind.Name}({x[i]:R}) is {y[i]:R}, not {expected[i]:R}");
    }
}
