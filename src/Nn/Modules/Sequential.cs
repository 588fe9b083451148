using System.Globalization;

namespace Nabla;

/// <summary>Modules one after another, named by position. PyTorch: <c>torch.nn.Sequential</c>.</summary>
/// <remarks>
/// A <see cref="Linear"/> and the activation after it are computed in one go, with the same result: see <see cref="Functional.Linear"/>. Where nothing
/// is recorded, what passes from one layer to the next is freed at once, and the layers after it find that memory in the cache.
/// </remarks>
public sealed class Sequential : Module
{
    private readonly bool[] _keepsNothing;

    /// <summary>Creates the chain.</summary>
    public Sequential(params ReadOnlySpan<Module> modules)
    {
        _keepsNothing = new bool[modules.Length];
        for (int i = 0; i < modules.Length; i++)
        {
            AddModule(modules[i], i.ToString(CultureInfo.InvariantCulture));
            _keepsNothing[i] = KeepsNothing(modules[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        var children = NamedChildren;
        bool own = false; // nobody else knows the tensor
        for (int i = 0; i < children.Count; i++)
        {
            bool keepsNothing = _keepsNothing[i];
            var (module, x) = (children[i].Value, input);
            if (module is Linear linear && i + 1 < children.Count && ActivationOf(children[i + 1].Value) is { } activation)
            {
                input = linear.Forward(x, activation);
                i++;
            }
            else
            {
                input = module.Forward(x);
            }

            bool same = ReferenceEquals(input, x);
            if (own && !same && keepsNothing)
                x.Dispose();
            own = keepsNothing && (own || !same) && !input.RequiresGrad;
        }

        return input;
    }

    /// <summary>Layers of this library hold neither what they are given nor what they give; of modules of programs, which may, nothing is known.</summary>
    private static bool KeepsNothing(Module module) =>
        module is Sequential chain ? Array.TrueForAll(chain._keepsNothing, static k => k) : module.GetType().Assembly == typeof(Sequential).Assembly;

    private static Activation? ActivationOf(Module module) => module switch
    {
        ReLU => Activation.Relu,
        GELU => Activation.Gelu,
        Tanh => Activation.Tanh,
        Sigmoid => Activation.Sigmoid,
        _ => null,
    };
}
