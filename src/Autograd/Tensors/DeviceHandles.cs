using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>One <see cref="Device"/> per opened device, so that it can be compared and is not made anew.</summary>
internal static class DeviceHandles
{
    private static readonly ConditionalWeakTable<IDevice, Device> Handles = [];
    private static Device? s_last;

    public static Device Of(IDevice device)
    {
        var last = s_last;
        if (last is not null && last.Implementation == device)
            return last;
        return s_last = Handles.GetValue(device, Create);
    }

    private static Device Create(IDevice device) => new(device);
}
