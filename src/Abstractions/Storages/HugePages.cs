using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Asks Linux to back large blocks with pages of 2 MB: as many of 4 KB are beyond what the processor remembers translations of, and lie anywhere
/// in the caches. Reading 16 MB takes a tenth longer with those.
/// </summary>
/// <remarks>
/// A hint for memory that nobody has touched yet; without it Linux gives such pages to nobody in its usual setting (madvise). Only whole pages within
/// the block are meant, so that it takes no more memory than its own. What is freed keeps the hint: the collector may use huge pages there as well.
/// </remarks>
public static unsafe partial class HugePages
{
    private const long Page = 2 << 20;

    /// <summary>Smaller blocks may hold no whole page.</summary>
    private const long LeastBytes = 2 * Page;

    private const int HugePageAdvice = 14; // MADV_HUGEPAGE

    /// <summary>
    /// Memory that begins a page and ends with one, so that all of it may lie in huge pages: for what loops read over and over, which is then spread
    /// evenly over the sets of a cache.
    /// </summary>
    /// <param name="bytes">At least this many.</param>
    /// <returns>A block for <see cref="NativeMemory.AlignedFree"/>.</returns>
    /// <exception cref="OutOfMemoryException">The system does not give it.</exception>
    public static void* Allocate(nuint bytes)
    {
        var whole = (bytes + (nuint)Page - 1) & ~((nuint)Page - 1);
        var block = NativeMemory.AlignedAlloc(whole, (nuint)Page);
        Ask((nint)block, (long)whole);
        return block;
    }

    /// <summary>For a new block, before it is written.</summary>
    internal static void Advise(byte* block, long bytes)
    {
        if (bytes < LeastBytes)
            return;
        var (start, length) = WholePages((nint)block, bytes);
        Ask(start, length);
    }

    /// <summary>The pages that lie within a block.</summary>
    internal static (nint Start, long Length) WholePages(nint block, long bytes)
    {
        long start = (block + Page - 1) & -Page, end = (long)(block + bytes) & -Page;
        return ((nint)start, Math.Max(0, end - start));
    }

    private static void Ask(nint start, long length)
    {
        if (OperatingSystem.IsLinux())
            _ = MemoryAdvise(start, (nuint)length, HugePageAdvice); // refused by kernels without such pages: then all stays as it is
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryAdvise(nint start, nuint length, int advice);
}
