using System.Globalization;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Reports;
using Plimsoll.Reports.Workbooks;
using Plimsoll.Tests.Finance;
using Xunit;
using static Plimsoll.Tests.Reports.WorkbookValuesTest;

namespace Plimsoll.Tests.Reports;

/// <summary>The file, recalculated by LibreOffice, against the engine: as it is, and after changes made inside it.</summary>
public sealed class WorkbookTest : IDisposable
{
    private readonly string _folder = Directory
        .CreateTempSubdirectory("plimsoll-workbook-")
        .FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void LibreOffice_finds_the_engines_figures_before_and_after_changes_inside_the_file()
    {
        Assert.SkipWhen(LibreOffice.Program is null, "LibreOffice is not installed");
        var cases = Cases().ToList();
        foreach (var one in cases)
        {
            var path = Path.Combine(_folder, one.Name + ".xlsx");
            using (var file = File.Create(path))
            {
                Workbook.Write(
                    file,
                    one.Name,
                    one.Model,
                    one.Outlook,
                    one.Model.Run(one.Outlook),
                    [],
                    []
                );
            }
            Assert.True(LibreOffice.Strip(path, one.Changes) > 5000);
        }
        var results = Path.Combine(_folder, "results");
        Directory.CreateDirectory(results);
        LibreOffice.Recalculate(
            cases.Select(c => Path.Combine(_folder, c.Name + ".xlsx")),
            results
        );
        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var cells = LibreOffice.Read(Path.Combine(results, one.Name + ".xlsx"));
            var book = new ModelBook(one.Name, one.Model, one.Outlook, [], []);
            wrong.AddRange(Differences(one, book, cells).Select(d => $"{one.Name}: {d}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    private sealed record Case(
        string Name,
        ProjectModel Model,
        MonthlyOutlook Outlook,
        Dictionary<string, double> Changes,
        CashFlow Expected,
        ProjectModel Engine,
        MonthlyOutlook Changed
    );

    /// <summary>Every feature on, as it is; debt that follows by formula, all six changes at once; every feature on with debt held, and what can change then.</summary>
    private static IEnumerable<Case> Cases()
    {
        yield return Of("as-it-is", 21, true, new Changes());
        var live = Enumerable.Range(200, 4000).First(seed => Live(new RandomFinance(seed).Terms()));
        yield return Of("all-changed", live, false, new Changes(0.9, 1.2, 1.1, 0.01, 3, 0.33));
        yield return Of("held", 22, true, new Changes(0.8, 1.3));
        foreach (var seed in Enumerable.Range(FirstRandom, Random))
        {
            yield return Of($"random-{seed}", seed, false, new Changes(), seed % 2 == 1);
        }
        foreach (var seed in new[] { 401, 404, 410 })
        {
            yield return Of($"parts-{seed}", seed, false, new Changes(), false, 0.4);
        }
    }

    private const int FirstRandom = 400;
    private const int Random = 30;

    /// <summary>What the random cases hold, so that none of it is missing by chance.</summary>
    [Fact]
    public void The_random_cases_hold_every_instrument_repayment_and_default_often_enough()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        void Count(string what, bool there) =>
            seen[what] = seen.GetValueOrDefault(what) + (there ? 1 : 0);
        foreach (var seed in Enumerable.Range(FirstRandom, Random))
        {
            var one = Of("", seed, false, new Changes(), seed % 2 == 1);
            var t = one.Model.Terms;
            foreach (var kind in Enum.GetValues<Repayment>())
            {
                Count($"{kind}", t.Tranches.Any(x => x.Repayment == kind));
            }
            foreach (var kind in Enum.GetValues<DayCount>().Where(d => d != DayCount.Actual365))
            {
                Count($"{kind}", t.Tranches.Any(x => x.DayCount == kind));
            }
            Count("cap", t.Tranches.Any(x => x.Cap is { Floor: < 0 }));
            Count("collar", t.Tranches.Any(x => x.Cap is { Floor: > 0 }));
            Count("pay in kind", t.Tranches.Any(x => x.PayInKind is not null));
            Count("refinancing", t.Tranches.Any(x => x.Refinancing is not null));
            Count("make-whole", t.Tranches.Any(x => x.PrepaymentCharge is { MakeWholeUntil: > 0 }));
            Count("hedge break", t.Tranches.Any(x => x.PrepaymentCharge is { HedgeBreak: true }));
            Count("borrowing base", t.Tranches.Any(x => x.BorrowingBaseAdvance > 0));
            Count("rare payments", t.Tranches.Any(x => x.PaymentEveryMonths > 1));
            Count("letter of credit", t.ReserveLetter is not null);
            Count("line", t.Revolver is not null);
            Count("line drawn", one.Expected.Revolver.Any(r => r > 1));
            Count("limit of interest", t.Tax.InterestLimit is not null);
            Count("losses as they arise", t.Tax.LossesAsTheyArise);
            Count("default", one.Expected.DefaultMonth >= 0);
            Count("no default", t.Tranches.Count > 0 && one.Expected.DefaultMonth < 0);
            Count("closed", one.Model.ClosedMonth(one.Outlook) >= 0);
        }
        Assert.Empty(seen.Where(s => s.Value < 3).Select(s => $"{s.Key}: {s.Value}"));
    }

    private static bool Live(FinanceTerms t) =>
        t.Tranches.Count >= 2
        && t.GearingBase == GearingBase.CapitalCost
        && t.Tranches.All(x =>
            x.Repayment != Repayment.Sculpted
            && x.PrepaymentCharge is null
            && !TrancheInstruments.HoldsSchedule(x)
        );

    private static Case Of(
        string name,
        int seed,
        bool all,
        Changes changes,
        bool periods = false,
        double parts = 1
    )
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(all, periods);
        terms = parts < 1 ? RandomFinance.InParts(terms, parts) : terms;
        var outlook = random.Outlook(1.2);
        var model = ProjectModel.Contract(terms, outlook.Months, outlook);
        var (changedTerms, changedOutlook) = (changes.On(terms), changes.On(outlook));
        var engine = all
            ? model
            : ProjectModel.Contract(changedTerms, outlook.Months, changedOutlook);
        var shown = changes.On(model.ComeAbout(outlook));
        return new Case(
            name,
            model,
            outlook,
            changes.Named,
            engine.RunAsGiven(shown, model.ClosedMonth(outlook)) with
            {
                ClosedMonth = -1,
            },
            engine,
            shown
        );
    }

    private static IEnumerable<string> Differences(
        Case one,
        ModelBook book,
        Dictionary<string, Dictionary<string, string>> cells
    )
    {
        foreach (var (sheet, row, name, engine) in EngineRows.Of(book, one.Expected))
        {
            for (var m = 0; m < engine.Length; m++)
            {
                var found = Number(
                    cells[sheet].GetValueOrDefault(Sheet.Place(row, Sheet.FirstMonthColumn + m), "")
                );
                if (!Close(found, engine[m]))
                {
                    yield return $"{name} ({sheet}!{Sheet.Place(row, Sheet.FirstMonthColumn + m)}): LibreOffice {found}, engine {engine[m]}";
                    break;
                }
            }
        }
        foreach (
            var (key, engine, near) in EngineRows.Figures(one.Engine, one.Changed, one.Expected)
        )
        {
            var cell = book
                .Book.Names["ratio_" + key]
                .Split('!')[1]
                .Replace("$", "", StringComparison.Ordinal);
            var found = Number(cells["Ratios"][cell]);
            if (!Close(found, engine, near))
            {
                yield return $"{key}: LibreOffice {found}, engine {engine}";
            }
        }
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
        : text.Length == 0 ? double.NaN
        : throw new FormatException($"'{text}' is not a number.");
}
