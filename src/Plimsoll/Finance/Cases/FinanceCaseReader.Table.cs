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
        "contract_income",
        "energy_kwh",
        "peak_kw",
        "resale_price",
        "months_to_sell",
        "sale_proceeds",
        "sold",
        "vouchers",
        "tokens",
        "token_hours",
        "rate_shift",
        "currency",
    ];

    /// <summary>Columns whose numbers may be below 0.</summary>
    private static readonly string[] _signed = ["rate_shift", "contract_income"];

    /// <summary>Columns that hold no numbers.</summary>
    private static readonly string[] _words = ["month", "currency"];

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
        var numbers = new CsvNumber(csv, _known.Except(_words, StringComparer.Ordinal));
        double[] Column(string name) =>
            csv.HasColumn(name)
                ? [.. csv.Rows.Select(r => Cell(csv, numbers, r, name))]
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
            Leases = TableLeases(),
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
            ContractIncome = IfThere("contract_income"),
            BaseRateShift = IfThere("rate_shift"),
        };
        if (_findings.Count == before)
        {
            CheckMonths(csv, outlook);
            CheckServing(csv, outlook, Column("token_hours"));
        }
        return _findings.Count > before
            ? null
            : _fromTable = Parted(outlook, IfThere("token_hours"));
    }

    /// <summary>The hours that serve tokens beside those let, at the month's one price.</summary>
    private static MonthlyOutlook Parted(MonthlyOutlook outlook, double[] serving) =>
        serving.Length == 0 || outlook.Sales[0].Tokens.Length == 0
            ? outlook
            : outlook with
            {
                Sales =
                [
                    outlook.Sales[0] with
                    {
                        Product = Product.TrainingLease,
                        GpuHours = [.. outlook.Sales[0].GpuHours.Zip(serving, (all, s) => all - s)],
                        Tokens = [],
                    },
                    outlook.Sales[0] with
                    {
                        GpuHours = serving,
                    },
                ],
            };

    /// <summary>Records of the leases behind the table: deposits, and contracts lost, are read from them; rent is the table's.</summary>
    private IReadOnlyList<Lease> TableLeases() =>
        [
            .. values
                .Section("outlook")
                .Items("leases")
                .Select(l => new Lease(
                    l.Text("name"),
                    Product.TrainingLease,
                    l.Integer("from"),
                    l.Integer("months"),
                    l.Number("accelerators"),
                    l.Number("price"),
                    1,
                    l.Number("prepaid_months"),
                    l.NumberOrNull("ended") is { } ended
                        ? (int)ended
                        : l.Integer("from") + l.Integer("months"),
                    l.Flag("broken")
                )
                {
                    Signed = true,
                }),
        ];

    private void CheckServing(CsvTable csv, MonthlyOutlook o, double[] serving)
    {
        var sold = o.Sales[0].GpuHours;
        Worst(
            csv,
            "token_hours",
            "more-sold-than-installed",
            m => serving[m],
            m => sold[m] * (1 + 1e-6),
            m => $"{serving[m]:0} hours that serve tokens in {_start + m}",
            m => $"at most {sold[m]:0}, the hours sold",
            "Correct 'token_hours' or 'gpu_hours'; hours that serve tokens are among those sold."
        );
    }

    /// <summary>What contradicts itself within a month, as for an outlook written in rows: more sold than stands, more contracted or subsidised than earned.</summary>
    private void CheckMonths(CsvTable csv, MonthlyOutlook o)
    {
        const double Rounding = 1 + 1e-6;
        // Three times what the hungriest accelerator draws with its share of server and cooling.
        const double MostKilowatts = 10;
        var (sold, price) = (o.Sales[0].GpuHours, o.Sales[0].PricePerGpuHour);
        double Hours(int m) => o.Installed[m] * (_start + m).Hours;
        double Earned(int m) => sold[m] * price[m];
        Worst(
            csv,
            "gpu_hours",
            "more-sold-than-installed",
            m => sold[m],
            m => Hours(m) * Rounding,
            m =>
                $"{sold[m]:0} hours in {_start + m}"
                + (Hours(m) > 0 ? $", {100 * sold[m] / Hours(m):0} % of those installed" : ""),
            m =>
                $"at most {Hours(m):0}, {o.Installed[m]:0.##} accelerators over {(_start + m).Hours:0} hours",
            "Correct hours or installed accelerators; no accelerator-hour is sold twice."
        );
        foreach (
            var (column, part) in new[]
            {
                ("contracted_revenue", o.ContractedRevenue),
                ("vouchers", o.SubsidyIncluded),
            }
        )
        {
            // Amounts are often rounded to whole units of money while hours and price are not.
            Worst(
                csv,
                column,
                "more-than-earned",
                m => part.Length > 0 ? part[m] : 0,
                m => (Earned(m) * (1 + 1e-3)) + 1,
                m => $"{part[m]:0} in {_start + m}",
                m => $"at most {Earned(m):0}, the month's hours at their price",
                "It is a part of the month's revenue, not beside it."
            );
        }
        Worst(
            csv,
            "energy_kwh",
            "more-than-drawn",
            m => o.EnergyKwh.Length > 0 ? o.EnergyKwh[m] : 0,
            m => (Hours(m) * MostKilowatts) + 1,
            m => $"{o.EnergyKwh[m]:0} kWh in {_start + m}",
            m => $"at most {Hours(m) * MostKilowatts:0}, {MostKilowatts} kW an accelerator",
            "Is it in Wh, or the energy of another site? It is what servers, hall and cooling draw in the month."
        );
        Worst(
            csv,
            "sold",
            "more-sold-than-installed",
            m => o.Sold.Length > 0 && m > 0 ? o.Sold[m] : 0,
            m => m > 0 ? o.Installed[m - 1] * Rounding : 0,
            m => $"{o.Sold[m]:0.##} accelerators sold off in {_start + m}",
            m => $"at most the {o.Installed[m - 1]:0.##} installed the month before",
            "Correct the accelerators sold off or those installed."
        );
    }

    /// <summary>Reports the first month that exceeds its limit and the one that does so most, and says how many do.</summary>
    private void Worst(
        CsvTable csv,
        string column,
        string rule,
        Func<int, double> value,
        Func<int, double> limit,
        Func<int, string> found,
        Func<int, string> expected,
        string remedy
    )
    {
        var over = Enumerable.Range(0, _months).Where(m => value(m) > limit(m)).ToList();
        if (over.Count == 0)
        {
            return;
        }
        var worst = over.MaxBy(m => limit(m) > 0 ? value(m) / limit(m) : double.PositiveInfinity);
        foreach (var m in new[] { over[0], worst }.Distinct())
        {
            Report(
                Place(csv, csv.Rows[m].Line, column),
                rule,
                found(m),
                expected(m),
                over.Count > 2 ? $"{remedy} It is so in {over.Count} months." : remedy
            );
        }
    }

    private static InputPath Place(CsvTable csv, int line, string column) =>
        new($"{csv.File}:{line}: {column}");

    private double Cell(CsvTable csv, CsvNumber numbers, CsvRow row, string column)
    {
        if (
            numbers.TryRead(row, column, out var number)
            && (number >= 0 || _signed.Contains(column))
        )
        {
            return number;
        }
        var text = csv.Cell(row, column);
        Report(
            Place(csv, row.Line, column),
            "not-a-number",
            $"'{InputText.Cut(text)}'",
            _signed.Contains(column) ? "a number" : "a number of at least 0",
            number < 0
                ? "Costs, prices and hours are written without a sign."
                : numbers.Remedy(text)
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
