using CsCheck;
using Plimsoll.Decisions.BaseRates;
using Xunit;

namespace Plimsoll.Tests.Audits;

/// <summary>No tenant, no megawatt and no claim counts twice, in whatever order papers come.</summary>
public sealed class PaperCountTest
{
    private static readonly Dictionary<string, double> _none = new(StringComparer.Ordinal);

    private static double Rate(Paper p) => 0.1 + (0.2 * (int)p.Firmness);

    private static IReadOnlyList<CountedPaper> Count(
        IReadOnlyList<Paper> papers,
        IReadOnlyList<double> claims,
        Dictionary<string, double>? needs = null,
        Dictionary<string, double>? capacities = null
    ) => PaperCount.Of(papers, claims, needs ?? _none, capacities ?? _none, Rate);

    [Fact]
    public void A_tenant_behind_several_papers_counts_for_the_largest_the_firmest_first()
    {
        var counted = Count(
            [
                new(0, "letter of intent", "A", 100),
                new(0, "signed contract", "A", 60),
                new(0, "framework agreement", "A", 80),
            ],
            [1000]
        );
        Assert.Equal(60, counted[1].Counted, 1e-9);
        // Both intentions share the 40 that the largest paper goes beyond the contract.
        Assert.Equal(40, counted[0].Counted + counted[2].Counted, 1e-9);
        Assert.Equal((Cut.Tenant, Cut.None), (counted[0].Cut, counted[1].Cut));
    }

    [Fact]
    public void A_paper_filed_again_takes_nothing_from_a_neighbour()
    {
        // Lab Y needs 100; one claim holds a letter of 80, the other an agreement of 256: 100 x 80/336 and 100 x 256/336.
        var needs = new Dictionary<string, double>(StringComparer.Ordinal) { ["Y"] = 100 };
        Paper letter = new(0, "letter of intent", "Y", 80);
        Paper agreement = new(1, "letter of intent", "Y", 256);
        var once = Count([letter, agreement], [1000, 1000], needs);
        Assert.Equal(100.0 * 80 / 336, once[0].Counted, 1e-9);
        var again = Count(
            [letter, agreement, agreement, agreement, agreement],
            [1000, 1000],
            needs
        );
        Assert.Equal(once[0].Counted, again[0].Counted, 1e-9);
        Assert.Equal(once[1].Counted, again.Skip(1).Sum(p => p.Counted), 1e-9);
    }

    [Fact]
    public void A_tenant_behind_several_claims_counts_once_and_its_need_lifts_or_caps_it()
    {
        Paper[] papers =
        [
            .. Enumerable.Range(0, 5).Select(c => new Paper(c, "letter of intent", "A", 100)),
        ];
        double[] claims = [200, 200, 200, 200, 200];
        Assert.Equal(100, Count(papers, claims).Sum(p => p.Counted), 1e-9);
        Assert.All(Count(papers, claims), p => Assert.Equal(20, p.Counted, 1e-9));
        Assert.Equal(
            240,
            Count(papers, claims, new(StringComparer.Ordinal) { ["A"] = 240 }).Sum(p => p.Counted),
            1e-9
        );
        Assert.Equal(
            30,
            Count(papers, claims, new(StringComparer.Ordinal) { ["A"] = 30 }).Sum(p => p.Counted),
            1e-9
        );
    }

    [Fact]
    public void Megawatts_behind_several_claims_count_once()
    {
        Paper[] papers =
        [
            new(0, "signed contract", "A", 40, Capacity: "line"),
            new(1, "signed contract", "B", 60, Capacity: "line"),
            new(1, "letter of intent", "C", 50, Capacity: "line"),
        ];
        var open = Count(papers, [100, 100]);
        // The line is at least as large as the largest paper on it: 60, shared by the firm ones.
        Assert.Equal([24, 36, 0], open.Select(p => Math.Round(p.Counted, 9)));
        var known = Count(papers, [100, 100], null, new(StringComparer.Ordinal) { ["line"] = 110 });
        Assert.Equal([40, 60, 10], known.Select(p => Math.Round(p.Counted, 9)));
        Assert.Equal(Cut.Capacity, known[2].Cut);
    }

    [Fact]
    public void Tenants_without_a_name_count_as_one()
    {
        var counted = Count(
            [new(0, "letter of intent", "", 50), new(0, "letter of intent", "", 70)],
            [1000]
        );
        Assert.Equal(70, counted.Sum(p => p.Counted), 1e-9);
    }

    [Fact]
    public void A_related_party_is_worth_a_bare_claim_whatever_it_signs_or_pays()
    {
        var paper = new Paper(0, "take-or-pay with prepayment", "A", 50, 1, Related: true);
        Assert.Equal((Firmness.Bare, 0.0), (paper.Firmness, paper.Secured));
    }

    private static readonly Gen<Paper> _paper =
        from claim in Gen.Int[0, 2]
        from kind in Gen.Int[0, EvidenceKind.Words.Count - 1].Select(i => EvidenceKind.Words[i])
        from tenant in Gen.Int[0, 3].Select(i => new[] { "A", "B", "C", "" }[i])
        from amount in Gen.Double[0, 300]
        from capacity in Gen.Int[0, 3].Select(i => new[] { "", "", "hall", "line" }[i])
        from additional in Gen.Bool
        select new Paper(claim, kind, tenant, amount, 0, false, capacity, additional);

    [Fact]
    public void Whatever_the_papers_nothing_counts_twice_and_no_order_matters() =>
        Gen.Select(_paper.List[0, 12], Gen.Int[0, 1000], Gen.Double[0, 400], Gen.Double[0, 400])
            .Sample(
                (papers, shuffle, need, size) =>
                {
                    double[] claims = [200, 100, 400];
                    var needs = new Dictionary<string, double>(StringComparer.Ordinal)
                    {
                        ["A"] = need,
                    };
                    var sizes = new Dictionary<string, double>(StringComparer.Ordinal)
                    {
                        ["line"] = size,
                    };
                    var counted = Count(papers, claims, needs, sizes);
                    double Sum(Func<Paper, bool> which) =>
                        counted.Where(p => which(p.Paper)).Sum(p => p.Counted);
                    var order = Enumerable.Range(0, papers.Count).ToArray();
                    new Random(shuffle).Shuffle(order);
                    var shuffled = Count([.. order.Select(i => papers[i])], claims, needs, sizes);
                    return counted.All(p => p.Counted >= 0 && p.Counted <= p.Paper.Amount + 1e-9)
                        && Enumerable
                            .Range(0, 3)
                            .All(c => Sum(p => p.Claim == c) <= claims[c] + 1e-6)
                        && Sum(p => p.Tenant == "A") <= need + 1e-6
                        && Sum(p => p.Capacity == "line") <= size + 1e-6
                        && order
                            .Select((from, to) => (from, to))
                            .All(m =>
                                Math.Abs(counted[m.from].Counted - shuffled[m.to].Counted) < 1e-6
                            );
                },
                iter: 2000
            );

    /// <summary>One more paper for a claim that stands alone never lowers what is supported.</summary>
    [Fact]
    public void One_paper_more_never_lowers_the_support_of_a_claim() =>
        Gen.Select(_paper.List[0, 8], _paper)
            .Sample(
                (papers, more) =>
                {
                    double Support(IReadOnlyList<Paper> all) =>
                        Count([.. all.Select(p => p with { Claim = 0, Capacity = "" })], [250])
                            .Sum(p => p.Counted * (p.Rate - 0.1));
                    return Support([.. papers, more]) >= Support(papers) - 1e-9;
                },
                iter: 2000
            );
}
