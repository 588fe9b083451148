namespace Nabla.Digits;

/// <summary>What the command line asks for.</summary>
internal sealed record TrainingOptions(string? Data, string Device, int Epochs, int? Steps, long Seed, string? Export, string? Plot);
