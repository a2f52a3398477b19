using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets the prices and the capital cost of a finance case beside what the catalogue knows: far outside is a warning, absurdly far an error, both with the likely slip.</summary>
internal static class FinanceMagnitudes
{
    /// <summary>Times the middle of its column from which a month's figure is refused.</summary>
    private const double OddMonth = 100;

    private const double HoursPerMonth = 730;

    /// <summary>Least part of a rent that a cost of an hour sold comes to: a meter, a fee.</summary>
    private const double HourlyShare = 1e-3;

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
        Physical(outlook, values.Items("capital").Sum(c => c.Number("amount")), judge, currency);
        Tax(values, found, currency);
        Costs(outlook, rent, judge);
        return table is null ? found.All : [.. found.All, .. Table(table, rent)];
    }

    /// <summary>Most energy that an accelerator with its share of server and cooling takes in an hour, kWh: the largest of 2025, some 2 kW, doubled for what may come.</summary>
    private const double MostEnergy = 4;

    /// <summary>Least share of its price new that an accelerator in use is worth second-hand.</summary>
    private const double LeastResale = 0.05;

    /// <summary>Least energy of a busy accelerator-hour, kWh.</summary>
    private const double LeastEnergy = 0.1;

    /// <summary>Energy of an hour and second-hand price of an accelerator, beside what one takes and costs new.</summary>
    private static void Physical(
        InputValues outlook,
        double capital,
        AmountJudge judge,
        Currency currency
    )
    {
        var installed = outlook.NumberOrNull("accelerators") ?? 0;
        judge.Compare(
            outlook,
            "energy_kwh",
            new UsualAmount(
                LeastEnergy,
                MostEnergy,
                "kWh an accelerator-hour",
                "an accelerator with its share of server and cooling"
            ),
            [new LikelySlip.Slip(8, "a server of eight accelerators for one")]
        );
        if (judge.Usual.Accelerator(currency) is { } each)
        {
            // What the file itself pays for one tells more than the cheapest of all kinds.
            var paid = installed > 0 ? Math.Min(each.High, capital / installed) : 0;
            judge.Compare(
                outlook,
                "resale_price",
                each with
                {
                    Low = LeastResale * Math.Max(each.Low, paid),
                    Of = $"from 5 % of what an accelerator costs here to all of it new ({each.Of})",
                },
                LikelySlip.Money
            );
        }
    }

    /// <summary>A country's tax on money of another: rates hold, amounts and limits of its law do not.</summary>
    private static void Tax(InputValues values, StudyFindings found, Currency currency)
    {
        if (
            values.Section("tax").TextOrNull("preset") is { } preset
            && Country.OfTax(preset) is { } home
            && home.Currency != currency
        )
        {
            found.Warn(
                new InputPath("tax.preset"),
                "other-currency",
                $"'{preset}' on amounts in {currency}",
                $"amounts in {home.Currency}, or the tax of a country whose money is {currency}",
                $"The taxes of {home.Name} are reckoned on these amounts; if the centre is elsewhere, write the preset of its country or its rates."
            );
        }
    }

    /// <summary>Running costs of a month beside what the whole could be let for, and of an hour sold beside its price.</summary>
    private static void Costs(InputValues outlook, UsualAmount? rent, AmountJudge judge)
    {
        if (rent is null || !(outlook.NumberOrNull("accelerators") is > 0 and var installed))
        {
            return;
        }
        foreach (var hourly in outlook.Items("costs").Where(c => c.Has("per_gpu_hour")))
        {
            judge.Compare(
                hourly.Sourced("per_gpu_hour"),
                rent with
                {
                    Low = HourlyShare * rent.Low,
                    Of = $"0.1 to 100 % of a rent, {rent.Of}",
                },
                LikelySlip.PerAcceleratorHour
            );
        }
        var month = HoursPerMonth * installed;
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
    private static IEnumerable<LocatedFinding> Table(CsvTable table, UsualAmount? rent)
    {
        var numbers = new CsvNumber(table, [.. _prices, "energy_kwh", "installed"]);
        double Read(CsvRow row, string column) =>
            numbers.TryRead(row, column, out var v) ? v : double.NaN;
        foreach (var row in table.HasColumn("energy_kwh") ? table.Rows : [])
        {
            var (energy, installed) = (Read(row, "energy_kwh"), Read(row, "installed"));
            var busy = HoursPerMonth * installed * MostEnergy;
            // Little energy is no fault: a dark month takes none.
            var usual = new UsualAmount(
                Math.Min(energy, busy),
                busy,
                "kWh",
                $"a month of {installed:#,0} accelerators with their servers and cooling"
            );
            if (
                energy > 0
                && installed > 0
                && usual.Judge(Cell(table, "energy_kwh", energy), LikelySlip.Kilowatts) is { } much
            )
            {
                yield return new LocatedFinding(table.File, row.Line, 1, much);
                break;
            }
        }
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
            var sorted = read.Select(r => r.Value).Order().ToList();
            var middle = sorted[sorted.Count / 2];
            var alone = new UsualAmount(middle, middle, "", "the middle of the column");
            foreach (var (row, value) in read)
            {
                var number = Cell(table, column, value);
                var finding =
                    value / middle is > OddMonth or < 1 / OddMonth
                        ? alone.Judge(number, LikelySlip.PerAcceleratorHour)
                    : column == "price" ? rent?.Judge(number, LikelySlip.PerAcceleratorHour)
                    : null;
                if (finding is not null)
                {
                    // One month of a column stands for the others like it.
                    yield return new LocatedFinding(table.File, row.Line, 1, finding);
                    break;
                }
            }
        }
    }

    private static InputNumber Cell(CsvTable table, string column, double value) =>
        new(column, value, value, value, "", table.File, Grade.D, false);

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
