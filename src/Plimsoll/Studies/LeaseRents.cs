using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What a lease whose price nobody knows pays: the rent of its chip on the day, as other leases of that chip in the file and the revenue told have it.</summary>
/// <remarks>
/// Log price = level of the chip + own part. The level is that of the market's quotes with what they leave open; the own part has the width
/// of a year of rents, since leases were signed at other times. Known leases of the same chip move the level (normal-normal). Where the last
/// month's revenue is told, what it leaves after the known leases is one measurement of the unknown ones together (Gauss-Newton on their
/// logs); each is then drawn by itself, so that their sum is a little wider than what is known of it.
/// </remarks>
/// <param name="values">The file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
/// <param name="market">china, us, europe.</param>
/// <param name="currency">The study's.</param>
internal sealed class LeaseRents(
    InputValues values,
    CatalogView view,
    string market,
    Currency currency
)
{
    private const double HoursOfMonth = 730;

    /// <summary>90 % point of the standard normal: a range is of 80 %.</summary>
    private const double Z90 = 1.2815515655446004;

    /// <summary>Share by which revenue told and rents agreed differ for other reasons, such as hours not available; own prior.</summary>
    private const double RevenueError = 0.05;

    /// <summary>Deviations from which what the revenue leaves is no measurement of these leases: the check says so.</summary>
    private const double Absurd = 3;

    private const int Steps = 30;

    private readonly Lazy<RentLevels> _levels = new(() =>
        RentLevels.Condition(
            view,
            market,
            OwnQuotes
                .Check(view, market, QuoteInputs.Read(values.Section("market"), "quotes", ""))
                .Quotes,
            1,
            1,
            0
        )
    );

    /// <summary>Median rent of an accelerator-hour of chips together, each by its number; null where none of them is known.</summary>
    /// <param name="chips">Chips with how many there are.</param>
    public double? Median(IEnumerable<(string Chip, double Count)> chips) =>
        Level([.. chips]) is { } level ? Math.Exp(level.Mean) : null;

    /// <summary>Prices of the leases whose price is unknown, tenant by tenant; none of one whose chip is unknown.</summary>
    public IReadOnlyList<(InputValues Lease, InputNumber Price)> Prices()
    {
        var width = _levels.Value.Widths[QuoteBasis.Contract].Value;
        var leases = values.Items("signed").Select(Of).ToList();
        var unknown = new List<(List<InputValues> Leases, double Hours, string Source)>();
        var mean = new List<double>();
        var variance = new List<double>();
        // What a tenant signed for the same chips counts once, in however many leases it is written.
        foreach (var same in leases.Where(l => l.Price is null).GroupBy(l => (l.Tenant, l.Name)))
        {
            var lease = same.First();
            if (Level(lease.Chips) is not { } level)
            {
                continue;
            }
            var sisters = leases
                .Where(l => l.Price is > 0 && l.Name == lease.Name)
                .GroupBy(l => l.Tenant, StringComparer.Ordinal)
                .Select(t => t.Sum(l => l.Hours * Math.Log(l.Price!.Value)) / t.Sum(l => l.Hours))
                .ToList();
            var (prior, each) = (1 / (level.Deviation * level.Deviation), 1 / (width * width));
            var precision = prior + (sisters.Count * each);
            mean.Add(((prior * level.Mean) + (each * sisters.Sum())) / precision);
            variance.Add((1 / precision) + (width * width));
            unknown.Add(
                (
                    [.. same.Select(l => l.Written)],
                    same.Sum(l => l.Hours),
                    sisters.Count > 0
                        ? "unknown to the study: rent of its chip on the day and other leases of that chip"
                        : "unknown to the study: rent of its chip on the day"
                )
            );
        }
        var told = Told(leases, [.. unknown.Select(u => u.Hours)], mean, variance);
        return
        [
            .. unknown.SelectMany(
                (u, i) =>
                    u.Leases.Select(l =>
                        (l, Number(mean[i], variance[i], told ? u.Source + Revenue : u.Source))
                    )
            ),
        ];
    }

    private const string Revenue = ", held to the revenue of the last month";

    private InputNumber Number(double mean, double variance, string source)
    {
        var reach = Z90 * Math.Sqrt(variance);
        return new InputNumber(
            "",
            Math.Exp(mean),
            Math.Exp(mean - reach),
            Math.Exp(mean + reach),
            "1",
            source,
            Grade.D,
            true
        );
    }

    /// <summary>Moves the logs to what the revenue of the last month leaves for them; false where none is told, or it leaves nothing like their rent.</summary>
    private bool Told(
        List<Lease> leases,
        IReadOnlyList<double> hours,
        List<double> mean,
        List<double> variance
    )
    {
        var decided = values.Month("decided");
        if (
            hours.Count == 0
            || values.Items("actuals").MaxBy(a => a.MonthOrNull("month")) is not { } last
            || last.MonthOrNull("month") != decided
            || last.NumberOrNull("revenue") is not { } revenue
            || revenue <= 0
            || leases.Exists(l => l.Price is null && Level(l.Chips) is null)
            || values.Items("fleet").Any(f => f.MonthOrNull("online") > decided)
        )
        {
            return false;
        }
        var left = revenue - leases.Sum(l => l.Hours * (l.Price ?? 0));
        if (left <= 0)
        {
            return false;
        }
        var error = RevenueError * revenue / left;
        var (first, count) = (mean.ToArray(), mean.Count);
        double[] share = [];
        double spread = 0;
        var at = mean.ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var sum = Enumerable.Range(0, count).Sum(i => hours[i] * Math.Exp(at[i]));
            share = [.. Enumerable.Range(0, count).Select(i => hours[i] * Math.Exp(at[i]) / sum)];
            spread =
                Enumerable.Range(0, count).Sum(i => share[i] * share[i] * variance[i])
                + (error * error);
            var miss =
                Math.Log(left / sum)
                + Enumerable.Range(0, count).Sum(i => share[i] * (at[i] - first[i]));
            if (step == 0 && Math.Abs(miss) > Absurd * Math.Sqrt(spread))
            {
                return false;
            }
            for (var i = 0; i < count; i++)
            {
                at[i] = first[i] + (variance[i] * share[i] * miss / spread);
            }
        }
        for (var i = 0; i < count; i++)
        {
            mean[i] = at[i];
            variance[i] -= Math.Pow(variance[i] * share[i], 2) / spread;
        }
        return true;
    }

    /// <summary>Log level of chips together and what is open of it; null where no chip is known, or the market prices in another money.</summary>
    private (double Mean, double Deviation)? Level(IReadOnlyList<(string Chip, double Count)> chips)
    {
        var count = chips.Sum(c => c.Count);
        if (count <= 0 || _levels.Value.Currency != currency)
        {
            return null;
        }
        double mean = 0,
            deviation = 0;
        foreach (var (chip, number) in chips)
        {
            var level = _levels.Value.Posterior(chip, QuoteBasis.Contract);
            mean += number / count * level.Mean;
            deviation += number / count * level.Deviation;
        }
        return (mean, deviation);
    }

    private Lease Of(InputValues lease)
    {
        var fleet = lease.TextOrNull("fleet");
        var chips = new List<(string Chip, double Count)>();
        double servers = 0;
        foreach (
            var f in values
                .Items("fleet")
                .Where(f => fleet is null || f.TextOrNull("name") == fleet)
        )
        {
            if (
                view.Find("servers", f.Text("server")) is { } entry
                && entry.TextOrNull("accelerator") is { } chip
                && view.Find(Accelerator.Kind, chip) is not null
            )
            {
                var number = f.NumberOrNull("servers") ?? 0;
                servers += number;
                chips.Add((chip, number * (entry.NumberOrNull("accelerators")?.Value ?? 8)));
            }
        }
        return new Lease(
            lease,
            lease.Text("tenant"),
            chips,
            string.Join("|", chips.Select(c => c.Chip).Distinct().Order(StringComparer.Ordinal)),
            HoursOfMonth
                * lease.Number("servers")
                * (servers > 0 ? chips.Sum(c => c.Count) / servers : 8),
            lease.IsUnknown("price_per_gpu_hour") ? null : lease.NumberOrNull("price_per_gpu_hour")
        );
    }

    /// <summary>One lease.</summary>
    /// <param name="Written">As written.</param>
    /// <param name="Tenant">Who rents.</param>
    /// <param name="Chips">The chips that serve it.</param>
    /// <param name="Name">Their names together.</param>
    /// <param name="Hours">Accelerator-hours of a month.</param>
    /// <param name="Price">Money an accelerator-hour; null where unknown.</param>
    private sealed record Lease(
        InputValues Written,
        string Tenant,
        IReadOnlyList<(string Chip, double Count)> Chips,
        string Name,
        double Hours,
        double? Price
    );
}
