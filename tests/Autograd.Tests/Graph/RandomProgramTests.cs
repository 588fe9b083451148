namespace Nabla.Tests.Graph;

/// <summary>
/// Programs of views and in-place writes in random order, against finite differences: whatever the values say that memory does, the
/// graph must say, too. Programs that overwrite a saved tensor are refused, and not counted.
/// </summary>
public sealed class RandomProgramTests
{
    private const int Programs = 150, Steps = 12;

    [Fact]
    public void Gradient_OfViewsAndWrites_FollowsTheMemory()
    {
        int finished = 0;
        for (int seed = 0; seed < Programs; seed++)
        {
            try
            {
                var x = Tensor.Arange(12, dtype: DType.Float64).Sin().Reshape(3, 4).Clone().RequiresGrad_();
                int program = seed;
                var result = Autograd.GradCheck(v => Run(v, new Random(program)), x);
                Assert.True(result.Passed, $"program {seed}: {result}");
                finished++;
            }
            catch (AutogradException error) when (error.Message.Contains("changed in place", StringComparison.Ordinal) || error.Message.Contains("several views", StringComparison.Ordinal))
            {
                // A refusal is right as well: PyTorch refuses these, too.
            }
        }

        Assert.InRange(finished, Programs / 4, Programs);
    }

    private static Tensor Run(Tensor x, Random random)
    {
        var seen = new List<Tensor> { x * 1, Tensor.Zeros([3, 4], DType.Float64) };
        for (int step = 0; step < Steps; step++)
        {
            var t = seen[random.Next(seen.Count)];
            switch (random.Next(12))
            {
                case 0: seen.Add(View(t, random)); break;
                case 1: seen.Add(View(View(t, random), random)); break;
                case 2: seen.Add(t * 0.7); break;
                case 3: seen.Add(t.Sin()); break;
                case 4: t.Mul_(1.3); break;
                case 5: t.Add_(Like(t, seen[random.Next(seen.Count)], random)); break;
                case 6: t.Sin_(); break;
                case 7: t.Copy_(Like(t, seen[random.Next(seen.Count)], random)); break;
                case 8: View(t, random).Mul_(-0.5); break;
                case 9: View(t, random).Fill_(0.25); break;
                case 10: View(t, random).Neg_(); break;
                default: seen.Add(Tensor.FullLike(t, 0.5)); break;
            }
        }

        return seen.Select(t => (t * (1 + t.Dim)).Sum()).Aggregate((a, b) => a + b);
    }

    /// <summary>A view that can be written: nothing is repeated.</summary>
    private static Tensor View(Tensor t, Random random)
    {
        if (t.Dim == 0 || t.ElementCount == 0)
            return t[TensorIndex.NewAxis];
        int dim = random.Next(t.Dim);
        long size = t.Shape[dim];
        switch (random.Next(6))
        {
            case 0: return t.Select(dim, random.NextInt64(size));
            case 1: return t.Narrow(dim, 0, Math.Max(1, size - 1));
            case 2: return t.Slice(dim, 0, size, 2);
            case 3: return t.Transpose(0, t.Dim - 1);
            case 4: return t.IsContiguous ? t.View(-1) : t.Unsqueeze(dim);
            default: return t.Unsqueeze(dim);
        }
    }

    /// <summary>Values of another tensor in a shape that can be written into <paramref name="t"/>; independent memory.</summary>
    private static Tensor Like(Tensor t, Tensor other, Random random)
    {
        var one = other.Reshape(-1)[random.NextInt64(other.ElementCount)];
        return (random.Next(2) == 0 ? one * 1 : one * Tensor.OnesLike(t)).Expand(t.Shape);
    }
}
