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
        using var stream = File.Create(path);
        Save(stream, tensor);
    }

    /// <summary>Writes a tensor. Waits for the device.</summary>
    public static void Save(Stream stream, Tensor tensor)
    {
        new NpyHeader(tensor.DType, BigEndian: false, FortranOrder: false, tensor.Shape.ToArray()).Write(stream);
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

        var bytes = new byte[checked(shape.ElementCount * header.DType.Size())];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new TensorFileException("Npy.Load", $"{name}: it ends after {read} of the {bytes.Length} bytes that {header.DType.Name()}{shape} takes; the file is damaged.");
        if (header.BigEndian)
            Swap(bytes, header.DType.Size());
        if (!header.FortranOrder || shape.Rank < 2)
            return Tensor.FromBytes(bytes, new(header.DType, shape), device);

        // Column-major is the reversed shape, seen backwards.
        var reversed = Tensor.FromBytes(bytes, new(header.DType, Shape.Create([.. shape.Reverse()])), device);
        return reversed.Permute([.. Enumerable.Range(0, shape.Rank).Reverse()]).Contiguous();
    }

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
