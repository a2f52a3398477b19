using System.Globalization;
using Plimsoll.Finance;

namespace Plimsoll.Cli.Finance;

/// <summary>A run of <c>finance</c> for the reader of a terminal.</summary>
internal static class FinanceScreen
{
    public static void Print(
        FinanceCase finance,
        ProjectModel model,
        CashFlow flow,
        ProjectFigures figures
    )
    {
        Console.WriteLine(
            $"{finance.Name}: {flow.Months} months from {flow.Start}, amounts in thousand {flow.Currency}"
        );
        Console.WriteLine();
        Years(flow);
        Tests(flow, model.Terms);
        Figures(figures);
        foreach (var note in Notes(model, flow))
        {
            Console.WriteLine($"Note: {note}.");
        }
        Verdict(flow);
    }

    /// <summary>What was cut and why: of what is contracted, and of what a borrowing base or a default leaves of it.</summary>
    public static IEnumerable<string> Notes(ProjectModel model, CashFlow flow) =>
        model
            .Debt.Notes.Concat(RefinancedSums.Of(model, flow))
            .Concat(
                model
                    .Debt.Tranches.Index()
                    .Select(t =>
                        (
                            t.Item.Name,
                            Lent: model.Debt.Lent[t.Index],
                            Drawn: flow.TrancheDrawn[t.Index].Sum()
                        )
                    )
                    .Where(t => t.Drawn < t.Lent * (1 - 1e-6))
                    .Select(t =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{t.Name}: {t.Drawn:0} of {t.Lent:0} is drawn, the borrowing base or a default leaves no more"
                        )
                    )
            );

    private static void Years(CashFlow flow)
    {
        // What is owed after the fleet is sold is a claim that nobody pays.
        var sold =
            flow.ClosedMonth < 0
                ? flow.Months - 1
                : Math.Max(flow.ClosedMonth, Array.FindLastIndex(flow.Proceeds, p => p > 0));
        var years = Enumerable.Range(0, flow.Months).GroupBy(m => (flow.Start + m).Year).ToList();
        var table = new List<string[]>
        {
            (string[])["Waterfall by calendar year", .. years.Select(y => y.Key.ToString()), "all"],
        };
        void Line(string name, Func<int, double> row)
        {
            double[] sums = [.. years.Select(y => y.Sum(row))];
            if (sums.Any(s => Math.Abs(s) >= 0.5))
            {
                table.Add([name, .. sums.Append(sums.Sum()).Select(Thousands)]);
            }
        }
        double[] unpaid = flow.PutOff(),
            accounts = flow.IntoAccounts();
        Line("revenue", m => flow.Revenue[m]);
        Line("  of it under contract", m => flow.ContractedRevenue[m]);
        Line("running cost", m => -flow.RunningCost[m]);
        Line("working capital", m => -flow.WorkingCapital[m]);
        Line("value added tax", m => flow.VatRecovered[m]);
        Line("grants and subsidies", m => flow.Grants[m]);
        Line("income tax", m => -flow.Tax[m]);
        Line("of it for debt or assets alone", m => -flow.Earmarked[m] - flow.GrantsToCapital[m]);
        Line("cash for debt service", m => flow.Cfads[m]);
        Line("for debt or assets alone", m => flow.Earmarked[m] + flow.GrantsToCapital[m]);
        Line("bills left unpaid", m => unpaid[m]);
        Line("capital cost, VAT, fees", m => -flow.CapitalCost[m]);
        Line("debt drawn", m => flow.DebtDrawn[m]);
        Line("debt service paid", m => -flow.DebtPaid[m]);
        Line("  interest due", m => m > sold ? 0 : -flow.InterestDue[m]);
        Line("  principal due", m => m > sold ? 0 : -flow.PrincipalDue[m]);
        Line("sale of accelerators", m => flow.Proceeds[m]);
        Line("repaid early", m => -flow.Prepaid[m]);
        Line("equity paid in", m => flow.EquityIn[m]);
        Line("bridge money given back", m => -flow.BridgeReturned[m]);
        Line("paid out to equity", m => -flow.Distributed[m]);
        Line("into accounts", m => -accounts[m]);
        Line(
            "owed when all is sold",
            m => flow.ClosedMonth >= 0 && m == sold ? -flow.DebtBalance[m] : 0
        );
        Write(table);
    }

    private static void Tests(CashFlow flow, FinanceTerms terms)
    {
        var table = new List<string[]>
        {
            (string[])
                ["Tests of cover", "date", "12 behind", "12 ahead", "arrears", "debt", "state"],
        };
        foreach (var m in Enumerable.Range(0, flow.Months))
        {
            if (flow.Tested[m] && !double.IsNaN(flow.TrailingCover[m]))
            {
                table.Add([
                    $"month {m}",
                    (flow.Start + m).ToString(),
                    Ratio(flow.TrailingCover[m]),
                    flow.DebtBalance[m] <= 1 ? "" : Ratio(flow.ForwardCover[m]),
                    Thousands(flow.Arrears[m]),
                    Thousands(flow.DebtBalance[m]),
                    flow.DebtBalance[m] <= 1 ? "repaid"
                    : flow.DefaultMonth >= 0 && m >= flow.DefaultMonth ? "in default"
                    : flow.Arrears[m] > 1 ? "in arrears"
                    : flow.Locked[m] ? "locked up"
                    : flow.TrailingCover[m] < terms.CovenantCover ? "below covenant"
                    // A test that looks ahead and finds no figure is not passed: cash is held.
                    : terms.LockUpTest != CoverTest.Trailing && double.IsNaN(flow.ForwardCover[m])
                        ? "no figure, held"
                    : "passed",
                ]);
            }
        }
        if (table.Count > 1)
        {
            Write(table);
        }
    }

    /// <summary>Columns set to their widest entry, the first to the left, the others to the right, so that a narrow terminal wraps no cell.</summary>
    private static void Write(List<string[]> table)
    {
        var width = Enumerable
            .Range(0, table[0].Length)
            .Select(c => table.Max(r => r[c].Length))
            .ToArray();
        foreach (var row in table)
        {
            Console.WriteLine(
                string.Join(
                    "  ",
                    row.Select(
                        (cell, c) => c == 0 ? cell.PadRight(width[c]) : cell.PadLeft(width[c])
                    )
                )
            );
        }
        Console.WriteLine();
    }

    private static void Figures(ProjectFigures figures)
    {
        Console.WriteLine("Figures");
        foreach (var f in figures.All())
        {
            Console.WriteLine(
                f.Figure.HasValue
                    ? $"  {f.Name}: {Shown(f.Figure.Value)} {f.Unit}"
                    : $"  {f.Name}: no figure: {f.Figure.Refusal}"
            );
            if (f.Figure.Note.Length > 0)
            {
                Console.WriteLine($"      note: {f.Figure.Note}");
            }
            Console.WriteLine($"      {f.Convention}");
        }
        Console.WriteLine();
    }

    private static void Verdict(CashFlow flow)
    {
        Console.WriteLine(
            flow.DefaultMonth >= 0
                ? $"Debt defaults in month {flow.DefaultMonth} ({flow.Start + flow.DefaultMonth})."
                    + (
                        flow.ClosedMonth >= 0
                            ? $" Lenders close the centre after month {flow.ClosedMonth} ({flow.Start + flow.ClosedMonth})."
                            : " The centre runs on."
                    )
            : flow.BreachMonth >= 0
                ? $"The covenant is first broken in month {flow.BreachMonth} ({flow.Start + flow.BreachMonth}); debt is repaid."
            : flow.Lent > 0 && RefinancedSums.Missed(flow).Length > 0
                ? "Debt is repaid, though not on time, and the covenant holds at every test."
            : flow.Lent > 0 ? "Debt is repaid and the covenant holds at every test."
            : "There is no debt."
        );
        if (RefinancedSums.Missed(flow) is { Length: > 0 } missed)
        {
            Console.WriteLine(missed);
        }
    }

    private static string Thousands(double value) =>
        (value / 1000).ToString("#,0;-#,0;0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) =>
        double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Shown(double value) =>
        Math.Abs(value) >= 1e4 ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 100 ? value.ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);
}
