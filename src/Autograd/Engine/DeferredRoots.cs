using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// What an optimizer step evaluates with the parameters, on devices that record: tensors that <c>Backward</c> was called on since the last step, so
/// that reading the loss afterwards computes nothing again; and state of modules, which would hold on to what every step recorded.
/// </summary>
internal static class DeferredRoots
{
    /// <summary>Without an optimizer nobody drains the list: older ones are forgotten, and computed when read.</summary>
    private const int Most = 32;

    private static readonly ConditionalWeakTable<IDevice, ConcurrentQueue<DeviceTensor>> Pending = [];

    /// <summary>Weak, since modules do not say when they are dropped.</summary>
    private static readonly ConditionalWeakTable<Tensor, IDevice> States = [];

    /// <summary>Says that a tensor is written again and again, beside what an optimizer writes: running statistics.</summary>
    public static void AddState(Tensor state)
    {
        var device = state.Data.Device;
        if (device.Traits.Deferred)
            States.TryAdd(state, device);
    }

    public static void Add(DeviceTensor root)
    {
        if (!root.Device.Traits.Deferred)
            return;
        var queue = Pending.GetOrCreateValue(root.Device);
        root.Storage.Retain();
        queue.Enqueue(root);
        while (queue.Count > Most && queue.TryDequeue(out var oldest))
            oldest.Storage.Release();
    }

    /// <summary>Evaluates them together with what the caller names.</summary>
    public static void Evaluate(IDevice device, ReadOnlySpan<DeviceTensor> roots)
    {
        if (!device.Traits.Deferred)
            return;
        var all = new List<DeviceTensor>(roots.Length + Most);
        all.AddRange(roots);
        Tensor[] states = [.. States.Where(s => s.Value == device && !s.Key.IsDisposed).Select(s => s.Key)];
        all.AddRange(states.Select(s => s.Data));
        int added = 0;
        if (Pending.TryGetValue(device, out var queue))
            for (; queue.TryDequeue(out var root); added++)
                all.Add(root);
        try
        {
            using var range = Ambient.Current?.Interceptor?.Range("evaluate", RangeKind.Evaluation);
            device.Evaluate(all.ToArray());
        }
        finally
        {
            foreach (var root in all[^added..])
                root.Storage.Release();
            GC.KeepAlive(states);
        }
    }
}
