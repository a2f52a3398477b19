using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What a file does not know of its leases: prices by chip, sister leases and revenue told, terms after what has run; marked as assumed.</summary>
public sealed class UnknownLeasesTest
{
    private const string Head = """
        kind: study
        name: standing
        question: owner
        decided: 2025-06
        horizon: 48
        market:
          name: china
        centre:
          operator_capability: 0.5
        site:
          name: Zhengzhou
        fleet:
          - name: strong
            server: 8xH800
            servers: 40
            online: 2024-01
            capex_per_server: 2300000
          - name: weak
            server: 8x910B
            servers: 40
            online: 2024-01
            capex_per_server: 1250000
        signed:

        """;

    private const string Unknown = """
          - { tenant: a, fleet: strong, servers: 10, price_per_gpu_hour: unknown, tenor: 24, months_run: 8 }
          - { tenant: b, fleet: weak, servers: 10, price_per_gpu_hour: unknown, tenor: 24, months_run: 8 }

        """;

    private static readonly CatalogView _view = FactCatalog
        .Shipped()
        .AsOf(new Plimsoll.Quantities.Month(2025, 6));

    private static StudyReader Reader(string text) => StudyReader.Of(SmallStudy.Read(text), _view);

    private static InputNumber Number(string text, int lease, string key = "price_per_gpu_hour") =>
        Reader(text).Values.Items("signed")[lease].Sourced(key);

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "standing.yaml");

    private static string Told(double revenue) =>
        $"actuals:\n  - {{ month: 2025-06, revenue: {revenue}, running_cost: 1000000 }}\n";

    /// <summary>Each chip has its own level, that of the market's quotes; nothing is as wide as the quotes of all chips.</summary>
    [Fact]
    public void An_unknown_price_is_the_rent_of_its_chip()
    {
        var levels = RentLevels.Condition(_view, "china", [], 1, 1, 0);
        foreach (var (lease, chip) in new[] { (0, "H800 SXM5"), (1, "Ascend 910B3") })
        {
            var price = Number(Head + Unknown, lease);
            var (mean, deviation) = levels.Posterior(chip, QuoteBasis.Contract);
            Assert.Equal(Math.Exp(mean), price.Value, 1e-9 * price.Value);
            var width = Math.Log(price.High / price.Value) / 1.2815515655446004;
            Assert.Equal(
                Math.Pow(deviation, 2) + Math.Pow(levels.Widths[QuoteBasis.Contract].Value, 2),
                width * width,
                9
            );
        }
    }

    /// <summary>Leases of the same chip move it towards them, those of another do not, and the more there are the further.</summary>
    [Fact]
    public void Other_leases_of_the_chip_move_it()
    {
        static string Sister(string tenant) =>
            $"  - {{ tenant: {tenant}, fleet: weak, servers: 5, price_per_gpu_hour: 9, tenor: 24, months_run: 8 }}\n";
        var alone = Number(Head + Unknown, 1);
        var one = Number(Head + Unknown + Sister("c"), 1);
        var two = Number(Head + Unknown + Sister("c") + Sister("d"), 1);
        Assert.InRange(one.Value, alone.Value * 1.05, 9);
        Assert.InRange(two.Value, one.Value * 1.01, 9);
        Assert.True(two.High / two.Low < one.High / one.Low);
        Assert.Equal(
            Number(Head + Unknown, 0).Value,
            Number(Head + Unknown + Sister("c"), 0).Value
        );
    }

    /// <summary>What the month's revenue leaves after the known leases is what the unknown ones come to, give or take a few percent.</summary>
    [Theory]
    [InlineData(0.7)]
    [InlineData(1.5)]
    public void Unknown_prices_come_to_what_the_revenue_leaves(double times)
    {
        const double Hours = 80 * 730;
        const string Known =
            "  - { tenant: c, fleet: weak, servers: 5, price_per_gpu_hour: 4, tenor: 24, months_run: 8 }\n";
        double Sum(string text) => Hours * (Number(text, 0).Value + Number(text, 1).Value);
        var prior = Head + Unknown + Known;
        var left = times * Sum(prior);
        var told = prior + Told(left + (0.5 * Hours * 4));
        Assert.InRange(Sum(told) / left, times < 1 ? 1 : 0.9, times < 1 ? 1.1 : 1);
        Assert.True(
            Number(told, 0).High / Number(told, 0).Low
                < Number(prior, 0).High / Number(prior, 0).Low
        );
        Assert.DoesNotContain(Found(told), f => f.Finding.Rule == "two-figures");
    }

    /// <summary>Revenue that leaves nothing for them is no measurement: the check tells what it leaves, and does not call the known prices wrong.</summary>
    [Fact]
    public void Revenue_that_cannot_be_theirs_is_told_and_not_used()
    {
        var text = Head + Unknown + Told(10_000);
        Assert.Equal(Number(Head + Unknown, 0).Value, Number(text, 0).Value);
        var found = Assert.Single(Found(text), f => f.Finding.Rule == "two-figures");
        Assert.Contains("those of an unknown one", found.Finding.Found, StringComparison.Ordinal);
        Assert.True(FindingWords.Recognised(found.Finding.Found));
        Assert.True(FindingWords.Recognised(found.Finding.Expected));
    }

    /// <summary>A term that nobody knows ends after what has run and after what the contract dates; of a run that nobody knows half the term is over.</summary>
    [Theory]
    [InlineData("tenor: unknown, months_run: 10", 16, 10)]
    [InlineData("tenor: unknown, months_run: unknown", 12, 6)]
    [InlineData("tenor: 24, months_run: unknown", 24, 12)]
    [InlineData("tenor: unknown, months_run: 3, exit_after: 18", 19, 3)]
    [InlineData("tenor: 48, months_run: unknown", 48, 18)]
    [InlineData("tenor: unknown", 6, 0)]
    public void A_term_is_longer_than_what_has_run(string lease, int tenor, int run)
    {
        var text =
            Head
            + $"  - {{ tenant: a, fleet: strong, servers: 10, price_per_gpu_hour: 12, {lease} }}\n";
        Assert.DoesNotContain(Found(text), f => !f.Finding.IsWarning);
        Assert.Equal(tenor, Number(text, 0, "tenor").Value);
        Assert.Equal(run, Number(text, 0, "months_run").Value);
    }

    /// <summary>Memo, limits and screen say what was assumed, and of whom.</summary>
    [Fact]
    public void What_is_assumed_is_said()
    {
        var plan = Reader(
                Head
                    + Unknown
                    + "  - { tenant: c, fleet: weak, servers: 5, price_per_gpu_hour: 4, tenor: unknown, months_run: 8 }\n"
            )
            .Plan();
        Assert.Equal(["price_per_gpu_hour"], plan.Leases[0].Assumed);
        Assert.Equal(["tenor"], plan.Leases[2].Assumed);
        var said = PhraseBook.English.Say(StudyWords.Assumed(plan.Leases)!);
        Assert.Contains("price of a", said, StringComparison.Ordinal);
        Assert.Contains("lease of c, 6 months", said, StringComparison.Ordinal);
        Assert.Null(StudyWords.Assumed([.. plan.Leases.Select(l => l with { Assumed = [] })]));
    }
}
