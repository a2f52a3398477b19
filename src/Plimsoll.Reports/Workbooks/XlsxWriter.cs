using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Writes a book as an xlsx file: formulas with their values, names, frozen panes, print areas; the same bytes for the same book.</summary>
internal static class XlsxWriter
{
    /// <summary>Most characters of a cell (Excel specifications and limits).</summary>
    private const int LongestCell = 32_767;

    /// <summary>Writes the file.</summary>
    public static void Write(Book book, Stream stream) => Write(book.Sheets, book.Names, stream);

    /// <summary>Writes plain sheets without names.</summary>
    public static void Write(IReadOnlyList<Sheet> sheets, Stream stream) =>
        Write(sheets, new SortedDictionary<string, string>(), stream);

    private static void Write(
        IReadOnlyList<Sheet> sheets,
        SortedDictionary<string, string> names,
        Stream stream
    )
    {
        FixedPackage.Write(
            stream,
            package =>
            {
                using var document = SpreadsheetDocument.Create(
                    package,
                    SpreadsheetDocumentType.Workbook,
                    true
                );
                Fill(document, sheets, names);
            }
        );
    }

    private static void Fill(
        SpreadsheetDocument document,
        IReadOnlyList<Sheet> all,
        SortedDictionary<string, string> names
    )
    {
        var workbook = document.AddWorkbookPart();
        document.ChangeIdOfPart(workbook, "workbook");
        var styles = workbook.AddNewPart<WorkbookStylesPart>("styles");
        styles.Stylesheet = XlsxStyles.Build();
        var sheets = new Sheets();
        for (var i = 0; i < all.Count; i++)
        {
            var part = workbook.AddNewPart<WorksheetPart>($"sheet{i + 1}");
            Fill(part, all[i]);
            sheets.AppendChild(
                new DocumentFormat.OpenXml.Spreadsheet.Sheet
                {
                    Name = all[i].Name,
                    SheetId = (uint)(i + 1),
                    Id = $"sheet{i + 1}",
                }
            );
        }
        workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(
            new BookViews(new WorkbookView { ActiveTab = 0 }),
            sheets,
            Names(all, names),
            new CalculationProperties { FullCalculationOnLoad = true }
        );
    }

    private static DefinedNames Names(
        IReadOnlyList<Sheet> all,
        SortedDictionary<string, string> given
    )
    {
        var names = new DefinedNames();
        for (var i = 0; i < all.Count; i++)
        {
            var sheet = all[i];
            var (row, column) = sheet.Extent;
            names.AppendChild(
                new DefinedName($"{sheet.Name}!$A$1:${Sheet.Letters(column)}${row}")
                {
                    Name = "_xlnm.Print_Area",
                    LocalSheetId = (uint)i,
                }
            );
            if (sheet.Frozen.Row > 1)
            {
                var columns = sheet.Frozen.Column > 1 ? $"{sheet.Name}!$A:$C," : "";
                names.AppendChild(
                    new DefinedName(
                        $"{(sheet.Monthly ? columns : "")}{sheet.Name}!$1:${sheet.Frozen.Row - 1}"
                    )
                    {
                        Name = "_xlnm.Print_Titles",
                        LocalSheetId = (uint)i,
                    }
                );
            }
        }
        foreach (var (name, reference) in given)
        {
            names.AppendChild(new DefinedName(reference) { Name = name });
        }
        return names;
    }

    /// <summary>Months side by side on a printed page.</summary>
    private const int MonthsOfAPage = 24;

    /// <summary>Rows of a monthly sheet on a printed page.</summary>
    private const int RowsOfAPage = 90;

    private static uint Pages(int all, int ofAPage) => (uint)Math.Max(1, ((all - 1) / ofAPage) + 1);

    private static void Fill(WorksheetPart part, Sheet sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(new SheetViews(View(sheet)));
        writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 14 });
        Columns(writer, sheet);
        writer.WriteStartElement(new SheetData());
        foreach (var row in sheet.Cells.GroupBy(c => c.Key.Row).OrderBy(g => g.Key))
        {
            writer.WriteStartElement(Row(row.Key, row.Select(c => c.Value)));
            foreach (var ((r, column), cell) in row)
            {
                writer.WriteElement(Element(r, column, cell));
            }
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        writer.WriteElement(
            new PageMargins
            {
                Left = 0.4,
                Right = 0.4,
                Top = 0.5,
                Bottom = 0.5,
                Header = 0.3,
                Footer = 0.3,
            }
        );
        writer.WriteElement(
            new PageSetup
            {
                PaperSize = 9,
                Orientation = OrientationValues.Landscape,
                FitToWidth = sheet.Monthly ? Pages(sheet.Extent.Column - 3, MonthsOfAPage) : 1u,
                FitToHeight = sheet.Monthly ? Pages(sheet.Extent.Row, RowsOfAPage) : 0u,
            }
        );
        writer.WriteElement(new HeaderFooter(new OddFooter("&L&A&R&P / &N")));
        writer.WriteEndElement();
    }

    /// <summary>A row; one with wrapped text is made as high as its lines at the width of the cover.</summary>
    private static Row Row(int index, IEnumerable<Cell> cells)
    {
        var row = new Row { RowIndex = (uint)index };
        var lines = cells
            .Where(c => c.Look == Look.Wrapped && c.Text is not null)
            .Select(c => (c.Text!.Length / 95) + 1)
            .DefaultIfEmpty(1)
            .Max();
        if (lines > 1)
        {
            row.Height = 14 * lines;
            row.CustomHeight = true;
        }
        return row;
    }

    private static SheetView View(Sheet sheet)
    {
        var view = new SheetView
        {
            WorkbookViewId = 0,
            ShowGridLines = false,
            ZoomScale = 85,
        };
        var (row, column) = sheet.Frozen;
        if (row > 1 || column > 1)
        {
            var pane = new Pane
            {
                TopLeftCell = Sheet.Place(row, column),
                State = PaneStateValues.Frozen,
                ActivePane = column > 1 ? PaneValues.BottomRight : PaneValues.BottomLeft,
            };
            if (column > 1)
            {
                pane.HorizontalSplit = sheet.Monthly ? 3 : column - 1;
            }
            pane.VerticalSplit = row - 1;
            view.AppendChild(pane);
        }
        return view;
    }

    private static void Columns(OpenXmlWriter writer, Sheet sheet)
    {
        var columns = new Columns();
        foreach (
            var (column, width) in sheet
                .Widths.OrderBy(w => w.Key)
                .Where(w => !sheet.Monthly || w.Key <= 3)
        )
        {
            columns.AppendChild(Width(column, column, width, false));
        }
        if (sheet.Monthly)
        {
            columns.AppendChild(Width(4, Sheet.FirstMonthColumn - 1, 2, true));
            columns.AppendChild(
                Width(
                    Sheet.FirstMonthColumn,
                    Math.Max(Sheet.FirstMonthColumn, sheet.Extent.Column),
                    15,
                    false
                )
            );
        }
        if (columns.HasChildren)
        {
            writer.WriteElement(columns);
        }
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Column Width(
        int from,
        int to,
        double width,
        bool hidden
    ) =>
        new()
        {
            Min = (uint)from,
            Max = (uint)to,
            Width = width,
            CustomWidth = true,
            Hidden = hidden ? true : null,
        };

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Element(int row, int column, Cell cell)
    {
        var element = new DocumentFormat.OpenXml.Spreadsheet.Cell
        {
            CellReference = Sheet.Place(row, column),
            StyleIndex = (uint)cell.Look,
        };
        if (cell.Formula is { } formula)
        {
            element.CellFormula = new CellFormula(formula);
            if (cell.Text is not null || double.IsNaN(cell.Value))
            {
                element.DataType = CellValues.String;
                element.CellValue = new CellValue(cell.Text ?? "");
            }
            else
            {
                element.CellValue = new CellValue(Number(cell.Value));
            }
        }
        else if (cell.Text is { } text)
        {
            element.DataType = CellValues.InlineString;
            element.InlineString = new InlineString(
                new DocumentFormat.OpenXml.Spreadsheet.Text(Clean(text))
                {
                    Space = SpaceProcessingModeValues.Preserve,
                }
            );
        }
        else
        {
            element.CellValue = new CellValue(Number(cell.Value));
        }
        return element;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Clean(string text)
    {
        var clean = text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c >= '\ufffe')
            ? string.Concat(
                text.EnumerateRunes()
                    .Where(r => !Rune.IsControl(r) && r.Value is not 0xfffe and not 0xffff)
            )
            : text;
        return clean.Length <= LongestCell ? clean : clean[..(LongestCell - 3)] + "...";
    }
}
