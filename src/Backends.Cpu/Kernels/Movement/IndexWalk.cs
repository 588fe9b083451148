using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Walks the elements of an index tensor in row-major order beside two tensors of the same number of dimensions, whose axis is
/// addressed by the index: shared by gather and scatter.
/// </summary>
internal unsafe struct IndexWalk
{
    /// <summary>Of an element, in additions: it is found by an address that no one foresees.</summary>
    private const long Cost = 4;

    /// <summary>More of them are visited faster along their rows.</summary>
    private const long FewColumns = 4;

    /// <summary>Columns that one thread takes are a multiple of this: a cache line of 32-bit elements, so that threads seldom share one.</summary>
    private const long Stripe = 16;

    private readonly long* _index;
    private readonly string _op;

    /// <summary>The dimension that indices address, as errors name it.</summary>
    private readonly int _named;
    private readonly long _count;
    private readonly long _axisSize;
    private readonly long _axisStride;
    private int _rank;

    /// <summary>The same among those that are walked; -1 where it has one index and is not.</summary>
    private int _axis;

    /// <summary>Dimensions before it.</summary>
    private int _before;

    private fixed long _sizes[Shape.MaxRank];
    private fixed long _indexStrides[Shape.MaxRank];

    /// <summary>Of the dimension that indices address 0.</summary>
    private fixed long _addressedStrides[Shape.MaxRank];
    private fixed long _otherStrides[Shape.MaxRank];

    /// <param name="op">Who asks: named by errors.</param>
    /// <param name="index">The indices.</param>
    /// <param name="axis">The dimension that they address.</param>
    /// <param name="addressed">Shape of the tensor that is addressed.</param>
    /// <param name="addressedStrides">Its strides.</param>
    /// <param name="otherStrides">Strides of the tensor that is walked with the index.</param>
    public IndexWalk(string op, DeviceTensor index, int axis, Shape addressed, Strides addressedStrides, Strides otherStrides)
    {
        _op = op;
        _named = axis;
        _count = index.Shape.ElementCount;
        _index = (long*)Operand.Host(index);
        (_axisSize, _axisStride) = addressed.Rank == 0 ? (1, 0) : (addressed[axis], addressedStrides[axis]);
        _axis = -1;
        for (int d = 0; d < index.Shape.Rank; d++)
        {
            if (d == axis)
                _before = _rank;
            if (index.Shape[d] != 1)
                Add(index.Shape[d], index.Layout.Strides[d], addressedStrides[d], otherStrides[d], d == axis);
        }
    }

    /// <summary>Dimensions of one are left out, and two whose steps are those of one are one: lines are as long as they can be.</summary>
    private void Add(long size, long index, long addressed, long other, bool isAxis)
    {
        int last = _rank - 1;
        if (last >= 0 && !isAxis && last != _axis && last >= _before
            && _indexStrides[last] == index * size && _addressedStrides[last] == addressed * size && _otherStrides[last] == other * size)
        {
            _sizes[last] *= size;
            (_indexStrides[last], _addressedStrides[last], _otherStrides[last]) = (index, addressed, other);
            return;
        }

        if (isAxis)
            _axis = _rank;
        (_sizes[_rank], _indexStrides[_rank], _addressedStrides[_rank], _otherStrides[_rank]) = (size, index, isAxis ? 0 : addressed, other);
        _rank++;
    }

    /// <summary>Elements of the dimensions before the axis and before the last.</summary>
    private readonly long Outer
    {
        get
        {
            long outer = 1;
            for (int d = 0; d < Math.Min(_before, _rank - 1); d++)
                outer *= _sizes[d];
            return outer;
        }
    }

    private readonly long Inner => _rank == 0 ? 1 : _sizes[_rank - 1];

    /// <summary>
    /// Visits all indices, shared out among threads. For visitors that add to what is addressed, threads own what they address: elements
    /// of dimensions before the axis, or columns behind it, so that each sum keeps its order. Where neither is there, one thread adds: that many
    /// look through the same indices for their part costs as much as it saves.
    /// </summary>
    public readonly void Run<TVisitor>(WorkerPool pool, TVisitor visitor, bool adds) where TVisitor : struct, IIndexVisitor
    {
        if (_count == 0)
            return;
        long rows = _count / Inner, outer = adds ? Outer : rows;
        long stripes = adds && (_rank == 0 || _axis == _rank - 1) ? 1 : (Inner + Stripe - 1) / Stripe;
        bool byRows = outer >= Math.Min(stripes, pool.Threads);
        long rowsOfUnit = byRows ? rows / outer : 1;
        // A stripe for each thread: its rows of indices and of the other tensor are then as long as they can be.
        long columnsOfUnit = ((Inner + pool.Threads - 1) / pool.Threads + Stripe - 1) / Stripe * Stripe;
        long units = byRows ? rows / rowsOfUnit : (Inner + columnsOfUnit - 1) / columnsOfUnit;
        var work = new Part<TVisitor> { Walk = this, Visitor = visitor, ByRows = byRows, RowsOfUnit = rowsOfUnit, Rows = rows, ColumnsOfUnit = columnsOfUnit };
        Chunks.Run(pool, units, Math.Max(1, _count / units * Cost), ref work);
    }

    /// <summary>Visits some of the rows of indices, and of them some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Walk<TVisitor>(ref TVisitor visitor, long firstRow, long rows, long firstColumn, long columns) where TVisitor : struct, IIndexVisitor
    {
        int last = _rank - 1;
        long* position = stackalloc long[Shape.MaxRank];
        var line = Line(last, columns);
        long* index = _index + (firstColumn * line.IndexStep);
        long addressed = firstColumn * line.AddressedStep, other = firstColumn * line.OtherStep, rest = firstRow;
        for (int d = last - 1; d >= 0; d--)
        {
            (rest, position[d]) = Math.DivRem(rest, _sizes[d]);
            index += position[d] * _indexStrides[d];
            other += position[d] * _otherStrides[d];
            addressed += position[d] * _addressedStrides[d];
        }

        // An index for a whole row, or few in each: then lines go down the rows, since one a row would cost more than what it does.
        bool runs = line is { IndexStep: 0, OtherStep: 1, AddressedStep: 1 } && columns > 1, down = last > 0 && (runs || columns <= FewColumns);
        int inner = down ? last - 1 : last; // the dimension that a line goes along
        var across = line;
        long beside = down && !runs ? columns : 1;
        if (down)
            line = Line(inner, count: 0) with { Run = columns };
        else if (runs)
            (line.Count, line.Run) = (1, columns); // one index, and no dimension but its row
        while (true)
        {
            if (down)
                line.Count = Math.Min(rows, _sizes[inner] - position[inner]);
            for (long c = 0; c < beside; c++)
            {
                line.Index = index + (c * across.IndexStep);
                long x = addressed + (c * across.AddressedStep), y = other + (c * across.OtherStep);
                long good = runs ? visitor.VisitRuns(line, x, y) : visitor.VisitLine(line, x, y);
                if (good < line.Count)
                    throw OutOfRange(_op, line.Index[good * line.IndexStep], _named, _axisSize);
            }

            rows -= down ? line.Count : 1;
            if (rows == 0)
                return;
            if (down)
            {
                index -= position[inner] * line.IndexStep;
                other -= position[inner] * line.OtherStep;
                addressed -= position[inner] * line.AddressedStep;
                position[inner] = 0;
            }

            for (int d = inner - 1; d >= 0; d--)
            {
                index += _indexStrides[d];
                other += _otherStrides[d];
                addressed += _addressedStrides[d];
                if (++position[d] < _sizes[d])
                    break;
                index -= _indexStrides[d] * _sizes[d];
                other -= _otherStrides[d] * _sizes[d];
                addressed -= _addressedStrides[d] * _sizes[d];
                position[d] = 0;
            }
        }
    }

    /// <summary>So many indices along a dimension; none is the one index of a tensor without dimensions.</summary>
    private readonly IndexLine Line(int dimension, long count)
    {
        var line = new IndexLine { AxisSize = _axisSize, AxisStride = _axisStride, Count = count };
        if (dimension >= 0)
            (line.IndexStep, line.OtherStep, line.AddressedStep) = (_indexStrides[dimension], _otherStrides[dimension], _addressedStrides[dimension]);
        return line;
    }

    public static TensorIndexException OutOfRange(string op, long index, int axis, long size) => new(
        op, $"index {index} is out of range for dimension {axis} of size {size}; indices run from 0 to {size - 1}.");

    /// <summary>A unit is a number of rows, or of columns.</summary>
    private struct Part<TVisitor> : IChunkWork where TVisitor : struct, IIndexVisitor
    {
        public IndexWalk Walk;
        public TVisitor Visitor;
        public bool ByRows;
        public long RowsOfUnit;
        public long Rows;
        public long ColumnsOfUnit;

        public void Run(long start, long count)
        {
            if (ByRows)
                Walk.Walk(ref Visitor, start * RowsOfUnit, count * RowsOfUnit, 0, Walk.Inner);
            else
                Walk.Walk(ref Visitor, 0, Rows, start * ColumnsOfUnit, Math.Min(count * ColumnsOfUnit, Walk.Inner - (start * ColumnsOfUnit)));
        }
    }
}

/// <summary>Indices along a dimension: steps are in elements.</summary>
internal unsafe struct IndexLine
{
    public long* Index;
    public long IndexStep;
    public long AddressedStep;
    public long OtherStep;
    public long Count;
    public long AxisSize;
    public long AxisStride;

    /// <summary>How many neighbours each index stands for, in both tensors.</summary>
    public long Run;
}

/// <summary>What happens at each index. Visits one after the other; returns how many were in range before the first that is not.</summary>
internal interface IIndexVisitor
{
    /// <summary>One element for each index.</summary>
    /// <param name="line">The indices.</param>
    /// <param name="addressed">Offset in the tensor that is addressed: of the index 0.</param>
    /// <param name="other">Offset in the other tensor.</param>
    long VisitLine(in IndexLine line, long addressed, long other);

    /// <summary>A run of neighbours for each index: an embedding's rows.</summary>
    /// <inheritdoc cref="VisitLine"/>
    long VisitRuns(in IndexLine line, long addressed, long other);
}
