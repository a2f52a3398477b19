using Plimsoll.Catalog;
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
        return table is null ? found.All : [.. found.All, .. Table(table, rent)];
    }

    /// <summary>Running costs of a month beside what the whole could be let for.</summary>
    private static void Costs(InputValues outlook, UsualAmount? rent, AmountJudge judge)
    {
        if (rent is null || !(outlook.NumberOrNull("accelerators") is > 0 and var installed))
        {
            return;
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
    private static IEnumerable<LocatedFinding> Table(CsvTable table, UsualAmount? rent)
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
