using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>A way to lay out an input: the tensor that a device gets shows the values through views of a larger or rearranged one.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Logical">What the tensor shows, from the sample's values: the same, but where elements repeat.</param>
/// <param name="Place">Uploads the base and takes the views.</param>
internal sealed record Placement(string Name, Func<Values, Values> Logical, Func<Bench, Values, DeviceTensor> Place)
{
    public static readonly Placement Contiguous = new("contiguous", v => v, (bench, v) => bench.Upload(v));
    public static readonly Placement Permuted = new("permuted", v => v, PlacePermuted);
    public static readonly Placement Stepped = new("sliced with steps", v => v, PlaceStepped);
    public static readonly Placement Reversed = new("negative steps", v => v, PlaceReversed);
    public static readonly Placement Expanded = new("stride 0", RepeatFirst, PlaceExpanded);
    public static readonly Placement Offset = new("offset", v => v, PlaceOffset);

    public static readonly Placement[] Strided = [Permuted, Stepped, Reversed, Expanded, Offset];

    /// <summary>The first element alone, without dimensions.</summary>
    public static Values Single(Values v) => v.View([], Layout.Contiguous([]));

    /// <summary>No element at all.</summary>
    public static Values None(Values v) => new(v.Spec with { Shape = [2, 0, 3] });

    /// <summary>The dimensions in reverse order in memory: a transpose for two.</summary>
    private static DeviceTensor PlacePermuted(Bench bench, Values v)
    {
        var order = new PermuteOp([.. Enumerable.Range(0, v.Shape.Rank).Reverse()]);
        order.TryApply(v.Spec, Layout.Contiguous(v.Shape), out var spec, out var layout);
        return bench.View(bench.Upload(v.View(spec.Shape, layout)), order);
    }

    /// <summary>Every second element of a larger tensor whose other elements must not be seen.</summary>
    private static DeviceTensor PlaceStepped(Bench bench, Values v)
    {
        var slice = Slice(v.Shape, d => 1, d => 2);
        var wide = Poison(v.DType, [.. v.Shape.Select(s => (2 * s) + 1)]);
        Put(wide, slice, v);
        return bench.View(bench.Upload(wide), slice);
    }

    /// <summary>Each dimension backwards.</summary>
    private static DeviceTensor PlaceReversed(Bench bench, Values v)
    {
        var slice = Slice(v.Shape, d => Math.Max(v.Shape[d] - 1, 0), d => -1);
        var mirrored = new Values(v.Spec);
        Put(mirrored, slice, v);
        return bench.View(bench.Upload(mirrored), slice);
    }

    /// <summary>Dense, but in the middle of its storage and at an odd position.</summary>
    private static DeviceTensor PlaceOffset(Bench bench, Values v)
    {
        var longer = Poison(v.DType, [v.Count + 5]);
        var slice = Slice([v.Count], d => 3, d => 1);
        var flat = v.View([v.Count], Layout.Contiguous([v.Count]));
        Put(longer, slice, flat);
        return bench.View(bench.View(bench.Upload(longer), slice), new ReshapeOp(v.Shape));
    }

    /// <summary>The first dimension repeats its first element.</summary>
    private static Values RepeatFirst(Values v) => v.Shape.Rank == 0 || v.Count == 0 ? v : Row(v).Expand(v.Shape);

    private static DeviceTensor PlaceExpanded(Bench bench, Values v) =>
        v.Shape.Rank == 0 || v.Count == 0 ? bench.Upload(v) : bench.View(bench.Upload(Row(v)), new ExpandOp(v.Shape));

    private static Values Row(Values v) => v.View([1, .. v.Shape.AsSpan()[1..]], new(v.Shape.ContiguousStrides, 0));

    private static SliceOp Slice(Shape shape, Func<int, long> start, Func<int, long> step) => new(
        [.. Enumerable.Range(0, shape.Rank).Select(start)], ValueArray.Create(shape.AsSpan()), [.. Enumerable.Range(0, shape.Rank).Select(step)]);

    /// <summary>Values that would be noticed in a result.</summary>
    public static Values Poison(DType dtype, Shape shape) => new Values(new(dtype, shape)).Fill(dtype.IsFloatingPoint() ? double.NaN : dtype == DType.Bool ? true : 113);

    /// <summary>Writes values where a slice of a dense tensor shows them.</summary>
    public static void Put(Values whole, SliceOp slice, Values part)
    {
        slice.TryApply(whole.Spec, Layout.Contiguous(whole.Shape), out var spec, out var layout);
        long i = 0;
        foreach (long at in Values.Offsets(spec.Shape, layout))
            whole.Set(at, part, i++);
    }
}
