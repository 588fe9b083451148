using Nabla.Tests.Samples;

namespace Nabla.Tests;

/// <summary>Walks the op table and fails on an empty cell.</summary>
public sealed class CompletenessTests
{
    public static IEnumerable<TheoryDataRow<string>> Kinds => OpTable.Kinds.Select(k => new TheoryDataRow<string>(k.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Samples_EveryKind_HasSomeForEachElementType(string kind)
    {
        var samples = SampleTable.All.Where(s => s.Kind.Name == kind).ToList();
        Assert.NotEmpty(samples);
        // What infers for the inputs of a sample is offered, and must be sampled or skipped with a reason.
        var sampled = samples.SelectMany(s => s.DTypes).ToHashSet();
        foreach (var dtype in DTypes.All.Where(t => !sampled.Contains(t) && samples.Any(s => Infers(s, t))))
            Assert.Contains(Skip.All, s => s.Op.Name == kind && s.DType == dtype);
    }

    [Fact]
    public void Skips_Each_HasAReasonAndIsNotSampled()
    {
        Assert.All(Skip.All, skip =>
        {
            Assert.False(string.IsNullOrWhiteSpace(skip.Reason));
            if (skip.DType is { } dtype)
                Assert.DoesNotContain(SampleTable.All, s => s.Kind == skip.Op && s.DTypes.Contains(dtype));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradient_EveryKind_HasARowOrSaysWhyNot(string kind)
    {
        var samples = SampleTable.All.Where(s => s.Kind.Name == kind).ToList();
        var rule = GradientTable.Find(samples[0].Op(samples[0].DTypes[0]));
        if (rule is null)
        {
            Assert.IsAssignableFrom<CompositeOp>(samples[0].Op(samples[0].DTypes[0])); // no row: recorded as its parts
            return;
        }

        if (rule is NotDifferentiable not)
        {
            Assert.False(string.IsNullOrWhiteSpace(not.Reason));
            Assert.DoesNotContain(samples, s => s.Smooth);
            return;
        }

        Assert.True(rule.Differentiable);
        Assert.Contains(samples, s => (s.Smooth && s.DTypes.Contains(DType.Float64)) || Steps.Contains(s.Kind));
    }

    /// <summary>Flat almost everywhere: their gradient is zero by definition, and differences at steps would prove nothing.</summary>
    private static readonly HashSet<OpKind> Steps = [UnaryOp.Sign.Kind, UnaryOp.Floor.Kind, UnaryOp.Ceil.Kind, UnaryOp.Round.Kind, UnaryOp.Trunc.Kind];

    [Fact]
    public void Kinds_OfTheTable_AreThoseThatAreSampled()
    {
        // A row that the table's reading of the types misses would be tested by nothing here.
        Assert.Equal(SampleTable.All.Select(s => s.Kind.Name).Distinct().Order(StringComparer.Ordinal), OpTable.Kinds.Select(k => k.Name));
        Assert.True(OpTable.Kinds.Count >= 100, $"{OpTable.Kinds.Count} kinds");
    }

    private static bool Infers(Sample sample, DType dtype)
    {
        try
        {
            var op = sample.Op(dtype);
            var (inputs, outputs) = (sample.MakeInputs(dtype).Select(i => i.Spec).ToArray(), new TensorSpec[op.OutputCount]);
            op.Infer(inputs, sample.Scalars(dtype), outputs);
            return inputs.Concat(outputs).Any(s => s.DType == dtype); // random bits are int32 whatever the type under test
        }
        catch (NablaException)
        {
            return false;
        }
    }
}
