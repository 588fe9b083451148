namespace Nabla;

/// <summary>A number known to the JIT: each type argument gives the kernel its own body, in which tests of it fold away.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

internal readonly struct Rows1 : ICount { public static int Value => 1; }

internal readonly struct Rows2 : ICount { public static int Value => 2; }

internal readonly struct Rows3 : ICount { public static int Value => 3; }

internal readonly struct Rows4 : ICount { public static int Value => 4; }

internal readonly struct Rows5 : ICount { public static int Value => 5; }

internal readonly struct Rows6 : ICount { public static int Value => 6; }

internal readonly struct Rows7 : ICount { public static int Value => 7; }

internal readonly struct Rows8 : ICount { public static int Value => 8; }

internal readonly struct Rows9 : ICount { public static int Value => 9; }

internal readonly struct Rows10 : ICount { public static int Value => 10; }

internal readonly struct Rows11 : ICount { public static int Value => 11; }

internal readonly struct Rows12 : ICount { public static int Value => 12; }

/// <summary>The columns of a tile: one or two vectors, the last of them whole or masked.</summary>
internal interface ITileColumns
{
    static abstract bool Two { get; }

    static abstract bool Masked { get; }
}

/// <summary>Two whole vectors: every tile but those of the last column panel.</summary>
internal readonly struct FullColumns : ITileColumns
{
    public static bool Two => true;

    public static bool Masked => false;
}

/// <summary>One whole vector and a masked one.</summary>
internal readonly struct WideRaggedColumns : ITileColumns
{
    public static bool Two => true;

    public static bool Masked => true;
}

/// <summary>One masked vector.</summary>
internal readonly struct NarrowRaggedColumns : ITileColumns
{
    public static bool Two => false;

    public static bool Masked => true;
}
