using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>Turns a checked file of kind <c>finance</c> into a case, or says everything that is wrong with it.</summary>
/// <param name="values">The file.</param>
/// <param name="view">The catalogue, for tax presets.</param>
/// <param name="table">The table that <c>outlook.csv</c> names; null when the file names none.</param>
public sealed partial class FinanceCaseReader(InputValues values, CatalogView view, CsvTable? table)
{
    private readonly List<Finding> _findings = [];
    private Currency _currency;
    private Month _start;
    private int _months;

    /// <summary>The case.</summary>
    /// <exception cref="FinanceCaseException">Anything that contradicts itself.</exception>
    public FinanceCase Read()
    {
        using var culture = InvariantCulture.Begin();
        _start = values.Month("start");
        _months = values.Integer("months");
        _currency = ReadCurrency();
        CheckCurrencies();
        var sizing = ReadOutlook(false);
        var outlook = ReadOutlook(true);
        var terms = ReadTerms();
        CheckTerms(terms);
        if (outlook is not null)
        {
            CheckBases(terms, outlook);
        }
        if (_findings.Count > 0)
        {
            throw new FinanceCaseException(_findings);
        }
        return new FinanceCase(values.Text("name"), terms, outlook!, sizing!)
        {
            Warnings = [.. FinanceCheck.Warnings(terms).Select(InTheFile)],
        };
    }

    private void Report(
        InputPath path,
        string rule,
        object found,
        string expected,
        string remedy
    ) => _findings.Add(new Finding(path, rule, $"{found}", expected, remedy));

    private Currency ReadCurrency()
    {
        var code = values.Text("currency");
        try
        {
            return new Currency(code);
        }
        catch (ArgumentException)
        {
            Report(
                values.Path.Key("currency"),
                "not-a-currency",
                $"'{code}'",
                "three capital letters",
                "Write an ISO 4217 code, for example CNY."
            );
            return Currency.Usd;
        }
    }

    private void CheckCurrencies()
    {
        IEnumerable<InputValues> items =
        [
            .. values.Items("capital"),
            .. values.Items("debt"),
            .. values.Items("grants"),
            .. values.Section("outlook").Items("sales"),
            .. values.Section("outlook").Items("costs"),
            .. values.Has("power") ? new[] { values.Section("power") } : [],
        ];
        foreach (var item in items)
        {
            if (item.TextOrNull("currency") is { } code && code != _currency.Code)
            {
                Report(
                    item.Path.Key("currency"),
                    "mixed-currencies",
                    $"'{code}'",
                    _currency.Code,
                    "Convert every amount into the file's currency first."
                );
            }
        }
    }

    /// <summary>A finding of the terms where the file states them.</summary>
    private static Finding InTheFile(Finding finding) =>
        finding with
        {
            Path = new InputPath(
                finding
                    .Path.Text.Replace("tranches[", "debt[", StringComparison.Ordinal)
                    .Replace("tranches", "debt", StringComparison.Ordinal)
            ),
        };

    /// <summary>Contradictions of the terms, placed where the file states them; debt that outlives what carries it needs consent.</summary>
    private void CheckTerms(FinanceTerms terms)
    {
        _findings.AddRange(FinanceCheck.Of(terms).Select(InTheFile));
        var debt = values.Items("debt");
        _findings.AddRange(debt.SelectMany(TermRelations.Of));
        CheckArrears(terms);
        CheckAssets();
        CheckTax();
        CheckTests();
        var contracts = values
            .Section("outlook")
            .Items("sales")
            .Where(s => s.Flag("contracted"))
            .Select(s => s.NumberOrNull("to") is { } to ? (int)to : _months - 1)
            .DefaultIfEmpty(-1)
            .Max();
        for (var i = 0; i < debt.Count && i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            if (t.TenorMonths < 1)
            {
                continue;
            }
            if (t.Draw == DrawRule.AfterAcceptance && LastDraw(terms, t) > _months - 1)
            {
                Report(
                    debt[i].Path.Key("acceptance"),
                    "beyond-horizon",
                    $"a draw in month {LastDraw(terms, t)}, {t.AcceptanceMonths} months after delivery",
                    $"at most month {_months - 1}",
                    "Lengthen 'months', or let acceptance follow delivery sooner."
                );
                continue;
            }
            if (
                LoanDraws.RateMissing(
                    terms,
                    t,
                    debt[i].Path,
                    LoanDraws.Funded(terms, t).Any(c => c.DebtStanding)
                ) is
                { } missing
            )
            {
                _findings.Add(missing);
            }
            var first = Maturity(terms, t);
            var maturity = first + (t.Refinancing?.TenorMonths ?? 0);
            var consent = debt[i].Flag("merchant_tail");
            if (maturity > _months - 1 && !consent)
            {
                Report(
                    debt[i].Path.Key(first <= _months - 1 ? "refinance_tenor" : "tenor"),
                    "debt-longer-than-horizon",
                    $"maturity in month {maturity}",
                    $"at most month {_months - 1}",
                    "Lengthen 'months', shorten the tenor, or consent with 'merchant_tail: true'."
                );
            }
            else if (contracts >= 0 && first > contracts && !consent)
            {
                Report(
                    debt[i].Path.Key("tenor"),
                    "debt-longer-than-contract",
                    $"maturity in month {first}",
                    $"at most month {contracts}, the last of the contracts",
                    "Shorten the tenor, or consent to a merchant tail with 'merchant_tail: true'."
                );
            }
        }
        SameNames("capital", values.Items("capital"));
        SameNames("outlook.costs", values.Section("outlook").Items("costs"));
        SameNames("subsidies", values.Items("subsidies"));
        CheckPower();
        foreach (var (month, path) in DatedMonths())
        {
            if (month > _months - 1)
            {
                Report(
                    path,
                    "beyond-horizon",
                    month,
                    $"at most month {_months - 1}",
                    "Lengthen 'months' or take it out."
                );
            }
        }
    }

    /// <summary>Service can be in arrears of debt that stands, not of a loan to be drawn.</summary>
    private void CheckArrears(FinanceTerms terms)
    {
        var debt = values.Items("debt");
        for (var i = 0; i < debt.Count && i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            if (
                t.Arrears > 0
                && LoanDraws.Of(terms, t).DefaultIfEmpty(0).Min() > 0
                && !LoanDraws.Funded(terms, t).Any(c => c.DebtStanding)
            )
            {
                Report(
                    debt[i].Path.Key("arrears"),
                    "needs-another-key",
                    "arrears of a loan that is yet to be drawn",
                    "'debt_standing: true' of the capital cost it funds",
                    "Say that the debt stands, or leave 'arrears' out: only service of debt that stands can be behind."
                );
            }
        }
    }

    /// <summary>An asset cannot hold more than it cost.</summary>
    private void CheckAssets()
    {
        foreach (var asset in values.Section("opening").Items("assets"))
        {
            if (asset.Number("book") > asset.Number("cost"))
            {
                Report(
                    asset.Path.Key("book"),
                    "out-of-range",
                    asset.Number("book"),
                    $"at most {asset.Number("cost")}, its cost",
                    "What is not yet written off is a part of the cost: correct one of the two."
                );
            }
        }
    }

    /// <summary>A state's rate is worked into a preset's; beside a rate of its own, or without a preset, it would be dropped.</summary>
    private void CheckTax()
    {
        var tax = values.Section("tax");
        if (!tax.Says("state_rate"))
        {
            return;
        }
        if (tax.Has("income_rate"))
        {
            _findings.Add(
                TermRelations.Both(tax.Path.Key("state_rate"), "state_rate", "income_rate")
            );
        }
        else if (tax.TextOrNull("preset") is null)
        {
            _findings.Add(TermRelations.Alone(tax, "state_rate", "'preset'", "Add 'preset'"));
        }
    }

    /// <summary>A test of fill has a month, after the money came and within the horizon.</summary>
    private void CheckTests()
    {
        IEnumerable<(InputValues Item, int From)> tested =
        [
            .. values.Items("grants").Select(g => (g, g.Integer("month"))),
            .. values.Items("subsidies").Select(s => (s, s.Integer("from"))),
            .. values.Has("vouchers") ? new[] { (values.Section("vouchers"), 0) } : [],
        ];
        foreach (var (item, from) in tested)
        {
            if (item.NumberOrNull("test_month") is not { } month)
            {
                if (item.Number("fill_test") > 0)
                {
                    _findings.Add(
                        TermRelations.Alone(item, "fill_test", "'test_month'", "Add 'test_month'")
                    );
                }
            }
            else if (month < from || month > _months - 1)
            {
                Report(
                    item.Path.Key("test_month"),
                    month < from ? "test-before-the-money" : "beyond-horizon",
                    $"month {month}",
                    $"a month from {from} to {_months - 1}",
                    "A test before the money came, or after the horizon, is never failed: correct the month."
                );
            }
        }
    }

    /// <summary>A borrowing base has room only where accelerators stand: a draw before that would lend nothing.</summary>
    private void CheckBases(FinanceTerms terms, MonthlyOutlook outlook)
    {
        var debt = values.Items("debt");
        for (var i = 0; i < debt.Count && i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            var draws = LoanDraws.Of(terms, t).Where(m => m < _months).ToList();
            var early = draws.Where(m => outlook.Installed[m] <= 0).ToList();
            if (t.BorrowingBaseAdvance > 0 && early.Count > 0)
            {
                Report(
                    debt[i].Path.Key("borrowing_base"),
                    "no-base-at-the-draw",
                    $"a draw in month {early[0]}, before any accelerator stands",
                    "draws once accelerators stand",
                    "Let it be drawn later with 'acceptance', in months from the payment of a cost, or leave the base out: gearing limits the loan until then."
                );
            }
            var worthless = draws.Where(m => !(outlook.ResalePrice[m] > 0)).ToList();
            if (t.BorrowingBaseAdvance > 0 && worthless.Count > 0)
            {
                Report(
                    debt[i].Path.Key("borrowing_base"),
                    "no-price-for-the-base",
                    $"a second-hand price of 0 in month {worthless[0]}, in which the loan is drawn",
                    "a second-hand price above 0 where it is drawn",
                    "Write 'outlook.resale_price', or column resale_price of the table: on accelerators worth nothing the base lends nothing."
                );
            }
        }
    }

    /// <summary>Power is left while its contract runs.</summary>
    private void CheckPower()
    {
        var power = values.Section("power");
        if (power.NumberOrNull("exit_month") is not { } exit)
        {
            return;
        }
        var (from, term) = (power.Integer("from"), power.Integer("term"));
        if (exit < from || exit >= from + term)
        {
            Report(
                power.Path.Key("exit_month"),
                "beyond-the-term",
                $"month {exit} of a contract from month {from} to {from + term - 1}",
                $"a month from {from} to {from + term - 1}",
                "Correct this figure or the tenor: it lies outside the contract."
            );
        }
    }

    private void SameNames(string what, IReadOnlyList<InputValues> items)
    {
        foreach (
            var twice in items
                .GroupBy(i => i.Text("name"), StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
        )
        {
            Report(
                twice.Last().Path.Key("name"),
                "same-name-twice",
                $"'{twice.Key}' again",
                $"a name of its own for every row of '{what}'",
                "Give one of them another name."
            );
        }
    }

    private static int Maturity(FinanceTerms terms, DebtTranche t)
    {
        if (t.Draw != DrawRule.AfterAcceptance)
        {
            return t.FirstPaymentMonth + t.TenorMonths - 1;
        }
        return LastDraw(terms, t) + t.InterestOnlyMonths + t.TenorMonths;
    }

    /// <summary>Month of the last draw of a loan that is drawn once a delivery is accepted.</summary>
    private static int LastDraw(FinanceTerms terms, DebtTranche t) =>
        LoanDraws.Of(terms, t).DefaultIfEmpty(0).Max();

    private IEnumerable<(int Month, InputPath Path)> DatedMonths()
    {
        foreach (var cost in values.Items("capital"))
        {
            yield return (cost.Integer("month"), cost.Path.Key("month"));
        }
        foreach (var grant in values.Items("grants"))
        {
            yield return (grant.Integer("month"), grant.Path.Key("month"));
        }
        if (values.Has("refresh"))
        {
            var refresh = values.Section("refresh");
            yield return (refresh.Integer("month"), refresh.Path.Key("month"));
        }
        foreach (var subsidy in values.Items("subsidies"))
        {
            yield return (subsidy.Integer("from"), subsidy.Path.Key("from"));
        }
        foreach (var cost in values.Section("outlook").Items("costs"))
        {
            yield return (cost.Integer("from"), cost.Path.Key("from"));
        }
        if (values.Has("power"))
        {
            var power = values.Section("power");
            yield return (power.Integer("from"), power.Path.Key("from"));
        }
    }
}
