using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>The owner's options on the bench, each worked by hand; what was spent counts in none.</summary>
public sealed class OwnerOptionsTest
{
    private static readonly StudyCase _standing = Bench.Standing();
    private static readonly Bench.Facts _facts = new();

    /// <summary>24 x (292,000 - 35,000) = 6,168,000.</summary>
    [Fact]
    public void Hold() => Near(6_168_000, Course(new Hold()));

    /// <summary>At 80 % of the quote, 60 % let instead of 50: 80 x 0.6 x 730 x 8 = 280,320; 24 x (280,320 - 35,000) = 5,887,680.</summary>
    [Fact]
    public void Cut_takes_the_lower_price_and_the_fill_it_brings() =>
        Near(
            5_887_680,
            Course(new CutPrice(0.75), "cut to 80 %"),
            new ConstantMarket { CutGain = 1.2 }
        );

    /// <summary>
    /// Darkness saves 2,000 / (8 x 730) = 0.342466 an hour; all running cost is 0.599315. Triggers: 1.1 x 0.342466 = 0.376712, half-way
    /// 0.470890, 0.599315, 0.898973. At a quote of 0.45 only the first is not above it. Half the servers dark save 5 x 2,000 a month, 240,000.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 240_000)]
    [InlineData(2, 240_000)]
    [InlineData(3, 240_000)]
    public void Dark_saves_what_follows_lit_servers_while_the_quote_is_below(
        int variant,
        double saved
    )
    {
        var market = new ConstantMarket { Quote = _ => 0.45 };
        var courses = new GoDark().Courses(_standing, Whole(_standing), _facts);
        Near(Bench.Value(Course(new Hold()), market) + saved, courses[variant], market);
        Assert.Contains(
            new[] { "0.38", "0.47", "0.6", "0.9" }[variant],
            courses[variant].Name,
            StringComparison.Ordinal
        );
    }

    /// <summary>Converted for 60 a server, 600 in all; after three months 40 idle accelerators sell tokens at 2: 21 x 58,400 = 1,226,400.</summary>
    [Fact]
    public void Convert_costs_at_once_and_earns_after_its_months()
    {
        var standing = SponsorOptionsTest.Serving(_standing);
        var convert = new ConvertToInference(3, 60);
        var course = Assert.Single(convert.Courses(standing, Whole(standing), _facts));
        Near(6_168_000 - 600 + 1_226_400, course, new ConstantMarket { TokenRent = 2 });
        Assert.Empty(convert.Courses(_standing, Whole(_standing), _facts));
        var already = standing with
        {
            Plan = standing.Plan with { Products = [Product.Inference] },
        };
        Assert.Empty(convert.Courses(already, Whole(already), _facts));
    }

    /// <summary>Of ten servers two are let: for 12 months, after which they are fitted too, or for longer than is looked at, and then never. A kind that cannot serve costs nothing: 60 a server that is fitted.</summary>
    [Theory]
    [InlineData(2, 600)]
    [InlineData(12, 600)]
    [InlineData(24, 480)]
    [InlineData(36, 480)]
    public void Only_servers_that_can_serve_and_are_free_are_fitted(int tenor, double paid)
    {
        var lease = new LeaseCase(new SignedLease("a", 16, 9, tenor, 1, 0, 0), null);
        var serving = SponsorOptionsTest.Serving(_standing);
        var mixed = serving with
        {
            Fleets = [.. serving.Fleets, Bench.Fleet("other", 5) with { Served = null }],
            Leases = [lease with { Terms = lease.Terms with { Fleet = serving.Fleets[0].Name } }],
        };
        double Worth(double each) =>
            Bench.Value(
                new ConvertToInference(3, each).Courses(mixed, Whole(mixed), _facts)[0],
                new ConstantMarket { TokenRent = 2 }
            );
        Assert.Equal(paid, Worth(0) - Worth(60), 1e-6);
    }

    /// <summary>
    /// Half sold in two lots of 20 at 1,000. Month 0: 60 left, 219,000 - 7.5 x 3,500 = 192,750. Then 23 months of 40 left:
    /// 146,000 - 17,500 = 128,500, 2,955,500. Proceeds 40,000; the other 40 fetch 40,000 at the end. Hall of 20 accelerators: 20 / 8 x 1,000
    /// = 2,500 a month, three months' notice for each lot: 15,000. Together 3,213,250.
    /// </summary>
    [Fact]
    public void Sell_pays_the_hall_until_its_notice_has_run_out()
    {
        var market = new ConstantMarket { Resale = _ => 1_000 };
        Near(3_213_250, Course(new SellAccelerators(2, 3), "sell 40 over 2 months"), market);
        // Without notice the 15,000 are saved.
        Near(3_228_250, Course(new SellAccelerators(2, 0), "sell 40 over 2 months"), market);
    }

    /// <summary>Under the other operator three quarters are let: 438,000 - 35,000 = 403,000 a month, of which it keeps a quarter: 302,250, 7,254,000.</summary>
    [Fact]
    public void Handed_over_the_operator_keeps_its_share_of_what_is_left() =>
        Near(7_254_000, Course(new HandOver(0.25)));

    /// <summary>At a quote of 0.1 the centre loses 35,000 - 80 x 0.75 x 73 = 30,620 a month, and the operator bears none of it: -734,880.</summary>
    [Fact]
    public void Handed_over_the_operator_bears_no_loss() =>
        Near(-734_880, Course(new HandOver(0.25)), new ConstantMarket { Quote = _ => 0.1 });

    /// <summary>80 x 1,000 at once, less twelve months of a hall of 10,000: -40,000.</summary>
    [Fact]
    public void Closed_it_fetches_its_price_and_pays_the_notice() =>
        Near(
            80_000 - 120_000,
            Course(new CloseCentre(12)),
            new ConstantMarket { Resale = _ => 1_000 }
        );

    /// <summary>97 % of 80 are 77.6, nine whole servers 72, at 6.5, and half of the other 8 at 10: (468 + 40) x 730 - 35,000 = 335,840 a month, 8,060,160.</summary>
    [Fact]
    public void Leased_to_a_cloud_all_that_is_free_brings_the_lower_price() =>
        Near(8_060_160, Course(new LeaseToCloud(0.35, 36, 0.002)));

    [Fact]
    public void A_cloud_takes_only_what_is_free()
    {
        var let = _standing with
        {
            Leases = [new LeaseCase(new SignedLease("a", 70, 10, 24, 1, 0, 0), null)],
        };
        var cloud = new LeaseToCloud(0.35, 36, 0.002);
        Assert.Empty(cloud.Courses(let, Whole(let), _facts));
        let = let with
        {
            Leases =
            [
                let.Leases[0] with
                {
                    Terms = let.Leases[0].Terms with { Accelerators = 60 },
                },
            ],
        };
        var course = Assert.Single(cloud.Courses(let, Whole(let), _facts));
        Assert.Equal(16, course.Case.Leases[1].Terms.Accelerators);
        Assert.True(course.Case.Leases[1].ToSign);
    }

    /// <summary>
    /// Moved for 30,000 in all, three months without a sale or a cost there, then 21 months of 292,000 - 25,000 = 267,000: 5,607,000. The old
    /// hall of 10,000 is paid for six months: 5,607,000 - 30,000 - 60,000.
    /// </summary>
    [Fact]
    public void Moved_the_servers_earn_nothing_on_the_way_and_the_old_hall_is_paid() =>
        Near(5_517_000, Course(new MoveServers("there", 3_000, 3, 6)));

    /// <summary>A loan of ten payments from month 2, twelve months of grace and 36 more to repay, cut to what the 24 months leave: 24 - 14 = 10.</summary>
    [Fact]
    public void Restructured_the_debt_pays_later_and_longer_within_the_horizon()
    {
        var loan = new DebtTranche
        {
            Name = "loan",
            Amount = 100_000,
            TenorMonths = 10,
            FirstPaymentMonth = 2,
        };
        var course = Course(new Hold()) with { Case = _standing with { Loan = loan } };
        var restructured = new Restructure(36, 12).Of(course)!.Case.Loan!;
        Assert.Equal((14, 10), (restructured.FirstPaymentMonth, restructured.TenorMonths));
        var shorter = new Restructure(3, 4).Of(course)!.Case.Loan!;
        Assert.Equal((6, 13), (shorter.FirstPaymentMonth, shorter.TenorMonths));
        Assert.Null(new Restructure(36, 12).Of(Course(new Hold())));
    }

    /// <summary>
    /// Two kinds of server, five each. Of the full one 40 x 7,300 - 17,500 = 274,500 a month; the empty one costs 17,500. Closing the empty one
    /// alone: 24 x 274,500 + 40 x 1,000 - 12 x 5,000, and the 40 that stay fetch 40,000 at the end.
    /// </summary>
    [Fact]
    public void A_course_may_be_about_the_servers_of_one_kind()
    {
        var mixed = Bench.Standing(Bench.Fleet("full", 5), Bench.Fleet("empty", 5));
        var market = new ConstantMarket
        {
            Fill = (f, _) => f.Server == "full" ? 1 : 0,
            Resale = _ => 1_000,
        };
        var scope = FleetScope.Kinds(mixed).Single(k => k.Server == "empty");
        var close = Assert.Single(new CloseCentre(12).Courses(mixed, scope, _facts));
        Assert.StartsWith("empty: ", close.Name, StringComparison.Ordinal);
        Near((24 * 274_500) + 40_000 - 60_000 + 40_000, close, market);
        // Handed over, the operator of the empty kind takes its share of that kind alone: 40 x 0.75 x 7,300 - 17,500 = 201,500 a month.
        var hand = Assert.Single(new HandOver(0.25).Courses(mixed, scope, _facts));
        Near((24 * 274_500) + (24 * 0.75 * 201_500) + 80_000, hand, market);
    }

    private static FleetScope Whole(StudyCase study) => FleetScope.Whole(study);

    private static StudyOption Course(IOwnerOption option, string name = "") =>
        option
            .Courses(_standing, Whole(_standing), _facts)
            .First(c => c.Name.StartsWith(name, StringComparison.Ordinal));

    private static void Near(double value, StudyOption option, ConstantMarket? market = null) =>
        Assert.Equal(value, Bench.Value(option, market), Math.Max(1e-6, Math.Abs(value) * 1e-9));
}
