using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets the prices and the capital cost of a finance case beside what the catalogue knows: far outside is a warning, absurdly far an error, both with the likely slip.</summary>
internal static class FinanceMagnitudes
{
    /// <summary>Times the middle of its column from which a month's figure is refused.</summary>
    private const double OddMonth = 100;

    /// <summary>Columns of prices.</summary>
    private static readonly string[] _prices = ["price", "resale_price"];

    /// <summary>Least share of the usual cost of accelerators that capital as a whole comes to: halls and servers may be leased.</summary>
    private const double LeastCapital = 0.1;

    /// <summary>Every amount out of proportion, in file order; those that are no warnings prevent a run.</summary>
    /// <param name="values">A checked file of kind finance.</param>
    /// <param name="view">The catalogue.</param>
    /// <param name="file">Name of the file for the messages.</param>
    /// <param name="table">The table of its outlook, if there is one.</param>
    public static IReadOnlyList<LocatedFinding> Of(
        InputValues values,
        CatalogView view,
        string file,
        CsvTable? table
    )
    {
        var found = new StudyFindings(values, file);
        var judge = new AmountJudge(values, view, found);
        var usual = judge.Usual;
        if (
            !Currency.IsCode(values.Text("currency"))
            || values
                .Section("outlook")
                .Items("sales")
                .Any(s => s.TextOrNull("currency") is { } own && !Currency.IsCode(own))
        )
        {
            // What is no currency is refused where the case is read.
            return [];
        }
        var currency = new Currency(values.Text("currency"));
        Tax(values, currency, found);
        LockUp(values.Section("terms"), found);
        var outlook = values.Section("outlook");
        var rent = usual.Rent([], currency);
        foreach (var sale in outlook.Items("sales"))
        {
            var paid = sale.TextOrNull("currency") is { } own
                ? usual.Rent([], new Currency(own))
                : rent;
            judge.Compare(sale.Sourced("price"), paid, LikelySlip.PerAcceleratorHour);
        }
        Capital(values, outlook, judge, currency);
        Costs(outlook, rent, judge);
        var resale = Resale(values, usual.Accelerator(currency), currency);
        judge.Compare(outlook, "resale_price", resale, LikelySlip.Money);
        return table is null
            ? found.All
            : [.. found.All, .. Table(table, rent, resale), .. Energy(table)];
    }

    /// <summary>Taxes are those of a country whose money the case counts in.</summary>
    private static void Tax(InputValues values, Currency currency, StudyFindings found)
    {
        var tax = values.Section("tax");
        if (
            tax.TextOrNull("preset") is { } preset
            && Country.OfTax(preset) is { } home
            && home.Currency != currency
        )
        {
            found.Warn(
                tax.Path.Key("preset"),
                "other-country",
                $"'{preset}' in a case that counts in {currency}",
                $"{home.Currency}, the money of {home.Name}, or a preset of a country with {currency}",
                $"Tax is counted as in {home.Name}. If the company is taxed there it may stand; else name its own country."
            );
        }
    }

    /// <summary>A lock-up lies above its covenant. Both at their defaults, as a study writes them that says nothing of either, say nothing.</summary>
    private static void LockUp(InputValues terms, StudyFindings found)
    {
        var below = TermRelations.LockUpBelowCovenant(
            terms.Path.Key("lock_up"),
            terms,
            "lock_up",
            terms,
            "covenant"
        );
        if (
            below is not null
            && terms.Has("covenant")
            && (terms.Says("lock_up") || terms.Says("covenant"))
        )
        {
            found.Add(below);
        }
    }

    /// <summary>Running costs of a month beside what the whole could be let for.</summary>
    private static void Costs(InputValues outlook, UsualAmount? rent, AmountJudge judge)
    {
        if (rent is null || !(outlook.NumberOrNull("accelerators") is > 0 and var installed))
        {
            return;
        }
        foreach (var cost in outlook.Items("costs"))
        {
            judge.Compare(
                cost,
                "per_gpu_hour",
                rent with
                {
                    Low = 0.002 * rent.Low,
                    Typical = FileMagnitudes.CostOfRent * Math.Sqrt(rent.Low * rent.High),
                    Of = "0.2 to 100 % of what an accelerator is let for",
                },
                LikelySlip.PerAcceleratorHour
            );
        }
        var month = 730 * installed;
        var costs = outlook.Items("costs").Where(c => c.Has("per_month")).ToList();
        // What is out of proportion is the whole; it is said at its largest part.
        if (costs.MaxBy(c => c.Number("per_month")) is { } largest)
        {
            var sum = costs.Sum(c => c.Number("per_month"));
            judge.Compare(
                largest.Sourced("per_month") with
                {
                    Value = sum,
                    Low = sum,
                    High = sum,
                },
                new UsualAmount(
                    0.005 * month * rent.Low,
                    month * rent.High,
                    $"{rent.Unit.Split(' ')[0]} a month",
                    $"0.5 to 100 % of what {installed:#,0} accelerators are let for"
                ),
                LikelySlip.Money
            );
        }
    }

    /// <summary>Months of a table whose price no market has known, or which stand alone in their column.</summary>
    private static IEnumerable<LocatedFinding> Table(
        CsvTable table,
        UsualAmount? rent,
        UsualAmount? resale
    )
    {
        var numbers = new CsvNumber(table, _prices);
        foreach (var column in _prices.Where(table.HasColumn))
        {
            var read = table
                .Rows.Select(r =>
                    (Row: r, Value: numbers.TryRead(r, column, out var v) ? v : double.NaN)
                )
                .Where(r => r.Value > 0)
                .ToList();
            if (read.Count == 0)
            {
                continue;
            }
            if (column == "resale_price")
            {
                if (Odd(table, [.. read.Select(r => (r.Row.Line, r.Value))], resale) is { } odd)
                {
                    yield return odd;
                }
                continue;
            }
            var sorted = read.Select(r => r.Value).Order().ToList();
            var middle = sorted[sorted.Count / 2];
            var alone = new UsualAmount(middle, middle, "", "the middle of the column");
            foreach (var (row, value) in read)
            {
                var number = new InputNumber(
                    column,
                    value,
                    value,
                    value,
                    "",
                    table.File,
                    Grade.D,
                    false
                );
                var finding = value / middle is > OddMonth or < 1 / OddMonth
                    ? alone.Judge(number, LikelySlip.PerAcceleratorHour)
                    : rent?.Judge(number, LikelySlip.PerAcceleratorHour);
                if (finding is not null)
                {
                    // One month of a column stands for the others like it.
                    yield return new LocatedFinding(table.File, row.Line, 1, finding);
                    break;
                }
            }
        }
    }

    /// <summary>
    /// A month whose second-hand price is out of step with the month before, or the dearest where no accelerator fetches so much. A price may
    /// fall towards nothing over the years: how low it ends says nothing, and neither does how far that is from the middle.
    /// </summary>
    private static LocatedFinding? Odd(
        CsvTable table,
        IReadOnlyList<(int Line, double Value)> prices,
        UsualAmount? resale
    )
    {
        LocatedFinding? Judged(UsualAmount? usual, (int Line, double Value) price) =>
            usual?.Judge(
                new InputNumber(
                    "resale_price",
                    price.Value,
                    price.Value,
                    price.Value,
                    "",
                    table.File,
                    Grade.D,
                    false
                ),
                LikelySlip.Money
            )
                is { } finding
                ? new LocatedFinding(table.File, price.Line, 1, finding)
                : null;
        for (var i = 1; i < prices.Count; i++)
        {
            var before = prices[i - 1].Value;
            if (prices[i].Value / before is > OddMonth or < 1 / OddMonth)
            {
                return Judged(new UsualAmount(before, before, "", "the month before"), prices[i]);
            }
        }
        return Judged(resale, prices.MaxBy(p => p.Value));
    }

    /// <summary>What an accelerator may be sold for: a part of what the case itself paid for one, else of what the catalogue knows.</summary>
    private static UsualAmount? Resale(InputValues values, UsualAmount? each, Currency currency)
    {
        var paid = values.Items("capital").Sum(c => c.Number("amount"));
        return values.Section("outlook").NumberOrNull("accelerators") is > 0 and var installed
            && paid > 0
                ? new UsualAmount(
                    0.02 * paid / installed,
                    paid / installed,
                    currency.Code,
                    $"2 to 100 % of the capital cost of an accelerator"
                )
            : each is null ? null
            : each with
            {
                Low = 0.02 * each.Low,
                Of = $"2 to 100 % of an accelerator with its share of a server ({each.Of})",
            };
    }

    /// <summary>kWh an hour of an accelerator that stands from which a month's energy is doubted: the dearest with servers and cooling take some 3.</summary>
    private const double OddEnergy = 15;

    /// <summary>The first month whose energy is more than its accelerators can take.</summary>
    private static IEnumerable<LocatedFinding> Energy(CsvTable table)
    {
        const string Key = "energy_kwh",
            Installed = "installed";
        if (!table.HasColumn(Key) || !table.HasColumn(Installed))
        {
            yield break;
        }
        var numbers = new CsvNumber(table, Key, Installed);
        foreach (var row in table.Rows)
        {
            if (
                numbers.TryRead(row, Key, out var energy)
                && numbers.TryRead(row, Installed, out var stand)
                && stand > 0
                && energy > OddEnergy * 730 * stand
            )
            {
                yield return new LocatedFinding(
                    table.File,
                    row.Line,
                    1,
                    new UsualAmount(
                        73 * stand,
                        3 * 730 * stand,
                        "kWh a month",
                        $"{stand:#,0} accelerators with servers and cooling, 0.1 to 3 kW each"
                    ).Judge(
                        new InputNumber(
                            Key,
                            energy,
                            energy,
                            energy,
                            "",
                            table.File,
                            Grade.D,
                            false
                        ),
                        [new LikelySlip.Slip(1000, "Wh for kWh")],
                        false
                    )!
                );
                yield break;
            }
        }
    }

    private static void Capital(
        InputValues values,
        InputValues outlook,
        AmountJudge judge,
        Currency currency
    )
    {
        var installed = outlook.NumberOrNull("accelerators") ?? 0;
        if (!(installed > 0) || judge.Usual.Accelerator(currency) is not { } each)
        {
            return;
        }
        var costs = values.Items("capital").Select(c => c.Sourced("amount")).ToList();
        var sum = costs.Sum(c => c.Value);
        var whole = each with
        {
            Low = LeastCapital * installed * each.Low,
            High = installed * each.High,
            Of = $"{installed:#,0} accelerators with their servers ({each.Of})",
        };
        // What is out of proportion is the whole; it is said at its largest part.
        if (costs.MaxBy(c => c.Value) is { } largest)
        {
            judge.Compare(
                largest with
                {
                    Value = sum,
                    Low = sum,
                    High = sum,
                },
                whole,
                LikelySlip.Money
            );
        }
        foreach (var tranche in values.Items("debt"))
        {
            judge.Compare(
                tranche,
                "amount",
                new UsualAmount(0.005 * sum, 1.5 * sum, currency.Code, "0.5 to 150 % of capital"),
                LikelySlip.Money
            );
        }
    }
}
