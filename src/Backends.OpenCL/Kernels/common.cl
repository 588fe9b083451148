// Included before every program. The host defines W (elements of a vector), DT (the element type), GROUP (work-items of a group that share
// a reduction; 1 on a CPU), TILE_ROWS, and FP64 where the device computes in binary64.

#ifdef FP64
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif
#pragma OPENCL FP_CONTRACT OFF // the functions below are written to the last bit; products that want fma say so

#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
#define VEC(type) JOIN(type, W)
#define CONVERT(type) JOIN(convert_, VEC(type))
#define AS(type) JOIN(as_, VEC(type))
#define VLOAD JOIN(vload, W)
#define VSTORE JOIN(vstore, W)

// How many parts of so many a positive count has; the sum that is common for it would pass 2^31 where the count is near it.
#define PARTS(count, of) (((count) - 1) / (of) + 1)

#define MAX_RANK 16

// How up to four tensors are walked together; the innermost dimension comes first. The same as Walk.cs.
typedef struct
{
    int rank;
    int count;
    int size[MAX_RANK];
    int step[4][MAX_RANK];
    int offset[4];
} Walk;

// Some dimensions of one tensor. The same as Line.cs.
typedef struct
{
    int rank;
    int count;
    int size[MAX_RANK];
    int step[MAX_RANK];
    int offset;
} Line;

// Where element `at` of each operand lies. Returns how many elements follow in the innermost dimension, itself included.
static int seek(const Walk *walk, int at, int operands, int *offset)
{
    int rest = at, left = walk->count - at;
    for (int j = 0; j < operands; j++)
        offset[j] = walk->offset[j];
    for (int d = 0; d < walk->rank; d++)
    {
        int c = rest;
        if (d + 1 < walk->rank)
        {
            c = rest % walk->size[d];
            rest /= walk->size[d];
            if (d == 0)
                left = walk->size[0] - c;
        }
        for (int j = 0; j < operands; j++)
            offset[j] += c * walk->step[j][d];
    }
    return left;
}

// As seek, for one tensor.
static int seek_line(const Line *line, int at, int *left)
{
    int rest = at, offset = line->offset;
    *left = line->count - at;
    for (int d = 0; d < line->rank; d++)
    {
        int c = rest;
        if (d + 1 < line->rank)
        {
            c = rest % line->size[d];
            rest /= line->size[d];
            if (d == 0)
                *left = line->size[0] - c;
        }
        offset += c * line->step[d];
    }
    return offset;
}

// What went wrong: the first command that fails wins. The same as ErrorBuffer.cs: state, command, kind, axis, size, value (low, high).
#define FAULT_DIVISION 1
#define FAULT_INDEX 2
#define FAULT_ASSERTION 3
static void report(volatile global int *fault, int kind, int command, int axis, int size, long value)
{
    if (atomic_cmpxchg(fault, 0, 1) != 0)
        return;
    fault[1] = command;
    fault[2] = kind;
    fault[3] = axis;
    fault[4] = size;
    fault[5] = (int)value;
    fault[6] = (int)(value >> 32);
}
