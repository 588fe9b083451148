// One handle table and one collector serve the process: tests that count what a sweep frees must not meet others'.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
