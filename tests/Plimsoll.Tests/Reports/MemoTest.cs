using System.IO.Compression;
using System.Xml.Linq;
using Plimsoll.Reports;
using Plimsoll.Reports.Memos;
using Plimsoll.Studies.Memos;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>The memo is the same in the document and in the report, byte for byte each time, and holds whatever it is given.</summary>
public sealed class MemoTest
{
    private static readonly Memo _memo = new(
        "A loan <&> \"quoted\"",
        "what is asked",
        [
            new MemoBlock("Request") { Sentences = ["Asked: much.", "Answered: less."] },
            new MemoBlock("Ratios")
            {
                Rows =
                [
                    ["DSCR, lowest", new MemoCell("1.30×", 1.3, true)],
                    ["LLCR", new MemoCell("no figure", double.NaN, true)],
                    ["balloon", "none"],
                ],
                Note = "Of the middle draw.",
            },
            new MemoBlock("Contracts")
            {
                Columns = ["tenant", "months"],
                Rows =
                [
                    ["anchor \u0001 中", new MemoCell("60", 60, true)],
                ],
            },
        ]
    );

    [Fact]
    public void The_same_memo_gives_the_same_bytes()
    {
        Assert.Equal(Bytes(), Bytes());
        Assert.NotEmpty(Bytes());
    }

    [Fact]
    public void The_document_holds_every_word_and_figure_of_the_memo()
    {
        using var zip = new ZipArchive(new MemoryStream(Bytes()));
        Assert.Equal(
            [
                "[Content_Types].xml",
                "_rels/.rels",
                "word/_rels/document.xml.rels",
                "word/footer.xml",
                "word/document.xml",
                "word/styles.xml",
            ],
            zip.Entries.Select(e => e.FullName)
        );
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            Assert.NotNull(XDocument.Load(part).Root);
        }
        using var stream = zip.GetEntry("word/document.xml")!.Open();
        var text = XDocument
            .Load(stream)
            .Descendants()
            .Where(e => e.Name.LocalName == "t")
            .Select(e => e.Value)
            .ToList();
        foreach (
            var word in new[]
            {
                _memo.Title,
                "Request",
                "Asked: much.",
                "DSCR, lowest",
                "1.30×",
                "no figure",
                "none",
                "Of the middle draw.",
                "tenant",
                "anchor  中",
                "60",
            }
        )
        {
            Assert.Contains(word, text);
        }
    }

    [Fact]
    public void The_report_begins_with_the_memo_and_each_of_its_figures_names_its_place()
    {
        var page = XDocument.Parse(
            StudyReport
                .Html(
                    SampleResult.Of("lender", Plimsoll.Decisions.VerdictKind.Lend) with
                    {
                        Memo = _memo,
                    }
                )
                .Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
        );
        var memo = page.Descendants().First(e => (string?)e.Attribute("id") == "memo");
        Assert.True(memo.IsBefore(page.Descendants().First(e => e.Name.LocalName == "h1")));
        Assert.Contains(_memo.Title, memo.Value, StringComparison.Ordinal);
        var figures = memo.Descendants()
            .Where(e => e.Name.LocalName == "data")
            .ToDictionary(e => (string)e.Attribute("data-of")!, e => (string)e.Attribute("value")!);
        Assert.Equal("1.3", figures["memo.blocks[1].rows[0].cells[1].value"]);
        Assert.Equal("", figures["memo.blocks[1].rows[1].cells[1].value"]);
        Assert.Equal("60", figures["memo.blocks[2].rows[0].cells[1].value"]);
    }

    private static byte[] Bytes()
    {
        using var stream = new MemoryStream();
        MemoFile.Write(_memo, stream);
        return stream.ToArray();
    }
}
