using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// The lowering of <see cref="AssertOp"/>: counts false elements where the graph is checked. An exported model has no errors of its own:
/// there the check is left out.
/// </summary>
internal static class AssertLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(AssertOp.Row, c =>
    {
        var g = c.Graph;
        if (g.Checked && c.Inputs[0].Shape.ElementCount > 0)
        {
            var count = g.ReduceAll("ReduceSum", g.Cast(g.Not(c.Inputs[0]), OnnxType.Int64));
            g.Check(new(CheckKind.Assertion, c.Op, g.Reshape(count, [1]), 0));
        }

        return c.Return(g.Number(c.ResultType.Compute(), 0.0));
    });
}
