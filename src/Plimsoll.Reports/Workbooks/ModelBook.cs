using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The whole workbook as cells, before it is written to a file.</summary>
internal sealed class ModelBook
{
    /// <summary>Builds it.</summary>
    /// <param name="title">Title of the cover.</param>
    /// <param name="model">Terms and debt as contracted.</param>
    /// <param name="outlook">One draw.</param>
    /// <param name="assumptions">Numbers of the study.</param>
    /// <param name="conventions">Further conventions.</param>
    /// <param name="changes">Values of named assumptions in place of those of the case, as a reader would type them; null for none.</param>
    public ModelBook(
        string title,
        ProjectModel model,
        MonthlyOutlook outlook,
        IReadOnlyList<Assumption> assumptions,
        IReadOnlyList<string> conventions,
        IReadOnlyDictionary<string, double>? changes = null
    )
    {
        // Where lenders close the centre after a default, the workbook shows it closed; its formulas do not decide on that anew.
        var closed = model.ClosedMonth(outlook);
        outlook = model.ComeAbout(outlook);
        var terms = model.Terms;
        var cover = new Sheet("Cover");
        var inputs = new Sheet("Assumptions");
        inputs.Put(1, 1, "Assumptions", Look.Title);
        inputs.Put(
            2,
            1,
            "Yellow cells may be changed; months count from 0 where a month is asked for.",
            Look.Note
        );
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var scalars = new Scalars(inputs, names, Source(assumptions), changes);
        Book = new Book(names) { Scalars = scalars, Count = outlook.Months };
        Book.Sheets.AddRange([cover, inputs, scalars.Tables]);
        scalars.Heading("Sensitivities");
        var sens = new Sensitivities(scalars);
        scalars.Heading("Time");
        scalars.StartYear = scalars.Add(
            "start_year",
            "year of the first month",
            outlook.Start.Year,
            "year",
            look: Look.Input
        );
        scalars.StartMonth = scalars.Add(
            "start_month",
            "month of the first month",
            outlook.Start.MonthOfYear,
            "1 to 12"
        );
        scalars.MonthCount = scalars.Add(
            "month_count",
            "months",
            outlook.Months,
            "months",
            "Built into the sheets; do not change it here."
        );
        scalars.HoursPerMonth = scalars.Add(
            "hours_per_month",
            "hours of a month in which accelerators can be sold",
            outlook.HoursPerMonth,
            "h, 0 = as the calendar has"
        );
        var block = new TermsBlock(scalars, terms);
        Book.Time = new Months(Book, outlook.Start, outlook.Months);
        var capital = new CapitalTable(scalars, terms, sens, scalars.MonthCount);
        var support = new SupportTables(scalars, terms);
        var before = new BeforeTable(scalars, terms);
        var opening = terms.Opening is { } position ? new OpeningTable(scalars, position) : null;
        var calendar = terms.Start is not null;
        var live = IsLive(terms);
        var tranches = terms
            .Tranches.Select(
                (t, i) =>
                    new TrancheTerms(scalars, t, i, calendar, live, live && !Same(model, outlook))
            )
            .ToList();
        Inputs = new Inputs
        {
            Book = Book,
            Count = outlook.Months,
            Currency = outlook.Currency.Code,
            Given = terms,
            Plan = model.Debt,
            KeptForService = model.KeptForService,
            Month = outlook,
            Terms = block,
            Sens = sens,
            Capital = capital,
            Support = support,
            Before = before,
            Opening = opening,
            LastTest = closed >= 0 ? closed : outlook.Months - 1,
            Outlook = new OutlookSheet(Book, outlook),
            Leases = new LeaseSheet(Book, outlook, sens),
            Products = [.. outlook.Sales.Select(s => Names.Of(s.Product))],
            Calendar = calendar || terms.Tranches.Any(t => t.Repayment == Repayment.Sculpted),
        };
        Operations = new OperationsSheet(Inputs);
        Debt = new DebtSheet(Inputs, Operations, tranches);
        Tax = new TaxSheet(Inputs, Operations, "Tax", "Income tax");
        TaxWithoutDebt = new TaxSheet(
            Inputs,
            Operations,
            "TaxNoDebt",
            "Income tax as it would be without debt"
        );
        Waterfall = new WaterfallSheet(Inputs, Operations, Debt, Tax);
        Debt.Implied(Waterfall["cash available for debt service"]);
        Balance = new BalanceLines(Inputs, Operations, Debt, Tax, Waterfall);
        Ratios = new RatiosSheet(this, new RatesSheet(Inputs));
        Annual = new AnnualSheet(Inputs, Operations, Tax, Waterfall);
        Dashboard = new DashboardSheet(Inputs, Operations, Debt, Waterfall, Ratios);
        SourcesSheet.Write(Book, assumptions);
        Book.Head();
        Arrange();
        CoverSheet.Write(
            cover,
            title,
            Inputs,
            closed >= 0
                ?
                [
                    .. conventions,
                    "After the default lenders close the centre, because its sale is worth more to them than running on; the outlook is shown closed, and stays so whatever is changed here.",
                ]
                : conventions
        );
    }

    public Book Book { get; }
    public Inputs Inputs { get; }
    public OperationsSheet Operations { get; }
    public DebtSheet Debt { get; }
    public TaxSheet Tax { get; }
    public TaxSheet TaxWithoutDebt { get; }
    public WaterfallSheet Waterfall { get; }
    public BalanceLines Balance { get; }
    public RatiosSheet Ratios { get; }
    public AnnualSheet Annual { get; }
    public DashboardSheet Dashboard { get; }

    /// <summary>Whether sizes and schedules can be solved by formulas without a circle.</summary>
    private static bool IsLive(FinanceTerms t) =>
        t.GearingBase == GearingBase.CapitalCost
        && !t.Tranches.Any(TrancheInstruments.HoldsSchedule)
        && (
            t.Tranches.All(x => x.Repayment != Repayment.Sculpted)
            || (
                t.Tranches.Count == 1
                && !t.Tranches[0].SculptAfterTax
                && t.Tranches[0].Draw == DrawRule.ProRata
            )
        );

    /// <summary>Whether the debt is what the terms give on this outlook; a debt sized on another case is held.</summary>
    private static bool Same(ProjectModel model, MonthlyOutlook outlook)
    {
        var again = ProjectModel.Contract(model.Terms, model.Months, outlook).Debt;
        for (var i = 0; i < again.Lent.Length; i++)
        {
            for (var m = 0; m < model.Months; m++)
            {
                if (
                    Math.Abs(again.Draws[i][m] - model.Debt.Draws[i][m]) > 1e-6
                    || Math.Abs(again.Principal[i][m] - model.Debt.Principal[i][m]) > 1e-6
                )
                {
                    return false;
                }
            }
        }
        return true;
    }

    private void Arrange()
    {
        string[] order =
        [
            "Cover",
            "Dashboard",
            "Assumptions",
            "Tables",
            "Sources",
            "Timeline",
            "Outlook",
            "Leases",
            "Operations",
            "Tax",
            "TaxNoDebt",
            "Debt",
            "Waterfall",
            "Annual",
            "Balance",
            "Ratios",
            "Rates",
        ];
        Book.Sheets.Sort(
            (a, b) => Array.IndexOf(order, a.Name).CompareTo(Array.IndexOf(order, b.Name))
        );
    }

    /// <summary>Grade and source of an assumption of the study whose place ends with the name of a cell.</summary>
    private static Func<string, (string, string)?> Source(IReadOnlyList<Assumption> assumptions)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var a in assumptions)
        {
            var name = a.Place.Split('.', '/', ' ')[^1].Replace('-', '_');
            found.TryAdd(name, ($"{a.Grade}", a.Source));
        }
        return name => found.TryGetValue(name, out var value) ? value : null;
    }
}
