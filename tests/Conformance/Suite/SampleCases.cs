using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>
/// The rows of the suite's theories: names and element types, so that each is a test of its own. The trait <c>Op</c> names the operation:
/// <c>-trait "Op=matmul"</c> runs what concerns it alone.
/// </summary>
public static class SampleCases
{
    public static IEnumerable<TheoryDataRow<string, DType>> Executed =>
        from sample in SampleTable.All where sample.Op(sample.DTypes[0]) is not ViewOp from dtype in sample.DTypes select Row(sample, dtype);

    public static IEnumerable<TheoryDataRow<string, DType>> Composites =>
        from sample in SampleTable.All where sample.Op(sample.DTypes[0]) is CompositeOp from dtype in sample.DTypes select Row(sample, dtype);

    public static IEnumerable<TheoryDataRow<string, DType>> Views =>
        from sample in SampleTable.All where sample.Op(sample.DTypes[0]) is ViewOp from dtype in sample.DTypes select Row(sample, dtype);

    public static IEnumerable<TheoryDataRow<string>> Smooth =>
        from sample in SampleTable.All where sample.Smooth && sample.DTypes.Contains(DType.Float64) select Row(sample);

    public static IEnumerable<TheoryDataRow<string>> SmoothComposites =>
        from sample in SampleTable.All where sample.Smooth && sample.Op(DType.Float64) is CompositeOp select Row(sample);

    public static IEnumerable<TheoryDataRow<string>> Errors => from sample in ErrorSample.All select new TheoryDataRow<string>(sample.Name);

    private static TheoryDataRow<string, DType> Row(Sample sample, DType dtype) => new TheoryDataRow<string, DType>(sample.Name, dtype).WithTrait("Op", sample.Kind.Name);

    private static TheoryDataRow<string> Row(Sample sample) => new TheoryDataRow<string>(sample.Name).WithTrait("Op", sample.Kind.Name);
}
