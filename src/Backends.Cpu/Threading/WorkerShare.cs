using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// A thread's share of a job: consecutive parts, the last of which is <see cref="End"/> - 1. Each share has two cache lines of its own, since
/// its thread watches it: one transfer tells that thread of a job and all about it, and disturbs nobody else.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct WorkerShare
{
    /// <summary>Two lines: processors fetch them in pairs.</summary>
    public const int Size = 128;

    /// <summary>
    /// Job number times 2^32, plus the parts not yet claimed: one word, so that a late thread cannot claim from the next job. The rest is read
    /// only by the holder of a claimed part, and written only while no part is pending.
    /// </summary>
    public long Claims;
    public delegate*<void*, int, void> Invoke;
    public void* Body;
    public int End;

    /// <summary>Parts that have not ended. Here, where the thread of this share is at work, and not in a line that all of them write.</summary>
    public int Pending;

    /// <summary>Not zero while the thread of this share is blocked, or about to be.</summary>
    public int Asleep;

    /// <summary>
    /// Claims the next part of a job, or -1 when none is left. Anyone may: threads that are done help those that are late. Not with the job
    /// after it, though, before they have looked at their own share of that.
    /// </summary>
    public int Claim(long job)
    {
        while (true)
        {
            var seen = Volatile.Read(ref Claims);
            var left = (uint)seen;
            if (left == 0 || seen >>> 32 != job) return -1;
            if (Interlocked.CompareExchange(ref Claims, seen - 1, seen) == seen) return End - (int)left;
        }
    }
}
