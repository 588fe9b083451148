// The least that computes something: how long a process takes from its start to its first result, compiled ahead of time. Peers/setup.sh --native publishes it.
Console.WriteLine(Nabla.Start.FirstResult.Compute());
