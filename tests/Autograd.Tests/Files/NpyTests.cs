using System.Text;

namespace Nabla.Tests.Files;

public sealed class NpyTests
{
    /// <summary>The numbers -2 to 3, or bools, in an element type.</summary>
    private static Tensor Sample(DType dtype) => (dtype is DType.UInt8 ? Tensor.Arange(0, 6) : Tensor.Arange(-2, 4)).To(dtype).Reshape(2, 3);

    [Theory]
    [InlineData(DType.Bool, "|b1")]
    [InlineData(DType.UInt8, "|u1")]
    [InlineData(DType.Int8, "|i1")]
    [InlineData(DType.Int16, "<i2")]
    [InlineData(DType.Int32, "<i4")]
    [InlineData(DType.Int64, "<i8")]
    [InlineData(DType.Float16, "<f2")]
    [InlineData(DType.Float32, "<f4")]
    [InlineData(DType.Float64, "<f8")]
    public void Save_ThenLoad_GivesTheSame(DType dtype, string descr)
    {
        var written = Sample(dtype);
        using var stream = new MemoryStream();
        Npy.Save(stream, written);
        Assert.Contains($"'descr': '{descr}', 'fortran_order': False, 'shape': (2, 3), ", Encoding.ASCII.GetString(stream.ToArray()), StringComparison.Ordinal);
        stream.Position = 0;
        var read = Npy.Load(stream);
        Assert.Equal(dtype, read.DType);
        Assert.True(written.IsEqual(read));
    }

    [Fact]
    public void Save_OfAView_WritesItsElementsInItsOrder()
    {
        using var stream = new MemoryStream();
        Npy.Save(stream, Tensor.Arange(6).Reshape(2, 3).T[1..]);
        stream.Position = 0;
        Expect.Values(Npy.Load(stream), 1, 4, 2, 5);
    }

    [Theory]
    [InlineData(new long[0], "()")]
    [InlineData(new long[] { 1 }, "(1,)")]
    [InlineData(new long[] { 0, 3 }, "(0, 3)")]
    public void Save_FewDimensionsOrElements_ReadsBack(long[] shape, string literal)
    {
        using var stream = new MemoryStream();
        Npy.Save(stream, Tensor.Full(shape, 7.5));
        Assert.Contains($"'shape': {literal}", Encoding.ASCII.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.Equal(0, (stream.ToArray().AsSpan().IndexOf((byte)'\n') + 1) % 64); // the data starts aligned
        stream.Position = 0;
        var read = Npy.Load(stream);
        Expect.Shape(read, shape);
        Assert.True(read.Eq(7.5).All().Item<bool>());
    }

    [Fact]
    public void Load_BigEndian_SwapsBytes() => Expect.Values(Load(File("'descr': '>i4', 'fortran_order': False, 'shape': (2,), ", 0, 0, 1, 2, 255, 255, 255, 254)), 258, -2);

    [Fact]
    public void Load_ColumnMajor_ReordersElements()
    {
        var read = Load(File("'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), ", 1, 2, 3, 4, 5, 6));
        Expect.Values(read, 1, 3, 5, 2, 4, 6);
        Assert.True(read.IsContiguous);
    }

    [Fact]
    public void Load_BoolsOfOtherBytes_AreTrue()
    {
        var read = Load(File("'descr': '|b1', 'fortran_order': False, 'shape': (3,), ", 0, 2, 255));
        Expect.Values(read.Sum(), 2);
        Assert.Equal([0, 1, 1], read.ToArray<byte>());
    }

    [Fact]
    public void Load_Longer_LeavesTheRest()
    {
        using var stream = new MemoryStream(File("'descr': '|u1', 'fortran_order': False, 'shape': (1,), ", 9, 8));
        Expect.Values(Npy.Load(stream), 9);
        Assert.Equal(8, stream.ReadByte());
    }

    [Theory]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2,), ", "7 of the 8 bytes")]
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (100000000,), ", "of the 800000000 bytes")] // without allocating them
    [InlineData("'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,), ", "16000000000 bytes")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 4000000000), ", "2^31")]
    [InlineData("'descr': '<c8', 'fortran_order': False, 'shape': (1,), ", "<c8")]
    [InlineData("'descr': '<f4', 'shape': (1,), ", "header")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (-1,), ", "-1")]
    public void Load_OfADamagedFile_SaysWhatIsWrong(string header, string expected) =>
        Expect.Throws<TensorFileException>(() => Load(File(header, 1, 2, 3, 4, 5, 6, 7)), "stream", expected);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(40)]
    public void Load_CutShort_Throws(int length) =>
        Expect.Throws<TensorFileException>(() => Load(File("'descr': '|u1', 'fortran_order': False, 'shape': (1,), ", 9)[..length]), "stream");

    [Fact]
    public void Load_AnotherFormat_Throws()
    {
        var file = File("'descr': '|u1', 'fortran_order': False, 'shape': (1,), ", 9);
        file[6] = 9;
        Expect.Throws<TensorFileException>(() => Load(file), "version 9");
        file[1] = (byte)'P';
        Expect.Throws<TensorFileException>(() => Load(file), "does not start");
    }

    [Fact]
    public void Save_OfATypeTheFormatLacks_LeavesTheOldFile()
    {
        string path = Path.GetTempFileName();
        try
        {
            Npy.Save(path, Tensor.From([1f, 2]));
            Expect.Throws<TensorFileException>(() => Npy.Save(path, Tensor.Zeros([1], DType.BFloat16)), "bfloat16");
            Expect.Values(Npy.Load(path), 1, 2);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static Tensor Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Npy.Load(stream);
    }

    /// <summary>A file of version 1, byte by byte.</summary>
    private static byte[] File(string entries, params byte[] data)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes($"{{{entries}}}"), (byte)'\n'];
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }
}
