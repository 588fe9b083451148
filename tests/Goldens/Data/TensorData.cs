using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>A tensor as the files hold it.</summary>
internal sealed class TensorData
{
    private readonly JsonElement? _layout;

    public TensorData(JsonElement json)
    {
        DType = DTypes.Parse(json.GetProperty("dtype").GetString()!);
        Shape = [.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        Bytes = json.GetProperty("data").GetBytesFromBase64();
        RequiresGrad = json.TryGetProperty("requires_grad", out var flag) && flag.GetBoolean();
        if (json.TryGetProperty("layout", out var layout))
            _layout = layout;
    }

    public DType DType { get; }

    public long[] Shape { get; }

    public byte[] Bytes { get; }

    public bool RequiresGrad { get; }

    /// <summary>A tensor or null.</summary>
    public static TensorData? Read(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : new TensorData(json);

    /// <summary>A list of tensors, of which some may be null.</summary>
    public static TensorData?[] ReadAll(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Read)] : [];

    /// <summary>A leaf with these values, seen through the view that the case describes.</summary>
    public Tensor Create(Device device)
    {
        var tensor = _layout is { } layout ? ViewOf(layout, device) : Dense(device);
        if (RequiresGrad)
            tensor.RequiresGrad = true;
        return tensor;
    }

    /// <summary>The elements.</summary>
    public Values Values() => Goldens.Values.Of(DType, Shape, Bytes);

    private Tensor Dense(Device device) => DType switch
    {
        DType.Bool => From<bool>(device),
        DType.UInt8 => From<byte>(device),
        DType.Int8 => From<sbyte>(device),
        DType.Int16 => From<short>(device),
        DType.Int32 => From<int>(device),
        DType.Int64 => From<long>(device),
        DType.Float16 => From<Half>(device),
        DType.BFloat16 => From<BFloat16>(device),
        DType.Float32 => From<float>(device),
        _ => From<double>(device),
    };

    private Tensor From<T>(Device device) where T : unmanaged =>
        Tensor.From<T>(MemoryMarshal.Cast<byte, T>(Bytes), Shape, device: device);

    /// <summary>The base on the device, cut and turned as described; detached, so that it is a leaf with a layout of its own.</summary>
    private static Tensor ViewOf(JsonElement layout, Device device)
    {
        var tensor = new TensorData(layout.GetProperty("base")).Dense(device);
        foreach (var step in layout.GetProperty("view").EnumerateArray())
            tensor = Apply(tensor, step);
        long[] strides = [.. layout.GetProperty("strides").EnumerateArray().Select(s => s.GetInt64())];
        for (int d = 0; d < strides.Length; d++)
            if (tensor.Shape[d] > 1 && tensor.Strides.AsSpan()[d] != strides[d])
                throw new InvalidDataException($"The view has the strides {tensor.Strides}, the data describes [{string.Join(", ", strides)}].");
        return tensor.Detach();
    }

    private static Tensor Apply(Tensor tensor, JsonElement step)
    {
        int Int(int at) => step[at].GetInt32();
        return step[0].GetString() switch
        {
            "transpose" => tensor.Transpose(Int(1), Int(2)),
            "permute" => tensor.Permute([.. step[1].EnumerateArray().Select(d => d.GetInt32())]),
            "expand" => tensor.Expand([.. step[1].EnumerateArray().Select(d => d.GetInt64())]),
            "select" => tensor.Select(Int(1), step[2].GetInt64()),
            "slice" => tensor.Slice(Int(1), step[2].GetInt64(), step[3].GetInt64(), step[4].GetInt64()),
            var other => throw new InvalidDataException($"The view step '{other}' is not known."),
        };
    }
}
