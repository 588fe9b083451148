using System.Reflection;

namespace Nabla.Tests.Graph;

/// <summary>What a function makes on its way to its result is free when it returns: no collection is waited for.</summary>
public sealed class TemporaryTests : IDisposable
{
    /// <summary>A device of the test's own: other tests rent and drop memory of the process's at the same time.</summary>
    private readonly CpuDevice _device = CpuDevice.Create(new CpuOptions { MaxThreads = 1 });
    private readonly AmbientScope _scope;

    private long Live => _device.Memory.Statistics.Live;

    public TemporaryTests() => _scope = new Device(_device).AsDefault();

    public static TheoryData<string> Names => [.. TemporaryCases.Names];

    public void Dispose()
    {
        _scope.Dispose();
        _device.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_WithoutGradients_LeavesItsResultsAlone(string name)
    {
        using var mode = Autograd.NoGrad();
        using (var inputs = new TemporaryInputs(gradients: false))
            Drop(TemporaryCases.Call(name, inputs));
        Assert.Equal(0, Live);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_AfterBackward_LeavesNothing(string name)
    {
        using (var inputs = new TemporaryInputs(gradients: true))
        {
            var outputs = TemporaryCases.Call(name, inputs);
            foreach (var output in outputs)
                if (output.RequiresGrad)
                    Run(output);
            Drop(outputs);
        }

        Assert.Equal(0, Live);
    }

    [Fact]
    public void Table_HasEveryFunction()
    {
        var names = TemporaryCases.Names.ToHashSet();
        var missing = typeof(Functional).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name)
            .Concat(typeof(Linalg).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name))
            .Where(name => !names.Contains(name));
        Assert.Empty(missing);
    }

    private static void Run(Tensor output)
    {
        using var sum = output.Sum();
        sum.Backward(retainGraph: false);
    }

    private static void Drop(Tensor[] tensors)
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
