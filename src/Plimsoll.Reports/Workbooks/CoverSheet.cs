using Plimsoll.Finance;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The cover: what this is, how to use it, conventions, checks.</summary>
internal static class CoverSheet
{
    /// <summary>Writes the cover.</summary>
    public static void Write(Sheet sheet, string title, Inputs x, IReadOnlyList<string> conventions)
    {
        sheet.Widths[1] = 100;
        sheet.Widths[2] = 22;
        sheet.Put(1, 1, title, Look.Title);
        sheet.Put(
            2,
            1,
            $"Project finance month by month, {x.Count} months from {x.Month.Start}, in {x.Currency}, nominal.",
            Look.Note
        );
        sheet.Next = 4;
        Heading(sheet, "How to use it");
        string[] use =
        [
            "Yellow cells are constants: assumptions (Assumptions, Tables), one draw of the market (Outlook, Leases), and the debt that the engine solved (Debt). Every other number is a formula.",
            "Change an assumption, or a sensitivity at the top of Assumptions, and everything follows, debt sizes and schedules included unless a debt is told to hold as contracted.",
            "The twelve narrow columns before the first month stand for the time before it; they are empty and hidden.",
            "Names: every assumption is a named cell (for example tax_income_rate), every figure of Ratios a name that begins with ratio_.",
        ];
        Lines(sheet, use);
        Heading(sheet, "Conventions");
        Lines(sheet, [.. Conventions(x.Given), .. conventions]);
        Heading(sheet, "Checks (0 is right; sizes of debt move when assumptions do)");
        foreach (var (what, cell) in x.Book.Checks)
        {
            sheet.Put(sheet.Next, 1, what, Look.Wrapped);
            sheet.Put(sheet.Next++, 2, cell, Look.Check);
        }
        foreach (var note in x.Plan.Notes)
        {
            sheet.Put(sheet.Next++, 1, $"Note of the engine: {note}.", Look.Wrapped);
        }
        Heading(sheet, "Sheets");
        foreach (var other in x.Book.Sheets.Where(s => s.Name != sheet.Name))
        {
            sheet.Put(sheet.Next++, 1, $"{other.Name}: {other.Cells[(1, 1)].Text}", Look.Wrapped);
        }
    }

    private static IEnumerable<string> Conventions(FinanceTerms t) =>
        [
            "Flows fall at month end. Present values are at the start of the first month, at effective yearly rates.",
            $"Order of the waterfall: running cost, tax, {string.Join(", ", t.Order.Select(WaterfallSheet.Words))}, distribution.",
            "Cover behind: cash available for debt service, after income tax, of twelve months over interest and principal due in them. Cover ahead: operating cash, before income tax, of the next twelve months over scheduled service.",
            $"Gearing is a share of {(t.GearingBase == GearingBase.CapitalCost ? "capital cost, tax excluded" : "all uses at signing")}, at most the commitment where there is one.",
            "Book values follow the write-off for tax. The fleet is sold at its second-hand value in the last month.",
            "Money under half a hundredth of the currency counts as nothing.",
        ];

    private static void Heading(Sheet sheet, string text)
    {
        sheet.Next++;
        sheet.Put(sheet.Next++, 1, text, Look.Heading);
    }

    private static void Lines(Sheet sheet, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            sheet.Put(sheet.Next++, 1, line, Look.Wrapped);
        }
    }
}

/// <summary>Every number of the study with its source.</summary>
internal static class SourcesSheet
{
    /// <summary>Writes it.</summary>
    public static void Write(Book book, IReadOnlyList<Assumption> assumptions)
    {
        var sheet = book.Add(
            "Sources",
            "Numbers of the study with source and grade",
            "A: filing, datasheet, official. B: named outlet. C: trade press. D: own prior."
        );
        string[] columns =
        [
            "number",
            "value",
            "range",
            "unit",
            "grade",
            "source",
            "dated",
            "stands in",
        ];
        double[] widths = [44, 16, 22, 14, 8, 60, 12, 44];
        for (var c = 0; c < columns.Length; c++)
        {
            sheet.Put(4, c + 1, columns[c], Look.Columns);
            sheet.Widths[c + 1] = widths[c];
        }
        sheet.Frozen = (5, 2);
        sheet.Next = 5;
        foreach (var a in assumptions)
        {
            var row = sheet.Next++;
            sheet.Put(row, 1, a.Name);
            sheet.Put(row, 2, a.Value);
            sheet.Put(row, 3, a.Range.Length == 0 ? "exact" : a.Range);
            sheet.Put(row, 4, a.Unit);
            sheet.Put(
                row,
                5,
                $"{a.Grade}",
                a.Grade == Quantities.Grade.D ? Look.LowGrade : Look.Text
            );
            sheet.Put(row, 6, a.Source);
            sheet.Put(row, 7, a.Dated);
            sheet.Put(row, 8, a.Place);
        }
    }
}
