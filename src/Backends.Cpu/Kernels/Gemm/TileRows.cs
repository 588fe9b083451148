using System.Runtime.InteropServices;

namespace Nabla;

// The height of a tile is the size of a type argument: sizeof is a constant while the JIT still reads the kernel's body, so that rows above
// it are never compiled. A static property folds only after the calls around it have been inlined, which took twice the time.

[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct Rows1;

[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct Rows2;

[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct Rows3;

[StructLayout(LayoutKind.Sequential, Size = 4)]
internal readonly struct Rows4;

[StructLayout(LayoutKind.Sequential, Size = 5)]
internal readonly struct Rows5;

[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct Rows6;

[StructLayout(LayoutKind.Sequential, Size = 7)]
internal readonly struct Rows7;

[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Rows8;

[StructLayout(LayoutKind.Sequential, Size = 9)]
internal readonly struct Rows9;

[StructLayout(LayoutKind.Sequential, Size = 10)]
internal readonly struct Rows10;

[StructLayout(LayoutKind.Sequential, Size = 11)]
internal readonly struct Rows11;

[StructLayout(LayoutKind.Sequential, Size = 12)]
internal readonly struct Rows12;
