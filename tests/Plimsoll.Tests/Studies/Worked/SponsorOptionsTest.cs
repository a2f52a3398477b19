using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Sponsor;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>The sponsor's options on the bench, each worked by hand.</summary>
public sealed class SponsorOptionsTest
{
    private static readonly StudyCase _plan = Bench.Case();
    private static readonly Bench.Facts _facts = new();

    /// <summary>24 months of 292,000 - 35,000 = 257,000, less ten servers at 100,000: 6,168,000 - 1,000,000 = 5,168,000.</summary>
    [Fact]
    public void As_planned() => Near(5_168_000, new AsPlanned().Of(_plan, _facts)!);

    /// <summary>Half of the servers earn and cost half, and a grant of 200,000 is halved with them: (5,168,000 + 200,000) / 2 = 2,684,000.</summary>
    [Fact]
    public void Smaller_takes_the_grant_in_proportion() =>
        Near(2_684_000, new Smaller(0.5).Of(Granted, _facts)!);

    /// <summary>A lease of 60 of 80 accelerators does not fit into 40; two leases of 40 and 20 keep their proportion: 0.98 x 40 = 39.2 in 26.13 and 13.07.</summary>
    [Fact]
    public void Smaller_cuts_every_lease_in_one_proportion()
    {
        var signed = _plan with { Leases = [Lease("a", 40), Lease("b", 20)] };
        var leases = new Smaller(0.5).Of(signed, _facts)!.Case.Leases;
        Assert.Equal(39.2 * 2 / 3, leases[0].Terms.Accelerators, 1e-9);
        Assert.Equal(39.2 / 3, leases[1].Terms.Accelerators, 1e-9);
    }

    /// <summary>Half full is less than 70 %: the first stage of five servers stays alone, at half of the plan's value, 2,584,000.</summary>
    [Fact]
    public void Staged_stops_after_a_first_stage_that_did_not_fill() =>
        Near(2_584_000, new Staged(0.5, 12, 0.7).Of(_plan, _facts)!);

    /// <summary>
    /// At 80 % full five servers take 40 x 0.8 x 7,300 = 233,600 a month and pay 17,500: 216,100. The first stage earns it for 24 months,
    /// the second for 12: 36 x 216,100 = 7,779,600, less a million.
    /// </summary>
    [Fact]
    public void Staged_goes_on_when_the_first_stage_filled() =>
        Near(
            6_779_600,
            new Staged(0.5, 12, 0.7).Of(_plan, _facts)!,
            new ConstantMarket { Fill = (_, _) => 0.8 }
        );

    /// <summary>
    /// Ordered three months before month 12, on months 6, 7 and 8. Full until month 5 and half full after it: not built. Half full until
    /// month 5 and 80 % after it: built. Either would turn out otherwise if all months, or none, counted.
    /// </summary>
    [Theory]
    [InlineData(1.0, 0.5, false)]
    [InlineData(0.5, 0.8, true)]
    [InlineData(0.0, 0.71, true)]
    public void Staged_looks_at_the_three_months_before_the_order(
        double early,
        double late,
        bool built
    )
    {
        var market = new ConstantMarket { Fill = (_, m) => m < 6 ? early : late };
        var option = new Staged(0.5, 12, 0.7).Of(_plan, _facts)!;
        var done = new CaseRun(market.Centre).Run(
            option.Case,
            new Dictionary<string, double>(StringComparer.Ordinal),
            0
        );
        Assert.Equal(built ? 80 : 40, done.Outlook.Physical.Installed[23], 1e-9);
    }

    /// <summary>A lit server costs 1,000 less there: 24 x 10 x 1,000 = 240,000 more. Vouchers stay behind.</summary>
    [Fact]
    public void Elsewhere_pays_what_the_other_place_costs()
    {
        var option = new Elsewhere("there").Of(
            _plan with
            {
                Plan = _plan.Plan with { VoucherScheme = "here" },
            },
            _facts
        )!;
        Near(5_408_000, option);
        Assert.Null(option.Case.Plan.VoucherScheme);
        Assert.Equal("there", option.Case.Plan.Site);
        // Where it is planned already is nowhere else.
        Assert.Null(new Elsewhere(_plan.Plan.Site).Of(_plan, _facts));
    }

    /// <summary>Ten servers of 4 take half, 146,000, and cost the same 35,000 to run; they cost 50,000 each: 24 x 111,000 - 500,000 = 2,164,000.</summary>
    [Fact]
    public void Another_server_has_its_own_size_and_price() =>
        Near(2_164_000, new OtherServer("S4", Bench.Exactly("other", 50_000)).Of(_plan, _facts)!);

    /// <summary>Forty idle accelerators sell tokens at 2: 40 x 730 x 2 = 58,400 a month, 1,401,600 in all.</summary>
    [Fact]
    public void For_inference_too_sells_what_is_idle()
    {
        var serving = Serving(_plan);
        Near(
            5_168_000 + 1_401_600,
            new OtherProduct().Of(serving, _facts)!,
            new ConstantMarket { TokenRent = 2 }
        );
        Assert.Null(new OtherProduct().Of(_plan, _facts));
        Assert.Null(
            new OtherProduct().Of(
                serving with
                {
                    Plan = serving.Plan with { Products = [Product.Inference] },
                },
                _facts
            )
        );
    }

    /// <summary>
    /// An accelerator costs 100,000 / 8 = 12,500. Five years at 1 % a month: 12,500 x 0.0222444 x 12 = 3,336.67 a year, over 8,760 hours of
    /// which 70 % are sold: 0.544141 an hour. Running it costs 3,500 / (8 x 730) = 0.599315. Together 1.143456.
    /// </summary>
    [Fact]
    public void The_trigger_of_waiting_pays_for_the_plan_at_seventy_per_cent() =>
        Assert.Equal(1.143456, Wait.TriggerRent(_plan, 0.12), 1e-6);

    /// <summary>
    /// At 1.15 and 70 % full the plan is built after six months: 18 months of 80 x 0.7 x 730 x 1.15 - 35,000 = 12,012, less a million: -783,784.
    /// At 1.14 it is not, and nothing is gained or lost. The quote of the month before the decision counts, no later one.
    /// </summary>
    [Fact]
    public void Waiting_builds_at_the_trigger_and_not_below()
    {
        var option = new Wait(6).Of(_plan, _facts with { EquityHurdle = 0.12 })!;
        ConstantMarket Quoted(Func<int, double> quote) =>
            new() { Quote = quote, Fill = (_, _) => 0.7 };
        Near(-783_784, option, Quoted(_ => 1.15));
        Near(0, option, Quoted(_ => 1.14));
        Near(0, option, Quoted(m => m == 5 ? 1.14 : 20));
    }

    /// <summary>What is due with the fleet is due six months later: the grant, its test and the first payment.</summary>
    [Fact]
    public void Waiting_shifts_what_is_dated()
    {
        var loan = new DebtTranche
        {
            Name = "loan",
            Gearing = 0.5,
            TenorMonths = 12,
            FirstPaymentMonth = 3,
        };
        var later = new Wait(6).Of(Granted with { Loan = loan }, _facts)!.Case;
        Assert.Equal(9, later.Loan!.FirstPaymentMonth);
        Assert.Equal((9, 18), (later.Terms.Grants[0].Month, later.Terms.Grants[0].TestMonth));
        Assert.All(later.Fleets, f => Assert.Equal(Bench.Start + 6, f.Online));
    }

    private static StudyCase Granted =>
        _plan with
        {
            Terms = _plan.Terms with { Grants = [new Grant(3, 200_000, 0, 0, 12)] },
        };

    internal static StudyCase Serving(StudyCase plan) =>
        plan with
        {
            Fleets =
            [
                .. plan.Fleets.Select(f =>
                    f with
                    {
                        Served = new ServedFleet(Bench.Exactly("goodput", 100), "a model"),
                    }
                ),
            ],
        };

    private static LeaseCase Lease(string tenant, double accelerators) =>
        new(new SignedLease(tenant, accelerators, 10, 24, 1, 0, 0), null);

    private static void Near(double value, StudyOption option, ConstantMarket? market = null) =>
        Assert.Equal(value, Bench.Value(option, market), Math.Max(1e-6, Math.Abs(value) * 1e-9));
}
