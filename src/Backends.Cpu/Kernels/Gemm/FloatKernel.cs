using System.Numerics;

namespace Nabla;

/// <summary>Products of floats, by the method and the plan of the whole.</summary>
internal struct FloatKernel<TLanes, TVector, T> : IGemmKernel<T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IAdditionOperators<T, T, T>
{
    public GemmMethod Method;
    public GemmPlan Plan;

    public readonly void Run(in GemmArgs<T> args, GemmBlock block)
    {
        switch (Method)
        {
            case GemmMethod.RowUpdates: RowUpdates<TLanes, TVector, T>.Run(args, block); break;
            case GemmMethod.DotProducts: DotProducts<TLanes, TVector, T>.Run(args, block); break;
            default: GemmDriver<TLanes, TVector, T>.Run(args, Plan, block); return;   // finishes panel by panel
        }

        args.Finish(block);
    }
}
