using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Numbers of a call as elements of a tensor's type.</summary>
internal static unsafe class Scalars
{
    /// <summary>An operand that is one number for all elements, stored where the caller says.</summary>
    public static Operand Operand(Scalar value, DType dtype, ulong* storage)
    {
        Write(value, dtype, (byte*)storage);
        return new((byte*)storage, ElementType.Of(dtype));
    }

    /// <summary>Writes the number as one element: integers wrap, floats round.</summary>
    public static void Write(Scalar value, DType dtype, byte* destination)
    {
        ulong compute = dtype.Visit<Converter, ulong>(new(value));
        var type = ElementType.Of(dtype);
        if (type.Converts)
            type.Store((byte*)&compute, destination, 0, 1);
        else
            Unsafe.CopyBlockUnaligned(destination, &compute, (uint)type.Size);
    }

    /// <summary>The number as rows compute with it that takes part as an element of a float type.</summary>
    public static double Rounded(Scalar value, DType dtype)
    {
        var type = ElementType.Of(dtype);
        ulong element = 0, compute = 0;
        Write(value, dtype, (byte*)&element);
        type.Load((byte*)&element, type.Size, (byte*)&compute, 1);
        return type.ComputeSize == sizeof(double) ? *(double*)&compute : *(float*)&compute;
    }

    private readonly struct Converter(Scalar value) : IDTypeVisitor<ulong>
    {
        public ulong Bool() => value.ToBool() ? 1u : 0u;

        ulong IDTypeVisitor<ulong>.Integer<T>() => (ulong)value.ToInt64();

        ulong IDTypeVisitor<ulong>.Float<T>()
        {
            ulong bits = 0;
            if (typeof(T) == typeof(float)) // as the others, without their generic conversions, which a first result would wait for
                *(float*)&bits = value.Kind == ScalarKind.Float ? (float)value.ToDouble() : value.ToInt64();
            else
                *(T*)&bits = value.Kind == ScalarKind.Float ? T.CreateTruncating(value.ToDouble()) : T.CreateTruncating(value.ToInt64());
            return bits;
        }
    }
}
