using Google.Protobuf;

namespace Nabla;

/// <summary>
/// What a structure becomes at the sizes at hand: a model that says nothing of them, and the numbers that it is fed with instead. Equal
/// models share a session: whatever a lowering decides by a size shows in the model, so that nothing else has to be compared.
/// </summary>
/// <param name="Model">The serialized model.</param>
/// <param name="NodeCount">How many nodes it has.</param>
/// <param name="InputNames">The leaves, the scalars, the sizes.</param>
/// <param name="OutputNames">The roots; then what the checks saw, where there are any.</param>
/// <param name="Scalars">Where the scalars come from.</param>
/// <param name="Sizes">The numbers that come from shapes.</param>
/// <param name="Checks">Errors to look for.</param>
internal sealed record LoweredGraph(
    ByteString Model, int NodeCount, string[] InputNames, string[] OutputNames, IReadOnlyList<ScalarSlot> Scalars, IReadOnlyList<long[]> Sizes, IReadOnlyList<GraphCheck> Checks);
