using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nabla.Tests;

/// <summary>What each device offers, as a table in Markdown.</summary>
internal static class DeviceTable
{
    private static readonly (string Title, Type[] Ops)[] Families =
    [
        ("creation: constants, ranges, random bits", [typeof(FullOp), typeof(ArangeOp), typeof(RandomBitsOp)]),
        ("functions of one tensor", [typeof(UnaryOp)]),
        ("functions of two tensors, comparisons, logic", [typeof(BinaryOp)]),
        ("where, conversion, copy", [typeof(WhereOp), typeof(CastOp), typeof(CopyOp)]),
        ("reductions", [typeof(ReduceOp), typeof(ArgReduceOp)]),
        ("pad, concatenate, gather, scatter", [typeof(PadOp), typeof(ConcatOp), typeof(GatherOp), typeof(ScatterAddOp), typeof(SliceScatterOp)]),
        ("matrix products", [typeof(MatMulOp)]),
        ("checks of values", [typeof(AssertOp)]),
    ];

    public static string Write(IReadOnlyList<IDevice> devices)
    {
        var text = new StringBuilder();
        Row(text, "", devices.Select(d => $"`{d.Id}`"));
        Row(text, "---", devices.Select(_ => "---"));
        Row(text, "operations run", devices.Select(d => d.Traits.Deferred ? "when a value is needed" : d.Traits.Queued ? "in a queue" : "at the call"));
        Row(text, "shares arrays of the host", devices.Select(d => d.Traits.HostMemory ? "yes" : "no, copies"));
        Row(text, "element types", devices.Select(d => DTypes.All.All(d.Traits.DTypes.Contains) ? "all" : $"all but {string.Join(", ", DTypes.All.Where(t => !d.Traits.DTypes.Contains(t)).Select(t => t.Name()))}"));
        var gaps = new List<string>();
        var kinds = Families.Select(f => (f.Title, Kinds: (IReadOnlyList<OpKind>)[.. f.Ops.SelectMany(KindsOf)])).ToList();
        CheckComplete(kinds.SelectMany(f => f.Kinds));
        foreach (var (title, family) in kinds)
            Row(text, title, devices.Select(d => Offered(d, family, gaps)));
        foreach (var gap in gaps)
            text.Append('\n').Append(gap);
        return text.Append('\n').ToString();
    }

    /// <summary>How many operations a device offers for each element type that it stores; the others are explained below the table.</summary>
    private static string Offered(IDevice device, IReadOnlyList<OpKind> kinds, List<string> gaps)
    {
        int offered = 0;
        foreach (var kind in kinds)
        {
            var missing = DTypes.All.Where(device.Traits.DTypes.Contains).Select(t => (Type: t, Gap: device.Missing(kind, t))).Where(m => m.Gap is not null).ToList();
            if (missing.Count == 0)
                offered++;
            else
                gaps.Add($"- `{device.Id}`, `{kind}` of {string.Join(", ", missing.Select(m => m.Type.Name()))}: {missing[0].Gap!.Reason}; {missing[0].Gap!.Remedy}.\n");
        }

        return offered == kinds.Count ? $"{offered}" : $"{offered} of {kinds.Count}";
    }

    /// <summary>The rows of a record: those of its instances, or its own.</summary>
    private static IEnumerable<OpKind> KindsOf(Type op)
    {
        const BindingFlags Static = BindingFlags.Public | BindingFlags.Static;
        return op.GetProperties(Static).Select(p => p.GetValue(null)).Select(v => v is Op instance ? instance.Kind : v as OpKind).OfType<OpKind>().Distinct();
    }

    /// <summary>Every primitive belongs to a family: a new one must be named here.</summary>
    private static void CheckComplete(IEnumerable<OpKind> inFamilies)
    {
        var known = inFamilies.ToHashSet();
        var ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PrimitiveOp)) && !t.IsAbstract).ToList();
        foreach (var op in ops)
            RuntimeHelpers.RunClassConstructor(op.TypeHandle);
        Assert.Subset(known, ops.SelectMany(KindsOf).ToHashSet());
        Assert.All(ops, op => Assert.NotEmpty(KindsOf(op)));
    }

    private static void Row(StringBuilder text, string title, IEnumerable<string> cells) => text.Append($"| {title} | {string.Join(" | ", cells)} |\n");
}
