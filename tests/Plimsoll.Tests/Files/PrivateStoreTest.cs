using System.Security.Cryptography;
using Plimsoll.Files;
using Xunit;

namespace Plimsoll.Tests.Files;

public sealed class PrivateStoreTest
{
    private static readonly byte[] _content = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];

    [Fact]
    public void What_was_kept_is_read_again_and_only_by_name_and_version()
    {
        using var folder = new TempFolder();
        var store = Store(folder);
        Assert.Null(store.Read("a"));
        store.Write("a", _content);
        store.Write("b", [1]);
        Assert.Equal(_content, Store(folder).Read("a"));
        Assert.Null(new PrivateStore(folder.In("s"), "x", "2", 10).Read("a"));
        // An entry under another's name answers another question.
        File.Copy(folder.In("s/b.x"), folder.In("s/a.x"), overwrite: true);
        Assert.Null(Store(folder).Read("a"));
        store.Write("a", _content);
        Assert.Equal(_content, Store(folder).Read("a"));
    }

    [Fact]
    public void A_cut_or_altered_entry_is_not_believed()
    {
        using var folder = new TempFolder();
        Store(folder).Write("a", _content);
        var sound = File.ReadAllBytes(folder.In("s/a.x"));
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = i % 2 == 0 ? sound[..random.Next(sound.Length)] : (byte[])sound.Clone();
            if (i % 2 == 1)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }
            File.WriteAllBytes(folder.In("s/a.x"), bytes);
            Assert.Null(Store(folder).Read("a"));
        }
    }

    [Fact]
    public void A_forged_entry_with_a_fresh_hash_is_not_believed()
    {
        using var folder = new TempFolder();
        Store(folder).Write("a", _content);
        byte[] forged = [9, 9, 9];
        File.WriteAllBytes(folder.In("s/a.x"), [.. forged, .. SHA256.HashData(forged)]);
        Assert.Null(Store(folder).Read("a"));
        // So is one sealed by another user's key.
        using var other = new TempFolder();
        Store(other).Write("a", forged);
        File.Copy(other.In("s/a.x"), folder.In("s/a.x"), overwrite: true);
        Assert.Null(Store(folder).Read("a"));
    }

    [Fact]
    public void A_folder_that_others_may_write_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var folder = new TempFolder();
        Store(folder).Write("a", _content);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder.In("s"))
        );
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(folder.In("s/key"))
        );
        File.SetUnixFileMode(
            folder.In("s"),
            File.GetUnixFileMode(folder.In("s")) | UnixFileMode.OtherWrite
        );
        Assert.Null(Store(folder).Read("a"));
        Store(folder).Write("b", _content);
        Assert.False(File.Exists(folder.In("s/b.x")));
        // A link to a folder may be turned to another.
        Directory.CreateDirectory(folder.In("real"));
        File.CreateSymbolicLink(folder.In("linked"), folder.In("real"));
        new PrivateStore(folder.In("linked"), "x", "1", 10).Write("a", _content);
        Assert.Empty(Directory.GetFiles(folder.In("real")));
    }

    [Fact]
    public void Racing_readers_and_writers_see_whole_entries()
    {
        using var folder = new TempFolder();
        var found = 0;
        Parallel.For(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                if (i % 2 == 0)
                {
                    Store(folder).Write("a", [.. Enumerable.Repeat((byte)i, 10_000)]);
                }
                else if (Store(folder).Read("a") is { } read)
                {
                    Assert.Equal(10_000, read.Length);
                    Assert.Single(read.Distinct());
                    Interlocked.Increment(ref found);
                }
            }
        );
        Assert.True(found > 0);
    }

    [Fact]
    public void Writers_that_make_room_for_each_other_are_all_kept_or_gone_and_none_fails()
    {
        using var folder = new TempFolder();
        var failed = 0;
        Parallel.For(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Interlocked.Add(ref failed, Store(folder).Write($"e{i}", _content) ? 0 : 1)
        );
        Assert.Equal(0, failed);
        Assert.InRange(Directory.GetFiles(folder.In("s"), "*.x").Length, 1, 18);
    }

    [Fact]
    public void The_oldest_go_first_and_a_useless_place_costs_nothing()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 15; i++)
        {
            Store(folder).Write($"e{i}", [1]);
        }
        Assert.Equal(10, Directory.GetFiles(folder.In("s"), "*.x").Length);
        var nowhere = new PrivateStore("/proc/no/such", "x", "1", 10);
        nowhere.Write("a", [1]);
        Assert.Null(nowhere.Read("a"));
        Assert.Throws<ArgumentException>(() => Store(folder).Read("../x"));
    }

    [Fact]
    public void Bytes_are_bounded_and_what_was_used_last_stays()
    {
        using var folder = new TempFolder();
        PrivateStore Bounded() => new(folder.In("s"), "x", "1", 100, 20_000);
        for (var i = 0; i < 4; i++)
        {
            Bounded().Write($"e{i}", _content);
            File.SetLastWriteTimeUtc(folder.In($"s/e{i}.x"), DateTime.UtcNow.AddHours(i - 10));
            Assert.NotNull(Bounded().Read("e0"));
        }
        Assert.NotNull(Bounded().Read("e0"));
        Assert.Null(Bounded().Read("e1"));
        Assert.NotNull(Bounded().Read("e3"));
        Assert.False(Bounded().Find("e1").Doubtful);
        File.WriteAllBytes(folder.In("s/e3.x"), [1]);
        Assert.True(Bounded().Find("e3").Doubtful);
    }

    private static PrivateStore Store(TempFolder folder) => new(folder.In("s"), "x", "1", 10);
}
