// Functions that OpenCL lacks, or whose accuracy it leaves open. One element at a time: none is worth a vector.

#if IS(float64)
#define TERMS 27 // (1/4)^27 / 27 is below the last bit of binary64
#else
#define TERMS 13
#endif

// c[0] = 1 - gamma, c[k-1] = (-1)^k (zeta(k) - 1). Then, for |z| <= 1/2, lgamma(2 + z) = sum of c[k-1] z^k / k: it vanishes with z to full
// relative accuracy, and its terms shrink fourfold. The derivative gives digamma.
#define PI 3.14159265358979323846

constant C SERIES[27] = {
    (C)4.2278433509846713939e-1,
    (C)6.4493406684822643647e-1,
    (C)-2.0205690315959428540e-1,
    (C)8.2323233711138191516e-2,
    (C)-3.6927755143369926331e-2,
    (C)1.7343061984449139715e-2,
    (C)-8.3492773819228268398e-3,
    (C)4.0773561979443393787e-3,
    (C)-2.0083928260822144179e-3,
    (C)9.9457512781808533715e-4,
    (C)-4.9418860411946455870e-4,
    (C)2.4608655330804829864e-4,
    (C)-1.2271334757848914675e-4,
    (C)6.1248135058704829259e-5,
    (C)-3.0588236307020493552e-5,
    (C)1.5282259408651871733e-5,
    (C)-7.6371976378997622736e-6,
    (C)3.8172932649998398565e-6,
    (C)-1.9082127165539389257e-6,
    (C)9.5396203387279611315e-7,
    (C)-4.7693298678780646312e-7,
    (C)2.3845050272773299000e-7,
    (C)-1.1921992596531107307e-7,
    (C)5.9608189051259479612e-8,
    (C)-2.9803503514652280186e-8,
    (C)1.4901554828365041235e-8,
    (C)-7.4507117898354294920e-9,
};

static C lgamma_near_2(C z)
{
    C sum = 0;
    for (int k = TERMS; k >= 1; k--)
        sum = sum * z + SERIES[k - 1] / (C)k;
    return sum * z;
}

static C digamma_near_2(C z)
{
    C sum = 0;
    for (int k = TERMS; k >= 1; k--)
        sum = sum * z + SERIES[k - 1];
    return sum;
}

// x > -1/2. Below 1/2, gamma(x) = gamma(2 + x) / (1 + x) / x.
static C lgamma_direct(C x)
{
    if (x < (C)0.5)
        return lgamma_near_2(x) - log1p(x) - log(fabs(x));
    if (x < (C)1.5)
        return lgamma_near_2(x - 1) - log1p(x - 1);
    if (x < (C)10)
    {
        C product = 1;
        for (; x > (C)2.5; x -= 1)
            product *= x - 1;
        return lgamma_near_2(x - 2) + log(product);
    }
    // Stirling's series; at 10 its eighth term ends beyond the last bit. Written so that infinity stays infinity.
    C r = 1 / (x * x);
    C tail = (C)(1.0 / 12) + r * ((C)(-1.0 / 360) + r * ((C)(1.0 / 1260) + r * ((C)(-1.0 / 1680) + r * ((C)(1.0 / 1188)
        + r * ((C)(-691.0 / 360360) + r * ((C)(1.0 / 156) + r * (C)(-3617.0 / 122400)))))));
    return (x - (C)0.5) * (log(x) - 1) + (C)0.41893853320467274178 + tail / x;
}

static C lgamma_of(C x)
{
    if (isnan(x))
        return x;
    if (x <= 0 && x == floor(x))
        return INFINITY; // the poles, zero among them, and -infinity
    if (x > (C)-0.5)
        return lgamma_direct(x);
    return log((C)PI / fabs(x * sinpi(x))) - lgamma_direct(-x); // gamma(x) gamma(-x) = -pi / (x sin(pi x))
}

// x > -1/2.
static C digamma_direct(C x)
{
    if (x < (C)0.5)
        return digamma_near_2(x) - 1 / (1 + x) - 1 / x;
    if (x < (C)1.5)
        return digamma_near_2(x - 1) - 1 / x;
    if (x < (C)10)
    {
        C sum = 0;
        for (; x > (C)2.5; x -= 1)
            sum += 1 / (x - 1);
        return digamma_near_2(x - 2) + sum;
    }
    C r = 1 / (x * x);
    C tail = (C)(1.0 / 12) + r * ((C)(-1.0 / 120) + r * ((C)(1.0 / 252) + r * ((C)(-1.0 / 240) + r * ((C)(1.0 / 132)
        + r * ((C)(-691.0 / 32760) + r * ((C)(1.0 / 12) + r * (C)(-3617.0 / 8160)))))));
    return log(x) - (C)0.5 / x - r * tail;
}

static C digamma_of(C x)
{
    if (isnan(x))
        return x;
    if (x == 0)
        return copysign((C)INFINITY, -x);
    if (x > (C)-0.5)
        return digamma_direct(x);
    if (x == floor(x))
        return NAN;
    return digamma_direct(-x) - 1 / x - (C)PI * cospi(x) / sinpi(x);
}

// A first guess, within a percent, then Halley's method, which triples the digits each time. Near 1 the complement keeps the digits.
static C erfinv_of(C y)
{
    C a = fabs(y);
    if (!(a < 1))
        return a == 1 ? copysign((C)INFINITY, y) : (C)NAN;
    C x = a * (C)0.88622692545275801365; // sqrt(pi) / 2
    if (a > (C)0.1)
    {
        C l = log((1 - a) * (1 + a)), t = (C)4.33074675 + l / 2; // 2 / (pi 0.147); Winitzki's approximation
        x = sqrt(sqrt(t * t - l / (C)0.147) - t);
    }
    for (int i = 0; i < 3; i++)
    {
        C excess = a > (C)0.5 ? (1 - a) - erfc(x) : erf(x) - a;
        C u = excess * exp(x * x) * (C)0.88622692545275801365;
        x -= u / (1 + x * u);
    }
    return copysign(x, y);
}

kernel void special(Walk walk, int op, const global T *x, global T *y)
{
    CHUNK(2)
    C one[W];
    CV v = LOAD_CHUNK(x, 0);
    VSTORE(v, 0, one);
    for (int i = 0; i < count; i++)
    {
        C value = one[i];
        switch (op)
        {
        case OP_erf: value = erf(value); break;
        case OP_erfc: value = erfc(value); break;
        case OP_erfinv: value = erfinv_of(value); break;
        case OP_lgamma: value = lgamma_of(value); break;
        default: value = digamma_of(value); break;
        }
        one[i] = value;
    }
    STORE_CHUNK(VLOAD(0, one), y, 1)
}
