using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary><see cref="BinaryOp.Pow"/>. Exponents that need no logarithm have functions of their own, as fast as memory.</summary>
internal sealed class PowKernel : CpuKernel
{
    private readonly BinaryKernel _power = new(RowOf);
    private readonly UnaryKernel?[] _short = new UnaryKernel?[8]; // made when first used: a program meets few of them

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        CpuKernel kernel = _power;
        if (((BinaryOp)call.Op).Side == ScalarSide.Right)
            kernel = Short(call.Scalars[0].ToDouble(), call.Inputs[0].DType.IsFloatingPoint()) ?? kernel;
        kernel.Run(device, call, outputs);
    }

    /// <summary>The vector form of float64 needs to know what a product rounds off.</summary>
    private static bool IsFused => WideVectors.Have512 || Fma.IsSupported || AdvSimd.IsSupported;

    private static Row RowOf(DType dtype) => dtype == DType.Float64 && IsFused
        ? VectorBinaryRow<Map64, double>.Create(cost: 20)
        : Rows.SplitWide2<FloatBinaryOperators.Pow>(cost: 40)(dtype);

    private readonly struct Map64 : IVectorMap2<double>
    {
        public static bool ScalarTail => false;

        public static double Apply(double a, double b) => FloatBinaryOperators.Pow.Float(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double> => FloatBinaryOperators.Pow.Exact<V, L>(a, b);
    }

    /// <summary>Integers have whole powers alone.</summary>
    private UnaryKernel? Short(double exponent, bool floats) => exponent switch
    {
        0 => _short[0] ??= new(Rows.Number<PowerOperators.One>()),
        1 => _short[1] ??= new(Rows.Number<PowerOperators.Same>()),
        2 => _short[2] ??= new(Rows.Number<PowerOperators.Square>()),
        3 => _short[3] ??= new(Rows.Number<PowerOperators.Cube>()),
        -1 when floats => _short[4] ??= new(Rows.VectorFloat<FloatOperators.Reciprocal>()),
        -2 when floats => _short[5] ??= new(Rows.VectorFloat<PowerOperators.InverseSquare>()),
        0.5 when floats => _short[6] ??= new(Rows.VectorFloat<PowerOperators.Root>()),
        -0.5 when floats => _short[7] ??= new(Rows.VectorFloat<PowerOperators.InverseRoot>()),
        _ => null,
    };
}
