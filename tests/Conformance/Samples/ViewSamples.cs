namespace Nabla.Tests.Samples;

/// <summary>Every view, on a dense tensor; the suite chains them.</summary>
internal static class ViewSamples
{
    public static IEnumerable<Sample> All()
    {
        (string, ViewOp, Shape)[] calls =
        [
            ("reshape/merge", new ReshapeOp([6, 4]), [2, 3, 4]), ("reshape/split", new ReshapeOp([2, 3, 2, 2]), [6, 4]), ("reshape/to-scalar", new ReshapeOp([]), [1, 1]), ("reshape/from-scalar", new ReshapeOp([1, 1]), []),
            ("reshape/empty", new ReshapeOp([0, 7]), [3, 0]), ("permute/transpose", new PermuteOp([1, 0]), [3, 5]), ("permute/rotate", new PermuteOp([2, 0, 1]), [2, 3, 4]), ("permute/nothing", new PermuteOp([]), []),
            ("expand/size", new ExpandOp([3, 4]), [3, 1]), ("expand/lead", new ExpandOp([2, 5, 3]), [3]), ("expand/scalar", new ExpandOp([2, 2]), []), ("expand/to-nothing", new ExpandOp([0, 3]), [1, 3]), ("expand/same", new ExpandOp([2, 3]), [2, 3]),
            ("slice/part", new SliceOp([1, 0], [2, 3], [1, 1]), [4, 3]), ("slice/steps", new SliceOp([1, 0], [2, 3], [2, 3]), [4, 7]), ("slice/backwards", new SliceOp([3, 6], [4, 3], [-1, -3]), [4, 7]),
            ("slice/nothing", new SliceOp([4, 0], [0, 3], [1, 1]), [4, 3]), ("slice/scalar", new SliceOp([], [], []), []),
            ("diagonal/square", new DiagonalOp(0, 1, 0), [3, 3]), ("diagonal/above", new DiagonalOp(0, 2, 1), [2, 3, 4]), ("diagonal/below", new DiagonalOp(2, 0, -2), [2, 3, 4]), ("diagonal/far", new DiagonalOp(0, 1, 5), [3, 4]), ("diagonal/empty", new DiagonalOp(1, 0, 0), [0, 4]),
            ("unfold/apart", new UnfoldOp(1, 2, 3), [3, 8]), ("unfold/adjacent", new UnfoldOp(0, 2, 2), [5, 3]), ("unfold/shared", new UnfoldOp(1, 3, 2), [2, 8, 3]), ("unfold/one", new UnfoldOp(0, 3, 9), [4]), ("unfold/nothing", new UnfoldOp(0, 0, 1), [2, 3]),
        ];
        foreach (var (name, op, shape) in calls)
            yield return new() { Name = name, Op = _ => op, Inputs = d => [d.Distinct(shape)], DTypes = Kinds.Any, Slack = 0, Smooth = true };
    }
}
