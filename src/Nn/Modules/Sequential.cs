using System.Globalization;

namespace Nabla;

/// <summary>Modules one after another, named by position. PyTorch: <c>torch.nn.Sequential</c>.</summary>
public sealed class Sequential : Module
{
    /// <summary>Creates the chain.</summary>
    public Sequential(params ReadOnlySpan<Module> modules)
    {
        for (int i = 0; i < modules.Length; i++)
            AddModule(modules[i], i.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        foreach (var child in NamedChildren)
            input = child.Value.Forward(input);
        return input;
    }
}
