using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.MarketFiles;

/// <summary>A figure by month over the draws; NaN in months in which no draw has it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Low">P10, one entry a month.</param>
/// <param name="Middle">P50.</param>
/// <param name="High">P90.</param>
/// <param name="Share">Share of the draws that have the figure in the month, 0 to 1.</param>
public sealed record MonthlySpread(
    string Name,
    string Unit,
    double[] Low,
    double[] Middle,
    double[] High,
    double[] Share
);

/// <summary>What became of one named centre over the draws.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tier">Tier of its chips.</param>
/// <param name="Odds">Fill from its first month on.</param>
/// <param name="Dark">Mean share of its accelerators that stood dark.</param>
/// <param name="Price">Median price of its contracts, money a server-month; NaN when it never had one.</param>
/// <param name="Fill">Fill by month.</param>
public sealed record CentreSummary(
    string Name,
    Tier Tier,
    FillOdds Odds,
    double Dark,
    double Price,
    MonthlySpread Fill
);

/// <summary>Result of a market file.</summary>
public sealed record MarketFileResult
{
    private readonly int _offset;
    private readonly IReadOnlyList<MarketRecord> _records;

    internal MarketFileResult(
        MarketFile file,
        int offset,
        IReadOnlyList<RentLaw> laws,
        IReadOnlyList<MarketRecord> records,
        IReadOnlyList<MarketRecord> fundamental
    )
    {
        (File, _offset, _records) = (file, offset, records);
        Laws = laws;
        var figures = new List<MonthlySpread>();
        for (var k = 0; k < Segment.Tiers; k++)
        {
            if (Present(k))
            {
                figures.AddRange(OfTier(k));
            }
        }
        figures.Add(Spread("let share", "fraction", (r, m) => r.Path.LetShare(m)));
        Figures = figures;
        Centres = [.. file.Centres.Select(c => Summary(c.Name))];
        VoucherPaid =
        [
            .. file.Vouchers.Select(
                (v, i) =>
                    (
                        v.Name,
                        records.Average(r =>
                            r.VoucherPaid[r.VoucherPaid.Length - file.Vouchers.Count + i]
                        )
                    )
            ),
        ];
        if (file.Curve is not null)
        {
            Gap = GapTo(fundamental);
        }
    }

    /// <summary>The market that was run.</summary>
    public MarketFile File { get; }

    /// <summary>Law of each draw.</summary>
    public IReadOnlyList<RentLaw> Laws { get; }

    /// <summary>National figures by month.</summary>
    public IReadOnlyList<MonthlySpread> Figures { get; }

    /// <summary>Named centres.</summary>
    public IReadOnlyList<CentreSummary> Centres { get; }

    /// <summary>Mean money paid by each scheme.</summary>
    public IReadOnlyList<(string Name, double Paid)> VoucherPaid { get; }

    /// <summary>Log of the imported curve over the model's own rent of the H tier; null without a curve.</summary>
    public MonthlySpread? Gap { get; }

    /// <summary>One whole history with every centre; null without a national base.</summary>
    public NationalHistory? National { get; init; }

    private bool Present(int k) =>
        _records.Any(r => r.Path.Capacity[k].Skip(_offset).Any(c => c > 0));

    private IEnumerable<MonthlySpread> OfTier(int k)
    {
        var tier = ((Tier)k).ToString();
        var money = $"{File.Currency}/server-month";
        yield return Spread($"contract rent {tier}", money, (r, m) => r.Path.Rent[k][m]);
        yield return Spread($"quote {tier}", money, (r, m) => r.Path.Quote[k][m]);
        yield return Spread($"spot rent {tier}", money, (r, m) => r.Path.Spot[k][m]);
        yield return Spread($"installed {tier}", "servers", (r, m) => r.Path.Capacity[k][m]);
        yield return Spread(
            $"let share {tier}",
            "fraction",
            (r, m) =>
                r.Path.Capacity[k][m] > 0 ? r.Path.Let[k][m] / r.Path.Capacity[k][m] : double.NaN
        );
        yield return Spread(
            $"second-hand price {tier}",
            $"{File.Currency}",
            (r, m) => r.Path.SecondHand[k][m]
        );
    }

    private MonthlySpread GapTo(IReadOnlyList<MarketRecord> fundamental)
    {
        double[][] gaps =
        [
            .. fundamental.Select(
                (f, i) =>
                    Enumerable
                        .Range(_offset, File.Months)
                        .Select(m =>
                            Math.Log(_records[i].Path.StockRent[0][m] / f.Path.StockRent[0][m])
                        )
                        .ToArray()
            ),
        ];
        return Spread("curve over fundamental", "log", gaps);
    }

    private CentreSummary Summary(string name)
    {
        var ledgers = _records.Select(r => r.Centres.First(c => c.Name == name)).ToArray();
        double Fill(CentreLedger c, int m) =>
            c.Installed[m] > 0 ? (c.Let[m] + c.Spot[m]) / c.Installed[m] : double.NaN;
        var fills = ledgers
            .Select(c =>
                Enumerable
                    .Range(_offset, File.Months)
                    .Select(m => Fill(c, m))
                    .Where(f => !double.IsNaN(f))
                    .DefaultIfEmpty(0)
                    .Average()
            )
            .ToArray();
        var prices = ledgers
            .SelectMany(c => c.Price.Skip(_offset))
            .Where(p => !double.IsNaN(p) && p > 0)
            .Order()
            .ToArray();
        var installed = ledgers.Sum(c => c.Installed.Skip(_offset).Sum());
        return new CentreSummary(
            name,
            ledgers[0].Tier,
            FillOdds.Of(fills),
            installed > 0 ? ledgers.Sum(c => c.Dark.Skip(_offset).Sum()) / installed : 0,
            prices.Length > 0 ? prices[prices.Length / 2] : double.NaN,
            Spread(
                $"fill {name}",
                "fraction",
                [
                    .. ledgers.Select(c =>
                        Enumerable.Range(_offset, File.Months).Select(m => Fill(c, m)).ToArray()
                    ),
                ]
            )
        );
    }

    private MonthlySpread Spread(string name, string unit, Func<MarketRecord, int, double> of) =>
        Spread(
            name,
            unit,
            [
                .. _records.Select(r =>
                    Enumerable.Range(_offset, File.Months).Select(m => of(r, m)).ToArray()
                ),
            ]
        );

    private static MonthlySpread Spread(string name, string unit, double[][] byDraw)
    {
        var months = byDraw[0].Length;
        double[] low = new double[months],
            middle = new double[months],
            high = new double[months],
            share = new double[months];
        for (var m = 0; m < months; m++)
        {
            var values = byDraw.Select(d => d[m]).Where(double.IsFinite).Order().ToArray();
            double At(double p) =>
                values.Length > 0 ? values[(int)((p * (values.Length - 1)) + 0.5)] : double.NaN;
            (low[m], middle[m], high[m]) = (At(0.1), At(0.5), At(0.9));
            share[m] = (double)values.Length / byDraw.Length;
        }
        return new MonthlySpread(name, unit, low, middle, high, share);
    }
}
