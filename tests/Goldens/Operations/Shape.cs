namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddShape()
    {
        AddViews();
        AddJoining();
        AddArrangement();
    }

    private void AddViews()
    {
        One("broadcast_to", a => a.Input.BroadcastTo(a.Longs("size")));
        One("clone", a => a.Input.Clone());
        One("contiguous", a => a.Input.Contiguous());
        One("expand", a => a.Input.Expand(a.Longs("size")));
        One("flatten", a => a.Input.Flatten(a.Int("start_dim", 0), a.Int("end_dim", -1)));
        One("movedim", a => a.Input.MoveDim(a.Ints("source"), a.Ints("destination")));
        One("narrow", a => a.Input.Narrow(a.Int("dim"), a.Long("start"), a.Long("length")));
        One("permute", a => a.Input.Permute(a.Ints("dims")));
        One("reshape", a => a.Input.Reshape(a.Longs("shape")));
        One("select", a => a.Input.Select(a.Int("dim"), a.Long("index")));
        One("slice", a => a.Input.Slice(
            a.Int("dim", 0), a.Has("start") ? a.Long("start") : null, a.Has("stop") ? a.Long("stop") : null, a.Long("step", 1)));
        One("squeeze", a => a.Has("dim") ? a.Input.Squeeze(a.Int("dim")) : a.Input.Squeeze());
        One("swapaxes", a => a.Input.SwapAxes(a.Int("axis0"), a.Int("axis1")));
        One("t", a => a.Input.T);
        One("transpose", a => a.Input.Transpose(a.Int("dim0"), a.Int("dim1")));
        One("unflatten", a => a.Input.Unflatten(a.Int("dim"), a.Longs("sizes")));
        One("unfold_dim", a => a.Input.Unfold(a.Int("dimension"), a.Long("size"), a.Long("step")));
        One("unsqueeze", a => a.Input.Unsqueeze(a.Int("dim")));
        One("view", a => a.Input.View(a.Longs("size")));

        Many("broadcast_tensors", a => Tensor.BroadcastTensors(a.Tensors("tensors")));
        Many("chunk", a => a.Input.Chunk(a.Int("chunks"), a.Int("dim", 0)));
        Many("split", a => a.IsList("split_size_or_sections")
            ? a.Input.Split(a.Longs("split_size_or_sections"), a.Int("dim", 0))
            : a.Input.Split(a.Long("split_size_or_sections"), a.Int("dim", 0)));
        Many("tensor_split", a => a.IsList("indices_or_sections")
            ? a.Input.TensorSplit(a.Longs("indices_or_sections"), a.Int("dim", 0))
            : a.Input.TensorSplit(a.Int("indices_or_sections"), a.Int("dim", 0)));
        Many("unbind", a => a.Input.Unbind(a.Int("dim", 0)));
        Many("meshgrid", a => Tensor.Meshgrid(a.Tensors("tensors"), a.String("indexing", "ij") == "xy" ? MeshIndexing.Xy : MeshIndexing.Ij));
    }

    private void AddJoining()
    {
        One("cat", a => Tensor.Cat(a.Tensors("tensors"), a.Int("dim", 0)));
        One("stack", a => Tensor.Stack(a.Tensors("tensors"), a.Int("dim", 0)));
        One("hstack", a => Tensor.HStack(a.Tensors("tensors")));
        One("vstack", a => Tensor.VStack(a.Tensors("tensors")));
        One("dstack", a => Tensor.DStack(a.Tensors("tensors")));
        One("column_stack", a => Tensor.ColumnStack(a.Tensors("tensors")));
        One("block_diag", a => Tensor.BlockDiag(a.Tensors("tensors")));
        One("cartesian_prod", a => Tensor.CartesianProd(a.Tensors("tensors")));
        One("combinations", a => a.Input.Combinations(a.Int("r", 2), a.Bool("with_replacement", false)));
    }

    private void AddArrangement()
    {
        One("flip", a => a.Input.Flip(a.Ints("dims")));
        One("fliplr", a => a.Input.FlipLR());
        One("flipud", a => a.Input.FlipUD());
        One("pad", a => a.Input.Pad(a.Longs("pad"), ModeOf(a.String("mode", "constant")), a.Scalar("value", 0)));
        One("pixel_shuffle", a => a.Input.PixelShuffle(a.Int("upscale_factor")));
        One("pixel_unshuffle", a => a.Input.PixelUnshuffle(a.Int("downscale_factor")));
        One("repeat", a => a.Input.Repeat(a.Longs("size")));
        One("repeat_interleave", a => a.IsTensor("repeats")
            ? a.Input.RepeatInterleave(a.Tensor("repeats"), a.IntOrNull("dim"))
            : a.Input.RepeatInterleave(a.Long("repeats"), a.IntOrNull("dim")));
        One("roll", a => a.Input.Roll(a.Longs("shifts"), a.IntsOrEmpty("dims")));
        One("rot90", a => a.Input.Rot90(a.Int("k", 1), a.Has("dims") ? a.Ints("dims")[0] : 0, a.Has("dims") ? a.Ints("dims")[1] : 1));
        One("tile", a => a.Input.Tile(a.Longs("dims")));
    }

    private static PadMode ModeOf(string name) => name switch
    {
        "constant" => PadMode.Constant,
        "reflect" => PadMode.Reflect,
        "replicate" => PadMode.Replicate,
        "circular" => PadMode.Circular,
        _ => throw new InvalidDataException($"The padding mode '{name}' is not known."),
    };
}
