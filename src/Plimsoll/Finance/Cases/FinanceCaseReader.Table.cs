using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <content>The outlook, from a table with one row a month.</content>
public sealed partial class FinanceCaseReader
{
    private static readonly string[] _needed = ["month", "installed", "gpu_hours", "price", "cost"];

    private static readonly string[] _known =
    [
        .. _needed,
        "cost_on_closing",
        "cost_sunk",
        "contracted_revenue",
        "energy_kwh",
        "peak_kw",
        "resale_price",
        "months_to_sell",
        "sale_proceeds",
        "sold",
        "vouchers",
        "tokens",
        "rate_shift",
        "currency",
    ];

    private MonthlyOutlook? _fromTable;

    private MonthlyOutlook? FromTableOnce(CsvTable csv) => _fromTable ??= FromTable(csv);

    private MonthlyOutlook? FromTable(CsvTable csv)
    {
        if (
            _fromTable is not null
            || _findings.Exists(f => f.Path.Text.StartsWith(csv.File, StringComparison.Ordinal))
        )
        {
            return _fromTable;
        }
        var before = _findings.Count;
        CheckTable(csv);
        if (_findings.Count > before)
        {
            return null;
        }
        double[] Column(string name) =>
            csv.HasColumn(name)
                ? [.. csv.Rows.Select(r => Cell(csv, r, name))]
                : new double[_months];
        double[] IfThere(string name) => csv.HasColumn(name) ? Column(name) : [];
        var tokens = IfThere("tokens");
        var outlook = new MonthlyOutlook
        {
            Start = _start,
            Currency = _currency,
            Installed = Column("installed"),
            Repair = new double[_months],
            Dark = new double[_months],
            Idle = new double[_months],
            Sales =
            [
                new ProductSales(
                    tokens.Length > 0 ? Product.Inference : Product.TrainingLease,
                    Column("gpu_hours"),
                    Column("price"),
                    tokens
                ),
            ],
            Leases = [],
            Costs =
            [
                new CostSplit(
                    "running cost",
                    Column("cost"),
                    Column("cost_on_closing"),
                    Column("cost_sunk")
                ),
            ],
            EnergyKwh = Column("energy_kwh"),
            PeakKw = Column("peak_kw"),
            ResalePrice = Column("resale_price"),
            MonthsToSell = Column("months_to_sell"),
            SaleProceeds = IfThere("sale_proceeds"),
            Sold = IfThere("sold"),
            SubsidyIncluded = IfThere("vouchers"),
            ContractedRevenue = IfThere("contracted_revenue"),
            BaseRateShift = IfThere("rate_shift"),
        };
        return _findings.Count > before ? null : _fromTable = outlook;
    }

    private static InputPath Place(CsvTable csv, int line, string column) =>
        new($"{csv.File}:{line}: {column}");

    private double Cell(CsvTable csv, CsvRow row, string column)
    {
        var text = csv.Cell(row, column);
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && (number >= 0 || column == "rate_shift")
        )
        {
            return number;
        }
        Report(
            Place(csv, row.Line, column),
            "not-a-number",
            $"'{text}'",
            column == "rate_shift" ? "a number" : "a number of at least 0",
            "Write digits with a decimal point."
        );
        return 0;
    }

    private void CheckTable(CsvTable csv)
    {
        if (!_needed.Any(csv.HasColumn))
        {
            // A file of another kind: nothing of it is shown.
            Report(
                Place(csv, 1, "header"),
                "not-an-outlook",
                "none of the columns",
                string.Join(", ", _needed),
                $"Columns are {string.Join(", ", _known)}."
            );
            return;
        }
        foreach (var missing in _needed.Where(c => !csv.HasColumn(c)))
        {
            Report(
                Place(csv, 1, missing),
                "missing-column",
                "nothing",
                $"column '{missing}'",
                $"Columns are {string.Join(", ", _known)}."
            );
        }
        foreach (var unknown in csv.Header.Where(h => !_known.Contains(h, StringComparer.Ordinal)))
        {
            var near = NearestName.Of(unknown, _known);
            Report(
                Place(csv, 1, unknown),
                "unknown-column",
                $"'{unknown}'",
                "a known column",
                near is null
                    ? $"Columns are {string.Join(", ", _known)}."
                    : $"Did you mean '{near}'?"
            );
        }
        if (!csv.HasColumn("month"))
        {
            return;
        }
        for (var m = 0; m < csv.Rows.Count; m++)
        {
            var row = csv.Rows[m];
            var expected = _start + m;
            if (!Month.TryParse(csv.Cell(row, "month"), out var month) || month != expected)
            {
                Report(
                    Place(csv, row.Line, "month"),
                    "missing-month",
                    $"'{csv.Cell(row, "month")}'",
                    $"{expected}",
                    "Give every month of the horizon once, in order."
                );
                return;
            }
            if (csv.HasColumn("currency") && csv.Cell(row, "currency") != _currency.Code)
            {
                Report(
                    Place(csv, row.Line, "currency"),
                    "mixed-currencies",
                    $"'{csv.Cell(row, "currency")}'",
                    _currency.Code,
                    "Convert every amount into the file's currency first."
                );
                return;
            }
        }
        if (csv.Rows.Count != _months)
        {
            Report(
                Place(csv, csv.Rows.Count > 0 ? csv.Rows[^1].Line : 1, "month"),
                "missing-month",
                $"{csv.Rows.Count} months",
                $"{_months} from {_start}",
                "Give every month of the horizon once, in order."
            );
        }
    }
}
