using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>NumPy's file format for one array: <c>numpy.save</c> and <c>numpy.load</c>.</summary>
public static class Npy
{
    /// <summary>Writes a tensor. Waits for the device.</summary>
    /// <exception cref="TensorFileException">The format has no such element type (bfloat16).</exception>
    public static void Save(string path, Tensor tensor)
    {
        var (header, bytes) = (HeaderOf(tensor), tensor.ToBytes()); // before the file is touched: what fails leaves the old one
        using var stream = File.Create(path);
        header.Write(stream);
        stream.Write(bytes);
    }

    /// <summary>Writes a tensor. Waits for the device.</summary>
    public static void Save(Stream stream, Tensor tensor)
    {
        HeaderOf(tensor).Write(stream);
        stream.Write(tensor.ToBytes());
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or holds what no tensor does.</exception>
    public static Tensor Load(string path, Device? device = null)
    {
        using var stream = File.OpenRead(path);
        return Load(stream, device, path);
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="stream">Where it starts.</param>
    /// <param name="device">Where it goes; by default the scope's device.</param>
    /// <param name="name">What errors call the stream.</param>
    public static Tensor Load(Stream stream, Device? device = null, string name = "stream")
    {
        var header = NpyHeader.Read(stream, name);
        Shape shape;
        try
        {
            shape = Shape.Create(header.Shape);
        }
        catch (ShapeException e)
        {
            throw new TensorFileException("Npy.Load", $"{name}: {e.Message}", e);
        }

        var spec = new TensorSpec(header.DType, shape);
        if (spec.ByteLength > Array.MaxLength)
            throw new TensorFileException("Npy.Load", $"{name}: the {spec.ByteLength} bytes of {spec} are more than one read takes; save it in parts.");
        if (stream.CanSeek && stream.Length - stream.Position < spec.ByteLength)
            throw TooShort(name, stream.Length - stream.Position, spec); // a damaged header must not cost the memory that it claims
        var bytes = new byte[spec.ByteLength];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw TooShort(name, read, spec);
        if (header.DType == DType.Bool)
            foreach (ref byte value in bytes.AsSpan())
                value = value != 0 ? (byte)1 : (byte)0; // NumPy reads any other byte as true; kernels know 0 and 1
        if (header.BigEndian)
            Swap(bytes, header.DType.Size());
        if (!header.FortranOrder || shape.Rank < 2)
            return Tensor.FromBytes(bytes, spec, device);

        // Column-major is the reversed shape, seen backwards.
        var reversed = Tensor.FromBytes(bytes, new(header.DType, Shape.Create([.. shape.Reverse()])), device);
        return reversed.Permute([.. Enumerable.Range(0, shape.Rank).Reverse()]).Contiguous();
    }

    private static NpyHeader HeaderOf(Tensor tensor) => new(NpyHeader.Supported(tensor.DType), BigEndian: false, FortranOrder: false, tensor.Shape.ToArray());

    private static TensorFileException TooShort(string name, long bytes, in TensorSpec spec) =>
        new("Npy.Load", $"{name}: it ends after {bytes} of the {spec.ByteLength} bytes that {spec} takes; the file is damaged.");

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var halves = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case 4:
                var words = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                var doubles = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
        }
    }
}
