namespace Nabla.Tests;

public sealed class EinsumTests
{
    [Fact]
    public void Einsum_RandomEquations_AgreeWithLoops()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int operands = random.Next(1, 4);
            long[] sizes = [.. Enumerable.Range(0, 5).Select(_ => (long)random.Next(1, 4))];
            string[] terms = [.. Enumerable.Range(0, operands).Select(_ => Letters(random, random.Next(0, 4)))];
            char[] used = [.. terms.SelectMany(t => t).Distinct()];
            string output = string.Concat(used.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()));
            Tensor[] tensors = [.. terms.Select((t, i) => Tensor.Randn([.. t.Select(c => sizes[c - 'a'])], DType.Float64, generator: new Generator(seed * 10 + i)))];
            string equation = $"{string.Join(',', terms)}->{output}";
            var expected = Loops(terms, output, used, sizes, tensors);
            var actual = Tensor.Einsum(equation, tensors);
            Assert.Equal(output.Select(c => sizes[c - 'a']), actual.Shape);
            double[] values = actual.ToArray<double>();
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(values[i] - expected[i]) < 1e-9, $"{equation} of sizes {string.Join(' ', sizes)}: {values[i]}, expected {expected[i]}");
        }
    }

    [Fact]
    public void Einsum_Ellipsis_BroadcastsFromTheEnd()
    {
        var a = Tensor.Arange(12, dtype: DType.Float64).Reshape(2, 1, 3, 2);
        var b = Tensor.Arange(8, dtype: DType.Float64).Reshape(4, 2, 1);
        Expect.Shape(Tensor.Einsum("...ij,...jk->...ik", a, b), 2, 4, 3, 1);
        Expect.Values(Tensor.Einsum("...ij,...jk", a, b), a.MatMul(b).ToArray<double>());
        Expect.Values(Tensor.Einsum("...ij->ij", a), a.Sum([0, 1]).ToArray<double>());
        Expect.Values(Tensor.Einsum("i...->...", a), a.Sum(0).ToArray<double>());
    }

    [Fact]
    public void Einsum_SizeOne_Broadcasts() =>
        Expect.Values(Tensor.Einsum("ij,jk->ik", Tensor.Ones([2, 1], DType.Float64), Tensor.From(new[,] { { 1.0 }, { 2.0 }, { 3.0 } })), 6, 6);

    [Fact]
    public void Einsum_BadEquations_Throw()
    {
        var (a, b) = (Tensor.Ones(2, 3), Tensor.Ones(4, 2));
        Expect.Throws<ShapeException>(() => Tensor.Einsum("ij,jk->ik", a, b), "size");
        Expect.Throws<TensorArgumentException>(() => Tensor.Einsum("ij,jk->ik", a), "2 operands");
        Expect.Throws<TensorArgumentException>(() => Tensor.Einsum("ij->ik", a), "'k'");
        Expect.Throws<TensorArgumentException>(() => Tensor.Einsum("ij->ii", a), "'i'");
        Expect.Throws<TensorArgumentException>(() => Tensor.Einsum("i1->i", a), "letters");
        Expect.Throws<TensorArgumentException>(() => Tensor.Einsum("i..->i", a), "letters");
        Expect.Throws<ShapeException>(() => Tensor.Einsum("ijk->i", a), "operand 0");
        Expect.Throws<ShapeException>(() => Tensor.Einsum("i->i", a), "operand 0");
        Expect.Throws<ShapeException>(() => Tensor.Einsum("ii->i", a[..1]), "twice");
        Expect.Throws<DTypeException>(() => Tensor.Einsum("ij,kl->ik", a, b.To(DType.Float64)), "float64");
    }

    private static string Letters(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('a' + random.Next(5))));

    /// <summary>The definition: a sum over every value of every letter.</summary>
    private static double[] Loops(string[] terms, string output, char[] used, long[] sizes, Tensor[] tensors)
    {
        double[][] values = [.. tensors.Select(t => t.ToArray<double>())];
        var result = new double[output.Aggregate(1L, (product, c) => product * sizes[c - 'a'])];
        var at = new Dictionary<char, long>();
        long Offset(string term) => term.Aggregate(0L, (offset, c) => offset * sizes[c - 'a'] + at[c]);
        void Visit(int next)
        {
            if (next == used.Length)
            {
                result[Offset(output)] += terms.Select((t, i) => values[i][Offset(t)]).Aggregate(1.0, (p, v) => p * v);
                return;
            }

            for (at[used[next]] = 0; at[used[next]] < sizes[used[next] - 'a']; at[used[next]]++)
                Visit(next + 1);
        }

        Visit(0);
        return result;
    }
}
