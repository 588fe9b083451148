namespace Nabla.Tests;

/// <summary>
/// The rows that Abstractions defines, read from its types. <see cref="OpKind.All"/> is no answer: it holds what third parties and other
/// tests have defined, and only what has been initialized so far.
/// </summary>
internal static class OpTable
{
    /// <summary>Every row.</summary>
    public static IReadOnlyList<OpKind> Kinds { get; } = Of<Op>();

    /// <summary>The rows whose operations derive from <typeparamref name="T"/>, by name.</summary>
    public static IReadOnlyList<OpKind> Of<T>() where T : Op =>
    [
        .. typeof(Op).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(T)) && !t.IsAbstract).SelectMany(Rows).Distinct()
            .OrderBy(k => k.Name, StringComparer.Ordinal),
    ];

    /// <summary>The instances that a family offers as static properties.</summary>
    public static IEnumerable<T> Instances<T>() where T : Op => Statics(typeof(T)).OfType<T>();

    /// <summary>A record has its row, or rows, as static properties; those of a family are in its instances.</summary>
    private static IEnumerable<OpKind> Rows(Type type) => Statics(type).Select(v => v as OpKind ?? (v as Op)?.Kind).OfType<OpKind>();

    private static IEnumerable<object?> Statics(Type type) =>
        type.GetProperties().Where(p => p.GetMethod!.IsStatic && (p.PropertyType == typeof(OpKind) || p.PropertyType == type)).Select(p => p.GetValue(null));
}
