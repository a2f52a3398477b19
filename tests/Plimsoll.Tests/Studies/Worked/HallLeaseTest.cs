using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Options.Sponsor;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>A hall of 150 kW at 100 a month, 15,000 in place of the bench's 10,000, for 18 months more, six months owed on leaving.</summary>
public sealed class HallLeaseTest
{
    private static readonly HallLease _hall = new(100, 150, 18, 0, 6);

    /// <summary>5,000 a month more than the bench: 24 x 5,000 = 120,000; the term of 18 months is renewed while servers stand.</summary>
    [Fact]
    public void It_is_paid_in_full_whatever_is_used() =>
        Assert.Equal(5_168_000 - 120_000, Bench.Value(_hall.On(Bench.Case())), 1e-3);

    /// <summary>Renewed after 18 months at one and a half times the rent: six months of 7,500 more.</summary>
    [Fact]
    public void A_renewal_at_another_rent_is_paid_from_the_end_of_the_term() =>
        Assert.Equal(
            5_168_000 - 120_000 - 45_000,
            Bench.Value((_hall with { Renewal = 1.5 }).On(Bench.Case())),
            1e-3
        );

    /// <summary>A tenth a year: the first year 180,000, then 1.1^(m/12) month by month.</summary>
    [Fact]
    public void It_rises_every_month_by_its_yearly_rate()
    {
        var rising = _hall with { Escalator = 0.1 };
        var paid = Enumerable.Range(0, 24).Sum(m => 15_000 * Math.Pow(1.1, m / 12.0));
        Assert.Equal(5_168_000 + 240_000 - paid, Bench.Value(rising.On(Bench.Case())), 1e-3);
    }

    /// <summary>
    /// Closed at once, six months are owed: 90,000. With two months of term left, two: 30,000. Half sold, all of it is still paid: the hall does not shrink
    /// with its servers, and no notice comes on top.
    /// </summary>
    [Fact]
    public void Leaving_owes_the_exit_or_the_term_that_is_left()
    {
        double Closed(HallLease hall)
        {
            var standing = hall.On(Bench.Standing());
            return Bench.Value(
                new CloseCentre(12).Courses(
                    standing,
                    FleetScope.Whole(standing),
                    new Bench.Facts()
                )[0]
            );
        }
        Assert.Equal(-90_000, Closed(_hall), 1e-3);
        Assert.Equal(-30_000, Closed(_hall with { TermMonths = 2 }), 1e-3);
        var half = _hall.On(Bench.Standing()) with
        {
            Policies = new FleetPolicies(new SellPolicy(0.5, 1)),
            Effects = [_hall, new HallNotice(12)],
        };
        // 40 left: 24 x (146,000 - 5 x 2,500) less 24 x 15,000.
        Assert.Equal(24 * (146_000 - 12_500 - 15_000), Bench.Value(half), 1e-3);
    }

    /// <summary>Its rent over the power of its servers, 15,000 / 100 kW, is what triggers see; a smaller centre rents less; another place another hall.</summary>
    [Fact]
    public void Options_know_the_hall()
    {
        var plan = _hall.On(Bench.Case());
        Assert.Equal(150, plan.Site.Colocation.Value, 1e-9);
        var half = new Smaller(0.5).Of(plan, new Bench.Facts())!;
        Assert.Equal((5_168_000 - 120_000) / 2.0, Bench.Value(half), 1e-3);
        Assert.Empty(new Elsewhere("there").Of(plan, new Bench.Facts())!.Case.Effects);
    }
}
