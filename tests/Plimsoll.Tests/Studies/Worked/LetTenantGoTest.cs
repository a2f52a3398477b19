using CsCheck;
using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>What it costs to be rid of a tenant, worked by hand.</summary>
public sealed class LetTenantGoTest
{
    private static readonly Bench.Facts _facts = new();

    private static LeaseCase Lease(
        string tenant,
        double accelerators,
        double price,
        int tenor,
        int run = 0,
        double takeOrPay = 1,
        string? fleet = null
    ) =>
        new(
            new SignedLease(tenant, accelerators, price, tenor, takeOrPay, 0, 0)
            {
                MonthsRun = run,
                Fleet = fleet,
            },
            null
        );

    private static StudyOption? Course(StudyCase centre, double share = 0.5) =>
        new LetTenantGo(share).Courses(centre, FleetScope.Whole(centre), _facts).SingleOrDefault();

    /// <summary>
    /// Forty accelerators at 12 with ten of 36 months left: 40 x 730 x 12 x 10 = 3,504,000 of rent, half of it 1,752,000; the tenant finds the quote of 10, no dearer.
    /// At 6 the rent is 1,752,000 and half 876,000, but elsewhere it pays 4 more: 40 x 730 x 4 x 10 = 1,168,000, which is owed.
    /// </summary>
    [Theory]
    [InlineData(12, 1_752_000)]
    [InlineData(6, 1_168_000)]
    public void A_tenant_is_paid_a_share_of_its_rent_and_at_least_its_loss(
        double price,
        double cost
    )
    {
        var centre = Bench.Standing() with { Leases = [Lease("a", 40, price, 36, 26)] };
        Assert.Equal(cost, BuyOut.Of(centre.Leases[0], centre, _facts, 0.5).Cost, 1e-6);
        Assert.Equal(cost, Assert.Single(Course(centre)!.Case.Costs).Amount, 1e-6);
        Assert.Empty(Course(centre)!.Case.Leases);
    }

    /// <summary>The tenant who pays least whatever it uses goes: 8 x 0.8 = 6.4 against 7.</summary>
    [Fact]
    public void The_worst_lease_is_let_go_and_the_others_stay()
    {
        var centre = Bench.Standing() with
        {
            Leases =
            [
                Lease("seven", 20, 7, 12),
                Lease("eight", 20, 8, 12, 0, 0.8),
                Lease("over", 20, 1, 6, 6),
            ],
        };
        var course = Course(centre)!;
        Assert.Equal(VerdictKind.LetTenantGo, course.Kind);
        Assert.Contains("eight", course.Name, StringComparison.Ordinal);
        Assert.Equal(["seven", "over"], course.Case.Leases.Select(l => l.Terms.Tenant));
        Assert.Null(Course(Bench.Standing()));
    }

    /// <summary>
    /// Forty of eighty are let at 2 for 24 months; let go, all eighty find the quote of 10 half full. Kept: (40 x 2 + 20 x 10) x 730 - 35,000 = 169,400 a month.
    /// Gone: 292,000 - 35,000 = 257,000 a month, less 24 x 40 x 730 x 8 = 5,606,400 that the tenant loses. In all 24 x 257,000 - 5,606,400.
    /// </summary>
    [Fact]
    public void What_falls_free_is_let_at_the_quote()
    {
        var centre = Bench.Standing() with { Leases = [Lease("a", 40, 2, 24)] };
        Assert.Equal(24 * 169_400, Bench.Value(centre), 1e-3);
        Assert.Equal((24 * 257_000) - 5_606_400, Bench.Value(Course(centre)!), 1e-3);
    }

    [Fact]
    public void A_buyout_rises_with_the_share_the_months_and_the_quote() =>
        Gen.Double[0, 1]
            .Select(Gen.Int[1, 40], Gen.Double[1, 30], Gen.Double[1, 30])
            .Sample(
                (share, months, price, quote) =>
                {
                    var centre = Bench.Standing() with { Leases = [Lease("a", 40, price, months)] };
                    double Cost(double s, int m, double q) =>
                        m == 0
                            ? 0
                            : BuyOut.Of(centre.Leases[0], centre, new Bench.Facts(q), s, m).Cost;
                    var cost = Cost(share, months, quote);
                    return cost >= Cost(share * 0.9, months, quote) - 1e-6
                        && cost >= Cost(share, months - 1, quote) - 1e-6
                        && cost >= Cost(share, months, quote * 0.9) - 1e-6
                        && cost >= share * 40 * 730 * price * months - 1e-3;
                },
                iter: 200
            );

    /// <summary>
    /// Closing with 40 let at 12 for six months: served to the end it brings 2,077,400 (see <see cref="ContractsBindTest"/>); bought out for half of
    /// 6 x 350,400 = 1,051,200 all 80 are sold at once for 80,000.
    /// </summary>
    [Fact]
    public void Closing_serves_its_tenants_or_pays_them_and_says_which()
    {
        var centre = Bench.Standing() with { Leases = [Lease("a", 40, 12, 6)] };
        var market = new ConstantMarket { Resale = _ => 1_000, Fill = (_, _) => 0 };
        var courses = new CloseCentre(0).Courses(centre, FleetScope.Whole(centre), _facts);
        Assert.Equal(
            [2_077_400, 80_000 - 1_051_200],
            courses.Select(c => Math.Round(Bench.Value(c, market), 6))
        );
        Assert.Contains(
            "40 accelerators under contract are sold as their contracts end, the last in 2025-07",
            courses[0].Description,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Pay the tenants 1.05 million to leave",
            courses[1].Description,
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Forty let at 12 for 12 months; moving takes three: the tenant pays nothing then, is paid half of 3 x 350,400, and leaves when it would have. There:
    /// 9 x (350,400 + 146,000 - 25,000) + 12 x (292,000 - 25,000), less 30,000 to move.
    /// </summary>
    [Fact]
    public void Servers_that_move_leave_their_tenants_unserved_and_pay_for_it()
    {
        var centre = Bench.Standing() with { Leases = [Lease("a", 40, 12, 12)] };
        var course = Assert.Single(
            new MoveServers("there", 3_000, 3, 0).Courses(centre, FleetScope.Whole(centre), _facts)
        );
        Assert.Equal(3, Assert.Single(course.Case.Leases).Terms.MonthsRun);
        Assert.Equal(525_600 + 30_000, course.Case.Costs.Sum(c => c.Amount), 1e-6);
        var ending = centre with { Leases = [Lease("a", 40, 12, 3)] };
        Assert.Empty(
            new MoveServers("there", 3_000, 3, 0)
                .Courses(ending, FleetScope.Whole(ending), _facts)[0]
                .Case.Leases
        );
    }

    /// <summary>A cloud leases each chip below its own quote, not below the mean of all.</summary>
    [Fact]
    public void A_cloud_pays_for_each_chip_by_its_own_quote()
    {
        var mixed = Bench.Standing(Bench.Fleet("dear", 5), Bench.Fleet("cheap", 5));
        var facts = _facts with
        {
            Quotes = new Dictionary<string, double> { ["dear"] = 10, ["cheap"] = 3 },
        };
        var course = Assert.Single(
            new LeaseToCloud(0.5, 12, 0).Courses(mixed, FleetScope.Whole(mixed), facts)
        );
        Assert.Equal([5.0, 1.5], course.Case.Leases.Select(l => l.Terms.PricePerGpuHour));
    }
}
