namespace Nabla;

/// <summary>
/// Where a step goes: the gradient b, against it where the objective is maximized, and the pull of weight decay on the parameter a. Without decay
/// nothing is added, since nothing times infinity is no number.
/// </summary>
internal struct Direction : IRowMap<float>
{
    public float Sign, Decay;

    public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
        Decay == 0 ? L.Multiply(b, L.Create(Sign)) : L.Add(L.Multiply(b, L.Create(Sign)), L.Multiply(a, L.Create(Decay)));
}

/// <summary>A a + B b: momentum.</summary>
internal struct Mix : IRowMap<float>
{
    public float A, B;

    public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
        L.Add(L.Multiply(a, L.Create(A)), L.Multiply(b, L.Create(B)));
}

/// <summary>The average a goes on to the square of b.</summary>
internal struct SecondMoment : IRowMap<float>
{
    public float Beta, Rest;

    public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
        L.Add(L.Multiply(a, L.Create(Beta)), L.Multiply(L.Multiply(b, b), L.Create(Rest)));
}

/// <summary>The parameter a steps against b.</summary>
internal struct Descend : IRowMap<float>
{
    public float Rate;

    public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Subtract(a, L.Multiply(b, L.Create(Rate)));
}
