// Checks of values: the first false element is reported.

kernel void assert_all(Line line, const global uchar *x, volatile global int *fault, int command)
{
    int at = (int)get_global_id(0), left;
    if (at < line.count && !x[seek_line(&line, at, &left)])
        report(fault, FAULT_ASSERTION, command, 0, 0, at);
}
