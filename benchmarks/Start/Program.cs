// The least that computes something: how long a process takes from its start to its first result, compiled ahead of time in part or as a whole.
// Peers/setup.sh publishes it. With "empty" it is the program that this is compared with.
Console.WriteLine(args is ["empty"] ? "nothing" : Nabla.Start.FirstResult.Compute());
