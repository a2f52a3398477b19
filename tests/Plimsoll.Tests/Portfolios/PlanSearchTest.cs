using Plimsoll.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>The search against enumeration and against simple rules.</summary>
public sealed class PlanSearchTest
{
    private static readonly ActionKind[] _two = [ActionKind.Close, ActionKind.HandOver];

    /// <summary>Twins of three or four centres: what is kept, closed or handed over is enumerated.</summary>
    public static TheoryData<string> Twins =>
        [
            // One dear to run and hardly let among good ones.
            Portfolio(
                "",
                C("a", let: "0.6"),
                C("b", let: "0.02", capability: 0.2),
                C("c", "Wuhan")
            ),
            // All alike: who closes fills the others.
            Portfolio(
                "",
                C("a", servers: 512, let: "0.02"),
                C("b", servers: 512, let: "0.02"),
                C("c", servers: 512, let: "0.02")
            ),
            // Alike but crowded by a giant.
            Portfolio(
                "",
                C("a", servers: 64),
                C("b", servers: 2048, let: "0.02"),
                C("c", servers: 64, let: "0.5")
            ),
            // Money for one hand-over only.
            Portfolio(
                "budget:\n  amount: 4000000\n",
                C("a", servers: 64, let: "0.1", capability: 0.2),
                C("b", servers: 64, let: "0.1", capability: 0.2),
                C("c", servers: 64, let: "0.1", capability: 0.2)
            ),
            // Two chips that do not compete.
            Portfolio(
                "",
                C("a", server: "8xA800", servers: 256, let: "0.05"),
                C("b", servers: 256, let: "0.05"),
                C("c", server: "8x910B", let: "0.05")
            ),
            // Four, one of them full.
            Portfolio(
                "",
                C("a", let: "0.9"),
                C("b", servers: 1024, let: "0.05"),
                C("c", servers: 256, let: "0.02"),
                C("d", servers: 128, let: "0.3", capability: 0.8)
            ),
        ];

    private static string C(
        string name,
        string site = "Zhengzhou",
        string server = "8xH800",
        int servers = 128,
        string let = "0.1",
        double capability = 0.5
    ) => SmallPortfolio.Centre(name, site, server, servers, let, capability);

    private static string Portfolio(string more, params string[] centres) =>
        SmallPortfolio.Of(
            SmallPortfolio.Head
                + more
                + "takers:\n  - { name: a carrier, capability: 0.8, share: 0.25, price_per_server: -60000 }\n",
            centres
        );

    [Theory]
    [MemberData(nameof(Twins))]
    public void On_small_twins_the_search_finds_the_best_of_all_plans(string text)
    {
        var p = SmallPortfolio.Read(text);
        var draws = PortfolioDraws.Prepare(p, 16, 7, SmallPortfolio.Context, _two.ToHashSet());
        int[] all = [.. Enumerable.Range(0, 16)];
        var scores = new PlanScores(draws, all, SmallPortfolio.Context);
        var search = new PlanSearch(draws, scores, SmallPortfolio.Context);
        var found = search.Best(p.Free, []);
        var plans = Plans(draws).Where(x => search.Feasible(x, p.Free)).ToList();
        var worths = plans.ToDictionary(x => x.Key, x => scores.Mean(x, 16));
        var best = worths.Values.Max();
        var own = scores.Mean(found, 16);
        Assert.True(
            own >= best - (0.01 * Math.Abs(best)),
            $"found {found.Key} worth {own}, best {worths.MaxBy(w => w.Value).Key} worth {best}"
        );
    }

    private static IEnumerable<PortfolioPlan> Plans(PortfolioDraws draws)
    {
        IEnumerable<PortfolioPlan> plans = [PortfolioPlan.KeepAll(draws.Actions.Count)];
        for (var c = 0; c < draws.Actions.Count; c++)
        {
            var at = c;
            plans =
            [
                .. plans.SelectMany(p =>
                    Enumerable.Range(0, draws.Actions[at].Count).Select(a => p.With(at, a))
                ),
            ];
        }
        return plans;
    }

    /// <summary>Generated portfolios of ten centres; PLIMSOLL_PORTFOLIOS says how many (60 for the figure of the documentation).</summary>
    [Fact]
    public void The_plan_gains_on_the_best_of_the_simple_rules()
    {
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("PLIMSOLL_PORTFOLIOS"),
            out var asked
        )
            ? asked
            : 2;
        var gains = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var result = PortfolioRun.Of(
                SmallPortfolio.Read(Generated(i)),
                new PortfolioSettings { Draws = 50, SearchDraws = 48 },
                SmallPortfolio.Context
            );
            // Scored on draws that neither the search nor the choice has seen; as a share of what the servers cost.
            var cost = result.Portfolio.Centres.Sum(c =>
                c.Case.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value)
            );
            gains.Add(result.Search!.Rules.Min(r => r.Gain) / cost);
            Assert.Equal(4, result.Search.Rules.Count);
        }
        var mean = gains.Average();
        var error = Math.Sqrt(
            gains.Sum(g => (g - mean) * (g - mean)) / Math.Max(1, count - 1) / count
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"{count} portfolios: mean gain over the best rule {mean:0.0000} of capital cost, 90 % interval {mean - (1.645 * error):0.0000} to {mean + (1.645 * error):0.0000}, above 0 in {gains.Count(g => g > 0)}, least {gains.Min():0.0000}"
            )
        );
        Assert.True(count < 30 || mean - (1.645 * error) > 0);
    }

    private static string Generated(int seed)
    {
        var random = new Random(1000 + seed);
        T Of<T>(params T[] items) => items[random.Next(items.Length)];
        return SmallPortfolio.Of(
            SmallPortfolio.Head.Replace("seed: 1", $"seed: {seed}", StringComparison.Ordinal)
                + FormattableString.Invariant($"seed: {seed + 1}\n"),
            [
                .. Enumerable
                    .Range(0, 10)
                    .Select(i =>
                        SmallPortfolio.Centre(
                            $"c{i}",
                            Of("Zhengzhou", "Wuhan", "Xian", "Yichang"),
                            Of("8xH800", "8xA800", "8x910B"),
                            Of(16, 32, 64, 128, 256),
                            Of("0.02", "0.05", "0.1", "0.3", "0.6", "0.9", "unknown"),
                            Of(0.2, 0.4, 0.6, 0.8)
                        )
                    ),
            ]
        );
    }
}
