// y = f(a, b), elementwise; either operand may be a number (side 1: a is, side 2: b is).

#if FLOATING
#if IS(float64)
typedef ulong BITS_TYPE;
#define FRACTION 52
#define FROM_BITS as_double
#define TO_BITS as_ulong
#else
typedef uint BITS_TYPE;
#define FRACTION 23
#define FROM_BITS as_float
#define TO_BITS as_uint
#endif
#define HIDDEN ((ulong)1 << FRACTION)
#define CHUNK_BITS (63 - FRACTION) // how far a fraction can be shifted in 64 bits

// a - b * trunc(a / b), exactly, with the sign of a: long division of the fractions in integers. Not the driver's fmod: PoCL's is wrong
// for large quotients, and does not end for some small divisors.
static C fmod_one(C a, C b)
{
    C x = fabs(a), y = fabs(b);
    if (!(x < INFINITY) || !(y > 0))
        return NAN; // the first is infinite or NaN, or the second is zero or NaN
    if (x < y)
        return a;
    ulong p = TO_BITS(x), q = TO_BITS(y);
    int e = (int)(p >> FRACTION), f = (int)(q >> FRACTION);
    p &= HIDDEN - 1;
    q &= HIDDEN - 1;
    if (e > 0)
        p |= HIDDEN;
    else
        e = 1; // numbers below the normal ones have the lowest exponent, and no hidden bit
    if (f > 0)
        q |= HIDDEN;
    else
        f = 1;
    p %= q;
    while (e > f && p != 0)
    {
        int by = min(e - f, CHUNK_BITS);
        p = (p << by) % q;
        e -= by;
    }
    if (p == 0)
        return copysign((C)0, a);
    int up = min((int)clz(p) - (63 - FRACTION), f - 1);
    p <<= up;
    BITS_TYPE bits = (BITS_TYPE)(p >= HIDDEN ? (p - HIDDEN) | ((ulong)(f - up) << FRACTION) : p);
    return copysign(FROM_BITS(bits), a);
}

static CV fmod_of(CV a, CV b)
{
    C one[W], other[W];
    VSTORE(a, 0, one);
    VSTORE(b, 0, other);
    for (int i = 0; i < W; i++)
        one[i] = fmod_one(one[i], other[i]);
    return VLOAD(0, one);
}

// One at a time in binary64: PoCL 3.1's vector gives wrong powers where another lane overflows. Squares are products, and common.
static CV pow_of(CV a, CV b)
{
    if (all(b == (C)2))
        return a * a;
#if IS(float64)
    C one[W], other[W];
    VSTORE(a, 0, one);
    VSTORE(b, 0, other);
    for (int i = 0; i < W; i++)
        one[i] = pow(one[i], other[i]);
    return VLOAD(0, one);
#else
    return pow(a, b);
#endif
}

// a - b * floor(a / b): the remainder's sign is b's.
static CV remainder_of(CV a, CV b)
{
    CV m = fmod_of(a, b);
    return select(m, m + b, (m != 0) & ((b < 0) != (m < 0)));
}

// As PyTorch: from the exact remainder, so that the quotient is the right integer.
static CV floor_divide(CV a, CV b)
{
    CV m = fmod_of(a, b);
    CV q = (a - m) / b;
    q = select(q, q - (C)1, (m != 0) & ((b < 0) != (m < 0)));
    CV down = floor(q);
    down = select(down, down + (C)1, q - down > (C)0.5);
    CV zero = copysign((CV)(0), a / b);
    return select(select(down, zero, q == 0), a / b, b == 0);
}
#else
// Hardware faults on a division by zero, and on the lowest number by -1: neither reaches it.
static CV quotient(CV a, CV b)
{
    CV safe = select(b, (CV)(1), (b == 0) | (b == -1));
    return select(select(a / safe, SUB((CV)(0), a), b == -1), (CV)(0), b == 0);
}

static CV rest_of(CV a, CV b)
{
    CV safe = select(b, (CV)(1), (b == 0) | (b == -1));
    return a % safe;
}

static C power(C base, C exponent)
{
    if (exponent < 0) // the truncated 1 / base^-exponent
        return base == 1 ? 1 : base == -1 ? ((exponent & 1) ? -1 : 1) : 0;
    U result = 1, factor = (U)base;
    for (U e = (U)exponent; e != 0; e >>= 1)
    {
        if (e & 1)
            result *= factor;
        factor *= factor;
    }
    return (C)result;
}

static CV powers(CV a, CV b)
{
    C base[W], exponent[W];
    VSTORE(a, 0, base);
    VSTORE(b, 0, exponent);
    for (int i = 0; i < W; i++)
        base[i] = power(base[i], exponent[i]);
    return VLOAD(0, base);
}

static CV shift_left(CV a, CV b)
{
    MV beyond = (b < 0) | (b >= BITS);
    CV by = select(b, (CV)(0), beyond);
    return select(AS(C_NAME)(AS(U_NAME)(a) << AS(U_NAME)(by)), (CV)(0), beyond);
}

static CV shift_right(CV a, CV b)
{
    return a >> select(b, (CV)(IS(uint8) || IS(bool) ? BITS : BITS - 1), (b < 0) | (b >= BITS));
}

static bool divides(int op)
{
    return op == OP_floor_divide || op == OP_trunc_divide || op == OP_remainder || op == OP_fmod;
}
#endif

#define OPERANDS                                             \
    CHUNK(3)                                                 \
    CV a = side == 1 ? (CV)(number) : LOAD_CHUNK(x, 0);      \
    CV b = side == 2 ? (CV)(number) : LOAD_CHUNK(z, 1);

kernel void binary(Walk walk, int op, int side, C number, const global T *x, const global T *z, global T *y, volatile global int *fault, int command)
{
    OPERANDS
    CV r = a;
    switch (op)
    {
#if FLOATING
    case OP_add: r = a + b; break;
    case OP_sub: r = a - b; break;
    case OP_mul: r = a * b; break;
    case OP_div: r = a / b; break;
    case OP_floor_divide: r = floor_divide(a, b); break;
    case OP_trunc_divide: r = trunc(a / b); break;
    case OP_remainder: r = remainder_of(a, b); break;
    case OP_fmod: r = fmod_of(a, b); break;
    case OP_pow: r = pow_of(a, b); break;
    case OP_maximum: r = LARGER(a, b); break;
    case OP_minimum: r = SMALLER(a, b); break;
    case OP_atan2: r = atan2(a, b); break;
    case OP_hypot: r = hypot(a, b); break;
    case OP_copysign: r = copysign(a, b); break;
#else
    case OP_add: r = ADD(a, b); break;
    case OP_sub: r = SUB(a, b); break;
    case OP_mul: r = MUL(a, b); break;
    case OP_trunc_divide: r = quotient(a, b); break;
    case OP_fmod: r = rest_of(a, b); break;
    case OP_floor_divide:
    {
        CV q = quotient(a, b), m = rest_of(a, b);
        r = select(q, SUB(q, (CV)(1)), (m != 0) & ((m < 0) != (b < 0)));
        break;
    }
    case OP_remainder:
    {
        CV m = rest_of(a, b);
        r = select(m, m + b, (m != 0) & ((m < 0) != (b < 0)));
        break;
    }
    case OP_pow: r = powers(a, b); break;
    case OP_maximum: r = LARGER(a, b); break;
    case OP_minimum: r = SMALLER(a, b); break;
    case OP_logical_and:
    case OP_bitwise_and: r = a & b; break;
    case OP_logical_or:
    case OP_bitwise_or: r = a | b; break;
    case OP_logical_xor:
    case OP_bitwise_xor: r = a ^ b; break;
    case OP_bitwise_left_shift: r = shift_left(a, b); break;
    case OP_bitwise_right_shift: r = shift_right(a, b); break;
#endif
    default: break;
    }
#if !FLOATING
    if (divides(op) && any(b == 0))
        report(fault, FAULT_DIVISION, command, 0, 0, 0);
#endif
    STORE_CHUNK(r, y, 2)
}

kernel void compare(Walk walk, int op, int side, C number, const global T *x, const global T *z, global uchar *y)
{
    OPERANDS
    MV r;
    switch (op)
    {
    case OP_eq: r = a == b; break;
    case OP_ne: r = a != b; break;
    case OP_lt: r = a < b; break;
    case OP_le: r = a <= b; break;
    case OP_gt: r = a > b; break;
    default: r = a >= b; break;
    }
    STORE_TRUTH(r, y, 2);
}
