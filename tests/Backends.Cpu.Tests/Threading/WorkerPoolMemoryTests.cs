using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>A part that fails when not a byte is left: in a process of its own, which has a small heap.</summary>
public sealed class WorkerPoolMemoryTests
{
    private const string Marker = "NABLA_TEST_SMALL_HEAP";
    private const string Held = "the part's own error arrived";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task For_PartThrowsWithoutMemory_InAProcessOfItsOwn(bool onWorker)
    {
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(WorkerPoolMemoryTests).Assembly.Location] : [];
        var start = new ProcessStartInfo(Environment.ProcessPath!, self)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Hexadecimal: 64 MB. And nothing is compiled again in the background, which a runtime without a byte left does not survive.
            Environment = { [Marker] = onWorker.ToString(), ["DOTNET_GCHeapHardLimit"] = "4000000", ["DOTNET_TieredCompilation"] = "0" },
        };
        using var child = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var errors = child.StandardError.ReadToEndAsync(cancel);
        var output = await child.StandardOutput.ReadToEndAsync(cancel);
        await child.WaitForExitAsync(cancel);
        Assert.True(child.ExitCode == 0 && output.Trim() == Held, $"exit {child.ExitCode}\n{output}\n{await errors}");
    }

    /// <summary>The child's whole life, in place of the tests' runner: threads of the runner's own would need memory, too. False where this is no child.</summary>
    internal static bool RunsAsChild()
    {
        if (!bool.TryParse(Environment.GetEnvironmentVariable(Marker), out bool onWorker))
            return false;
        Child(onWorker);
        Console.WriteLine(Held);
        return true;
    }

    private static void Child(bool onWorker)
    {
        using var pool = new WorkerPool(2);
        var body = new Filling { Hoard = new Hoard(), Filler = -1 };
        for (var round = 0; round < 3; round++)   // all code is compiled, that of workers who go to sleep and are woken, too
        {
            Assert.Same(body.Hoard.Error, Record.Exception(() => pool.For(2, ref body)));
            Thread.Sleep(100);
        }

        // The finalizer's thread allocates in its first pass, which the first collection starts: without memory that ends any process.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        body.Filler = onWorker ? 1 : 0;
        Exception? error = null;
        try
        {
            pool.For(2, ref body);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        Thread.Sleep(100);   // a worker goes to sleep without memory, too
        body.Hoard.Release();
        Assert.Same(body.Hoard.Error, error);
        Assert.True(body.Hoard.WasFull);
        body.Filler = -1;
        Assert.Same(body.Hoard.Error, Record.Exception(() => pool.For(2, ref body)));
    }

    /// <summary>Throws on each thread; the filler's part when nothing can be allocated any more.</summary>
    private struct Filling : IParallelBody
    {
        public Hoard Hoard;
        public int Filler;

        public readonly void Run(int part)
        {
            if (part == Filler) Hoard.Fill();
            else if (part == 0 && Filler == 1) Hoard.WaitUntilFilling();   // or this thread might take the other part, too
            if (part == Filler || Filler < 0) throw Hoard.Error;
        }
    }

    /// <summary>All the memory that there is.</summary>
    private sealed class Hoard
    {
        private Block? _blocks;
        private Block? _small;
        private volatile bool _filling;

        public InvalidOperationException Error { get; } = new("the part's own");

        public bool WasFull { get; private set; }

        public void WaitUntilFilling()
        {
            while (!_filling) Thread.SpinWait(10);
        }

        public void Fill()
        {
            _filling = true;
            for (var size = 1 << 20; size > 0; size /= 2)
            {
                try
                {
                    while (true) _blocks = new Block(_blocks, new byte[size]);
                }
                catch (OutOfMemoryException)
                {
                    WasFull = true;
                }
            }

            try
            {
                while (true) _small = new Block(_small, null);
            }
            catch (OutOfMemoryException)
            {
                WasFull = true;
            }
        }

        public void Release() => _blocks = _small = null;

        private sealed record Block(Block? Next, byte[]? Bytes);
    }
}
