namespace Nabla.Tests.Samples;

/// <summary>Reshape, permute, expand and slice, on a dense tensor; the suite chains them.</summary>
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
        ];
        foreach (var (name, op, shape) in calls)
            yield return new() { Name = name, Op = _ => op, Inputs = d => [d.Distinct(shape)], DTypes = Kinds.Any, Slack = 0, Smooth = true };
    }
}
