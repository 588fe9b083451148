using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>The header of a .npy file: a Python dictionary literal behind a magic number. Source: NumPy Enhancement Proposal 1.</summary>
internal sealed partial record NpyHeader(DType DType, bool BigEndian, bool FortranOrder, long[] Shape)
{
    private const int Alignment = 64;
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyHeader Read(Stream stream, string file)
    {
        var start = new byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan(0, 6).SequenceEqual(Magic))
            throw Corrupt(file, "it does not start as a .npy file does");
        int version = start[6], lengthBytes = version == 1 ? 2 : 4;
        if (version is < 1 or > 3)
            throw Corrupt(file, $"its version {version}.{start[7]} is not known (1, 2 and 3 are)");
        var length = new byte[4];
        if (stream.ReadAtLeast(length.AsSpan(0, lengthBytes), lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw Corrupt(file, "it ends within its header");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > 1 << 20)
            throw Corrupt(file, $"its header claims {size} bytes");
        var text = new byte[size];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw Corrupt(file, "it ends within its header");
        return Parse(Encoding.UTF8.GetString(text), file);
    }

    /// <summary>The element type, if the format has it.</summary>
    public static DType Supported(DType dtype)
    {
        _ = Describe(dtype);
        return dtype;
    }

    public void Write(Stream stream)
    {
        var sizes = string.Join(", ", Shape.Select(s => s.ToString(CultureInfo.InvariantCulture)));
        var text = $"{{'descr': '{Describe(DType)}', 'fortran_order': False, 'shape': ({sizes}{(Shape.Length == 1 ? "," : "")}), }}";
        int padding = Alignment - ((10 + text.Length + 1) % Alignment);
        var bytes = Encoding.ASCII.GetBytes(text + new string(' ', padding % Alignment) + "\n");
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)bytes.Length);
        stream.Write(Magic);
        stream.Write([1, 0]);
        stream.Write(length);
        stream.Write(bytes);
    }

    private static NpyHeader Parse(string text, string file)
    {
        var descr = Descr().Match(text);
        var order = Order().Match(text);
        var shape = Sizes().Match(text);
        if (!descr.Success || !order.Success || !shape.Success)
            throw Corrupt(file, $"its header is not one: {text.Trim()}");
        var sizes = new List<long>();
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long size))
                throw Corrupt(file, $"'{part}' is not a size");
            sizes.Add(size);
        }

        var code = descr.Groups[1].Value;
        var dtype = code[1..] switch
        {
            "b1" => DType.Bool,
            "u1" => DType.UInt8,
            "i1" => DType.Int8,
            "i2" => DType.Int16,
            "i4" => DType.Int32,
            "i8" => DType.Int64,
            "f2" => DType.Float16,
            "f4" => DType.Float32,
            "f8" => DType.Float64,
            _ => throw new TensorFileException("Npy.Load", $"{file}: the element type '{code}' has no counterpart; convert it to one of bool, uint8, int8 to int64, float16 to float64 when saving."),
        };
        return new(dtype, code[0] == '>', order.Groups[1].Value == "True", [.. sizes]);
    }

    private static string Describe(DType dtype) => dtype switch
    {
        DType.Bool => "|b1",
        DType.UInt8 => "|u1",
        DType.Int8 => "|i1",
        DType.Int16 => "<i2",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.Float16 => "<f2",
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        _ => throw new TensorFileException("Npy.Save", $"the format has no {dtype.Name()}; convert with To(DType.Float32)."),
    };

    private static TensorFileException Corrupt(string file, string what) => new("Npy.Load", $"{file}: {what}; the file is not a .npy file or is damaged.");

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=][a-z]\d+)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex Sizes();
}
