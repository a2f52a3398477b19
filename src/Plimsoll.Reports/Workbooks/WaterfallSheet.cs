using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The waterfall: cash, debt service, reserves, early repayment, lock-up, default and distribution, month by month.</summary>
/// <remarks>Rows are laid out first, in reading order; then every month is written from left to right, as money flows.</remarks>
internal sealed partial class WaterfallSheet
{
    /// <summary>Half a hundredth of the currency: less is nothing.</summary>
    private const double Cent = 0.005;

    private static readonly string[] _summed =
    [
        "operating cash, before income tax",
        "income tax",
        "cash available for debt service",
        "uses: capital cost, input tax, replacement, fees",
        "debt drawn",
        "equity paid in",
        "sponsor support",
        "interest due",
        "interest capitalised",
        "interest on arrears",
        "principal due",
        "debt service paid",
        "from the reserve account",
        "proceeds of accelerators and the rest",
        "repaid early",
        "bridge money given back",
        "paid out to equity",
    ];

    private readonly Inputs _x;
    private readonly OperationsSheet _o;
    private readonly DebtSheet _debt;
    private readonly TaxSheet _tax;
    private readonly Sheet _sheet;
    private readonly TermsBlock _t;
    private readonly Months _time;
    private readonly Dictionary<string, Line> _rows = new(StringComparer.Ordinal);

    /// <summary>Writes it.</summary>
    public WaterfallSheet(Inputs x, OperationsSheet o, DebtSheet debt, TaxSheet tax)
    {
        (_x, _o, _debt, _tax) = (x, o, debt, tax);
        (_t, _time) = (x.Terms, x.Book.Time);
        _sheet = x.Book.Monthly(
            "Waterfall",
            "Waterfall",
            $"Order after tax: {string.Join(", ", x.Given.Order.Select(Words))}; distribution comes last. The order is built into the formulas."
        );
        Runs = [.. debt.Tranches.Select(c => new RunTranche(c))];
        _parts = new LoanParts([.. Runs.Select(r => r.Terms.Given)]);
        LayOut();
        for (var m = 0; m < x.Count; m++)
        {
            Month(m);
        }
        foreach (var name in _summed)
        {
            _rows[name].Sum();
        }
        tax.Totals();
    }

    /// <summary>Rows of the tranches.</summary>
    public IReadOnlyList<RunTranche> Runs { get; }

    /// <summary>A row by its name.</summary>
    public Line this[string name] => _rows[name];

    /// <summary>A step of the order in words.</summary>
    public static string Words(WaterfallStep step) =>
        step switch
        {
            WaterfallStep.DebtService => "debt service",
            WaterfallStep.DebtReserve => "debt service reserve",
            WaterfallStep.RefreshReserve => "reserve for replacement",
            WaterfallStep.Prepayment => "early repayment that is due",
            _ => "cash sweep",
        };

    private void LayOut()
    {
        Heading("Cash available for debt service");
        Rows(Look.Money, "operating cash, before income tax", "income tax");
        Rows(Look.MoneySum, "cash available for debt service");
        Heading("Debt due");
        PerTranche(
            "interest",
            "of it capitalised",
            "interest due",
            "interest on arrears",
            "principal due",
            "drawn",
            "balance before service"
        );
        LayOutInstruments();
        Rows(
            Look.Money,
            "interest accrued",
            "interest due",
            "interest capitalised",
            "interest on arrears",
            "principal due"
        );
        Heading("Uses and sources");
        Flags("capital has been spent");
        Rows(
            Look.Money,
            "uses: capital cost, input tax, replacement, fees",
            "liquidity paid in",
            "reserve account paid in",
            "taken from the reserve for replacement",
            "drawn of all tranches",
            "equity needed for uses",
            "bridge money given back or kept",
            "cash after uses",
            "running cost before opening, from equity",
            "drawn from the line for running cost",
            "called from sponsors for running cost",
            "cash before the waterfall"
        );
        Heading("Cover and lock-up");
        if (_x.Before.Count > 0)
        {
            Rows(Look.Whole, "months before the outlook within the window");
            Rows(
                Look.Money,
                "cash of those months",
                "debt service of those months",
                "cash in months of service"
            );
        }
        Rows(
            Look.Money,
            "cash of twelve months",
            "debt service of twelve months",
            "operating cash of the twelve months ahead",
            "debt service owed in the twelve months ahead"
        );
        Flags("cover behind has a meaning");
        Rows(Look.Times, "trailing cover");
        Flags("cover ahead has a meaning");
        Rows(Look.Times, "forward cover");
        Flags(
            "cover is tested",
            "covenant broken at a test",
            "default by cover",
            "lock-up holds",
            "a test is passed"
        );
        Rows(Look.Whole, "failed tests in a row");
        foreach (var step in _x.Given.Order)
        {
            LayOut(step);
        }
        Heading("End of the horizon");
        Rows(Look.Money, "accounts released", "line repaid at the end");
        PerTranche("arrears repaid at the end", "balance repaid at the end");
        Flags("default at the end");
        Heading("Distribution");
        Flags("debt is owed", "distribution is barred", "month of distribution");
        Rows(Look.Money, "cash kept", "distributed from cash", "left by the sweep");
        Heading("Month end");
        PerTranche("balance", "arrears");
        Rows(Look.Number, [.. Runs.Select(r => r.Name("cut of later instalments"))]);
        Rows(
            Look.Money,
            "cash less bills not paid",
            "free cash",
            "bills not paid",
            "reserve account",
            "reserve for replacement",
            "support used so far",
            "working-capital line",
            "paid under the letter of credit so far"
        );
        Rows(Look.Whole, "months of support so far");
        Rows(Look.MoneySum, "debt with arrears");
        Heading("Totals");
        Rows(
            Look.MoneySum,
            "proceeds of accelerators and the rest",
            "debt drawn",
            "debt service paid",
            "from the reserve account",
            "repaid early",
            "charges on early repayment",
            "interest on arrears and charges",
            "sponsor support",
            "equity paid in",
            "bridge money given back",
            "paid out to equity"
        );
        Flags("in default");
        Rows(Look.Money, "exposure at default", "paid in the month before the default");
        Rows(Look.Number, "value of money at the default");
        Rows(Look.Money, "recovered, as of the default");
        foreach (var run in Runs)
        {
            run.Take(_rows);
        }
    }

    private void LayOut(WaterfallStep step)
    {
        Heading($"Step: {Words(step)}");
        switch (step)
        {
            case WaterfallStep.DebtService:
                PerTranche(
                    "due",
                    "paid from cash",
                    "paid by the line",
                    "paid from the reserve account",
                    "paid under the letter of credit",
                    "paid by sponsors",
                    "arrears after service"
                );
                Rows(
                    Look.Money,
                    "line: interest and fees paid",
                    "line repaid after service",
                    "cash after debt service"
                );
                Flags("payment missed");
                Rows(Look.Whole, "missed months in a row");
                Flags("default by missed payment");
                break;
            case WaterfallStep.DebtReserve:
                Rows(
                    Look.Money,
                    "reserve target",
                    "moved into the reserve account",
                    "cash after the reserve account"
                );
                break;
            case WaterfallStep.RefreshReserve:
                Rows(
                    Look.Money,
                    "target for replacement",
                    "moved into the reserve for replacement",
                    "cash after the reserve for replacement"
                );
                break;
            case WaterfallStep.Prepayment:
                Rows(Look.Money, "bills paid from proceeds", "line repaid from proceeds");
                PerTranche(
                    "arrears repaid from proceeds",
                    "balance repaid from proceeds",
                    "charge on what proceeds repay"
                );
                Rows(Look.Money, "cash after proceeds");
                Flags("a contract is lost");
                PerTranche(
                    "due for lost contracts",
                    "repaid for lost contracts",
                    "excess over the borrowing base",
                    "repaid for the borrowing base",
                    "paid by sponsors for the borrowing base"
                );
                Rows(Look.Money, [.. Runs.Select(r => r.Name("still due for lost contracts"))]);
                Rows(Look.Money, "cash after early repayment");
                Flags("early repayment is lacking", "a margin call is not met");
                Rows(Look.Whole, "months of margin call in a row");
                Flags("default by margin call");
                break;
            default:
                Rows(
                    Look.Money,
                    "free for the sweep",
                    "newly free for the sweep",
                    "line repaid from the sweep"
                );
                PerTranche(
                    "arrears repaid from the sweep",
                    "balance repaid from the sweep",
                    "charge on what the sweep repays"
                );
                Rows(Look.Money, "cash after the sweep");
                break;
        }
    }

    private void Heading(string text) => Book.Heading(_sheet, text);

    private void Rows(Look look, params string[] names)
    {
        var unit = look switch
        {
            Look.Times => "times",
            Look.Whole => "number",
            Look.Number => "share",
            _ => _x.Currency,
        };
        foreach (var name in names)
        {
            _rows.Add(name, _x.Book.Line(_sheet, name, unit, look));
        }
    }

    private void Flags(params string[] names)
    {
        foreach (var name in names)
        {
            _rows.Add(name, _x.Book.Line(_sheet, name, "1 = yes", Look.Whole));
        }
    }

    private void PerTranche(params string[] names)
    {
        foreach (var run in Runs)
        {
            Rows(Look.Money, [.. names.Select(run.Name)]);
        }
    }

    private Expr Set(string name, int m, Expr value) => _rows[name].Set(m, value);

    private Expr Flag(string name, int m, Expr condition) => _rows[name].Set(m, Fn.Flag(condition));

    private Expr Before(string name, int m) => _rows[name][m - 1];

    /// <summary>A row's value of the month before; in the first month what held when the outlook began.</summary>
    private Expr Before(string name, int m, Expr start) => m > 0 ? _rows[name][m - 1] : start;
}
