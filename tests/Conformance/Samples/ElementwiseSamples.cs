namespace Nabla.Tests.Samples;

/// <summary>Where, cast and copy.</summary>
internal static class ElementwiseSamples
{
    public static IEnumerable<Sample> All() => [.. Where(), .. Copy(), .. DTypes.All.SelectMany(Cast)];

    private static IEnumerable<Sample> Where()
    {
        var values = new Sample
        {
            Name = "where/values",
            Op = _ => WhereOp.Instance,
            Inputs = d => [d.Bools([4, 17]), d.Uniform([4, 17], -5, 5), d.Uniform([4, 17], -5, 5)],
            DTypes = Kinds.Any,
            Slack = 0,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = "where/broadcast",
            Inputs = d => [d.Bools([3, 1, 5]), d.Uniform([], -5, 5), d.Uniform([4, 1], -5, 5)],
            Elementwise = false,
        };
        yield return values with
        {
            Name = "where/nan-not-chosen",
            Inputs = d => [SampleData.Of(DType.Bool, [3], 1, 0, 1), d.Of([3], 1, double.NaN, double.PositiveInfinity), d.Of([3], double.NaN, 2, double.NaN)],
            DTypes = Kinds.Float,
            Smooth = false,
            Elementwise = false,
        };
    }

    private static IEnumerable<Sample> Copy()
    {
        var values = new Sample
        {
            Name = "copy/values",
            Op = _ => CopyOp.Instance,
            Inputs = d => [d.Uniform([3, 5, 7], -100, 100)],
            DTypes = Kinds.Any,
            Slack = 0,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with { Name = "copy/large", Inputs = d => [d.Uniform([2, 129, 260], -100, 100)], DTypes = [DType.Float32, DType.UInt8], Elementwise = false, Smooth = false };
    }

    private static IEnumerable<Sample> Cast(DType to)
    {
        var values = new Sample
        {
            Name = $"cast/to-{to.Name()}",
            Op = _ => new CastOp(to),
            // Small enough for every type: a float beyond the range of the integer is not determined.
            Inputs = d => [d.Uniform([4, 17], to == DType.UInt8 && d.DType.IsFloatingPoint() ? 0 : -100, 100)],
            DTypes = Kinds.Any,
            Slack = 0,
            Smooth = to == DType.Float64, // the others round: differences would see the steps
            Elementwise = true,
        };
        yield return values;
        if (to.IsInteger())
        {
            yield return values with
            {
                Name = $"cast/low-bits-{to.Name()}",
                Inputs = d => [d.Of([6], d.Range.Low, d.Range.High, 129, 1, 0, 65 + (d.Range.High > 300 ? 256 : 0))],
                DTypes = Kinds.Integer,
                Elementwise = false,
            };
        }
        else if (to == DType.Bool)
        {
            yield return values with
            {
                Name = "cast/truth",
                Inputs = d => [d.Of([6], 0, -0.0, 0.25, double.NaN, double.NegativeInfinity, 2)],
                DTypes = Kinds.Float,
                Elementwise = false,
            };
        }
        else
        {
            yield return values with
            {
                Name = $"cast/rounding-{to.Name()}",
                Smooth = false,
                Inputs = d => [d.Of([11], 1.00390625, 1.01171875, 1.00048828125, 1.00146484375, -0.1f, 1e6f, 65504, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0)],
                DTypes = Kinds.Float,
                Elementwise = false,
            };
        }
    }
}
