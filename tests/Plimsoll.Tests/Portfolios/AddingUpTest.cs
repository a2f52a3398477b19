using Plimsoll.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>Where adding up single studies picks the wrong plan: what is best for each alone is not best for all together.</summary>
public sealed class AddingUpTest(ITestOutputHelper output)
{
    private const int Count = 48;

    private static readonly HashSet<ActionKind> _one = [ActionKind.HandOver];

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

    private const int Servers = 1536;

    private static readonly (string Name, string[] Centres)[] _twins =
    [
        (
            "alike in one city",
            [
                C("a", servers: Servers, let: "0.02", capability: 0.2),
                C("b", servers: Servers, let: "0.02", capability: 0.2),
                C("c", servers: Servers, let: "0.02", capability: 0.2),
            ]
        ),
        (
            "chips of one class",
            [
                C("a", servers: Servers, let: "0.02", capability: 0.2),
                C("b", server: "8xH100", servers: Servers, let: "0.02", capability: 0.2),
                C("c", "Wuhan", servers: Servers, let: "0.02", capability: 0.2),
            ]
        ),
        (
            "near and far",
            [
                C("a", servers: Servers, let: "0.02", capability: 0.2),
                C("b", "Urumqi", servers: Servers, let: "0.02", capability: 0.2),
                C("c", "Urumqi", servers: Servers, let: "0.02", capability: 0.2),
            ]
        ),
    ];

    public static TheoryData<string> Names => [.. _twins.Select(t => t.Name)];

    /// <summary>An abler operator is worth its price to each alone; where it takes from the others what it brings to one, it is not worth it to all.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_best_for_each_alone_is_not_best_for_all(string name)
    {
        var centres = _twins.Single(t => t.Name == name).Centres;
        int[] all = [1, 1, 1];
        // For nothing: what the operator brings a centre alone, and what it brings the last of them all.
        var free = Plans(SmallPortfolio.Of(Head(0), centres));
        double Of(int[] choices) => free.Single(p => p.Plan.Choices.SequenceEqual(choices)).Worth;
        var (alone, last) = (new double[3], new double[3]);
        for (var c = 0; c < 3; c++)
        {
            alone[c] = Plans(SmallPortfolio.Of(Head(0), centres[c])).Max(p => p.Worth);
            int[] without = [.. all.Select((a, i) => i == c ? 0 : a)];
            last[c] = Of(all) - Of(without);
            output.WriteLine(
                FormattableString.Invariant(
                    $"{name}, {c}: alone {alone[c] / 1e6:0.0} m, as the last of all {last[c] / 1e6:0.0} m"
                )
            );
        }
        // At a price between the two, each alone would pay it: what is paid costs more than itself where it saves no tax.
        var least = alone.Min();
        Assert.True(last.Min() < 0.97 * least, $"{name}: nobody crowds anybody");
        var price = 0.0;
        var head = "";
        int[] added = [];
        foreach (var part in new[] { 0.5, 0.3, 0.1 })
        {
            price = (last.Min() + (part * (least - last.Min()))) / Servers;
            head = Head(-(int)price);
            added =
            [
                .. centres.Select(c =>
                    Plans(SmallPortfolio.Of(head, c)).MaxBy(p => p.Worth).Plan.Choices[0]
                ),
            ];
            if (added.SequenceEqual(all))
            {
                break;
            }
        }
        var together = Plans(SmallPortfolio.Of(head, centres), out var found);
        var best = together.MaxBy(p => p.Worth);
        var sum = together.Single(p => p.Plan.Choices.SequenceEqual(added));
        output.WriteLine(
            FormattableString.Invariant(
                $"{name}, at {price:0} a server: best {best.Plan.Key} {best.Worth / 1e6:0.0} m, added up {sum.Plan.Key} {sum.Worth / 1e6:0.0} m, found {found.Plan.Key} {found.Worth / 1e6:0.0} m"
            )
        );
        Assert.Equal(all, added);
        Assert.True(sum.Worth < best.Worth - (0.01 * Math.Abs(best.Worth)), name);
        Assert.True(found.Worth >= best.Worth - (0.01 * Math.Abs(best.Worth)), name);
    }

    private static List<(PortfolioPlan Plan, double Worth)> Plans(string text) =>
        Plans(text, out _);

    /// <summary>All plans with their worth, and what the search finds on the same draws.</summary>
    private static List<(PortfolioPlan Plan, double Worth)> Plans(
        string text,
        out (PortfolioPlan Plan, double Worth) found
    )
    {
        var p = SmallPortfolio.Read(text);
        var draws = PortfolioDraws.Prepare(p, Count, 7, SmallPortfolio.Context, _one);
        int[] all = [.. Enumerable.Range(0, Count)];
        var scores = new PlanScores(draws, all, SmallPortfolio.Context);
        var search = new PlanSearch(draws, scores, SmallPortfolio.Context);
        var best = search.Best(p.Free, []);
        found = (best, scores.Mean(best, Count));
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
