using System.Diagnostics;

namespace Nabla;

[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Tensor
{
    // Reading values could run the device, or show a race that is not there: the debugger sees the spec alone.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string DebuggerDisplay => $"{_data.Spec} on {_data.Device.Id}{(IsDisposed ? ", disposed" : "")}";

    /// <summary>
    /// The values as PyTorch prints them: aligned, four decimals, the middle of large tensors left out, with what is not default about
    /// the tensor behind them. Waits for the device.
    /// </summary>
    public override string ToString() => TensorText.Write(this);
}
