using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Motion;

/// <summary>The month of decision reproduces what was last printed.</summary>
public sealed class MonthZeroTest(ITestOutputHelper output)
{
    private static readonly string[] _decisions = ["2024-03", "2025-04", "2025-09", "2025-12"];

    public static TheoryData<string, string> Decisions()
    {
        var data = new TheoryData<string, string>();
        foreach (var market in new[] { "china", "us" })
        {
            foreach (var decision in _decisions)
            {
                data.Add(market, decision);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Medians_lie_within_the_newest_quotes(string market, string decision)
    {
        var view = FactCatalog.Shipped().AsOf(Month.Parse(decision));
        var levels = RentLevels.Condition(view, market, [], 1, 400, 0);
        var fits = levels.Fits();
        foreach (var f in fits)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{decision} {f.AgeMonths, 3} {f.Quote.Place, -60} {f.Quote.Quote.PerGpuHour, 7:0.00} {f.Median, 7:0.00} {f.LogMiss, 6:0.00} {f.Allowed:0.00} {f.Deviation:0.00} {(f.Within ? "" : "MISS")}"
                )
            );
        }
        foreach (var w in levels.Widths.Values)
        {
            output.WriteLine($"{w}");
        }
        foreach (var c in levels.Conflicts.Take(8))
        {
            output.WriteLine(
                $"{c.Earlier.Place} {c.Earlier.Quote.Date} {c.Earlier.Quote.PerGpuHour:0.00} / {c.Later.Place} {c.Later.Quote.Date} {c.Later.Quote.PerGpuHour:0.00} {c.Deviations:0.0}"
            );
        }
        var fresh = fits.Where(f => f.AgeMonths <= 6).ToList();
        output.WriteLine(
            $"within {fresh.Count(f => f.Within)} of {fresh.Count}, all {fits.Count(f => f.Within)} of {fits.Count}"
        );
    }
}
