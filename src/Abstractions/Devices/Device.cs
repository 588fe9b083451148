namespace Nabla;

/// <summary>
/// A device as hosts see it: inject it, pass it where a tensor is created, or make it the default of a scope. PyTorch: <c>torch.device</c>.
/// </summary>
public sealed class Device
{
    /// <summary>Wraps a plugin's device.</summary>
    public Device(IDevice implementation) => Implementation = implementation;

    /// <summary>The contract behind it, for plugins and diagnostics.</summary>
    public IDevice Implementation { get; }

    /// <summary>The device's name.</summary>
    public DeviceId Id => Implementation.Id;

    /// <summary>Its memory.</summary>
    public IMemoryPool Memory => Implementation.Memory;

    /// <summary>Makes this the default device of the current flow of execution until the result is disposed.</summary>
    public AmbientScope AsDefault() => Ambient.Push((Ambient.Current ?? Ambient.Default) with { Device = this });

    /// <summary>Waits until everything that was asked of the device is done. PyTorch: <c>torch.cuda.synchronize</c>.</summary>
    public void Synchronize() => Implementation.Synchronize();

    /// <inheritdoc/>
    public override string ToString() => Id.Text;
}
