// The element type. T is how an element is stored, C what it is computed in; M is the type of a vector comparison's lanes.
// LOAD and STORE convert one element, LOADV and STOREV a vector of W.

#define IS(type) (DT == DT_##type)
#define SMALL_INTEGER (IS(bool) || IS(uint8) || IS(int8) || IS(int16))
#define FLOATING (IS(float16) || IS(bfloat16) || IS(float32) || IS(float64))

#if IS(bool) || IS(uint8)
typedef uchar T;
#define T_NAME uchar
#elif IS(int8)
typedef char T;
#define T_NAME char
#elif IS(int16)
typedef short T;
#define T_NAME short
#elif IS(int32)
typedef int T;
#define T_NAME int
#elif IS(int64)
typedef long T;
#define T_NAME long
#elif IS(float16) || IS(bfloat16)
typedef ushort T;
#define T_NAME ushort
#elif IS(float32)
typedef float T;
#define T_NAME float
#elif IS(float64)
typedef double T;
#define T_NAME double
#endif

#if IS(int64)
#define C_NAME long
#define U_NAME ulong
#define M_NAME long
#define BITS 64
#define LOWEST LONG_MIN
#define HIGHEST LONG_MAX
#elif IS(float64)
#define C_NAME double
#define M_NAME long
#define LOWEST (-INFINITY)
#define HIGHEST INFINITY
#elif FLOATING
#define C_NAME float
#define M_NAME int
#define LOWEST (-INFINITY)
#define HIGHEST INFINITY
#else
#define C_NAME int
#define U_NAME uint
#define M_NAME int
#define LOWEST INT_MIN
#define HIGHEST INT_MAX
#if IS(int32)
#define BITS 32
#elif IS(int16)
#define BITS 16
#else
#define BITS 8
#endif
#endif

typedef C_NAME C;
typedef VEC(C_NAME) CV;
typedef M_NAME M;
typedef VEC(M_NAME) MV;
typedef VEC(T_NAME) TV;
#ifdef U_NAME
typedef U_NAME U;
typedef VEC(U_NAME) UV;
#endif

#if IS(float16)
#define LOAD(p, i) vload_half(i, (const global half *)(p))
#define LOADV(p, i) JOIN(vload_half, W)(0, (const global half *)(p) + (i))
#define STORE(v, p, i) vstore_half_rte(v, i, (global half *)(p))
#define STOREV(v, p, i) JOIN(JOIN(vstore_half, W), _rte)(v, 0, (global half *)(p) + (i))
#elif IS(bfloat16)
// The upper half of a binary32. Rounds to nearest, ties to even; NaN stays NaN.
static ushort narrow(float x)
{
    uint bits = as_uint(x);
    return (ushort)(isnan(x) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}
static VEC(ushort) narrow_vector(VEC(float) x)
{
    VEC(uint) bits = AS(uint)(x);
    VEC(uint) rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    return CONVERT(ushort)(select(rounded, (bits >> 16) | 0x40, AS(uint)(isnan(x))));
}
#define LOAD(p, i) as_float((uint)(p)[i] << 16)
#define LOADV(p, i) AS(float)(CONVERT(uint)(VLOAD(0, (p) + (i))) << 16)
#define STORE(v, p, i) ((p)[i] = narrow(v))
#define STOREV(v, p, i) VSTORE(narrow_vector(v), 0, (p) + (i))
#elif IS(bool)
#define LOAD(p, i) ((C)(p)[i])
#define LOADV(p, i) CONVERT(int)(VLOAD(0, (p) + (i)))
#define STORE(v, p, i) ((p)[i] = (v) != 0)
#define STOREV(v, p, i) VSTORE(CONVERT(uchar)(((v) != 0) & 1), 0, (p) + (i))
#elif SMALL_INTEGER
#define LOAD(p, i) ((C)(p)[i])
#define LOADV(p, i) CONVERT(int)(VLOAD(0, (p) + (i)))
#define STORE(v, p, i) ((p)[i] = (T)(v))
#define STOREV(v, p, i) VSTORE(CONVERT(T_NAME)(v), 0, (p) + (i))
#else
#define LOAD(p, i) (p)[i]
#define LOADV(p, i) VLOAD(0, (p) + (i))
#define STORE(v, p, i) ((p)[i] = (v))
#define STOREV(v, p, i) VSTORE(v, 0, (p) + (i))
#endif

#if FLOATING
#define IS_NAN(v) ((v) != (v))
#define ADD(a, b) ((a) + (b))
#define MUL(a, b) ((a) * (b))
#else
#define IS_NAN(v) 0
// Signed overflow is not defined in C; through unsigned it wraps.
#define ADD(a, b) AS(C_NAME)(AS(U_NAME)(a) + AS(U_NAME)(b))
#define SUB(a, b) AS(C_NAME)(AS(U_NAME)(a) - AS(U_NAME)(b))
#define MUL(a, b) AS(C_NAME)(AS(U_NAME)(a) * AS(U_NAME)(b))
#endif

// The larger, the smaller: NaN if either is.
#define LARGER(a, b) select(a, b, ((b) > (a)) | ((b) != (b)))
#define SMALLER(a, b) select(a, b, ((b) < (a)) | ((b) != (b)))
