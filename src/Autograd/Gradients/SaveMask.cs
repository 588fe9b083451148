namespace Nabla;

/// <summary>Which tensors of a call a gradient needs: bits 0-15 are inputs, bits 16-31 outputs.</summary>
internal static class SaveMask
{
    public const int FirstOutput = 16;
    public const uint None = 0;

    public static uint Input(int index) => 1u << index;

    public static uint Output(int index) => 1u << (FirstOutput + index);
}
