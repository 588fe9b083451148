using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Operators of the standard that work element by element.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>A function of one value that keeps type and shape.</summary>
    public GraphValue Unary(string op, GraphValue a) => Node(op, a.Type, [a]);

    /// <summary>A function of two values of a type, which broadcast.</summary>
    public GraphValue Binary(string op, GraphValue a, GraphValue b, params ReadOnlySpan<AttributeProto> attributes) =>
        Node(op, a.Type, [a, b], attributes);

    /// <summary>A question about two values of a type, which broadcast.</summary>
    public GraphValue Compare(string op, GraphValue a, GraphValue b) =>
        Node(op, OnnxType.Bool, [a, b]);

    public GraphValue Add(GraphValue a, GraphValue b) => Binary("Add", a, b);

    public GraphValue Add(GraphValue a, double b) => Binary("Add", a, Number(a.Type, b));

    public GraphValue Sub(GraphValue a, GraphValue b) => Binary("Sub", a, b);

    public GraphValue Sub(double a, GraphValue b) => Binary("Sub", Number(b.Type, a), b);

    public GraphValue Mul(GraphValue a, GraphValue b) => Binary("Mul", a, b);

    public GraphValue Mul(GraphValue a, double b) => Binary("Mul", a, Number(a.Type, b));

    public GraphValue Div(GraphValue a, GraphValue b) => Binary("Div", a, b);

    public GraphValue Div(double a, GraphValue b) => Binary("Div", Number(b.Type, a), b);

    public GraphValue Neg(GraphValue a) => Unary("Neg", a);

    public GraphValue Abs(GraphValue a) => Unary("Abs", a);

    public GraphValue Exp(GraphValue a) => Unary("Exp", a);

    public GraphValue Log(GraphValue a) => Unary("Log", a);

    public GraphValue Sqrt(GraphValue a) => Unary("Sqrt", a);

    public GraphValue Equal(GraphValue a, GraphValue b) => Compare("Equal", a, b);

    public GraphValue Equal(GraphValue a, double b) => Compare("Equal", a, Number(a.Type, b));

    public GraphValue Less(GraphValue a, GraphValue b) => Compare("Less", a, b);

    public GraphValue Less(GraphValue a, double b) => Compare("Less", a, Number(a.Type, b));

    public GraphValue Greater(GraphValue a, double b) => Compare("Greater", a, Number(a.Type, b));

    public GraphValue AtLeast(GraphValue a, double b) => Compare("GreaterOrEqual", a, Number(a.Type, b));

    public GraphValue And(GraphValue a, GraphValue b) => Compare("And", a, b);

    public GraphValue Or(GraphValue a, GraphValue b) => Compare("Or", a, b);

    public GraphValue Xor(GraphValue a, GraphValue b) => Compare("Xor", a, b);

    public GraphValue Not(GraphValue a) => Unary("Not", a);

    /// <summary>For float32 and float64.</summary>
    public GraphValue IsNaN(GraphValue a) => Node("IsNaN", OnnxType.Bool, [a]);

    /// <summary>For float32 and float64.</summary>
    public GraphValue IsInf(GraphValue a) => Node("IsInf", OnnxType.Bool, [a]);

    public GraphValue Cast(GraphValue a, OnnxType to)
    {
        if (a.Type == to)
            return a;
        if (!to.IsFloat() && a.Type.IsFloat() && _casts.Contains(a.Name))
            a = Kept(Cast(a, a.Type.Compute()));
        var result = Node("Cast", to, [a], Attribute("to", (long)to));
        _casts.Add(result.Name);
        return result;
    }

    /// <summary>
    /// The value itself, in a node that the runtime keeps: of two casts in a row that end in an integer it makes one, and so loses how the
    /// first one rounds (2.9997 is 3 as float16, but 2 as an integer).
    /// </summary>
    private GraphValue Kept(GraphValue a) => Node("Max", a.Type, [a]);

    /// <summary>The sign bit, for float32 and float64: below zero, or the negative zero.</summary>
    public GraphValue IsNegative(GraphValue a) => Or(Less(a, 0), And(Equal(a, 0), Less(Div(1, a), 0)));

    /// <summary>condition ? a : b, for every element type: the kernel lacks some, which travel as others.</summary>
    public GraphValue Select(GraphValue condition, GraphValue a, GraphValue b)
    {
        var carrier = a.Type switch
        {
            OnnxType.Bool => OnnxType.Uint8,
            OnnxType.Int16 => OnnxType.Int32,
            OnnxType.Bfloat16 => OnnxType.Float,
            OnnxType.Uint64 => OnnxType.Int64,
            var type => type,
        };
        return Cast(Node("Where", carrier, [condition, Cast(a, carrier), Cast(b, carrier)]), a.Type);
    }

    public GraphValue Select(GraphValue condition, GraphValue a, double b) => Select(condition, a, Number(a.Type, b));

    public GraphValue Select(GraphValue condition, double a, GraphValue b) => Select(condition, Number(b.Type, a), b);

    /// <summary>A shift of uint64 values.</summary>
    public GraphValue Shift(GraphValue a, GraphValue by, bool left) => Binary("BitShift", a, by, Attribute("direction", left ? "LEFT" : "RIGHT"));

    /// <summary>c[0] + x (c[1] + x (…)).</summary>
    public GraphValue Polynomial(GraphValue x, ReadOnlySpan<double> coefficients)
    {
        var sum = Number(x.Type, coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
            sum = Add(Mul(sum, x), coefficients[i]);
        return sum;
    }
}
