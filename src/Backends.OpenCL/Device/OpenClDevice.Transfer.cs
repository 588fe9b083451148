namespace Nabla;

/// <content>Copies from and to the host.</content>
internal sealed partial class OpenClDevice
{
    /// <inheritdoc/>
    public unsafe void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0)
    {
        var (buffer, offset) = Place(destination, byteOffset);
        lock (Queue.Gate)
        {
            RequireOpen("Upload");
            if (source.IsEmpty)
                return;
            if (source.Length <= UploadStaging.LargestCopy)
            {
                _staging.Write(buffer, offset, source);
                return;
            }

            fixed (byte* p = source)
                Queue.WriteAndWait(buffer, offset, p, source.Length);
        }
    }

    /// <inheritdoc/>
    public unsafe void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0)
    {
        fixed (byte* p = destination)
        {
            var (done, report) = BeginDownload(source, p, destination.Length, byteOffset);
            try
            {
                if (done != 0)
                    Queue.Wait(done, "Download");
            }
            finally
            {
                report?.Finish();
            }
        }

        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public async ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireOpen("DownloadAsync");
        // The device writes into memory of its own transfer: a canceled caller may do with its memory what it likes.
        var transfer = new AsyncTransfer(this, source, destination.Length);
        await transfer.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        transfer.CopyTo(destination.Span);
    }

    /// <summary>Enqueues the copy, and before it the look at what went wrong. The event is shown to the watcher before the device starts.</summary>
    internal unsafe (nint Done, ErrorBuffer.Report? Report) BeginDownload(DeviceTensor source, void* destination, long bytes, long byteOffset, Action<nint>? watch = null)
    {
        var (buffer, offset) = Place(source, byteOffset);
        lock (Queue.Gate)
        {
            RequireOpen("Download");
            var report = Errors.BeginRead();
            nint done = bytes > 0 ? Queue.Read(buffer, offset, destination, bytes) : 0;
            if (done != 0)
                watch?.Invoke(done);
            Queue.Flush();
            return (done, report);
        }
    }
}
