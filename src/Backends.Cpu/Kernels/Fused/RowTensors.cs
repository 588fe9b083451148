namespace Nabla;

/// <summary>
/// Dense tensors of rows of one length, of float32, half types or float64, and how <see cref="IRowWork{T}"/> goes over them: where they lie, or, of half types,
/// through buffers that hold a few rows in float32 and stay in the first-level cache.
/// </summary>
internal unsafe struct RowTensors<T> where T : unmanaged
{
    /// <summary>Elements of a buffer, if that is a row: two of them fill a third of a first-level cache.</summary>
    private const long Piece = 2048;

    /// <summary>In elements: no two threads share one.</summary>
    private const long CacheLine = 16;

    /// <summary>The inputs; the second one may be absent.</summary>
    public RowTensor<T> A, B;

    /// <summary>The result; absent where the work writes none.</summary>
    public RowTensor<T> Y;

    /// <summary>Elements of a row.</summary>
    public nint Length;

    public long Rows;

    /// <param name="device">Where.</param>
    /// <param name="cost">Of a row, in additions.</param>
    /// <param name="work">The work.</param>
    /// <param name="group">Rows that depend on each other: one thread does them.</param>
    public readonly void Run<TWork>(CpuDevice device, long cost, ref TWork work, long group = 1) where TWork : struct, IRowWork<T>
    {
        long groups = (Rows + group - 1) / group;
        if (!A.Converts && !B.Converts && !Y.Converts)
        {
            var direct = new Direct<TWork> { Work = work, Tensors = this, Group = group };
            Chunks.Run(device.Workers, groups, cost * group, ref direct);
            return;
        }

        var (parts, perPart) = Chunks.Cut(device.Workers, groups, cost * group);
        if (parts == 0)
            return;
        long rows = Math.Min(Rows, Math.Max(1, Piece / Length)), buffer = ((rows * Length) + CacheLine - 1) / CacheLine * CacheLine;
        long buffers = B.Converts ? 2 * buffer : buffer; // the result shares that of the first input
        using var scratch = new Scratch(device, parts * buffers * sizeof(T));
        var tiled = new Tiled<TWork>
        {
            Work = work,
            Tensors = this,
            RowsPerPart = perPart * group,
            RowsPerTile = rows,
            BufferLength = buffer,
            BuffersLength = buffers,
            Scratch = (T*)scratch.Pointer,
        };
        device.Workers.For(parts, ref tiled);
    }

    private struct Direct<TWork> : IChunkWork where TWork : struct, IRowWork<T>
    {
        public TWork Work;
        public RowTensors<T> Tensors;
        public long Group;

        public void Run(long start, long count)
        {
            var tile = new RowTile<T>
            {
                A = Tensors.A.Begin(0, null),
                B = Tensors.B.Begin(0, null),
                Y = Tensors.Y.Begin(0, null),
                Ahead = RowPass.Ahead,
            };
            long first = start * Group;
            Work.Run(tile, first, Math.Min(count * Group, Tensors.Rows - first));
        }
    }

    private struct Tiled<TWork> : IParallelBody where TWork : struct, IRowWork<T>
    {
        public TWork Work;
        public RowTensors<T> Tensors;
        public long RowsPerPart;
        public long RowsPerTile;
        public long BufferLength;
        public long BuffersLength;
        public T* Scratch;

        public void Run(int part)
        {
            nint length = Tensors.Length;
            long end = Math.Min((part + 1) * RowsPerPart, Tensors.Rows);
            T* first = Scratch + (part * BuffersLength), second = first + BufferLength;
            for (long row = part * RowsPerPart; row < end; row += RowsPerTile)
            {
                long rows = Math.Min(RowsPerTile, end - row), start = row * length;
                nint count = (nint)(rows * length);
                var tile = new RowTile<T>
                {
                    A = Tensors.A.Load(start, count, first),
                    B = Tensors.B.Load(start, count, second),
                    Y = Tensors.Y.Begin(start, first),
                };
                Work.Run(tile, row, rows);
                Tensors.Y.Store(start, count, first);
            }
        }
    }
}
