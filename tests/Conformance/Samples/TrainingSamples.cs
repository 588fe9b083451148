using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Cross-entropy and its gradient, steps of optimizers.</summary>
internal static class TrainingSamples
{
    public static IEnumerable<Sample> All() => [.. CrossEntropy(), .. Sgd(), .. Adam(), .. Adagrad(), .. RmsProp()];

    private static IEnumerable<Sample> CrossEntropy()
    {
        var values = new Sample
        {
            Name = "cross_entropy/values",
            Op = _ => CrossEntropyOp.Instance,
            Inputs = d => [d.Uniform([7, 5], -3, 3), d.Indices([7], 5)],
            Slack = 4,
            Smooth = true,
        };
        yield return values;
        yield return values with { Name = "cross_entropy/far", Inputs = d => [d.Of([2, 3], 500, -500, 499, -900, -900, -901), SampleData.Of(DType.Int64, [2], 1, 0)], DTypes = Kinds.Wide, Smooth = false };
        yield return values with { Name = "cross_entropy/no-rows", Inputs = d => [d.Uniform([0, 5], -3, 3), d.Indices([0], 5)], Smooth = false };
        yield return values with
        {
            Name = "cross_entropy_backward/values",
            Op = _ => CrossEntropyBackwardOp.Instance,
            Inputs = d => [d.Uniform([7], -2, 2), d.Uniform([7, 5], -3, 3), d.Indices([7], 5), d.Uniform([7, 1], 2, 4, d.DType.Accumulator())],
        };
        yield return values with
        {
            Name = "cross_entropy_backward/no-rows",
            Op = _ => CrossEntropyBackwardOp.Instance,
            Inputs = d => [d.Uniform([0], -2, 2), d.Uniform([0, 5], -3, 3), d.Indices([0], 5), d.Uniform([0, 1], 2, 4, d.DType.Accumulator())],
            Smooth = false,
        };
    }

    /// <summary>Parameters of one call: one of them is empty.</summary>
    private static readonly Shape[] Several = [[3, 11], [0, 5], [70]];

    private static IEnumerable<Sample> Sgd()
    {
        (string, SgdStepOp, Scalar[])[] calls =
        [
            ("plain", new(false, false, false, false), [0.1, 0, 0, 0]), ("decay", new(false, false, false, true), [0.1, 0, 0, 0.05]),
            ("first", new(true, true, false, false), [0.1, 0.9, 0.5, 0.01]), ("momentum", new(true, false, false, false), [0.1, 0.9, 0.1, 0]), ("nesterov", new(true, false, true, false), [0.1, 0.9, 0, 0.01]),
        ];
        foreach (var (name, op, scalars) in calls)
        {
            yield return new()
            {
                Name = $"sgd_step/{name}",
                Op = _ => op,
                Inputs = d => [.. new Values[] { d.Uniform([3, 11], -2, 2), d.Uniform([3, 11], -1, 1), d.Uniform([3, 11], -1, 1) }.Take(op.Momentum ? 3 : 2)],
                Scalars = _ => scalars,
                Slack = 2,
            };
        }

        yield return new()
        {
            Name = "sgd_step/several",
            Op = _ => new SgdStepOp(true, false, true, false, Count: 3),
            Inputs = d => [.. Several.SelectMany(shape => new[] { d.Uniform(shape, -2, 2), d.Uniform(shape, -1, 1), d.Uniform(shape, -1, 1) })],
            Scalars = _ => [0.1, 0.9, 0, 0.01],
            Slack = 2,
        };
        yield return new()
        {
            Name = "sgd_step/empty",
            Op = _ => new SgdStepOp(true, false, false, false),
            Inputs = d => [d.Uniform([0, 11], -2, 2), d.Uniform([0, 11], -1, 1), d.Uniform([0, 11], -1, 1)],
            Scalars = _ => [0.1, 0.9, 0, 0],
        };
    }

    private static IEnumerable<Sample> Adam()
    {
        (string, AdamStepOp, Scalar[], double, DType)[] calls =
        [
            ("first", new(false, false, false), [0.01, 0.9, 0.999, 1e-8, 0], 0, DType.Int64), ("later", new(false, false, false), [0.01, 0.9, 0.999, 1e-8, 0.1], 41, DType.Float32),
            ("decoupled", new(false, true, false), [0.01, 0.8, 0.99, 1e-6, 0.1], 7, DType.Int64), ("amsgrad", new(true, false, true), [0.02, 0.9, 0.99, 1e-8, 0], 3, DType.Float32),
        ];
        foreach (var (name, op, scalars, step, stepType) in calls)
        {
            yield return new()
            {
                Name = $"adam_step/{name}",
                Op = _ => op,
                Inputs = d =>
                [
                    .. new Values[]
                    {
                        d.Uniform([3, 11], -2, 2), d.Uniform([3, 11], 0.2, 1), d.Uniform([3, 11], -0.5, 0.5), d.Uniform([3, 11], 0.1, 0.5), SampleData.Of(stepType, [], step), d.Uniform([3, 11], 0.1, 0.5),
                    }.Take(op.AmsGrad ? 6 : 5)
                ],
                Scalars = _ => scalars,
                Slack = 8,
            };
        }

        foreach (bool amsgrad in new[] { false, true })
        {
            yield return new()
            {
                Name = $"adam_step/several{(amsgrad ? "-amsgrad" : "")}",
                Op = _ => new AdamStepOp(amsgrad, true, false, Count: 3),
                Inputs = d =>
                [
                    .. Several.SelectMany((shape, k) => new[]
                    {
                        d.Uniform(shape, -2, 2), d.Uniform(shape, 0.2, 1), d.Uniform(shape, -0.5, 0.5), d.Uniform(shape, 0.1, 0.5), SampleData.Of(DType.Float32, [], 5 * k), d.Uniform(shape, 0.1, 0.5),
                    }.Take(amsgrad ? 6 : 5)),
                ],
                Scalars = _ => [0.01, 0.9, 0.999, 1e-8, 0.1],
                Slack = 8,
            };
        }

        // From nothing a step shows its corrections alone: an error of a few units in the last place.
        foreach (var (name, amsgrad, before) in new[] { ("from-nothing", false, 0), ("from-nothing-amsgrad", true, 0), ("from-nothing-later", false, 299) })
        {
            yield return new()
            {
                Name = $"adam_step/{name}",
                Op = _ => new AdamStepOp(amsgrad, false, false),
                Inputs = d => [.. new[] { d.Of([1], 0), d.Of([1], 1), d.Of([1], 0), d.Of([1], 0), SampleData.Of(DType.Float32, [], before), d.Of([1], 0) }.Take(amsgrad ? 6 : 5)],
                Scalars = _ => [1, 0.9, 0.999, 1e-8, 0],
                DTypes = Kinds.Wide,
                Slack = 0.25,
            };
        }

        yield return new()
        {
            Name = "adam_step/empty",
            Op = _ => new AdamStepOp(false, false, false),
            Inputs = d => [d.Uniform([0, 11], -2, 2), d.Uniform([0, 11], -1, 1), d.Uniform([0, 11], -1, 1), d.Uniform([0, 11], 0, 1), SampleData.Of(DType.Int64, [], 1)],
            Scalars = _ => [0.01, 0.9, 0.999, 1e-8, 0],
        };
    }

    private static IEnumerable<Sample> Adagrad()
    {
        foreach (var (name, stepType, step, decay) in new[] { ("first", DType.Int64, 0, 0.0), ("later", DType.Float32, 41, 0.1) })
        {
            yield return new()
            {
                Name = $"adagrad_step/{name}",
                Op = _ => new AdagradStepOp(),
                Inputs = d => [d.Uniform([3, 11], -2, 2), d.Uniform([3, 11], -1, 1), d.Uniform([3, 11], 0.1, 2), SampleData.Of(stepType, [], step)],
                Scalars = _ => [0.1, 0.01, decay, 1e-6],
                Slack = 4,
            };
        }

        yield return new()
        {
            Name = "adagrad_step/several",
            Op = _ => new AdagradStepOp(Count: 3),
            Inputs = d => [.. Several.SelectMany(shape => new[] { d.Uniform(shape, -2, 2), d.Uniform(shape, -1, 1), d.Uniform(shape, 0.1, 2), SampleData.Of(DType.Float32, [], 2) })],
            Scalars = _ => [0.1, 0.01, 0, 1e-6],
            Slack = 4,
        };
    }

    private static IEnumerable<Sample> RmsProp()
    {
        foreach (bool centered in new[] { false, true })
        {
            foreach (bool momentum in new[] { false, true })
            {
                yield return new()
                {
                    Name = $"rmsprop_step/{(centered ? "centered" : "plain")}{(momentum ? "-momentum" : "")}",
                    Op = _ => new RmsPropStepOp(centered, momentum),
                    Inputs = d => [.. RmsPropInputs(d, [3, 11]).Where((_, i) => (i != 3 || centered) && (i != 4 || momentum))],
                    Scalars = _ => [0.1, 0.9, 1e-3, 0.05, 0.8],
                    Slack = 8,
                };
            }
        }

        yield return new()
        {
            Name = "rmsprop_step/several",
            Op = _ => new RmsPropStepOp(true, true, Count: 3),
            Inputs = d => [.. Several.SelectMany(shape => RmsPropInputs(d, shape))],
            Scalars = _ => [0.1, 0.9, 1e-3, 0, 0.8],
            Slack = 8,
        };
    }

    /// <summary>The square of the mean stays well below the mean square.</summary>
    private static Values[] RmsPropInputs(SampleData d, Shape shape) =>
        [d.Uniform(shape, -2, 2), d.Uniform(shape, -1, 1), d.Uniform(shape, 0.5, 2), d.Uniform(shape, -0.3, 0.3), d.Uniform(shape, -1, 1)];
}
