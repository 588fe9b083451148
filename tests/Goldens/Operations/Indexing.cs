using System.Text.Json;

namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddIndexing()
    {
        One("diag", a => a.Input.Diag(a.Long("diagonal", 0)));
        One("diag_embed", a => a.Input.DiagEmbed(a.Long("offset", 0), a.Int("dim1", -2), a.Int("dim2", -1)));
        One("diagonal", a => a.Input.Diagonal(a.Long("offset", 0), a.Int("dim1", 0), a.Int("dim2", 1)));
        One("embedding", a => Functional.Embedding(a.Input, a.Tensor("weight"), a.Has("padding_idx") ? a.Long("padding_idx") : null, scaleGradByFreq: a.Bool("scale_grad_by_freq", false)));
        One("gather", a => a.Input.Gather(a.Int("dim"), a.Tensor("index")));
        One("index_select", a => a.Input.IndexSelect(a.Int("dim"), a.Tensor("index")));
        One("masked_fill", a => a.IsTensor("value") ? a.Input.MaskedFill(a.Tensor("mask"), a.Tensor("value")) : a.Input.MaskedFill(a.Tensor("mask"), a.Scalar("value")));
        One("one_hot", a => Functional.OneHot(a.Input, a.Long("num_classes", -1)));
        One("scatter_add", a => a.Input.ScatterAdd(a.Int("dim"), a.Tensor("index"), a.Tensor("src")));
        One("take", a => a.Input.Take(a.Tensor("index")));
        One("take_along_dim", a => a.Input.TakeAlongDim(a.Tensor("indices"), a.IntOrNull("dim")));
        One("trace", a => a.Input.Trace());
        One("tril", a => a.Input.Tril(a.Long("diagonal", 0)));
        One("triu", a => a.Input.Triu(a.Long("diagonal", 0)));

        One("getitem", a => a.Input[Entries(a)]);
        One("setitem", a =>
        {
            var target = a.Target;
            target[Entries(a)] = a.IsTensor("value") ? a.Tensor("value") : a.Scalar("value");
            return target;
        });
    }

    private static TensorIndex[] Entries(Args a) => [.. a.Index("index").Select(Entry)];

    private static TensorIndex Entry(JsonProperty item) => item.Name switch
    {
        "int" => item.Value.GetInt64(),
        "slice" => TensorIndex.Slice(BoundOf(item.Value[0]), BoundOf(item.Value[1]), BoundOf(item.Value[2]) ?? 1),
        "ellipsis" => TensorIndex.Ellipsis,
        "newaxis" => TensorIndex.NewAxis,
        _ => throw new InvalidDataException($"'{item.Name}' is no entry of basic indexing."),
    };

    private static long? BoundOf(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
}
