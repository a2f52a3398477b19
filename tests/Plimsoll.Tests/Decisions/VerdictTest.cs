using Plimsoll.Decisions;
using Xunit;
using static Plimsoll.Tests.Decisions.Drawn;

namespace Plimsoll.Tests.Decisions;

/// <summary>Every verdict is reached from draws that call for it, and doubt ends in Unresolved.</summary>
public sealed class VerdictTest
{
    public static TheoryData<VerdictKind> Alternatives =>
        [
            VerdictKind.Resize,
            VerdictKind.Stage,
            VerdictKind.Relocate,
            VerdictKind.Retarget,
            VerdictKind.Wait,
        ];

    [Fact]
    public void A_plan_that_passes_is_built() =>
        Assert.Equal(
            VerdictKind.Build,
            SponsorVerdict.Of([Good("plan", VerdictKind.Build)], true).Kind
        );

    [Theory]
    [MemberData(nameof(Alternatives))]
    public void When_the_plan_fails_the_passing_alternative_is_named(VerdictKind kind)
    {
        var verdict = SponsorVerdict.Of(
            [Bad("plan", VerdictKind.Build), Good("other", kind)],
            true
        );
        Assert.Equal((kind, "other"), (verdict.Kind, verdict.Option));
    }

    /// <summary>In every draw a hundredth more is surely more, and no reason for another use.</summary>
    [Theory]
    [InlineData(10.1, VerdictKind.Build)]
    [InlineData(12, VerdictKind.Retarget)]
    public void On_equal_money_the_plan_is_built_as_it_is(double other, VerdictKind kind) =>
        Assert.Equal(
            kind,
            SponsorVerdict
                .Of(
                    [Good("plan", VerdictKind.Build), Good("other", VerdictKind.Retarget, other)],
                    true
                )
                .Kind
        );

    [Fact]
    public void A_loan_that_a_sweep_carries_says_so_with_its_amount() =>
        Assert.Contains(
            "50 % of free cash repaying it early",
            new LoanOffer("largest", 100, [], []) { SweepShare = 0.5 }.Terms,
            StringComparison.Ordinal
        );

    [Fact]
    public void When_all_fail_nothing_is_built() =>
        Assert.Equal(
            VerdictKind.DoNotBuild,
            SponsorVerdict
                .Of([Bad("plan", VerdictKind.Build), Bad("other", VerdictKind.Wait)], true)
                .Kind
        );

    [Fact]
    public void Sampling_error_that_straddles_the_limit_is_unresolved_and_says_what_would_resolve_it()
    {
        var verdict = SponsorVerdict.Of([Open("plan", VerdictKind.Build)], true);
        Assert.Equal(VerdictKind.Unresolved, verdict.Kind);
        Assert.Contains(verdict.Unknown, u => u.Contains("more draws", StringComparison.Ordinal));
    }

    [Fact]
    public void Rent_laws_on_both_sides_of_the_limit_are_unresolved()
    {
        var figures = Figures(0.9, 0.9, 0.1, breakingLaws: ["Level"]);
        var verdict = SponsorVerdict.Of([Option("plan", VerdictKind.Build, figures)], true);
        Assert.Equal(VerdictKind.Unresolved, verdict.Kind);
        Assert.Contains(
            verdict.Unknown,
            u => u.Contains("the ensemble disagrees", StringComparison.Ordinal)
        );
        var test = verdict.Tests[0];
        Assert.Equal(0, test.ByLaw["Change"]);
        Assert.Equal(0.9, test.ByLaw["Level"], 0.01);
        Assert.Contains("with the world link", test.ByLaw.Keys);
    }

    [Fact]
    public void An_unfitted_market_never_ends_in_building_or_lending()
    {
        var sponsor = SponsorVerdict.Of([Good("plan", VerdictKind.Build)], false);
        var lender = LenderVerdict.Of(
            Loan("asked", 100, Good("a", VerdictKind.Lend)),
            [],
            [],
            false
        );
        Assert.Equal(VerdictKind.Unresolved, sponsor.Kind);
        Assert.Equal(VerdictKind.Unresolved, lender.Kind);
        Assert.Contains("unfitted prior", sponsor.Headline, StringComparison.Ordinal);
        Assert.Contains("unfitted prior", lender.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfitted_market_is_always_named_and_more_draws_are_never_the_remedy()
    {
        foreach (
            var option in new[]
            {
                Good("plan", VerdictKind.Build),
                Bad("plan", VerdictKind.Build),
                Open("plan", VerdictKind.Build),
            }
        )
        {
            foreach (
                var verdict in new[]
                {
                    SponsorVerdict.Of([option], false),
                    LenderVerdict.Of(Loan("a", 1, option), [], [], false),
                }
            )
            {
                Assert.Contains("no number of draws", verdict.Unknown[0], StringComparison.Ordinal);
                Assert.DoesNotContain(
                    verdict.Unknown,
                    u => u.Contains("more draws", StringComparison.Ordinal)
                );
            }
        }
    }

    [Fact]
    public void On_an_unfitted_market_contracts_are_lent_on_or_declined_by_themselves_and_rents_are_not()
    {
        var good = Good("a", VerdictKind.Lend);
        var bad = Bad("a", VerdictKind.Lend);
        var asked = Loan("asked", 100, bad);
        Verdict Of(LoanOffer whole, params LoanOffer[] contracted) =>
            LenderVerdict.Of(whole, [], [], false, contracted);
        Assert.Equal(VerdictKind.Lend, Of(asked, Loan("contracts", 100, good)).Kind);
        Assert.Equal(
            VerdictKind.LendLess,
            Of(
                asked,
                Loan("contracts", 100, bad),
                Loan("half of it", 50, good) with
                {
                    AmountShare = 0.5,
                }
            ).Kind
        );
        Assert.Equal(VerdictKind.Decline, Of(asked, Loan("contracts", 100, bad)).Kind);
        Assert.Equal(
            VerdictKind.Decline,
            Of(asked with { ContractedShare = 1 }, Loan("contracts", 100, bad)).Kind
        );
        // Without a contract the market alone lends on nothing; what fails as asked is declined, what a condition would do is open.
        Assert.Equal(VerdictKind.Decline, Of(asked).Kind);
        var let = Loan("let first", 100, good, "90 % let");
        var open = LenderVerdict.Of(asked, [], [let], false);
        Assert.Equal(VerdictKind.Decline, open.Kind);
        Assert.Equal("let first", open.Option);
        Assert.Contains("Open is 'let first'", open.Headline, StringComparison.Ordinal);
        var doubtful = Loan("asked", 100, Open("a", VerdictKind.Lend));
        Assert.Equal(VerdictKind.Unresolved, LenderVerdict.Of(doubtful, [], [let], false).Kind);
        Assert.Equal(VerdictKind.Unresolved, Of(Loan("asked", 100, good)).Kind);
        // A fitted market is judged as a whole.
        Assert.Equal(
            VerdictKind.Decline,
            LenderVerdict.Of(asked, [], [], true, [Loan("contracts", 100, good)]).Kind
        );
    }

    [Fact]
    public void A_lender_lends_as_asked_less_or_on_conditions_or_declines()
    {
        var good = Good("a", VerdictKind.Lend);
        var bad = Bad("a", VerdictKind.Lend);
        var asked = Loan("asked", 100, bad);
        var less = Loan("60 %", 60, good);
        var bound = Loan("bound", 100, good, "90 % contracted");
        Assert.Equal(VerdictKind.Lend, LenderVerdict.Of(Loan("a", 1, good), [], [], true).Kind);
        Assert.Equal(VerdictKind.LendLess, LenderVerdict.Of(asked, [less], [bound], true).Kind);
        Assert.Equal(
            VerdictKind.LendOnConditions,
            LenderVerdict.Of(asked, [Loan("60 %", 60, bad)], [bound], true).Kind
        );
        Assert.Equal(VerdictKind.Decline, LenderVerdict.Of(asked, [], [], true).Kind);
        Assert.Equal(
            VerdictKind.Unresolved,
            LenderVerdict.Of(Loan("a", 1, Open("a", VerdictKind.Lend)), [], [], true).Kind
        );
    }

    [Fact]
    public void A_loan_on_which_no_draw_could_be_computed_never_passes()
    {
        var none = new LoanOffer("a", 1, [], []);
        Assert.Equal(RuleOutcome.Straddles, none.Outcome);
        Assert.Equal(VerdictKind.Unresolved, LenderVerdict.Of(none, [], [], true).Kind);
    }

    [Fact]
    public void A_covenant_that_is_never_tested_does_not_pass()
    {
        var figures = Figures(0, 0, 0.1);
        Array.Fill(figures.MinimumCover, double.NaN);
        var test = Rule.Credit(figures, 3)[0];
        Assert.Equal(RuleOutcome.Straddles, test.Outcome);
        Assert.Equal("no test date falls within the loan", test.Reason);
        Array.Fill(figures.RepaidEarly, true);
        Assert.Equal(RuleOutcome.Passes, Rule.Credit(figures, 3)[0].Outcome);
    }

    [Fact]
    public void A_verdict_names_the_terms_that_its_tests_are_of()
    {
        var open = Loan("60 %", 60, Open("a", VerdictKind.Lend));
        var asked = Loan("asked", 100, Bad("a", VerdictKind.Lend));
        Assert.Equal("60 %", LenderVerdict.Of(asked, [open], [], true).TestsOf);
        Assert.Equal("asked", LenderVerdict.Of(asked, [], [], true).TestsOf);
    }

    [Fact]
    public void A_smaller_loan_that_passes_is_not_said_to_pass_as_asked()
    {
        var asked = Loan("asked", 100, Bad("a", VerdictKind.Lend));
        var bound = Loan(
            "bound",
            30,
            Good("a", VerdictKind.Lend),
            "30 % of the amount asked",
            "a reserve of 6 months of debt service"
        ) with
        {
            AmountShare = 0.3,
        };
        var verdict = LenderVerdict.Of(asked, [], [bound], true);
        Assert.Equal(VerdictKind.LendOnConditions, verdict.Kind);
        Assert.Contains(
            verdict.Grounds,
            g => g.StartsWith("Lent 30 rather than 100", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            verdict.Grounds,
            g => g.StartsWith("As asked", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_loan_offered_states_amount_tenor_amortisation_contracted_share_and_reserve()
    {
        var verdict = LenderVerdict.Of(Loan("a", 1, Good("a", VerdictKind.Lend)), [], [], true);
        Assert.Contains("60 months", verdict.Headline, StringComparison.Ordinal);
        Assert.Contains("equal payments", verdict.Headline, StringComparison.Ordinal);
        Assert.Contains("contracted", verdict.Headline, StringComparison.Ordinal);
        Assert.Contains("reserve", verdict.Headline, StringComparison.Ordinal);
    }

    public static TheoryData<VerdictKind> Courses =>
        [
            VerdictKind.HoldPrice,
            VerdictKind.CutPrice,
            VerdictKind.GoDark,
            VerdictKind.ConvertToInference,
            VerdictKind.SellAccelerators,
            VerdictKind.HandOver,
            VerdictKind.Close,
        ];

    [Theory]
    [MemberData(nameof(Courses))]
    public void An_owner_takes_the_course_that_is_clearly_worth_most(VerdictKind kind)
    {
        var verdict = OwnerVerdict.Of(
            [Good("base", VerdictKind.HoldPrice, 5), Good("best", kind, 9)],
            null,
            Rule,
            true
        );
        Assert.Equal((kind, "best"), (verdict.Kind, verdict.Option));
    }

    [Fact]
    public void Debt_that_cannot_be_carried_is_restructured_when_the_lender_gains_too()
    {
        var best = Option(
            "hold",
            VerdictKind.HoldPrice,
            Figures(0.5, 0.4, 0.5, 10, lender: 60)
        ) with
        {
            Owed = 100,
        };
        var longer = Option(
            "restructure",
            VerdictKind.RestructureDebt,
            Figures(0.2, 0.1, 0.5, 10, lender: 80)
        ) with
        {
            Owed = 100,
        };
        var worse = Option(
            "restructure",
            VerdictKind.RestructureDebt,
            Figures(0.2, 0.1, 0.5, 10, lender: 50)
        );
        Verdict Of(OptionResult other) =>
            OwnerVerdict.Of([best], new RestructuredCourse(other, best), Rule, true);
        Assert.Equal(VerdictKind.RestructureDebt, Of(longer).Kind);
        Assert.Equal(VerdictKind.HoldPrice, Of(worse).Kind);
        Assert.Contains("the least bad", Of(worse).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Courses_that_cannot_be_told_apart_and_begin_alike_are_the_answer()
    {
        var sell = Noisy("sell", VerdictKind.SellAccelerators, 10, 4, 1) with
        {
            Begins = FirstStep.SellOut,
        };
        var close = Noisy("close", VerdictKind.Close, 10, 4, 2) with { Begins = FirstStep.SellOut };
        var hold = Good("hold", VerdictKind.HoldPrice, 5);
        var verdict = OwnerVerdict.Of([hold, sell, close], null, Rule, true);
        Assert.Contains(verdict.Kind, new[] { VerdictKind.SellAccelerators, VerdictKind.Close });
        Assert.Contains("begin alike", verdict.Headline, StringComparison.Ordinal);
        // With a third that may be as good and can be undone next month that one is followed for the time being.
        var dark = Noisy("dark", VerdictKind.GoDark, 10, 4, 3);
        var now = OwnerVerdict.Of([hold, sell, close, dark], null, Rule, true);
        Assert.Equal((VerdictKind.GoDark, "dark"), (now.Kind, now.Option));
        Assert.Equal(2, now.Followed!.Others.Count);
        // Courses of their own steps are not alike.
        Assert.False(hold.BeginsLike(dark));
    }

    private static LoanOffer Loan(
        string name,
        double amount,
        OptionResult option,
        params string[] conditions
    ) =>
        new(name, amount, conditions, option.Credit)
        {
            TenorMonths = 60,
            Amortisation = "equal payments",
            ContractedShare = 0.5,
            ReserveMonths = 6,
        };

    /// <summary>Built in one draw of two, and nine of ten of those default: the rule counts nine of ten, not 45 %. A course never built is no worse than doing nothing.</summary>
    [Fact]
    public void A_course_that_may_wait_is_judged_on_the_draws_in_which_it_is_built()
    {
        var figures = Drawn.Figures(0, 0, 0);
        for (var i = 0; i < Drawn.Draws; i++)
        {
            figures.Built[i] = i % 2 == 0;
            figures.Default[i] = figures.Breach[i] = figures.Built[i] && i % 20 != 0;
        }
        var waited = Drawn.Option("wait", VerdictKind.Wait, figures);
        Assert.Equal(0.5, waited.BuiltShare);
        Assert.Equal(0.9, waited.Default.Value, 1e-12);
        Assert.Equal(0.9, waited.Breach.Value, 1e-12);
        Assert.Equal(0.9, waited.Credit[1].Value, 1e-12);
        Array.Fill(figures.Built, false);
        Array.Fill(figures.Default, false);
        Assert.Equal(0, Drawn.Option("never", VerdictKind.Wait, figures).Default.Value);
    }
}
