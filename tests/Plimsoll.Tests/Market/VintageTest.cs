using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>What a vintage may know, and what its members say.</summary>
public static class VintageTest
{
    private static readonly DateOnly _early = new(2024, 3, 31);
    private static readonly DateOnly _late = new(2024, 12, 31);

    [Fact]
    public static void A_view_gets_the_latest_ensemble_that_its_day_allows()
    {
        Ensemble At(DateOnly day) => Ensemble.Of(TwinCase.Catalog.AsOf(day), "china");
        Assert.False(At(new DateOnly(2024, 3, 30)).Fitted);
        Assert.Equal("2024-03-31", At(_early).DataTo);
        Assert.Equal("2024-03-31", At(new DateOnly(2024, 12, 30)).DataTo);
        Assert.Equal("2024-12-31", At(_late).DataTo);
        Assert.Equal("2024-12-31", At(new DateOnly(2026, 6, 1)).DataTo);
        Assert.False(Ensemble.Of(TwinCase.Catalog.AsOf(_late), "us").Fitted);
    }

    [Fact]
    public static void Nothing_published_later_changes_givens_or_targets()
    {
        var later = new[]
        {
            "tokens.csv|China total,tokens_per_day,9e15,9e15,9e15,tokens/day,2023-06,2024-06,A,planted,derived,",
            "targets.csv|rent 8xH100,value,1,1,1,CNY/server-month,2023-10,2024-06,A,planted,derived,",
            "rents.csv|H100 world,rent,99,99,99,USD/GPU-h,2023-10,2024-06,A,planted,derived,",
            "policies.csv|build 2023-10-09,event,planted,,,text,2023-02-01,2024-06-01,A,planted,derived,",
        };
        var texts = Texts();
        foreach (var row in later.Select(r => r.Split('|')))
        {
            texts[row[0]] = texts[row[0]].TrimEnd('\n') + "\n" + row[1] + "\n";
        }
        var planted = FactCatalog.FromTexts(texts.Select(t => (t.Key, t.Value))).AsOf(_early);
        var plain = TwinCase.Catalog.AsOf(_early);
        var (a, b) = (MarketGivens.Of(planted, "china"), MarketGivens.Of(plain, "china"));
        Assert.Equal(b.LogTokens, a.LogTokens);
        Assert.Equal(b.LogWorldRent, a.LogWorldRent);
        Assert.Equal(b.PushMonth, a.PushMonth);
        Assert.Equal(TargetSet.Of(plain, b), TargetSet.Of(planted, a));
    }

    private static Dictionary<string, string> Texts()
    {
        var assembly = typeof(FactCatalog).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(n =>
                n.StartsWith("catalog/", StringComparison.Ordinal)
                && !n.Contains("derived", StringComparison.Ordinal)
            )
            .ToDictionary(
                n => n["catalog/".Length..],
                n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                    return reader.ReadToEnd();
                }
            );
    }

    [Fact]
    public static void No_target_is_dated_after_2024_or_is_a_given()
    {
        var view = TwinCase.Catalog.AsOf(new DateOnly(2026, 12, 31));
        var targets = TargetSet.Of(view, MarketGivens.Of(view, "china"));
        Assert.NotEmpty(targets);
        Assert.All(targets, t => Assert.True(t.LastMonth < 24));
        Assert.All(
            targets,
            t =>
            {
                Assert.DoesNotContain("token", t.Name, StringComparison.Ordinal);
                Assert.DoesNotContain("compute", t.Name, StringComparison.Ordinal);
                Assert.DoesNotContain("API", t.Name, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public static void The_early_vintage_knows_seven_targets_and_the_late_one_all_sixteen()
    {
        int Count(DateOnly day)
        {
            var view = TwinCase.Catalog.AsOf(day);
            return TargetSet.Of(view, MarketGivens.Of(view, "china")).Count;
        }
        Assert.Equal(7, Count(_early));
        Assert.Equal(16, Count(_late));
    }

    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2024, 12, 31)]
    public static void The_middle_of_every_law_is_plausible_for_every_target(
        int year,
        int month,
        int day
    )
    {
        var view = TwinCase.Catalog.AsOf(new DateOnly(year, month, day));
        var givens = MarketGivens.Of(view, "china");
        var ensemble = Ensemble.Of(view, "china");
        var twin = ContractTwin.Of(view, givens, "china");
        var targets = TargetSet.Of(view, givens);
        foreach (var group in ensemble.Members.GroupBy(m => (m.Law, m.WorldLink)))
        {
            var fit = TargetFit.Of(twin, givens, targets, ensemble.Priors, [.. group], 1);
            Assert.All(fit, f => Assert.InRange(Math.Abs(f.MedianMiss), 0, 2));
            Assert.All(fit, f => Assert.InRange(f.Plausible, 0.85, 1));
        }
    }

    [Fact]
    public static void Conditional_givens_take_quantities_and_rules_from_the_later_view_and_no_rent()
    {
        var view = TwinCase.Catalog.AsOf(_late);
        var later = TwinCase.Catalog.AsOf(new DateOnly(2026, 11, 30));
        var plain = MarketGivens.Of(view, "china");
        var given = MarketGivens.Of(view, later, "china");
        Assert.Equal(plain.LogWorldRent, given.LogWorldRent);
        Assert.Equal(plain.KnownMonths, given.KnownMonths);
        Assert.True(given.LogTokens.Length > plain.LogTokens.Length);
        Assert.True(given.LogTokens[^1] > Math.Log(9e13));
        Assert.True(given.ReviewMonth < int.MaxValue && plain.ReviewMonth == int.MaxValue);
    }

    [Fact]
    public static void A_draw_closes_and_is_the_same_every_time()
    {
        var view = TwinCase.Catalog.AsOf(_late);
        var givens = MarketGivens.Of(view, "china");
        var ensemble = Ensemble.Of(view, "china");
        for (var i = 0; i < 12; i++)
        {
            var a = ensemble.Draw(givens, new MarketScenario(), 5, i, 60);
            var b = ensemble.Draw(givens, new MarketScenario(), 5, i, 60);
            Assert.Equal(-1, a.Backdrop.FirstUnclosed(a.Member.Values));
            Assert.Equal(a.Member.Values, b.Member.Values);
            Assert.Equal(a.Backdrop.LogTokens, b.Backdrop.LogTokens);
            Assert.Equal(a.Backdrop.RentShock[0], b.Backdrop.RentShock[0]);
        }
    }

    [Fact]
    public static void An_ensemble_file_reads_back()
    {
        var members = TwinCase.Members().Take(5).ToList();
        var text = EnsembleFile.Write(members, _late);
        var table = Plimsoll.Inputs.CsvTable.Parse(text, "ensemble.csv");
        var back = EnsembleFile.Read(table);
        Assert.Equal(members.Select(m => m.Values), back.Select(m => m.Values));
        Assert.Equal(
            members.Select(m => (m.Law, m.WorldLink)),
            back.Select(m => (m.Law, m.WorldLink))
        );
    }

    [Fact]
    public static void A_fit_is_the_same_on_any_number_of_threads()
    {
        var view = TwinCase.Catalog.AsOf(_early);
        var givens = MarketGivens.Of(view, "china");
        Population Fit(int threads) =>
            new PopulationFit(givens, Prior.Of("china"), TargetSet.Of(view, givens), 3)
            {
                Particles = 32,
                Sweeps = 2,
                LastSweeps = 2,
                Threads = threads,
            }.Run(RentLaw.Change, true);
        var (one, three) = (Fit(1), Fit(3));
        Assert.Equal(one.LogEvidence, three.LogEvidence);
        Assert.Equal(one.Members.Select(m => m.Values), three.Members.Select(m => m.Values));
    }
}
