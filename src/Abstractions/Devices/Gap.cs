namespace Nabla;

/// <summary>Why a device does not offer an operation, and what to do instead.</summary>
/// <param name="Reason">The cause, in a clause.</param>
/// <param name="Remedy">What to do, in a clause.</param>
public sealed record Gap(string Reason, string Remedy);
