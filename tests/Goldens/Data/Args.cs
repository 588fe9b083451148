using System.Globalization;
using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>The arguments of a call, read by name. An argument that is absent or <c>none</c> has its default.</summary>
internal sealed class Args
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly Func<JsonProperty, Tensor> _resolve;

    /// <summary>Creates the reader of <paramref name="json"/>, an object; tensors are found by <paramref name="resolve"/>.</summary>
    public Args(JsonElement json, Device device, bool keepsInput, Func<JsonProperty, Tensor> resolve)
        : this(json.EnumerateObject().Select(argument => (argument.Name, argument.Value)), device, keepsInput, resolve)
    {
    }

    /// <summary>Creates the reader of named values.</summary>
    public Args(IEnumerable<(string Name, JsonElement Value)> values, Device device, bool keepsInput, Func<JsonProperty, Tensor> resolve)
    {
        foreach (var (name, value) in values)
            _values[name] = value;
        Device = device;
        KeepsInput = keepsInput;
        _resolve = resolve;
    }

    /// <summary>Options: arguments without tensors.</summary>
    public Args(JsonElement json, Device device)
        : this(json, device, keepsInput: true, item => throw new InvalidDataException($"There is no tensor '{item.Name}' among options."))
    {
    }

    /// <summary>These, with others added or in their place.</summary>
    public Args With(JsonElement json)
    {
        foreach (var argument in json.EnumerateObject())
            _values[argument.Name] = argument.Value;
        return this;
    }

    /// <summary>Where tensors are created.</summary>
    public Device Device { get; }

    /// <summary>Whether an operation in place works on a clone of its input, as the operation families have it.</summary>
    public bool KeepsInput { get; }

    /// <summary>The argument <c>input</c>; some steps of programs have <c>tensor</c> instead.</summary>
    public Tensor Input => Tensor(_values.ContainsKey("input") ? "input" : "tensor");

    /// <summary>The input of an operation in place: the tensor itself in programs, a clone elsewhere.</summary>
    public Tensor Target => KeepsInput ? Input.Clone() : Input;

    /// <summary>Whether <c>none</c> is given.</summary>
    public bool IsNone(string name) => _values.TryGetValue(name, out var value) && Kind(value) == "none";

    /// <summary>Whether a value (other than <c>none</c>) is given.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out var value) && Kind(value) != "none";

    /// <summary>Whether the value is a tensor (and not a number).</summary>
    public bool IsTensor(string name) => Has(name) && Kind(_values[name]) is "tensor" or "var";

    /// <summary>Whether the value is a list.</summary>
    public bool IsList(string name) => Has(name) && Kind(_values[name]) is "ints" or "floats" or "bools" or "list" or "tensors" or "vars";

    public Tensor Tensor(string name) => _resolve(One(Required(name)));

    public Tensor? TensorOrNull(string name) => Has(name) ? Tensor(name) : null;

    /// <summary>A list of tensors.</summary>
    public Tensor[] Tensors(string name)
    {
        var list = One(Required(name));
        string kind = list.Name == "vars" ? "var" : "tensor";
        return [.. list.Value.EnumerateArray().Select(item => _resolve(One(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [kind] = item }))))];
    }

    /// <summary>A number: an integer, a float or a bool, which matters to type promotion.</summary>
    public Scalar Scalar(string name) => ScalarOf(Required(name));

    public Scalar Scalar(string name, Scalar otherwise) => Has(name) ? Scalar(name) : otherwise;

    public Scalar? ScalarOrNull(string name) => Has(name) ? Scalar(name) : null;

    public double Double(string name) => Scalar(name).ToDouble();

    public double Double(string name, double otherwise) => Has(name) ? Double(name) : otherwise;

    public long Long(string name) => Scalar(name).ToInt64();

    public long Long(string name, long otherwise) => Has(name) ? Long(name) : otherwise;

    public int Int(string name) => checked((int)Long(name));

    public int Int(string name, int otherwise) => Has(name) ? Int(name) : otherwise;

    public int? IntOrNull(string name) => Has(name) ? Int(name) : null;

    public bool Bool(string name, bool otherwise) => Has(name) ? Scalar(name).ToBool() : otherwise;

    public string String(string name) => One(Required(name)).Value.GetString()!;

    public string String(string name, string otherwise) => Has(name) ? String(name) : otherwise;

    public DType DType(string name) => DTypes.Parse(String(name));

    public DType? DTypeOrNull(string name) => Has(name) ? DType(name) : null;

    /// <summary>A list of integers; one integer counts as a list of one.</summary>
    public long[] Longs(string name)
    {
        var value = One(Required(name)).Value;
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(LongOf)] : [value.GetInt64()];
    }

    /// <summary>As <see cref="Longs(string)"/>, repeated to <paramref name="count"/> where one number is given.</summary>
    public long[] Longs(string name, int count, long otherwise)
    {
        long[] values = Has(name) ? Longs(name) : [otherwise];
        return values.Length == count ? values : [.. Enumerable.Repeat(values[0], count)];
    }

    public int[] Ints(string name) => Array.ConvertAll(Longs(name), v => checked((int)v));

    public int[] IntsOrEmpty(string name) => Has(name) ? Ints(name) : [];

    public double[] Doubles(string name) => [.. One(Required(name)).Value.EnumerateArray().Select(v => DoubleOf(v))];

    public bool[] Bools(string name) => [.. One(Required(name)).Value.EnumerateArray().Select(v => v.GetBoolean())];

    /// <summary>The items of a <c>list</c>, each to be read like an argument named <c>item</c>.</summary>
    public Args[] List(string name) => [.. One(Required(name)).Value.EnumerateArray().Select(item =>
        new Args([("item", item)], Device, KeepsInput, _resolve))];

    /// <summary>The items of an index expression: kind (<c>int</c>, <c>slice</c>, <c>ellipsis</c>, <c>newaxis</c>, <c>tensor</c>) and value.</summary>
    public IEnumerable<JsonProperty> Index(string name) => One(Required(name)).Value.EnumerateArray().Select(One);

    /// <summary>The tensor that an item of an index expression names.</summary>
    public Tensor Resolve(JsonProperty item) => _resolve(item);

    private JsonElement Required(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"The argument '{name}' is missing.");

    private static JsonProperty One(JsonElement value) => value.EnumerateObject().First();

    private static string Kind(JsonElement value) => One(value).Name;

    private static Scalar ScalarOf(JsonElement argument)
    {
        var (kind, value) = (One(argument).Name, One(argument).Value);
        return kind switch
        {
            "int" => value.GetInt64(),
            "bool" => value.GetBoolean(),
            "float" => DoubleOf(value),
            _ => throw new InvalidDataException($"A number is expected, not '{kind}'."),
        };
    }

    private static double DoubleOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var other => double.Parse(other!, CultureInfo.InvariantCulture),
    };

    private static long LongOf(JsonElement value) => value.ValueKind == JsonValueKind.Object ? One(value).Value.GetInt64() : value.GetInt64();
}
