// One test after another: PoCL 5 ends the process where two queues run the same kernel over different extents at once. Its cache of loaded
// kernels may count the end of one run against the other (pocl_release_dlhandle_cache). Every core works on one kernel anyway.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
