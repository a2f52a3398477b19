using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
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

    /// <summary>At 4 it loses as much, and is answered with 5; so at 1, whose floor is the same. Where a sale brings more than three times the quote for ever, none is found.</summary>
    [Fact]
    public void A_lease_below_its_floor_is_answered_with_it_or_refused()
    {
        foreach (var offered in new[] { 4.0, 1 })
        {
            var counter = Offer(offered);
            Assert.Equal(VerdictKind.Counter, counter.Verdict.Kind);
            Assert.InRange(counter.Offer!.FloorPerGpuHour, 5, 5.03);
            Assert.Contains("counter at 5", counter.Options[2].Name, StringComparison.Ordinal);
            Assert.False(counter.Offer!.AboveQuote);
            Assert.Null(counter.Offer!.Smaller);
        }
        var refused = OfferToOwner(6, 1_000_000);
        Assert.Equal(VerdictKind.Refuse, refused.Verdict.Kind);
        Assert.True(double.IsNaN(refused.Offer!.FloorPerGpuHour));
        Assert.Equal("refuse it, then close at once", refused.Verdict.Option);
    }

    /// <summary>
    /// Forty of the eighty are wanted at 10 whatever is free. Eight servers at 3 take 64 x 3 = 192 an hour and leave 16 of the forty a place: 240 is lost. Four at 3 take 96 and
    /// leave 48, enough for all: 96 x 730 x 24 = 1,681,920 more. Floors: 240 / 64 = 3.75, for six 80 / 48 = 1.667, for four and two what light costs.
    /// </summary>
    [Fact]
    public void A_lease_too_large_is_answered_with_fewer_servers()
    {
        var question = new OfferQuestion(
            8,
            new LeaseCase(new SignedLease("a", 0, 3, 24, 1, 0, 0), null),
            []
        );
        var decided = question.Decide(
            Bench.Question(
                question,
                Bench.Case(),
                new ConstantMarket { Fill = (_, _) => 1, Wanted = 40 }
            )
        );
        var offer = decided.Offer!;
        Assert.Equal(VerdictKind.Counter, decided.Verdict.Kind);
        Assert.Equal("sign 32 accelerators of it at 3", decided.Verdict.Option);
        Assert.Equal(32, offer.Smaller!.Accelerators);
        Assert.Equal(1_681_920, offer.Smaller.Gain, 1e-3);
        Assert.InRange(offer.FloorPerGpuHour, 3.75, 3.78);
        Assert.Equal([48.0, 32, 16], offer.Parts.Select(p => p.Accelerators));
        Assert.InRange(offer.Parts[0].FloorPerGpuHour, 1.666, 1.697);
        Assert.All(offer.Parts.Skip(1), p => Assert.Equal(0.342466, p.FloorPerGpuHour, 1e-6));
    }

    /// <summary>No course signs a lease to buy it out: with one on the table every course of every option keeps it, whatever it does about the tenants that are there.</summary>
    [Fact]
    public void The_tenant_just_signed_is_never_paid_to_leave()
    {
        LeaseCase Lease(string tenant, bool table) =>
            new(new SignedLease(tenant, 16, 1, 24, 1, 0, 0), null) { OnTable = table };
        var centre = Bench.Standing() with { Leases = [Lease("old", false), Lease("new", true)] };
        IOwnerOption[] options =
        [
            new Hold(),
            new LetTenantGo(0.5),
            new CloseCentre(12),
            new SellAccelerators(6, 12),
            new HandOver(0.25),
            new ConvertToInference(3, 1),
        ];
        var courses = options
            .SelectMany(o => o.Courses(centre, Whole(centre), new Bench.Facts()))
            .ToList();
        Assert.All(
            courses,
            c => Assert.Contains(c.Case.Leases, l => l.OnTable && l.Terms.Tenant == "new")
        );
        Assert.Contains(courses, c => !c.Case.Leases.Any(l => l.Terms.Tenant == "old"));
    }

    /// <summary>With the lease the courses found without it are taken again: each option is asked for its variants once for the search, then once for each price tried.</summary>
    [Fact]
    public void A_lease_on_a_centre_that_stands_has_its_courses_searched_once()
    {
        var counted = new Counted(new SellAccelerators(6, 12));
        _ = OfferToOwner(6, 100_000, counted);
        Assert.Equal(1, counted.Without);
    }

    /// <summary>
    /// All eighty for as long as they are planned: with them let at p the centre is worth 24 x (58,400 p - 35,000), closed without them 80 r - 120,000, or let by the market
    /// 6,168,000. An owner who asks what to do is told the floor of the very lease that an offer of it has.
    /// </summary>
    [Theory]
    [InlineData(100_000)]
    [InlineData(120_000)]
    [InlineData(0)]
    public void An_owner_and_an_offer_have_one_floor_for_one_lease(double resale)
    {
        var market = new ConstantMarket { Resale = m => m == 0 ? resale : 0 };
        var by = new OwnerQuestion([new Hold(), new CloseCentre(12)], new Restructure(36, 12));
        var run = Bench.Question(by, Bench.Standing(), market);
        var floor = CourseFloors
            .Of([new PriceFloor("training lease", 24, 0, 0, [])], run, by.Decide(run))
            .Single();
        Assert.Equal(80, floor.Free);
        var best = Math.Max(6_168_000, (80 * resale) - 120_000);
        Assert.Equal((best + 840_000) / (24 * 58_400), floor.AgainstCourse, 0.03);
        var offered = OfferOf(10, 6, market).Offer!;
        Assert.Equal(offered.FloorPerGpuHour, floor.AgainstCourse, 0.06);
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

    /// <summary>Five of ten standing servers are asked for; a card fetches something today and nothing later.</summary>
    private static Decided OfferToOwner(
        double price,
        double resale = 100_000,
        params IOwnerOption[] beside
    ) => OfferOf(5, price, new ConstantMarket { Resale = m => m == 0 ? resale : 0 }, beside);

    private static Decided OfferOf(
        double servers,
        double price,
        ConstantMarket market,
        params IOwnerOption[] beside
    )
    {
        var question = new OfferQuestion(
            servers,
            new LeaseCase(new SignedLease("a", 0, price, 24, 1, 0, 0), null),
            [new Hold(), new CloseCentre(12), .. beside]
        );
        return question.Decide(Bench.Question(question, Bench.Standing(), market));
    }

    private static FleetScope Whole(StudyCase centre) => FleetScope.Whole(centre);

    /// <summary>An option that counts how often it is asked what it makes of a centre without the lease on the table.</summary>
    /// <summary>
    /// Four million owed at 1 % a month: whatever the market makes of eighty accelerators, what is asked of the bank, the loan that the memo rates and the verdict are of one
    /// course, and where nothing is asked it is said why.
    /// </summary>
    [Theory]
    [InlineData(10, 0)]
    [InlineData(6, 30_000)]
    [InlineData(3, 60_000)]
    [InlineData(2, 100_000)]
    [InlineData(0.5, 0)]
    public void Verdict_rated_loan_and_request_are_of_one_course(double quote, double resale)
    {
        var standing = Bench.Standing();
        standing = standing with
        {
            Loan = new DebtTranche
            {
                Name = "loan",
                Amount = 4_000_000,
                BaseRate = 0.12,
                TenorMonths = 12,
                FirstPaymentMonth = 1,
            },
            Terms = standing.Terms with { Opening = new OpeningPosition(), GearingCap = 1 },
        };
        var question = new OwnerQuestion(
            [new Hold(), new SellAccelerators(6, 12), new HandOver(0.25), new CloseCentre(12)],
            new Restructure(36, 12)
        );
        var decided = question.Decide(
            Bench.Question(
                question,
                standing,
                new ConstantMarket { Quote = _ => quote, Resale = _ => resale }
            )
        );
        static string Say(Phrase said) => PhraseBook.English.Say(said);
        var kept = decided.Verdict is { Kind: VerdictKind.Unresolved, Followed.Until: { } until }
            ? until.Name
            : decided.Verdict.Option;
        Assert.NotEmpty(decided.Bank);
        Assert.Equal(kept, (decided.Rated?.Option ?? decided.Courses[0]).Name);
        if (decided.Ask is { Course: { } course } ask)
        {
            Assert.Equal(
                kept,
                Say(ask.Followed ? Phrase.Of("option.restructure", course) : course)
            );
        }
    }

    private sealed class Counted(IOwnerOption option) : IOwnerOption
    {
        public int Without { get; private set; }

        public IReadOnlyList<StudyOption> Courses(
            StudyCase standing,
            FleetScope scope,
            Plimsoll.Studies.Options.ICentreFacts facts
        )
        {
            Without += standing.Leases.Any(l => l.OnTable) ? 0 : 1;
            return option.Courses(standing, scope, facts);
        }
    }

    private static Decided Owner(ConstantMarket market, params IOwnerOption[] options)
    {
        var question = new OwnerQuestion(options, new Restructure(36, 12));
        var mixed = Bench.Standing(Bench.Fleet("full", 5), Bench.Fleet("empty", 5));
        return question.Decide(Bench.Question(question, mixed, market));
    }
}
