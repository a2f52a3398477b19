using Plimsoll.Audits;
using Plimsoll.Catalog;
using Plimsoll.Cli;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Reports;
using Plimsoll.Tests.Studies;
using Xunit;

namespace Plimsoll.Tests.Audits;

/// <summary>An audit from file to answer.</summary>
public sealed class AuditRunTest
{
    private const string Head = """
        kind: audit
        name: a test
        decided: 2025-12
        claims:
          - name: one
            by: Sponsor
            group: Holding
            amount: 100
            subsidy: 1_000_000

        """;

    internal static AuditResult Run(string text)
    {
        var file = new InputFile("a.yaml", System.Text.Encoding.UTF8.GetBytes(text));
        var audit = AuditReader.Read(InputFiles.Read(file, "audit"), "a.yaml");
        return AuditRun.Of(audit, FactCatalog.Shipped().AsOf(audit.Decided));
    }

    [Fact]
    public void A_claim_without_evidence_gets_the_base_rate_of_its_class_and_says_from_how_many_cases()
    {
        var result = Run(Head);
        var claim = result.Claims[0];
        var rates = new PooledRates(
            BaseRateCase.KnownOn(FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31)))
        );
        var bare = rates.Of(Firmness.Bare, "compute lease", "China");
        Assert.Equal(bare.Mean, claim.Support.Mean, 1e-12);
        Assert.Equal(bare, claim.Support.Bare);
        Assert.Equal(1, claim.Support.Uncovered);
        var said = string.Join("\n", AuditWords.Lines(result, PhraseBook.English));
        Assert.Contains(
            $"from {bare.Matched} cases of its asset and country, {bare.SameAsset} of its asset, {bare.SameFirmness} bare claims and {bare.All} cases in all",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("The claim comes without evidence", said, StringComparison.Ordinal);
        Assert.Contains("Who is to rent it?", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Below_25_sourced_cases_it_says_too_few()
    {
        var result = Run(Head.Replace("2025-12", "2024-03", StringComparison.Ordinal));
        Assert.True(result.TooFew);
        Assert.InRange(result.Counted, 1, PooledRates.Enough - 1);
        foreach (var book in (PhraseBook[])[PhraseBook.English, PhraseBook.Chinese])
        {
            var said = AuditWords.Lines(result, book);
            Assert.Contains(
                said,
                l =>
                    l.StartsWith(
                        book.Language == "en" ? "Too few: " : "案例太少",
                        StringComparison.Ordinal
                    )
            );
        }
        Assert.False(Run(Head).TooFew);
    }

    [Fact]
    public void Firmer_papers_support_more_and_related_ones_no_more_than_the_claim()
    {
        double Supported(string kind, string extra = "") =>
            Run(
                Head
                    + $"evidence:\n  - {{ kind: {kind}, tenant: T, amount: 80{extra} }}\nparties:\n  - {{ name: T{(extra.Contains("related", StringComparison.Ordinal) ? ", group: Holding" : "")} }}\n".Replace(
                        ", related",
                        "",
                        StringComparison.Ordinal
                    )
            )
                .Claims[0]
                .Support.Mean;
        double[] rising =
        [
            .. new[]
            {
                "announcement",
                "letter of intent",
                "signed contract",
                "take-or-pay with prepayment",
            }.Select(kind => Supported(kind)),
        ];
        Assert.All(rising.Zip(rising.Skip(1)), p => Assert.True(p.First <= p.Second + 1e-12));
        Assert.True(rising[0] < rising[^1]);
        Assert.Equal(
            Supported("announcement"),
            Supported("take-or-pay with prepayment", ", related"),
            1e-12
        );
        Assert.True(Supported("signed contract", ", prepaid_share: 0.5") > rising[2]);
    }

    /// <summary>Claims of one run are weighed on the same draws: those that say the same have the same spread to the bit, whatever they are called.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("signed contract")]
    public void Claims_of_one_audit_share_their_draws(string kind)
    {
        string[] names = ["one", "two", "three"];
        var claims = names.Select(n => $"  - {{ name: {n}, by: B, amount: 100 }}\n");
        var papers = names.Select(n =>
            $"  - {{ claim: {n}, kind: {kind}, tenant: T, amount: 40 }}\n"
        );
        var result = Run(
            "kind: audit\nname: a test\ndecided: 2025-12\nclaims:\n"
                + string.Concat(claims)
                + (kind.Length == 0 ? "" : "evidence:\n" + string.Concat(papers))
        );
        var first = result.Claims[0].Support;
        Assert.True(first.Draws.Distinct().Count() > 100);
        foreach (var claim in result.Claims)
        {
            Assert.Equal(first.Draws, claim.Support.Draws);
        }
    }

    [Fact]
    public void A_move_is_worth_what_the_audit_says_when_the_file_is_changed_so()
    {
        const string Papers =
            "evidence:\n  - { kind: letter of intent, tenant: T, amount: 60 }\n  - { kind: signed contract, tenant: U, amount: 20 }\n";
        var result = Run(Head + Papers);
        var now = result.Claims[0].Support.Mean;
        var secured = Run(
            Head
                + Papers.Replace(
                    "letter of intent",
                    "take-or-pay with prepayment",
                    StringComparison.Ordinal
                )
        );
        var move = result
            .Claims[0]
            .Moves.Single(m =>
                m.What.Key == "audit.move.secured" && (string)m.What.Arguments[0] == "T"
            );
        Assert.Equal(secured.Claims[0].Support.Mean - now, move.Gain, 1e-12);
        Assert.All(
            result.Claims[0].Moves.Zip(result.Claims[0].Moves.Skip(1)),
            p => Assert.True(Math.Abs(p.First.Gain) >= Math.Abs(p.Second.Gain))
        );
    }

    /// <summary>A small paper shows a claim to be inflated; that it falls away makes it no better supported.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void No_claim_gains_by_losing_a_paper(int amount)
    {
        var result = Run(
            Head + $"evidence:\n  - {{ kind: letter of intent, tenant: T, amount: {amount} }}\n"
        );
        Assert.All(
            result.Claims[0].Moves.Where(m => m.What.Key == "audit.move.withdrawn"),
            m => Assert.True(m.Gain <= 0)
        );
    }

    [Fact]
    public void The_spread_stands_about_the_mean_and_does_not_depend_on_the_order_of_the_file()
    {
        const string One = "  - { kind: letter of intent, tenant: T, amount: 60 }\n";
        const string Other = "  - { kind: signed contract, tenant: U, amount: 30 }\n";
        var (a, b) = (
            Run(Head + "evidence:\n" + One + Other),
            Run(Head + "evidence:\n" + Other + One)
        );
        var (x, y) = (a.Claims[0].Support, b.Claims[0].Support);
        Assert.Equal(x.Share.P50, y.Share.P50, 1e-9);
        Assert.Equal(x.Mean, y.Mean, 1e-12);
        // A thousand draws of shares between 0 and 1: the mean is within four standard errors.
        Assert.InRange(x.Share.Mean - x.Mean, -0.05, 0.05);
        Assert.True(x.Share.P90 < x.Mean && x.Mean < x.Share.P10);
    }

    [Fact]
    public void A_subsidy_paid_on_use_pays_for_nothing_unused_and_a_clawback_less_than_none()
    {
        var subsidy = Run(Head + "evidence:\n  - { kind: order, tenant: T, amount: 60 }\n")
            .Claims[0]
            .Subsidy!;
        var costs = subsidy.Costs.ToDictionary(c => c.Rule);
        Assert.Equal(Enum.GetValues<PaymentRule>(), subsidy.Costs.Select(c => c.Rule));
        Assert.Equal(0, costs[PaymentRule.OnUse].Unused, 1e-6);
        Assert.Equal(0, costs[PaymentRule.OnUse].NothingComes, 1e-6);
        Assert.Equal(1_000_000, costs[PaymentRule.OnBuild].Paid, 1e-6);
        var falling = Enum.GetValues<PaymentRule>().Select(r => costs[r].Unused).ToList();
        Assert.All(falling.Zip(falling.Skip(1)), p => Assert.True(p.First >= p.Second));
        Assert.All(subsidy.Costs, c => Assert.InRange(c.Paid, 0, 1_000_000));
        Assert.All(subsidy.Costs, c => Assert.InRange(c.Ahead, 0, 1_000_000));
        // One unit-month of use: the million over 100 servers and 36 months.
        Assert.Equal(1_000_000.0 / 3600, costs[PaymentRule.OnUse].PerUnitMonth, 1e-6);
    }

    /// <summary>A study with the same claim and papers says the same.</summary>
    [Fact]
    public void A_study_and_an_audit_of_the_same_claim_agree()
    {
        var study = SmallStudy.Plain.Result.Forecast!;
        var audit = Run(
            Head.Replace("2025-12", "2024-03", StringComparison.Ordinal)
                .Replace(
                    "amount: 100",
                    $"amount: {study.ClaimedServers.ToString("R", null)}",
                    StringComparison.Ordinal
                )
                + "evidence:\n  - { kind: letter of intent, amount: 32 }\n  - { kind: report, amount: 64 }\n"
        ).Claims[0];
        Assert.Equal(audit.Support.Mean, study.SupportedShare, 1e-12);
        Assert.Equal(
            audit.Papers.Select(p => (p.Counted, p.Weight)),
            study.Evidence.Select(e => (e.Counted, e.Weight))
        );
    }

    [Fact]
    public void Names_that_are_not_there_and_papers_of_after_the_decision_are_found_with_their_place()
    {
        var thrown = Assert.Throws<InputException>(() =>
            Run(
                Head.Replace(
                    "    subsidy: 1_000_000\n",
                    "  - { name: two, amount: 5 }\n  - { name: two, amount: 5 }\n",
                    StringComparison.Ordinal
                )
                    + "evidence:\n  - { claim: ones, kind: order, amount: 5 }\n  - { kind: order, amount: 5 }\n  - { claim: two, kind: order, amount: 5, signed: 2026-01 }\n"
            )
        );
        Assert.Equal(
            ["name-twice", "no-such-claim", "no-claim", "after-the-decision"],
            thrown.Findings.Select(f => f.Finding.Rule)
        );
        Assert.Equal([11, 13, 14, 15], thrown.Findings.Select(f => f.Line).Select(l => l + 1));
        Assert.Contains("'one'", thrown.Findings[1].Finding.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_sound_and_says_the_same_in_both_languages()
    {
        var result = Run(
            Head
                + "evidence:\n  - { kind: order, tenant: \"<b>T & 郑州\", amount: 60 }\n  - { kind: report, amount: 30 }\n"
        );
        foreach (var book in (PhraseBook[])[PhraseBook.English, PhraseBook.Chinese])
        {
            var html = AuditReport.Html(result, book);
            var page = System.Xml.Linq.XDocument.Parse(
                html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
            );
            Assert.Contains("&lt;b&gt;T &amp;", html, StringComparison.Ordinal);
            Assert.Equal(html, AuditReport.Html(result, book));
            Assert.Equal(book.Language, page.Root!.Attribute("lang")!.Value);
        }
        Assert.Equal(
            AuditWords.Lines(result, PhraseBook.English).Count,
            AuditWords.Lines(result, PhraseBook.Chinese).Count
        );
    }

    /// <summary>With the same papers a larger claim is never supported to more servers than three times what they speak of, nor beyond what the place can take.</summary>
    [Fact]
    public void A_larger_claim_on_the_same_papers_gains_nothing_beyond_its_ceiling()
    {
        AuditedClaim Of(double amount, string more = "") =>
            Run(
                Head.Replace(
                    "amount: 100",
                    FormattableString.Invariant($"amount: {amount}{more}"),
                    StringComparison.Ordinal
                ) + "evidence:\n  - { kind: letter of intent, tenant: T, amount: 60 }\n"
            ).Claims[0];
        var before = 0.0;
        foreach (var amount in (double[])[60, 100, 180, 300, 1000, 100_000])
        {
            var claim = Of(amount);
            var supported = claim.Support.Mean * amount;
            Assert.True(supported >= before - 1e-9);
            Assert.True(supported <= 180 + 1e-9);
            Assert.All(claim.Support.Draws, s => Assert.True(s * amount <= 180 + 1e-9));
            before = supported;
        }
        Assert.Equal(Of(1000).Support.Mean * 1000, Of(100_000).Support.Mean * 100_000, 1e-6);
        Assert.True(Of(1000, "\n    market: 30").Support.Mean * 1000 <= 30 + 1e-9);
    }
}
