using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Questions;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>Questions on the bench: the offer on the table, and an owner with two kinds of server.</summary>
public sealed class QuestionsTest
{
    /// <summary>
    /// Forty of eighty accelerators are asked for. In the market half of them are let at 10: 5 an hour and accelerator. At 6 signing gains
    /// 40 x (6 - 5) x 730 x 24 = 700,800; the floor is 5, found to 3 x 6 / 512 = 0.035.
    /// </summary>
    [Fact]
    public void A_lease_above_its_floor_is_signed()
    {
        var decided = Offer(6);
        Assert.Equal(VerdictKind.Sign, decided.Verdict.Kind);
        Assert.Equal(
            700_800,
            decided.Options[1].MeanEquityNpv - decided.Options[0].MeanEquityNpv,
            1e-3
        );
        Assert.InRange(decided.Offer!.FloorPerGpuHour, 5, 5.036);
    }

    /// <summary>At 4 it loses as much, and is answered with 5; at 1 even three times the price is less than the market.</summary>
    [Fact]
    public void A_lease_below_its_floor_is_answered_with_it_or_refused()
    {
        var counter = Offer(4);
        Assert.Equal(VerdictKind.Counter, counter.Verdict.Kind);
        Assert.InRange(counter.Offer!.FloorPerGpuHour, 5, 5.024);
        Assert.Contains("counter at 5", counter.Options[2].Name, StringComparison.Ordinal);
        var refused = Offer(1);
        Assert.Equal(VerdictKind.Refuse, refused.Verdict.Kind);
        Assert.True(double.IsNaN(refused.Offer!.FloorPerGpuHour));
        Assert.Equal("refuse it", refused.Verdict.Option);
    }

    /// <summary>
    /// Held without the lease the centre is worth 24 x (292,000 - 35,000) = 6,168,000, closed at once 80 x 100,000 - 12 x 10,000 = 7,880,000. With five servers let at p it is
    /// worth 24 x (29,200 p + 111,000) held, and with the other five sold 700,800 p + 4,000,000 - 24 x 12,500 - 24 x 5,000 - 12 x 5,000 = 700,800 p + 3,520,000: at 6 more
    /// than held without it, but 155,200 less than closed. The floor is (7,880,000 - 3,520,000) / 700,800 = 6.221, not the 5 of holding, found to 3 x 6 / 512 = 0.035.
    /// </summary>
    [Fact]
    public void A_lease_is_measured_by_the_best_that_can_be_done_without_it()
    {
        var counter = OfferToOwner(6);
        Assert.Equal(VerdictKind.Counter, counter.Verdict.Kind);
        Assert.InRange(counter.Offer!.FloorPerGpuHour, 6.221, 6.257);
        Assert.Equal(
            ["refuse it", "refuse it, then close at once", "sign it"],
            counter.Options.Take(3).Select(o => o.Name)
        );
        Assert.Equal(7_880_000, counter.Options[1].MeanProjectNpv, 1e-3);
        var signed = OfferToOwner(7);
        Assert.Equal(VerdictKind.Sign, signed.Verdict.Kind);
        Assert.StartsWith("sign it, then ", signed.Verdict.Option, StringComparison.Ordinal);
        var best = signed.Options.Single(o => o.Name == signed.Verdict.Option);
        Assert.Equal((700_800 * 7) + 3_520_000, best.MeanProjectNpv, 1e-3);
        Assert.InRange(signed.Offer!.FloorPerGpuHour, 6.221, 6.263);
    }

    [Fact]
    public void An_unfitted_market_signs_nothing()
    {
        var open = Offer(6, fitted: false);
        Assert.Equal(VerdictKind.Unresolved, open.Verdict.Kind);
        Assert.InRange(open.Offer!.FloorPerGpuHour, 5, 5.036);
    }

    /// <summary>
    /// Five full servers take 40 x 7,300 - 17,500 = 274,500 a month and must be kept; five empty ones cost 17,500 and fetch 40,000 now as
    /// later: closing them saves 420,000 less twelve months of a hall of 5,000. Closing all would lose the full ones.
    /// </summary>
    [Fact]
    public void An_owner_of_two_kinds_of_server_is_told_what_to_do_with_each()
    {
        var decided = Owner(
            new ConstantMarket { Fill = (f, _) => f.Server == "full" ? 1 : 0, Resale = _ => 1_000 },
            new Hold(),
            new CloseCentre(12)
        );
        Assert.Equal(VerdictKind.Close, decided.Verdict.Kind);
        Assert.Equal("empty: close at once", decided.Verdict.Option);
        var best = decided.Options.Single(o => o.Name == decided.Verdict.Option);
        Assert.Equal((24 * 274_500) + 80_000 - 60_000, best.MeanProjectNpv, 1e-3);
    }

    /// <summary>
    /// One kind is a tenth full and would be three quarters full under another operator, the other stands empty under anybody. Handed over the first earns
    /// 0.75 x (40 x 0.75 x 7,300 - 17,500) = 151,125 a month and keeps 40,000 of second-hand value; closed the second fetches 40,000 and pays twelve months of 5,000.
    /// </summary>
    [Fact]
    public void The_best_courses_of_each_kind_are_put_together()
    {
        var decided = Owner(
            new ConstantMarket
            {
                Fill = (f, _) => f.Server == "full" ? 0.1 : 0,
                TakeoverFill = f => f.Server == "full" ? 0.75 : 0,
                Resale = _ => 1_000,
            },
            new Hold(),
            new HandOver(0.25),
            new CloseCentre(12)
        );
        var together = decided.Options.Single(o => o.Kind == VerdictKind.ByFleet);
        Assert.Contains("empty: close at once", together.Description, StringComparison.Ordinal);
        Assert.Contains("full: hand over", together.Description, StringComparison.Ordinal);
        Assert.Equal((24 * 151_125) + 80_000 - 60_000, together.MeanProjectNpv, 1e-3);
        Assert.Equal(VerdictKind.ByFleet, decided.Verdict.Kind);
    }

    /// <summary>Where one course is best for every kind, it is the course for the whole and stands once.</summary>
    [Fact]
    public void The_same_course_for_every_kind_is_not_told_twice()
    {
        var decided = Owner(
            new ConstantMarket { Fill = (_, _) => 0, Resale = _ => 1_000 },
            new Hold(),
            new CloseCentre(12)
        );
        Assert.DoesNotContain(decided.Options, o => o.Kind == VerdictKind.ByFleet);
        Assert.Equal("close at once", decided.Verdict.Option);
        Assert.Equal(VerdictKind.Close, decided.Verdict.Kind);
    }

    private static Decided Offer(double price, bool fitted = true)
    {
        var question = new OfferQuestion(
            5,
            new LeaseCase(new SignedLease("a", 0, price, 24, 1, 0, 0), null),
            []
        );
        return question.Decide(
            Bench.Question(question, Bench.Case(), new ConstantMarket(), fitted)
        );
    }

    /// <summary>Five of ten standing servers are asked for; a card fetches 100,000 today and nothing later.</summary>
    private static Decided OfferToOwner(double price)
    {
        var question = new OfferQuestion(
            5,
            new LeaseCase(new SignedLease("a", 0, price, 24, 1, 0, 0), null),
            [new Hold(), new CloseCentre(12)]
        );
        return question.Decide(
            Bench.Question(
                question,
                Bench.Standing(),
                new ConstantMarket { Resale = m => m == 0 ? 100_000 : 0 }
            )
        );
    }

    private static Decided Owner(ConstantMarket market, params IOwnerOption[] options)
    {
        var question = new OwnerQuestion(options, new Restructure(36, 12));
        var mixed = Bench.Standing(Bench.Fleet("full", 5), Bench.Fleet("empty", 5));
        return question.Decide(Bench.Question(question, mixed, market));
    }
}
