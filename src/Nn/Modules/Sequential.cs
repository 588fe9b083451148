using System.Globalization;

namespace Nabla;

/// <summary>Modules one after another, named by position. PyTorch: <c>torch.nn.Sequential</c>.</summary>
/// <remarks>A <see cref="Linear"/> and the activation after it are computed in one go, with the same result: see <see cref="Functional.Linear"/>.</remarks>
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
        var children = NamedChildren;
        for (int i = 0; i < children.Count; i++)
        {
            var module = children[i].Value;
            if (module is Linear linear && i + 1 < children.Count && ActivationOf(children[i + 1].Value) is { } activation)
            {
                input = linear.Forward(input, activation);
                i++;
            }
            else
            {
                input = module.Forward(input);
            }
        }

        return input;
    }

    private static Activation? ActivationOf(Module module) => module switch
    {
        ReLU => Activation.Relu,
        GELU => Activation.Gelu,
        Tanh => Activation.Tanh,
        Sigmoid => Activation.Sigmoid,
        _ => null,
    };
}
