namespace Nabla;

/// <summary>Where a step goes: the gradient b, against it where the objective is maximized, and the pull of weight decay on the parameter a.</summary>
internal struct Direction : IRowMap
{
    public float Sign, Decay;

    public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
        L.Add(L.Multiply(b, L.Create(Sign)), L.Multiply(a, L.Create(Decay)));
}
