namespace Nabla;

/// <summary>Enqueues an operation; the output has elements.</summary>
internal delegate void OpRunner(OpenClDevice device, in OpCall call, DeviceTensor output);

/// <summary>A cell of the device's column.</summary>
/// <param name="Run">Enqueues it.</param>
/// <param name="AnyTarget">
/// Whether it may write into any layout, and into an input itself: an elementwise kernel reads an element before it writes it. Others
/// get a dense output of their own.
/// </param>
internal sealed record OpEntry(OpRunner Run, bool AnyTarget);
