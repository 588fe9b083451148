// Packing takes a while: once for all tests.
[assembly: AssemblyFixture(typeof(Nabla.Tests.PackedPackages))]
