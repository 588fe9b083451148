using System.Runtime.InteropServices;

namespace Nabla.Peers;

/// <summary>
/// Memory that nobody used before, in pages of 2 MB where Linux has them, as large tensors are. The allocator of C would hand out again what it has,
/// in pages as they were.
/// </summary>
internal sealed unsafe partial class FreshMemory : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private const int ReadAndWrite = 3, PrivateAndAnonymous = 0x22, HugePageAdvice = 14; // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, MADV_HUGEPAGE

    private readonly byte* _mapped;
    private readonly nuint _size;

    /// <exception cref="InsufficientMemoryException">The system does not give it.</exception>
    public FreshMemory(nuint bytes)
    {
        _size = (bytes + HugePage - 1) / HugePage * HugePage + HugePage; // one more, to begin where a page does
        _mapped = (byte*)Map(null, _size, ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (_mapped == (byte*)-1)
            throw new InsufficientMemoryException(
                $"mmap of {_size} bytes, for the limit of a row: {Marshal.GetLastPInvokeErrorMessage()}. Free memory, or choose other rows with --filter.");
        Start = (byte*)(((nuint)_mapped + HugePage - 1) / HugePage * HugePage);
        _ = Advise(Start, _size - HugePage, HugePageAdvice); // refused by kernels without such pages
        NativeMemory.Fill(Start, bytes, 1);
    }

    public byte* Start { get; }

    public void Dispose() => _ = Unmap(_mapped, _size);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}
