// Converts from the program's element type to any other, chosen at run time.

#if !FLOATING
#define TO_FLOAT(v) CONVERT(float)(v)
#elif IS(float64)
#define TO_FLOAT(v) CONVERT(float)(v)
#else
#define TO_FLOAT(v) (v)
#endif

#if FLOATING
#define TO_INT(v) JOIN(CONVERT(int), _sat_rtz)(v)
#define TO_LONG(v) JOIN(CONVERT(long), _sat_rtz)(v)
#else
#define TO_INT(v) CONVERT(int)(v)
#define TO_LONG(v) CONVERT(long)(v)
#endif

#define PUT(type, v)                                                \
    {                                                               \
        VEC(type) r = v;                                            \
        global type *p = (global type *)y;                          \
        if (row && step == 1)                                       \
            VSTORE(r, 0, p + offset[1]);                            \
        else                                                        \
        {                                                           \
            type one[W];                                            \
            VSTORE(r, 0, one);                                      \
            for (int i = 0; i < count; i++)                         \
                p[row ? offset[1] + i * step : lane[1][i]] = one[i]; \
        }                                                           \
        break;                                                      \
    }

static VEC(ushort) to_bfloat(VEC(float) x)
{
    VEC(uint) bits = AS(uint)(x);
    VEC(uint) rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    return CONVERT(ushort)(select(rounded, (bits >> 16) | 0x40, AS(uint)(isnan(x))));
}

static VEC(ushort) to_half(VEC(float) x)
{
    ushort bits[W];
    JOIN(JOIN(vstore_half, W), _rte)(x, 0, (half *)bits);
    return VLOAD(0, bits);
}

kernel void cast(Walk walk, int to, const global T *x, global void *y)
{
    CHUNK(2)
    CV v = LOAD_CHUNK(x, 0);
    int step = walk.step[1][0];
    switch (to)
    {
    case DT_bool: PUT(uchar, CONVERT(uchar)((v != 0) & 1))
    case DT_uint8: PUT(uchar, CONVERT(uchar)(TO_INT(v) & 0xFF))
    case DT_int8: PUT(char, AS(char)(CONVERT(uchar)(TO_INT(v) & 0xFF)))
    case DT_int16: PUT(short, AS(short)(CONVERT(ushort)(TO_INT(v) & 0xFFFF)))
    case DT_int32: PUT(int, TO_INT(v))
    case DT_int64: PUT(long, TO_LONG(v))
    case DT_float16: PUT(ushort, to_half(TO_FLOAT(v)))
    case DT_bfloat16: PUT(ushort, to_bfloat(TO_FLOAT(v)))
    case DT_float32: PUT(float, TO_FLOAT(v))
#ifdef FP64
    case DT_float64: PUT(double, CONVERT(double)(v))
#endif
    default: break;
    }
}
