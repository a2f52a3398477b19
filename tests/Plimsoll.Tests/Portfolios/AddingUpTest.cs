using Plimsoll.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>Where adding up single studies picks the wrong plan: what is best for each alone is not best for all together.</summary>
public sealed class AddingUpTest(ITestOutputHelper output)
{
    private const int Count = 16;

    private static readonly HashSet<ActionKind> _two = [ActionKind.Close, ActionKind.HandOver];

    private static string C(
        string name,
        string site = "Zhengzhou",
        string server = "8xH800",
        int servers = 128,
        string let = "0.1",
        double capability = 0.5
    ) => SmallPortfolio.Centre(name, site, server, servers, let, capability);

    private static string Head(int price, string more = "") =>
        FormattableString.Invariant(
            $"{SmallPortfolio.Head}{more}takers:\n  - {{ name: a carrier, capability: 0.85, share: 0.25, price_per_server: {price} }}\n"
        );

    private static readonly (string Name, string Head, string[] Centres)[] _twins =
    [
        (
            "three alike",
            Head(-60_000),
            [
                C("a", servers: 2048, let: "0.02"),
                C("b", servers: 2048, let: "0.02"),
                C("c", servers: 2048, let: "0.02"),
            ]
        ),
        (
            "hand over alike",
            Head(-150_000),
            [
                C("a", servers: 1024, let: "0.02", capability: 0.2),
                C("b", servers: 1024, let: "0.02", capability: 0.2),
                C("c", servers: 1024, let: "0.02", capability: 0.2),
            ]
        ),
        (
            "two chips of a class",
            Head(-60_000),
            [
                C("a", servers: 4096, let: "0.02"),
                C("b", server: "8xH20", servers: 4096, let: "0.02"),
                C("c", server: "8xA800", servers: 1024, let: "0.05"),
            ]
        ),
        (
            "near and far",
            Head(-60_000),
            [
                C("a", servers: 3072, let: "0.02"),
                C("b", "Urumqi", servers: 3072, let: "0.02"),
                C("c", "Wuhan", servers: 256, let: "0.3"),
            ]
        ),
        (
            "home-made",
            Head(-60_000),
            [
                C("a", server: "8x910B", servers: 2048, let: "0.05"),
                C("b", server: "8x910B", servers: 2048, let: "0.05"),
                C("c", server: "8xA800", servers: 1024, let: "0.05"),
            ]
        ),
        (
            "old chips",
            Head(-60_000),
            [
                C("a", server: "8xA800", servers: 1024, let: "0.05"),
                C("b", server: "8xA800", servers: 1024, let: "0.05"),
                C("c", server: "8xA800", servers: 1024, let: "0.05"),
            ]
        ),
    ];

    public static TheoryData<string> Names => [.. _twins.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_best_for_each_alone_is_not_best_for_all(string name)
    {
        var (_, head, centres) = _twins.Single(t => t.Name == name);
        var together = Plans(SmallPortfolio.Of(head, centres));
        int[] added =
        [
            .. centres.Select(c =>
            {
                var alone = Plans(SmallPortfolio.Of(head, c));
                return alone.MaxBy(p => p.Worth).Plan.Choices[0];
            }),
        ];
        foreach (var p in together)
        {
            output.WriteLine(FormattableString.Invariant($"  {p.Plan.Key}: {p.Worth / 1e6:0.0}"));
        }
        foreach (var c in centres)
        {
            output.WriteLine(
                "  alone "
                    + string.Join(
                        ", ",
                        Plans(SmallPortfolio.Of(head, c))
                            .Select(p =>
                                FormattableString.Invariant($"{p.Plan.Key}: {p.Worth / 1e6:0.0}")
                            )
                    )
            );
        }
        var best = together.MaxBy(p => p.Worth);
        var sum = together.Single(p => p.Plan.Choices.SequenceEqual(added));
        output.WriteLine(
            FormattableString.Invariant(
                $"{name}: best {best.Plan.Key} {best.Worth / 1e6:0.0} m, added up {sum.Plan.Key} {sum.Worth / 1e6:0.0} m, keep all 0"
            )
        );
        Assert.True(sum.Worth < best.Worth - (0.01 * Math.Abs(best.Worth)), name);
    }

    private static List<(PortfolioPlan Plan, double Worth)> Plans(string text)
    {
        var p = SmallPortfolio.Read(text);
        var draws = PortfolioDraws.Prepare(p, Count, 7, SmallPortfolio.Context, _two);
        int[] all = [.. Enumerable.Range(0, Count)];
        var scores = new PlanScores(draws, all, SmallPortfolio.Context);
        var search = new PlanSearch(draws, scores, SmallPortfolio.Context);
        IEnumerable<int[]> choices =
        [
            [],
        ];
        foreach (var actions in draws.Actions)
        {
            choices =
            [
                .. choices.SelectMany(c =>
                    Enumerable.Range(0, actions.Count).Select(a => (int[])[.. c, a])
                ),
            ];
        }
        return
        [
            .. choices
                .Select(c => new PortfolioPlan(c))
                .Where(x => search.Feasible(x, p.Free))
                .Select(x => (x, scores.Mean(x, Count))),
        ];
    }
}
