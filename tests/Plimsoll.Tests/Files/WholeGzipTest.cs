using System.IO.Compression;
using Plimsoll.Files;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Half a gzip file is no gzip file.</summary>
public sealed class WholeGzipTest
{
    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    private static byte[] Read(TempFolder folder, byte[] bytes)
    {
        var path = folder.In("a.gz");
        File.WriteAllBytes(path, bytes);
        using var stream = WholeGzip.Open(File.OpenRead(path), "a.gz");
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    [Fact]
    public void What_is_whole_is_read_and_what_is_cut_anywhere_is_refused()
    {
        using var folder = new TempFolder();
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            // Lines of digits, which pack well, as those of traces do.
            var bytes = new byte[random.Next(1, 40_000)];
            for (var b = 0; b < bytes.Length; b++)
            {
                bytes[b] = (byte)('0' + random.Next(10));
            }
            var packed = Packed(bytes);
            Assert.Equal(bytes, Read(folder, packed));
            var cut =
                i % 4 == 0 ? packed.Length - 1 - random.Next(9) : random.Next(2, packed.Length);
            Assert.Equal(
                "not-whole",
                Assert.Throws<FileRefusedException>(() => Read(folder, packed[..cut])).Rule
            );
        }
    }

    [Fact]
    public void Several_members_are_one_file_and_other_bytes_pass_as_they_are()
    {
        using var folder = new TempFolder();
        byte[] first = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i % 7))],
            second = [1, 2, 3];
        Assert.Equal([.. first, .. second], Read(folder, [.. Packed(first), .. Packed(second)]));
        Assert.Equal(first, Read(folder, first));
        var damaged = Packed(first);
        damaged[damaged.Length / 2] ^= 0x55;
        Assert.Throws<FileRefusedException>(() => Read(folder, damaged));
    }
}
