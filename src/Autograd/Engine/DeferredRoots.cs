using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Tensors that <c>Backward</c> was called on since the last optimizer step, on devices that record: the step evaluates them with the
/// parameters, so that reading the loss afterwards computes nothing again.
/// </summary>
internal static class DeferredRoots
{
    /// <summary>Without an optimizer nobody drains the list: older ones are forgotten, and computed when read.</summary>
    private const int Most = 32;

    private static readonly ConditionalWeakTable<IDevice, ConcurrentQueue<DeviceTensor>> Pending = [];

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
        }
    }
}
