// y = f(x), elementwise; the operation is chosen at run time, once for W elements.

#if FLOATING
// Some drivers (PoCL 3.1) reduce the angles of a whole vector by the method for its largest lane, and lose the small ones. Vectors of
// small angles are safe, and so is one angle at a time.
#define ANGLES(f)                       \
    static CV f##_of(CV v)              \
    {                                   \
        if (all(fabs(v) < (C)100))      \
            return f(v);                \
        C lane[W];                      \
        VSTORE(v, 0, lane);             \
        for (int i = 0; i < W; i++)     \
            lane[i] = f(lane[i]);       \
        return VLOAD(0, lane);          \
    }
ANGLES(sin)
ANGLES(cos)
ANGLES(tan)

static CV sigmoid_of(CV x)
{
    return (C)1 / ((C)1 + exp(-x)); // e^-x overflows to infinity where the result is 0: no other guard is needed
}

// Drivers may stop one unit short of 1, which 1 - tanh^2 times a large x (gelu, its gradient) makes visible.
static CV tanh_of(CV x)
{
    return select(tanh(x), copysign((CV)(1), x), isgreater(fabs(x), (CV)(sizeof(C) == 8 ? 20 : 10)));
}
#endif

kernel void unary(Walk walk, int op, const global T *x, global T *y)
{
    CHUNK(2)
    CV v = LOAD_CHUNK(x, 0), r = v;
    switch (op)
    {
#if FLOATING
    case OP_neg: r = -v; break;
    case OP_abs: r = fabs(v); break;
    case OP_sign: r = sign(v); break; // 0 for NaN
    case OP_floor: r = floor(v); break;
    case OP_ceil: r = ceil(v); break;
    case OP_round: r = rint(v); break;
    case OP_trunc: r = trunc(v); break;
    case OP_exp: r = exp(v); break;
    case OP_exp2: r = exp2(v); break;
    case OP_expm1: r = expm1(v); break;
    case OP_log: r = log(v); break;
    case OP_log2: r = log2(v); break;
    case OP_log10: r = log10(v); break;
    case OP_log1p: r = log1p(v); break;
    case OP_sqrt: r = sqrt(v); break;
    case OP_rsqrt: r = (C)1 / sqrt(v); break;
    case OP_reciprocal: r = (C)1 / v; break;
    case OP_sin: r = sin_of(v); break;
    case OP_cos: r = cos_of(v); break;
    case OP_tan: r = tan_of(v); break;
    case OP_asin: r = asin(v); break;
    case OP_acos: r = acos(v); break;
    case OP_atan: r = atan(v); break;
    case OP_sinh: r = sinh(v); break;
    case OP_cosh: r = cosh(v); break;
    case OP_tanh: r = tanh_of(v); break;
    case OP_asinh: r = asinh(v); break;
    case OP_acosh: r = acosh(v); break;
    case OP_atanh: r = atanh(v); break;
    case OP_sigmoid: r = sigmoid_of(v); break;
#else
    case OP_neg: r = SUB((CV)(0), v); break;
    case OP_abs: r = select(v, SUB((CV)(0), v), v < 0); break;
    case OP_sign: r = select(select((CV)(0), (CV)(1), v > 0), (CV)(-1), v < 0); break;
    case OP_bitwise_not: r = IS(bool) ? (v ^ 1) : ~v; break;
#endif
    default: break; // rounding an integer gives the integer
    }
    STORE_CHUNK(r, y, 1)
}

kernel void predicate(Walk walk, int op, const global T *x, global uchar *y)
{
    CHUNK(2)
    CV v = LOAD_CHUNK(x, 0);
    MV r = v == (C)0;
#if FLOATING
    if (op == OP_isnan)
        r = v != v;
    else if (op == OP_isinf)
        r = fabs(v) == (C)INFINITY;
#endif
    STORE_TRUTH(r, y, 1);
}
