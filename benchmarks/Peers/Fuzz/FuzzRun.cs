using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>
/// Random calls on both sides: any shape, layout, element type and special values. What is compared is not speed but every result: element type,
/// shape, values, gradients, gradients of gradients.
/// </summary>
internal static class FuzzRun
{
    private const int Shown = 3;

    /// <returns>The exit code: 1 where something differs, or where a function was never compared.</returns>
    public static int Run(int trials, int seed, string? filter, int threads)
    {
        using var engine = new Engine(threads);
        engine.LimitTorch();
        using var device = engine.Device.AsDefault();
        int bad = 0, agreed = 0, refused = 0;
        var rows = FuzzTable.Matching(filter);
        foreach (var (name, draw) in rows)
        {
            var differences = new List<string>();
            int compared = 0;
            for (int i = 0; i < trials; i++)
            {
                using var scope = Torch.NewDisposeScope();
                var dice = new Dice(Seed(name, seed, i));
                var trial = draw(dice);
                var bout = new Bout(trial, dice);
                var ending = bout.Run();
                compared += ending is Ending.Agreed or Ending.Differed ? 1 : 0;
                refused += ending is Ending.BothRefused or Ending.PeerRefused ? 1 : 0;
                if (ending == Ending.Differed)
                    differences.Add($"{trial}: {bout.Difference}");
            }

            agreed += compared - differences.Count;
            if (differences.Count == 0 && compared > 0)
                continue;
            bad++;
            Console.WriteLine(compared == 0 ? $"{name}: never compared" : $"{name}: {differences.Count} of {compared} differ");
            foreach (string difference in differences.Take(Shown))
                Console.WriteLine($"    {difference}");
        }

        Console.WriteLine($"{rows.Length} functions, seed {seed}: {agreed} calls agree, {refused} are refused by the peer or by both; {bad} functions differ");
        return rows.Length == 0 || bad > 0 ? 1 : 0;
    }

    /// <summary>Each trial has a seed of its own, so that it can be drawn again without those before it; the same in every process, unlike the hash code of a string.</summary>
    public static int Seed(string name, int seed, int trial)
    {
        int number = unchecked((seed * 1_000_003) + trial);
        foreach (char letter in name)
            number = unchecked((number * 31) + letter);
        return number;
    }
}
