namespace Nabla;

/// <summary>
/// The numbers that a sum of digits times strides can take, each digit from 0 to a bound: whether two layouts meet is whether some such
/// sum has a certain value.
/// </summary>
/// <remarks>
/// The largest stride is decided first. Where strides nest, as in views of one tensor (each stride is larger than all smaller digits
/// together), the value leaves a digit one choice or two; otherwise the search tries what bounds and common divisors leave.
/// </remarks>
internal ref struct StrideSum
{
    private const int MaxTerms = (2 * Shape.MaxRank) + 2;
    private const int MaxTries = 1 << 14;

    /// <summary>The scratch that an instance needs.</summary>
    public const int Words = 4 * (MaxTerms + 1);

    private readonly Span<long> _strides, _bounds, _reach, _divisors;
    private int _count;
    private int _tries;

    public StrideSum(Span<long> scratch)
    {
        const int words = MaxTerms + 1;
        _strides = scratch[..words];
        _bounds = scratch.Slice(words, words);
        _reach = scratch.Slice(2 * words, words);
        _divisors = scratch.Slice(3 * words, words);
    }

    /// <summary>Adds the terms of a tensor's addresses; returns the address at which every digit is 0.</summary>
    public long Add(DeviceTensor tensor, int unit)
    {
        Terms(tensor, unit);
        return tensor.Layout.Extent(tensor.Shape).First * unit;
    }

    /// <summary>Adds the terms of minus a tensor's addresses, digits counted down; returns the address at which every digit is 0.</summary>
    public long AddMinus(DeviceTensor tensor, int unit)
    {
        Terms(tensor, unit);
        return (tensor.Layout.Extent(tensor.Shape).Last * unit) + unit - 1;
    }

    /// <summary>Whether the sum can be <paramref name="target"/>. True when the search would take too long.</summary>
    public bool Reaches(long target)
    {
        Sort();
        _reach[_count] = _divisors[_count] = 0;
        for (int i = _count - 1; i >= 0; i--)
        {
            _reach[i] = _reach[i + 1] + (_strides[i] * _bounds[i]);
            _divisors[i] = Gcd(_strides[i], _divisors[i + 1]);
        }

        _tries = MaxTries;
        return Reaches(0, target);
    }

    private bool Reaches(int term, long target)
    {
        if (target < 0 || target > _reach[term])
            return false;
        if (target == 0 || target == _reach[term])
            return true;
        if (target % _divisors[term] != 0)
            return false;
        if (term == _count - 1)
            return true; // a multiple of the one stride, within its bound
        long stride = _strides[term];
        long most = Math.Min(_bounds[term], target / stride);
        long least = Math.Max(0, (target - _reach[term + 1] + stride - 1) / stride);
        for (long digit = most; digit >= least; digit--)
            if (--_tries < 0 || Reaches(term + 1, target - (digit * stride)))
                return true;
        return false;
    }

    /// <summary>Terms of every dimension, negative strides walked from the other end.</summary>
    private void Terms(DeviceTensor tensor, int unit)
    {
        if (unit > 1)
            Term(1, unit - 1);
        for (int d = 0; d < tensor.Shape.Rank; d++)
            if (tensor.Shape[d] > 1 && tensor.Layout.Strides[d] != 0)
                Term(Math.Abs(tensor.Layout.Strides[d]) * unit, tensor.Shape[d] - 1);
    }

    private void Term(long stride, long bound)
    {
        int i = _strides[.._count].IndexOf(stride);
        if (i < 0)
        {
            i = _count++;
            _strides[i] = stride;
            _bounds[i] = 0;
        }

        _bounds[i] += bound;
    }

    /// <summary>Descending strides; there are few.</summary>
    private readonly void Sort()
    {
        for (int i = 1; i < _count; i++)
            for (int j = i; j > 0 && _strides[j] > _strides[j - 1]; j--)
            {
                (_strides[j], _strides[j - 1]) = (_strides[j - 1], _strides[j]);
                (_bounds[j], _bounds[j - 1]) = (_bounds[j - 1], _bounds[j]);
            }
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
