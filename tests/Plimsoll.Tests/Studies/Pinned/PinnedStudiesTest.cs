using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies.Pinned;

/// <summary>All that small studies publish is kept in files: a change of any figure or word of an answer shows, and has to be explained by whoever makes it.</summary>
/// <remarks>
/// A pin does not say that an answer is right; the worked cases do. It says that nothing else has changed. PLIMSOLL_PINS=write writes the files anew: read what differs before it is committed.
/// Each study stands in Data/pins as NAME.yaml, or NAME.zh.yaml where it is read in Chinese, with what it publishes beside it.
/// </remarks>
public sealed class PinnedStudiesTest
{
    private const string Folder = "pins";

    /// <summary>Enough for a middle draw, a bad one and a search; no verdict rests on them.</summary>
    private const int Draws = 10;

    internal static bool Writes => Environment.GetEnvironmentVariable("PLIMSOLL_PINS") == "write";

    public static TheoryData<string> Names =>
        [
            .. Directory
                .EnumerateFiles(TestData.Path(Folder), "*.yaml")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_study_publishes_what_it_did(string name)
    {
        var now = Published(name, threads: 1, store: null);
        if (Writes)
        {
            Write(name + ".txt", now);
            return;
        }
        var differing = PinText.Differing(TestData.Text($"{Folder}/{name}.txt"), now);
        Assert.True(differing.Length == 0, $"{name} publishes something else:\n{differing}");
    }

    /// <summary>Neither threads nor a store of markets, empty or filled, move a byte.</summary>
    [Fact]
    public void Threads_and_stores_move_nothing()
    {
        foreach (var name in (string[])["lender-texas", "owner-roll.zh", "sponsor-town"])
        {
            var store = ContentStore.InMemory();
            var alone = Published(name, threads: 1, store: null);
            Assert.Equal(alone, Published(name, threads: 2, store: null));
            Assert.Equal(alone, Published(name, threads: 1, store));
            Assert.Equal(alone, Published(name, threads: 2, store));
        }
    }

    /// <summary>A figure that moves in its fourth digit and a word that changes are both told, with their line.</summary>
    [Fact]
    public void What_differs_is_told_with_its_line()
    {
        const string Was = "a\nb 1.234\nc\n";
        Assert.Empty(PinText.Differing(Was, Was));
        Assert.Empty(PinText.Differing(Was.ReplaceLineEndings("\r\n"), Was));
        Assert.Equal("3: -c\n   +d", PinText.Differing(Was, "a\nb 1.234\nd\n"));
        Assert.Equal("2: -b 1.234\n   +b 1.235", PinText.Differing(Was, "a\nb 1.235\nc\n"));
        Assert.Equal("4: -\n   +d", PinText.Differing(Was, Was + "d\n"));
    }

    /// <summary>Writes a pin into the tests' own folder.</summary>
    internal static void Write(string file, string text) =>
        File.WriteAllText(
            Path.Combine(TestData.Repository(), "tests", "Plimsoll.Tests", "Data", Folder, file),
            text
        );

    private static string Published(string name, int threads, ContentStore? store)
    {
        var text = TestData.Text($"{Folder}/{name}.yaml").ReplaceLineEndings("\n");
        var values = SmallStudy.Read(text);
        Assert.DoesNotContain(
            StudyCheck.Of(values, TestMarket.Catalogue, name),
            f => !f.Finding.IsWarning
        );
        var answer = StudyRun.Of(
            values,
            TestMarket.Catalogue,
            new StudySettings
            {
                Draws = Draws,
                Threads = threads,
                Store = store,
                Trial = true,
            }
        );
        return PinText.Of(
            answer,
            name.EndsWith(".zh", StringComparison.Ordinal) ? PhraseBook.Chinese : PhraseBook.English
        );
    }
}
