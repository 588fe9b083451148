using Nabla.Tests.Reference;
using Nabla.Tests.Suite;

namespace Nabla.Tests;

/// <summary>The oracle against itself: layouts, targets, errors and transfers are still real checks.</summary>
public sealed class ReferenceConformance : ConformanceSuite
{
    protected override string Id => "reference";

    protected override void Add(NablaBuilder builder) => builder.AddReference();
}

/// <summary>The SIMD device; test.sh runs this class once more for each instruction set (see <see cref="IsaTests"/>).</summary>
public sealed class CpuConformance : ConformanceSuite
{
    protected override string Id => "cpu";

    protected override void Add(NablaBuilder builder) => builder.AddCpu();
}
