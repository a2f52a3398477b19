using Plimsoll.Files;
using Xunit;

namespace Plimsoll.Tests.Files;

public sealed class OutputFolderTest
{
    private static readonly OutputOwner _study = new("study", "Hall", ["a.txt", "b.txt"]);

    [Fact]
    public void A_folder_appears_whole_with_true_hashes_and_nothing_beside_it()
    {
        using var root = new TempFolder();
        var path = root.In("deep/out");
        Run(path, "one");
        Assert.Equal("one", WholeContent(path));
        Assert.Equal(
            ["out"],
            Directory.GetFileSystemEntries(root.In("deep")).Select(Path.GetFileName)
        );
    }

    [Fact]
    public void Nothing_is_seen_before_the_end_and_nothing_after_giving_up()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        using (var output = OutputFolder.Open(path, _study))
        {
            output.Write("a.txt", "half");
            Assert.False(Directory.Exists(path));
        }
        Assert.Empty(Directory.GetFileSystemEntries(root.Path));
        Run(path, "one");
        using (var output = OutputFolder.Open(path, _study))
        {
            output.Write("a.txt", "half");
        }
        Assert.Equal("one", WholeContent(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_study_is_written_again(bool keepsItsPlace)
    {
        using var root = new TempFolder();
        var path = root.In("out");
        Run(path, "one");
        if (keepsItsPlace)
        {
            root.File("out/notes.md", "mine");
            root.File("out/deep/more.md", "mine");
        }
        Run(path, "two");
        Assert.Equal("two", WholeContent(path));
        Assert.Equal(keepsItsPlace, File.Exists(root.In("out/notes.md")));
        Assert.Equal(keepsItsPlace, File.Exists(root.In("out/deep/more.md")));
        Assert.Single(Directory.GetFileSystemEntries(root.Path));
        Assert.False(Directory.Exists(root.In("out/.plimsoll")));
    }

    [Fact]
    public void Another_study_is_overwritten_only_when_that_was_said()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        Run(path, "one");
        foreach (
            var other in (OutputOwner[])
                [_study with { Name = "Other" }, _study with { Kind = "finance" }]
        )
        {
            var refused = Assert.Throws<OutputException>(() => OutputFolder.Open(path, other));
            Assert.Equal(OutputFault.HoldsAnother, refused.Fault);
            Assert.Contains("'Hall'", refused.Message, StringComparison.Ordinal);
            Assert.Equal("one", WholeContent(path));
        }
        using (var output = OutputFolder.Open(path, _study with { Name = "Other" }, replace: true))
        {
            Fill(output, "two");
        }
        Assert.Equal("two", WholeContent(path));
    }

    [Fact]
    public void Files_that_no_manifest_accounts_for_are_not_overwritten()
    {
        using var root = new TempFolder();
        root.File("out/a.txt", "a thesis");
        var refused = Assert.Throws<OutputException>(() =>
            OutputFolder.Open(root.In("out"), _study)
        );
        Assert.Equal(OutputFault.HoldsAnother, refused.Fault);
        Assert.Equal("a thesis", File.ReadAllText(root.In("out/a.txt")));
        Assert.Single(Directory.GetFileSystemEntries(root.Path));
    }

    [Fact]
    public void A_manifest_that_names_foreign_files_takes_none_of_them_away()
    {
        using var root = new TempFolder();
        root.File("precious.txt", "keep");
        root.File("out/thesis.txt", "keep");
        root.File(
            "out/manifest.json",
            """
            {"schema": "plimsoll.manifest", "kind": "study", "study": "Hall", "outputs": {
              "../precious.txt": {"sha256": "00"}, "thesis.txt": {"sha256": "00"}, "..": {}, "": {} }}
            """
        );
        Run(root.In("out"), "one");
        Assert.Equal("one", WholeContent(root.In("out")));
        Assert.Equal("keep", File.ReadAllText(root.In("precious.txt")));
        Assert.Equal("keep", File.ReadAllText(root.In("out/thesis.txt")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schema\": 3}")]
    [InlineData("{\"schema\": \"plimsoll.manifest\", \"study\": 4, \"outputs\": []}")]
    public void A_broken_manifest_is_somebody_elses(string manifest)
    {
        using var root = new TempFolder();
        root.File("out/manifest.json", manifest);
        var refused = Assert.Throws<OutputException>(() =>
            OutputFolder.Open(root.In("out"), _study)
        );
        Assert.Equal(OutputFault.HoldsAnother, refused.Fault);
    }

    [Fact]
    public void A_file_of_the_run_before_does_not_stay_beside_the_new_manifest()
    {
        using var root = new TempFolder();
        foreach (var foreign in (bool[])[false, true])
        {
            var path = root.In($"out{foreign}");
            Run(path, "one");
            if (foreign)
            {
                root.File($"out{foreign}/notes.md");
            }
            using (var output = OutputFolder.Open(path, _study))
            {
                output.Write("a.txt", "two");
                output.Commit([], d => d.ToJsonString());
            }
            Assert.False(File.Exists(Path.Combine(path, "b.txt")));
            _ = WholeContent(path);
        }
    }

    [Fact]
    public void A_second_run_into_the_same_folder_is_told_so()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        File.CreateSymbolicLink(root.In("link"), "out");
        using (var first = OutputFolder.Open(path, _study))
        {
            foreach (
                var name in (string[])[path, path + "/", root.In("./x/../out"), root.In("link")]
            )
            {
                var busy = Assert.Throws<OutputException>(() => OutputFolder.Open(name, _study));
                Assert.Equal(OutputFault.Busy, busy.Fault);
            }
            Fill(first, "one");
        }
        Assert.Equal("one", WholeContent(path));
        Run(path, "two");
        Assert.Equal("two", WholeContent(path));
    }

    [Fact]
    public void Of_many_writers_at_once_each_wins_whole_or_is_told()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        var (won, told) = (0, 0);
        Parallel.For(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                try
                {
                    Run(path, $"{i}");
                    Interlocked.Increment(ref won);
                }
                catch (OutputException e) when (e.Fault == OutputFault.Busy)
                {
                    Interlocked.Increment(ref told);
                }
            }
        );
        Assert.Equal(200, won + told);
        Assert.True(won > 0);
        _ = WholeContent(path);
        Assert.Single(Directory.GetFileSystemEntries(root.Path));
    }

    /// <summary>A disk that fills up after so many bytes, at twenty points from the first to the last.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_full_disk_leaves_the_old_files(bool keepsItsPlace)
    {
        using var root = new TempFolder();
        var path = root.In("out");
        Run(path, "one");
        if (keepsItsPlace)
        {
            root.File("out/notes.md");
        }
        var refused = 0;
        for (var point = 0; point < 20; point++)
        {
            try
            {
                long left = point * 60;
                using var output = OutputFolder.Open(
                    path,
                    _study,
                    replace: false,
                    s => new FullDisk(s, () => left, n => left -= n)
                );
                Fill(output, new string('t', 300));
            }
            catch (OutputException e)
            {
                Assert.Equal(OutputFault.CannotWrite, e.Fault);
                Assert.Contains("the disk is full", e.Message, StringComparison.Ordinal);
                refused++;
            }
            Assert.Contains(WholeContent(path), (string[])["one", new string('t', 300)]);
        }
        Assert.InRange(refused, 10, 19);
    }

    [Fact]
    public void A_place_that_may_not_be_written_is_said_so_before_the_computation()
    {
        using var root = new TempFolder();
        foreach (
            var place in (string[])["/proc/out", "/dev/null/out", root.File("a-file") + "/out"]
        )
        {
            var refused = Assert.Throws<OutputException>(() => OutputFolder.Open(place, _study));
            Assert.Equal(OutputFault.CannotWrite, refused.Fault);
        }
        Assert.Throws<OutputException>(() => OutputFolder.Open(root.In("a-file"), _study));
    }

    /// <summary>A run that was killed between two renames of a folder that keeps its place: the folder claims nothing, and the next run completes it.</summary>
    [Fact]
    public void An_interrupted_step_is_finished_by_the_next_run()
    {
        using var root = new TempFolder();
        var path = root.In("out");
        Run(path, "one");
        root.File("out/notes.md", "mine");
        // The state after the old manifest went and the first file came.
        Run(root.In("other"), "two");
        File.Delete(root.In("out/manifest.json"));
        File.Copy(root.In("other/a.txt"), root.In("out/a.txt"), overwrite: true);
        root.File("out/.plimsoll/commit", "");
        Directory.CreateDirectory(root.In("out/.plimsoll/new"));
        File.Copy(root.In("other/b.txt"), root.In("out/.plimsoll/new/b.txt"));
        File.Copy(root.In("other/manifest.json"), root.In("out/.plimsoll/new/manifest.json"));
        OutputFolder.Open(path, _study).Dispose();
        Assert.Equal("two", WholeContent(path));
        Assert.Equal("mine", File.ReadAllText(root.In("out/notes.md")));
        Assert.False(Directory.Exists(root.In("out/.plimsoll")));
    }

    /// <summary>A run that was killed between the two steps of a system without exchange.</summary>
    [Fact]
    public void A_folder_left_aside_comes_back()
    {
        using var root = new TempFolder();
        Run(root.In("out"), "one");
        Directory.CreateDirectory(root.In(".out.plimsoll"));
        Directory.Move(root.In("out"), root.In(".out.plimsoll/old"));
        OutputFolder.Open(root.In("out"), _study).Dispose();
        Assert.Equal("one", WholeContent(root.In("out")));
        Assert.Single(Directory.GetFileSystemEntries(root.Path));
    }

    [Fact]
    public void A_single_file_is_replaced_whole_or_kept()
    {
        using var root = new TempFolder();
        var path = root.In("x.csv");
        OutputFile.Write(path, "one");
        Assert.Throws<OutputException>(() =>
            OutputFile.Write(
                path,
                s =>
                {
                    s.WriteByte(1);
                    throw new IOException("broken", 28);
                }
            )
        );
        Assert.Equal("one", File.ReadAllText(path));
        Assert.Throws<OutputException>(() => OutputFile.Write(path, _ => { }, fresh: true));
        Assert.Single(Directory.GetFileSystemEntries(root.Path));
    }

    private static void Run(string path, string content)
    {
        using var output = OutputFolder.Open(path, _study);
        Fill(output, content);
    }

    private static void Fill(OutputFolder output, string content)
    {
        output.Write("a.txt", content);
        output.Write("b.txt", content);
        output.Commit([], d => d.ToJsonString());
    }

    /// <summary>The content that all files share, after every hash was found true.</summary>
    private static string WholeContent(string path)
    {
        WholeFolder.Check(path);
        var texts = Directory.GetFiles(path, "?.txt").Select(File.ReadAllText).Distinct().ToList();
        return Assert.Single(texts);
    }

    private sealed class FullDisk(Stream inner, Func<long> left, Action<int> take) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (buffer.Length > left())
            {
                throw new IOException("No space left on device", 28);
            }
            take(buffer.Length);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) =>
            Write(buffer.AsSpan(offset, count));

        public override void WriteByte(byte value) => Write([value]);
    }
}
