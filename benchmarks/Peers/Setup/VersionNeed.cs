using System.Buffers.Binary;
using System.Text;

namespace Nabla.Peers;

/// <summary>
/// Makes one symbol version that an ELF library asks for weak, so that the loader accepts a system that lacks it: TorchSharp's library asks for a
/// version of libstdc++ newer than some systems have, for one symbol that run.sh preloads.
/// </summary>
internal static class VersionNeed
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const int SectionHeaders = 0x28, HeaderSize = 0x3a, HeaderCount = 0x3c; // of the file's header: e_shoff, e_shentsize, e_shnum
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>Marks the need in a copy and puts it in the file's place: the file may be a link into the package cache.</summary>
    /// <returns>Whether the file changed: not if it has no such need, or has it weak already.</returns>
    public static bool Weaken(string path, string version)
    {
        byte[] image = File.ReadAllBytes(path);
        if (!Mark(image, version))
            return false;
        string copy = path + ".weak";
        File.WriteAllBytes(copy, image);
        File.Move(copy, path, overwrite: true);
        return true;
    }

    private static bool Mark(byte[] image, string version)
    {
        if (image is not [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, ..])
            throw new InvalidDataException("not a little-endian ELF file of 64 bits.");
        int size = Half(image, HeaderSize), count = Half(image, HeaderCount);
        int Header(int index) => (int)Long(image, SectionHeaders) + index * size;
        for (int i = 0; i < count; i++)
        {
            if (Word(image, Header(i) + 4) != VersionNeedSection)
                continue;
            int strings = (int)Long(image, Header((int)Word(image, Header(i) + 0x28)) + 0x18); // the section that sh_link names
            return MarkIn(image, (int)Long(image, Header(i) + 0x18), strings, version);
        }

        return false;
    }

    /// <summary>A list of libraries, each with a list of versions; both are linked by distances in bytes, 0 at the end.</summary>
    private static bool MarkIn(byte[] image, int library, int strings, string version)
    {
        byte[] name = [.. Encoding.ASCII.GetBytes(version), 0];
        bool changed = false;
        for (uint step = uint.MaxValue; step != 0; library += (int)step)
        {
            int entry = library + (int)Word(image, library + 8);
            for (uint next = uint.MaxValue; next != 0; entry += (int)next)
            {
                if (image.AsSpan(strings + (int)Word(image, entry + 8)).StartsWith(name) && (Half(image, entry + 4) & Weak) == 0)
                {
                    image[entry + 4] |= (byte)Weak;
                    changed = true;
                }

                next = Word(image, entry + 12);
            }

            step = Word(image, library + 12);
        }

        return changed;
    }

    private static ushort Half(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private static uint Word(byte[] image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));

    private static long Long(byte[] image, int at) => BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(at));
}
