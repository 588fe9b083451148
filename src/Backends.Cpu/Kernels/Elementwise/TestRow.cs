namespace Nabla;

/// <summary>The row of a property of one element: a relation that does not look at its second.</summary>
internal static unsafe class TestRow<TTest, T> where TTest : struct, INumberTest where T : unmanaged, System.Numerics.INumber<T>
{
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars) =>
        RelationRow<Relation, T>.Run(y, a, a, c, count, scalars != 0 ? 3 : 0);

    private readonly struct Relation : IVectorRelation<T>
    {
        public static byte Apply(T a, T b) => TTest.Apply(a) ? (byte)1 : (byte)0;

        public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, T> => TTest.Apply<V, L, T>(a);
    }
}
