using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Plimsoll.Studies.Memos;

namespace Plimsoll.Reports.Memos;

/// <summary>Writes the memo as a document for word processors; the same memo gives the same bytes.</summary>
/// <remarks>The package is put together by hand, with fixed times and names of parts; the library's own has a random one.</remarks>
public static class MemoFile
{
    private const string Declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static readonly DateTimeOffset _epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the file.</summary>
    /// <param name="memo">The memo.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Memo memo, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(memo);
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            Part(
                zip,
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                    + "<Override PartName=\"/word/footer.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
                    + "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>"
            );
            Part(zip, "_rels/.rels", Relationships(("officeDocument", "word/document.xml")));
            Part(
                zip,
                "word/_rels/document.xml.rels",
                Relationships(("styles", "styles.xml"), ("footer", "footer.xml"))
            );
            Part(zip, "word/footer.xml", Foot(memo).OuterXml);
            Part(zip, "word/document.xml", Body(memo).OuterXml);
            Part(zip, "word/styles.xml", MemoStyles.Build().OuterXml);
        }
        memory.Position = 0;
        memory.CopyTo(stream);
    }

    private static void Part(ZipArchive zip, string name, string xml)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = _epoch;
        using var stream = entry.Open();
        stream.Write(new UTF8Encoding(false).GetBytes(Declared + xml));
    }

    private static string Relationships(params (string Type, string Target)[] all) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(
            all.Select(
                (r, i) =>
                    $"<Relationship Id=\"r{i + 1}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{r.Type}\" Target=\"{r.Target}\"/>"
            )
        )
        + "</Relationships>";

    /// <summary>What the memo is of, and the page of how many.</summary>
    private static Footer Foot(Memo memo)
    {
        var line = Paragraph($"{memo.Title} · ", "Small");
        line.AppendChild(new SimpleField(new Run(new Text("1"))) { Instruction = "PAGE" });
        line.AppendChild(new Run(new Text(" / ") { Space = SpaceProcessingModeValues.Preserve }));
        line.AppendChild(new SimpleField(new Run(new Text("1"))) { Instruction = "NUMPAGES" });
        return new Footer(line);
    }

    private static Document Body(Memo memo)
    {
        var body = new Body();
        body.AppendChild(Paragraph(memo.Title, "Title"));
        body.AppendChild(Paragraph(memo.Subtitle, "Small"));
        foreach (var block in memo.Blocks)
        {
            body.AppendChild(Paragraph(block.Heading, "Heading1"));
            foreach (var sentence in block.Sentences)
            {
                body.AppendChild(Paragraph(sentence, "Normal"));
            }
            if (block.Rows.Count > 0)
            {
                body.AppendChild(block.Columns.Count == 0 ? Lines(block) : Grid(block));
                body.AppendChild(Paragraph(block.Note, "Small"));
            }
        }
        body.AppendChild(
            new SectionProperties(
                new FooterReference { Id = "r2", Type = HeaderFooterValues.Default },
                new PageSize { Width = 11906U, Height = 16838U },
                new PageMargin
                {
                    Top = 720,
                    Bottom = 720,
                    Left = 850U,
                    Right = 850U,
                    Header = 400U,
                    Footer = 400U,
                    Gutter = 0U,
                }
            )
        );
        return new Document(body);
    }

    /// <summary>Names and figures, two pairs a line.</summary>
    private static Table Lines(MemoBlock block)
    {
        var table = Bare([3300, 1800, 3300, 1800], false);
        var half = (block.Rows.Count + 1) / 2;
        for (var r = 0; r < half; r++)
        {
            var row = new TableRow(Unbroken());
            foreach (var at in new[] { r, r + half })
            {
                var line = at < block.Rows.Count ? block.Rows[at] : ["", ""];
                row.AppendChild(Cell(line[0], "Cell", false));
                row.AppendChild(Cell(line[1], "Cell", true));
            }
            table.AppendChild(row);
        }
        return table;
    }

    /// <summary>A table with a head that is repeated on a new page.</summary>
    private static Table Grid(MemoBlock block)
    {
        var table = Bare(Widths(block), true);
        var numbers = Enumerable
            .Range(0, block.Columns.Count)
            .Select(c => block.Rows.All(r => r[c].Figure))
            .ToArray();
        table.AppendChild(
            new TableRow([
                new TableRowProperties(new TableHeader()),
                .. block.Columns.Select((c, i) => Cell(c, "CellHead", numbers[i])),
            ])
        );
        foreach (var row in block.Rows)
        {
            table.AppendChild(
                new TableRow([Unbroken(), .. row.Select((c, i) => Cell(c, "Cell", numbers[i]))])
            );
        }
        return table;
    }

    /// <summary>Widths in twentieths of a point: room for the longest word of each column, the rest by the longest text.</summary>
    private static int[] Widths(MemoBlock block)
    {
        const int All = 10200;
        const int Letter = 80;
        var texts = block
            .Columns.Select((c, i) => block.Rows.Select(r => r[i].Text).Append(c).ToArray())
            .ToArray();
        var least = texts
            .Select(t =>
                120 + (Letter * Math.Min(20, t.SelectMany(x => x.Split(' ')).Max(Unbreakable) + 1))
            )
            .ToArray();
        var wanted = texts.Select(t => (double)Math.Min(60, t.Max(Letters))).ToArray();
        var rest = Math.Max(0, All - least.Sum());
        return [.. least.Select((l, i) => l + (int)(rest * wanted[i] / wanted.Sum()))];
    }

    /// <summary>Width of a text in letters; a Chinese character is as wide as two.</summary>
    private static int Letters(string text) => text.Sum(c => c >= 0x2E80 ? 2 : 1);

    /// <summary>Width below which a word does not fit; Chinese breaks anywhere, so a few characters do.</summary>
    private static int Unbreakable(string word) =>
        word.Any(c => c >= 0x2E80) ? Math.Min(10, Letters(word)) : word.Length;

    private static Table Bare(int[] widths, bool ruled)
    {
        var line = new EnumValue<BorderValues>(BorderValues.Single);
        var borders = new TableBorders(
            new TopBorder
            {
                Val = line,
                Size = 4U,
                Color = "999999",
            },
            new BottomBorder
            {
                Val = line,
                Size = 4U,
                Color = "999999",
            },
            new InsideHorizontalBorder
            {
                Val = line,
                Size = 2U,
                Color = "CCCCCC",
            }
        );
        var table = new Table(
            new TableProperties(
                new TableWidth
                {
                    Width = widths
                        .Sum()
                        .ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Type = TableWidthUnitValues.Dxa,
                },
                borders,
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = 40, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin
                    {
                        Width = (short)(ruled ? 60 : 160),
                        Type = TableWidthValues.Dxa,
                    }
                )
            )
        );
        table.AppendChild(
            new TableGrid([
                .. widths.Select(w => new GridColumn
                {
                    Width = w.ToString(System.Globalization.CultureInfo.InvariantCulture),
                }),
            ])
        );
        return table;
    }

    private static TableRowProperties Unbroken() => new(new CantSplit());

    private static TableCell Cell(MemoCell cell, string style, bool right)
    {
        var paragraph = Paragraph(cell.Text, style);
        if (right)
        {
            paragraph.ParagraphProperties!.Justification = new Justification
            {
                Val = JustificationValues.Right,
            };
        }
        return new TableCell(paragraph);
    }

    private static Paragraph Paragraph(string text, string style) =>
        new(
            new ParagraphProperties(new ParagraphStyleId { Val = style }),
            new Run(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve })
        );

    /// <summary>Without characters that no document may hold.</summary>
    private static string Clean(string text) =>
        string.Concat(
            text.Where(c =>
                !char.IsControl(c) && c is not ('\ufffe' or '\uffff') && !char.IsSurrogate(c)
            )
        );
}
