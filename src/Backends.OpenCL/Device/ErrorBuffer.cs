using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Where guarded kernels report a division by zero or an index out of range: the first of them wins. Read when the host next waits, and
/// only if a guarded kernel ran since.
/// </summary>
/// <remarks>The layout is that of <c>report</c> in common.cl.</remarks>
internal sealed unsafe class ErrorBuffer : IDisposable
{
    private const int Words = 8, Bytes = Words * sizeof(int);
    private const int Division = 1, Assertion = 3;

    private readonly CommandQueue _queue;
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, AssertOp> _assertions = [];
    private int _commands;
    private bool _pending;

    public ErrorBuffer(CommandQueue queue, nint buffer)
    {
        _queue = queue;
        Handle = buffer;
        Clear();
    }

    /// <summary>The buffer, for kernels.</summary>
    public nint Handle { get; }

    /// <summary>Says that a guarded kernel is about to be enqueued; returns its number. The caller holds the queue's gate.</summary>
    public int Announce(OpKind kind)
    {
        _pending = true;
        int command = (++_commands << 10) | (kind.Id & 1023); // the number tells commands apart, the low bits find the name
        _names[command & 1023] = kind.Name;
        return command;
    }

    /// <summary>As the other overload, for an assertion: its message is found by the number.</summary>
    public int Announce(AssertOp op)
    {
        int command = Announce(op.Kind);
        _assertions[command] = op;
        return command;
    }

    /// <summary>Starts reading, if there is anything to know; null otherwise. The caller holds the queue's gate.</summary>
    public Report? BeginRead()
    {
        if (!_pending)
            return null;
        _pending = false;
        var words = (int*)NativeMemory.AllocZeroed(Bytes);
        return new Report(this, words, _queue.Read(Handle, 0, words, Bytes));
    }

    public void Dispose() => _queue.Cl.ReleaseMemObject(Handle);

    private void Clear()
    {
        var zeros = stackalloc int[Words];
        new Span<int>(zeros, Words).Clear();
        _queue.WriteAndWait(Handle, 0, zeros, Bytes);
    }

    private NablaException? Interpret(ReadOnlySpan<int> words)
    {
        if (words[0] == 0)
            return null;
        string op;
        AssertOp? assertion;
        lock (_queue.Gate)
        {
            assertion = _assertions.GetValueOrDefault(words[1]);
            _assertions.Clear();
            op = _names.GetValueOrDefault(words[1] & 1023, "operation");
            Clear();
        }

        const string late = "It surfaced only now because the device queues its work: the operation was called earlier.";
        long value = (uint)words[5] | ((long)words[6] << 32);
        if (words[2] == Assertion && assertion is not null)
            return assertion.Failure(late);
        return words[2] == Division
            ? new TensorDivisionException(op, $"an integer was divided by zero; mask the zeros, or divide floating point numbers. {late}")
            : new TensorIndexException(op, $"index {value} is out of range for dimension {words[3]}, which has {words[4]} elements (0 to {words[4] - 1}); clamp or check the indices. {late}");
    }

    /// <summary>A read under way.</summary>
    internal sealed class Report(ErrorBuffer owner, int* words, nint done)
    {
        /// <summary>Waits, and throws what was reported.</summary>
        public void Finish()
        {
            try
            {
                owner._queue.Wait(done, "clEnqueueReadBuffer");
                if (owner.Interpret(new ReadOnlySpan<int>(words, Words)) is { } failure)
                    throw failure;
            }
            finally
            {
                NativeMemory.Free(words);
            }
        }
    }
}
