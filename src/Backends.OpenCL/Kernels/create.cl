// Tensors from numbers alone.

#if IS(float64) || (IS(float32) && defined(FP64))
#define PLACE double // rounded once, at the end
#elif !FLOATING
#define PLACE long
#endif

#ifdef PLACE
kernel void arange(int count, PLACE start, PLACE step, global T *y)
{
    int at = (int)get_global_id(0);
    if (at < count)
        y[at] = (T)(start + at * step);
}
#endif

// Philox4x32-10 (Salmon et al., SC 2011): element i is word i mod 4 of the block at counter + i / 4.
kernel void random_bits(int count, ulong key, ulong counter, global uint *y)
{
    size_t block = get_global_id(0);
    if (block * 4 >= (size_t)count)
        return;
    ulong at = counter + block;
    uint4 c = (uint4)((uint)at, (uint)(at >> 32), 0, 0);
    uint2 k = (uint2)((uint)key, (uint)(key >> 32));
    for (int round = 0; round < 10; round++)
    {
        uint low0 = 0xD2511F53u * c.x, high0 = mul_hi(0xD2511F53u, c.x);
        uint low1 = 0xCD9E8D57u * c.z, high1 = mul_hi(0xCD9E8D57u, c.z);
        c = (uint4)(high1 ^ c.y ^ k.x, low1, high0 ^ c.w ^ k.y, low0);
        k += (uint2)(0x9E3779B9u, 0xBB67AE85u);
    }
    uint word[4];
    vstore4(c, 0, word);
    for (int i = 0; i < 4; i++)
        if (block * 4 + i < (size_t)count)
            y[block * 4 + i] = word[i];
}
