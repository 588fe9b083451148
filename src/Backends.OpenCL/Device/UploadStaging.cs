using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Copies of small uploads that wait in the queue: a blocking write would wait for everything before it. The caller of every member holds
/// the queue's gate.
/// </summary>
internal sealed unsafe class UploadStaging : IDisposable
{
    /// <summary>Larger uploads block: their copy would cost as much as the wait saves.</summary>
    public const int LargestCopy = 256 << 10;

    private const int MostPending = 64;

    private readonly CommandQueue _queue;
    private readonly Queue<(nint Done, nint Copy)> _pending = new();

    public UploadStaging(CommandQueue queue) => _queue = queue;

    public void Write(nint buffer, long offset, ReadOnlySpan<byte> source)
    {
        Reap(MostPending - 1);
        var copy = (byte*)NativeMemory.Alloc((nuint)source.Length);
        source.CopyTo(new Span<byte>(copy, source.Length));
        try
        {
            _pending.Enqueue((_queue.Write(buffer, offset, copy, source.Length), (nint)copy));
        }
        catch
        {
            NativeMemory.Free(copy);
            throw;
        }
    }

    /// <summary>Waits for those that are left.</summary>
    public void Dispose() => Reap(0);

    /// <summary>Frees the copies that arrived; waits until at most so many have not.</summary>
    private void Reap(int keep)
    {
        while (_pending.TryPeek(out var first) && (_pending.Count > keep || _queue.IsDone(first.Done)))
        {
            _pending.Dequeue();
            _queue.Cl.WaitForEvents(1, &first.Done);
            _queue.Cl.ReleaseEvent(first.Done);
            NativeMemory.Free((void*)first.Copy);
        }
    }
}
