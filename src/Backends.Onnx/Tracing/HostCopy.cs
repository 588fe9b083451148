using System.Diagnostics;

namespace Nabla;

/// <summary>The bytes of a tensor at some moment, in pieces, as one array ends at 2 GB.</summary>
internal sealed class HostCopy
{
    private const int PieceLength = 1 << 30;

    private readonly byte[][] _pieces;

    private HostCopy(long length)
    {
        Length = length;
        _pieces = new byte[(length + PieceLength - 1) / PieceLength][];
        for (int i = 0; i < _pieces.Length; i++)
            _pieces[i] = new byte[Math.Min(PieceLength, length - ((long)i * PieceLength))];
    }

    public long Length { get; }

    /// <summary>What a dense tensor holds now.</summary>
    public static HostCopy Of(DeviceTensor dense)
    {
        Debug.Assert(dense.IsContiguous, "Only dense tensors have their bytes in a row.");
        var copy = new HostCopy(dense.Spec.ByteLength);
        for (int i = 0; i < copy._pieces.Length; i++)
            dense.Device.Download(dense, copy._pieces[i], (long)i * PieceLength);
        return copy;
    }

    /// <summary>What any tensor holds now.</summary>
    public static HostCopy OfAny(DeviceTensor tensor)
    {
        if (tensor.IsContiguous)
            return Of(tensor);
        var dense = Dispatch.Execute(tensor.Device, CopyOp.Instance, [tensor], default);
        try
        {
            return Of(dense);
        }
        finally
        {
            dense.Storage.Release();
        }
    }

    /// <summary>Zeros, whatever the element type.</summary>
    public static HostCopy Zeros(long length) => new(length);

    /// <summary>These bytes.</summary>
    public static HostCopy From(ReadOnlySpan<byte> bytes)
    {
        var copy = new HostCopy(bytes.Length);
        foreach (var piece in copy._pieces)
        {
            bytes[..piece.Length].CopyTo(piece);
            bytes = bytes[piece.Length..];
        }

        return copy;
    }

    /// <summary>Puts the bytes into a dense tensor.</summary>
    public void UploadTo(DeviceTensor dense)
    {
        for (int i = 0; i < _pieces.Length; i++)
            dense.Device.Upload(_pieces[i], dense, (long)i * PieceLength);
    }

    public void WriteTo(Stream stream)
    {
        foreach (var piece in _pieces)
            stream.Write(piece);
    }

    /// <summary>All bytes in one array; for what is known to be below 2 GB.</summary>
    public byte[] ToArray() => _pieces.Length == 1 ? _pieces[0] : checked((int)Length) == 0 ? [] : [.. _pieces.SelectMany(p => p)];

    public bool HasSameBytes(HostCopy other)
    {
        if (Length != other.Length)
            return false;
        for (int i = 0; i < _pieces.Length; i++)
            if (!_pieces[i].AsSpan().SequenceEqual(other._pieces[i]))
                return false;
        return true;
    }
}
