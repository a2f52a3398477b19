using CsCheck;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>Floors, searches, stresses, flips, the why-chain and the audit on the bench, each worked by hand.</summary>
public sealed class SearchesTest
{
    /// <summary>The yearly rate of 1 % a month.</summary>
    private static readonly double _onePercentAMonth = Math.Pow(1.01, 12) - 1;

    /// <summary>Draws enough for a lender's test to pass on none that fails.</summary>
    private const int Many = 200;

    /// <summary>Below 2,000 / (8 x 730) = 0.342466 an hour a let server costs more lit than dark.</summary>
    [Fact]
    public void The_floor_against_darkness_is_what_lit_servers_cost() =>
        Assert.All(
            Floors(new ConstantMarket(), 0),
            f => Assert.Equal(0.342466, f.AgainstDark, 1e-6)
        );

    /// <summary>
    /// The second-hand price falls by 10 a month from 1,000. Over 12 months at 1 % a month 1,000 - 880 / 1.01^12 = 219.045 is lost. A hour paid for in each of the
    /// months is worth (1 - 1.01^-12) / 0.01 = 11.255077 hours of today, so 219.045 / (730 x 11.255077) = 0.026660 an hour makes it up: 0.342466 + 0.026660. The standing staff, 500 / 5,840 = 0.085616, stays while the rest of the centre runs.
    /// </summary>
    [Fact]
    public void The_floor_against_selling_holds_the_fall_of_the_second_hand_price()
    {
        var floors = Floors(
            new ConstantMarket { Resale = m => 1_000 - (10 * m) },
            _onePercentAMonth
        );
        var year = floors.Single(f => f is { TenorMonths: 12 });
        Assert.Equal(0.026660, Part(year, "fall of the second-hand price over the tenor"), 1e-6);
        Assert.Equal(0.369126, year.AgainstSale, 1e-6);
    }

    /// <summary>At the floor against selling, letting for the tenor and selling then is worth what a sale brings now: rent and second-hand price discounted alike.</summary>
    [Fact]
    public void At_the_floor_against_selling_letting_then_selling_is_worth_a_sale_now() =>
        Gen.Select(Gen.Double[0, 0.06], Gen.Double[0, 0.03])
            .Sample(
                (fall, rate) =>
                {
                    double Price(int month) => 1_000 * Math.Pow(1 - fall, month);
                    var floors = Floors(
                        new ConstantMarket { Resale = Price },
                        Math.Pow(1 + rate, 12) - 1
                    );
                    foreach (var f in floors.Where(f => f.TenorMonths < 24))
                    {
                        var let = Enumerable
                            .Range(1, f.TenorMonths)
                            .Sum(k =>
                                730 * (f.AgainstSale - f.AgainstDark) / Math.Pow(1 + rate, k)
                            );
                        var sold = Price(f.TenorMonths) / Math.Pow(1 + rate, f.TenorMonths);
                        Assert.Equal(Price(0), let + sold, 1e-6);
                    }
                },
                iter: 20
            );

    /// <summary>
    /// A quote of 2 and a tenant in every other month (40 begun for 40 vacant), tenor six months at 1 % a month. Who waits and finds one in
    /// month k lets for the 6 - k months left: u(k) = (2 - 0.342466) x 730 x (d + ... + d^(6-k)), d = 1 / 1.01. Backwards from month 5, where
    /// nothing comes after: v(k) = u(k) / 2 + v(k+1) x d / 2. d x v(1) over 730 x (d + ... + d^6) is 1.104995; with the cost of light 1.447461.
    /// </summary>
    [Fact]
    public void The_floor_against_waiting_is_worth_half_a_tenant_a_month()
    {
        var floors = Floors(new ConstantMarket { Quote = _ => 2, Begun = 40 }, _onePercentAMonth);
        var half = floors.Single(f => f is { TenorMonths: 6 });
        Assert.Equal(1.104995, Part(half, "option to wait for a better tenant"), 1e-6);
        Assert.Equal(1.447461, half.AgainstWaiting, 1e-6);
    }

    /// <summary>Floors stand by kind of server: twice as many accelerators in a server halve each one's share of what it costs.</summary>
    [Fact]
    public void Every_kind_of_server_has_its_own_floor()
    {
        var wide = Bench.Fleet("wide", 5);
        var mixed = Bench.Case(
            Bench.Fleet(),
            wide with
            {
                PerServer = 16,
                Power = new Plimsoll.Sites.ServerPower(16, 0, 0, 10),
            }
        );
        var floors = Floors(new ConstantMarket(), 0, mixed);
        Assert.Equal(10, floors.Count);
        Assert.All(
            floors,
            f => Assert.Equal(f.Server == "wide" ? 0.171233 : 0.342466, f.AgainstDark, 1e-6)
        );
    }

    /// <summary>
    /// Ten servers at a million, half of it asked for eighteen months at 12 % a year. The centre has 257,000 a month; a unit of debt takes
    /// 0.01 / (1 - 1.01^-18) = 0.0609820. Cover of 1.2 carries 257,000 / 1.2 / 0.0609820 = 3,511,965; the search goes to a five-hundredth of the ten million.
    /// </summary>
    [Fact]
    public void Debt_capacity_is_cash_over_cover_and_annuity()
    {
        var plan = Lent(0.5);
        var search = new LoanSearch(
            Bench.Run(new ConstantMarket(), Many),
            plan,
            Bench.Run(new ConstantMarket(), Many).Physical(plan)
        );
        var asked = search.Asked();
        Assert.Equal(RuleOutcome.Fails, asked.Outcome);
        Assert.Equal(5_000_000, asked.Amount, 1.0);
        Assert.InRange(search.Capacity(), 3_511_965 - (10_000_000.0 / 512), 3_511_965);
        // Seventy hundredths, 3.5 million, is the largest tenth that passes.
        var passing = search.Less()[^1];
        Assert.Equal(
            (RuleOutcome.Passes, 3_500_000.0),
            (passing.Outcome, Math.Round(passing.Amount))
        );
    }

    /// <summary>Tenants sign a tenth below the quote of 10, at 9, for what is lacking: 75 % of 80 less the 20 signed already, 40.</summary>
    [Fact]
    public void Tenants_to_be_signed_pay_the_discounted_quote_for_what_is_lacking()
    {
        var signed = Lent(0.5) with
        {
            Leases = [new LeaseCase(new SignedLease("a", 20, 8, 24, 1, 0, 0), null)],
        };
        Assert.Equal(9, new LenderQuestion(0.1).ContractPrice(new Bench.Facts()), 1e-12);
        var added = TenantsToBeSigned.In(signed, 0.75, 9, 18).Leases[1].Terms;
        Assert.Equal(
            (40.0, 9.0, 18),
            (added.Accelerators, added.PricePerGpuHour, added.TenorMonths)
        );
    }

    /// <summary>Drawn at the end of month 0 and repaid at the end of month 18 in one sum: a year and a half. In equal payments of an interest-free loan: the mean of 1 to 18 months, 9.5.</summary>
    [Fact]
    public void The_mean_life_of_debt_is_that_of_its_principal()
    {
        var bullet = Lent(0.5) with
        {
            Loan = Lent(0.5).Loan! with { Repayment = Repayment.Bullet },
        };
        Assert.Equal(1.5, OptionRun.MeanLife(bullet), 1e-9);
        var even = Lent(0.5) with { Loan = Lent(0.5).Loan! with { BaseRate = 1e-9 } };
        Assert.Equal(9.5 / 12, OptionRun.MeanLife(even), 1e-6);
        Assert.Equal(1, OptionRun.MeanLife(Bench.Case()));
    }

    /// <summary>
    /// Each stress on the plan of 5,168,000. Tenants, delays and rents are put to the market: twelve months after the fleet is there, twelve
    /// late, rents that the centre meets 30 % lower; so that contracts bind as its clearing lets them.
    /// </summary>
    [Fact]
    public void Stresses_move_what_they_name()
    {
        var asked = new List<MarketScenario>();
        var plan = Bench.Case() with
        {
            Leases = [new LeaseCase(new SignedLease("a", 8, 10, 24, 1, 0, 0), null)],
        };
        var run = Bench.Run(new ConstantMarket());
        var stresses = new StressRun(
            run,
            s =>
            {
                asked.Add(s);
                return run;
            },
            (s, _) =>
            {
                asked.Add(s);
                return run;
            },
            plan
        ).All(new MarketScenario(), run.Physical(plan));
        double Of(string name) => stresses.Single(s => s.Name == name).EquityNpv;
        // 8 of 80 are signed: 8 x 7,300 and half of 72 x 7,300 a month.
        var revenue = (8 + 36) * 7_300.0;
        Assert.Equal((24 * (revenue - 35_000)) - 1_000_000, Of("none"), 1e-3);
        Assert.Contains(asked, s => s.RentFactor == 0.7);
        Assert.Equal(Of("none"), Of("power +50 %"), 1e-6);
        Assert.Contains(asked, s => s.EfficiencyShock == 0.5);
        Assert.Contains(asked, s => s.ExportRuleLifted);
        Assert.Contains(asked, s => s.AnchorDefaultMonth == 12);
        // A fleet that is there cannot be late; one that comes in two months can.
        Assert.DoesNotContain(asked, s => s.DelayMonths == 12);
        var later = Bench.Case(Bench.Fleet(online: 2));
        var delayed = new StressRun(run, _ => run, (_, _) => run, later).All(
            new MarketScenario(),
            run.Physical(later)
        );
        Assert.Contains(delayed, s => s.Name == "12-month delay");
    }

    /// <summary>A demand charge of 10 per kW: 100 a busy server and month, 5 lit and idle none, with an overhead of 20 % of busy power half of it fixed. Half as dear again costs half of the electricity of the plan.</summary>
    [Fact]
    public void Dearer_power_costs_half_of_what_power_cost()
    {
        var plan = Bench.Case() with
        {
            Site = Bench.Site("here", 2_000) with { DemandCharge = Bench.Exactly("demand", 10) },
        };
        var run = Bench.Run(new ConstantMarket());
        var stresses = new StressRun(run, _ => run, (_, _) => run, plan).All(
            new MarketScenario(),
            run.Physical(plan)
        );
        // 5 busy servers x 10 kW x (1 + 0.1) + 10 servers x 10 kW x 0.1 = 65 kW: 650 a month, 15,600 in all.
        Assert.Equal(
            -7_800,
            stresses.Single(s => s.Name == "power +50 %").EquityNpv - stresses[0].EquityNpv,
            1e-3
        );
    }

    /// <summary>
    /// Three million due in one sum after eighteen of 36 months that are let at 5: seventeen months of 257,000 are left, which carry 3,076,537 at a
    /// cover of 1.3. What came in before the first test was paid out at it; where nobody lends, the months since and three of cure bring less than
    /// 8 x 257,000: a default. An amortising loan has no such stress.
    /// </summary>
    [Fact]
    public void A_balloon_that_nobody_refinances_is_a_default()
    {
        var plan = Lent(0.3) with
        {
            Plan = Lent(0.3).Plan with { Months = 36 },
            Leases = [new LeaseCase(new SignedLease("a", 80, 5, 36, 1, 0, 0), null)],
            Loan = Lent(0.3).Loan! with { Repayment = Repayment.Bullet },
        };
        var run = Bench.Run(new ConstantMarket { Records = true });
        IReadOnlyList<StressCase> Of(StudyCase study) =>
            new StressRun(run, _ => run, (_, _) => run, study).All(
                new MarketScenario(),
                run.Physical(study)
            );
        var stresses = Of(plan);
        Assert.Equal(0, stresses[0].Default);
        Assert.Equal(1, stresses.Single(s => s.Name == "refinancing refused").Default);
        // Each is told beside the plan on its own draws.
        Assert.Null(stresses[0].Base);
        Assert.All(
            stresses.Skip(1),
            s => Assert.Equal((s.Draws, 0), (s.Base!.Draws, s.Base.Default))
        );
        Assert.DoesNotContain(Of(Lent(0.2)), s => s.Name == "refinancing refused");
    }

    /// <summary>The answer turns at 2.5 between 1 and 4: seven halvings leave 3 / 128 = 0.0234. A lever that never turns it is said so, and comes last.</summary>
    [Fact]
    public void A_flip_is_found_to_a_hundred_and_twenty_eighth_of_its_range()
    {
        var flips = FlipSearch.Of(
            [
                new FlipSearch.Lever(Phrase.Of("name", "never"), 1, "x", [4], _ => false),
                new FlipSearch.Lever(Phrase.Of("name", "at 2.5"), 1, "x", [4], x => x >= 2.5),
            ],
            Phrase.Of("name", "it would turn")
        );
        Assert.InRange(flips[0].AtFlip, 2.5, 2.5 + (3.0 / 128));
        Assert.True(double.IsNaN(flips[1].AtFlip));
    }

    /// <summary>
    /// At a quote of 1 the plan takes 29,200 a month for costs of 35,000 and must earn a million in 24 months: x 29,200 = 35,000 + 41,667,
    /// x = 2.6256. Cheaper servers do not turn it: a month still loses. Power that costs nothing is no lever at all.
    /// </summary>
    [Fact]
    public void The_rent_that_turns_a_plan_pays_its_cost_and_its_servers()
    {
        var plan = Bench.Case();
        var run = Bench.Run(new ConstantMarket { Quote = _ => 1 });
        var levers = FlipSearch.OfPlan(run, plan, run.Physical(plan), true, 9, "CNY");
        var flips = FlipSearch
            .Of(levers, Phrase.Of("turned.plan.passes"))
            .ToDictionary(f => f.Input);
        Assert.InRange(
            flips["rent, as a multiple of the market's"].AtFlip,
            2.6256,
            2.6256 + (3.0 / 128)
        );
        Assert.True(double.IsNaN(flips["capital cost of a server"].AtFlip));
        Assert.DoesNotContain("price of electricity", flips.Keys);
        // What does not turn it says what stands in its way, as it is at the end of the search.
        var way = run.Failing(plan with { CapexFactor = 0.1 }, true, run.Physical(plan))!;
        Assert.Contains(
            $"{way.Name} is then still {Words.Percent(way.Value)}, at most {Words.Percent(way.Limit)}",
            flips["capital cost of a server"].Meaning,
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Holding loses 35,000 - 80 x 0.5 x 730 x 0.5 = 20,400 a month, 489,600; closing pays 120,000 for the hall and sells at once. The second-hand
    /// price cancels, sold now or at the end, until it is nothing: closing stays best. A rent of 35,000 / 14,600 = 2.397 of the market's makes up
    /// the month; 20,000 x 24 less 120,000 is given back at (35,000 - 120,000 / 24) / 14,600 = 2.0548. Holding changes least and is taken from where it is
    /// worth as much to within a fiftieth of closing's -40,000: 800 / 24 / 14,600 = 0.0023 before.
    /// </summary>
    [Fact]
    public void The_rent_that_turns_an_owner_is_where_the_courses_are_worth_the_same()
    {
        var standing = Bench.Standing();
        var whole = Plimsoll.Studies.Options.FleetScope.Whole(standing);
        var facts = new Bench.Facts();
        var run = Bench.Run(new ConstantMarket { Quote = _ => 0.5, Resale = _ => 1_000 });
        var courses = new MovedCourses(
            run,
            [
                .. new Plimsoll.Studies.Options.Owner.Hold().Courses(standing, whole, facts),
                .. new Plimsoll.Studies.Options.Owner.CloseCentre(12).Courses(
                    standing,
                    whole,
                    facts
                ),
            ]
        );
        const string Rent = "every rent, those under contract too, as a multiple of today's";
        var flips = FlipSearch
            .Of(FlipSearch.OfOwner(courses, "CNY"), Phrase.Of("turned.course"))
            .ToDictionary(f => f.Input);
        Assert.InRange(flips[Rent].AtFlip, 2.0525, 2.0525 + (3.0 / 128));
        // What it turns to is named.
        Assert.StartsWith(
            "'hold the price' would be ",
            flips[Rent].Meaning,
            StringComparison.Ordinal
        );
        Assert.True(
            double.IsNaN(flips["second-hand price of an accelerator (mean of the centre)"].AtFlip)
        );
        // The two are worth the same at 2.0548 times a quote of 0.5, whichever of them is followed.
        foreach (var (followed, other) in new[] { (0, 1), (1, 0) })
        {
            var names = courses.At((1, 1, 1)).Select(o => o.Name).ToArray();
            var change = Assert.Single(BreakEvenRent.Of(courses, names[followed], 0.5));
            Assert.Equal(names[other], change.Course);
            Assert.Equal(30_000 / 14_600.0, change.Factor, 1e-6);
            Assert.Equal(15_000 / 14_600.0, change.RentPerGpuHour, 1e-6);
            Assert.Equal(other == 0, change.BetterAbove);
        }
    }

    /// <summary>Of several changes of sign the nearest to today's rents counts; a difference without one has no rent.</summary>
    [Fact]
    public void The_change_of_places_nearest_to_todays_rents_counts()
    {
        // At 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3 and 4 times: from below to above half-way between 1.25 and 1.5, and back between 3 and 4.
        Assert.Equal((1.375, true), BreakEvenRent.Crossing([-1, -1, -1, -1, -1, 1, 1, 1, -1]));
        Assert.Equal((0.375, false), BreakEvenRent.Crossing([1, -1, -1, -1, -1, -1, -1, -1, -1]));
        Assert.True(double.IsNaN(BreakEvenRent.Crossing([1, 1, 1, 1, 1, 1, 1, 1, 1]).Factor));
    }

    /// <summary>
    /// Four million at 1 % a month over eighteen months take 243,928 a month of 257,000: a cover of 1.054, a breach. After six months without
    /// payments they are 1.01^6 times as much: 257,000 / 1.2 / 0.0609820 / 1.0615202 = 3,308,402 are carried, found to a sixty-fourth of the four million.
    /// All of it is not carried even without a margin: the whole rate is the base.
    /// </summary>
    [Fact]
    public void What_is_asked_of_the_bank_is_what_the_cash_carries()
    {
        var standing = Lent(0.5) with
        {
            Standing = true,
            Loan = Lent(0.5).Loan! with { Amount = 4_000_000, Gearing = 0, FirstPaymentMonth = 0 },
            // What was spent before is no cost of the outlook, of which only a share would be lent.
            Terms = Lent(0.5).Terms with
            {
                Opening = new OpeningPosition(),
                GearingCap = 1,
            },
        };
        var first = standing.Loan!.FirstPaymentMonth;
        standing = standing with { Plan = standing.Plan with { Months = first + 24 } };
        var run = Bench.Run(new ConstantMarket(), Many);
        var course = new StudyOption(
            Phrase.Of("option.hold"),
            VerdictKind.HoldPrice,
            Phrase.Of("option.hold"),
            standing
        );
        var search = new RestructureSearch(run, course, new Restructure(36, 12));
        var ask = search.Ask(new Restructure(0, 6));
        Assert.Equal(4_000_000, ask.Owed);
        Assert.Equal(0.12, ask.Rate, 1e-12);
        Assert.Equal(6 * 243_928.0, ask.Relief, 10.0);
        // Six months without payments put the last of as many payments off by six.
        Assert.Equal((6, 6), (ask.GraceMonths, ask.LongerMonths));
        Assert.Equal(ask.MaturityStanding + 6, ask.Maturity);
        foreach (var (grace, longer) in new[] { (0, 0), (0, 3), (6, 0), (3, 2), (12, 24) })
        {
            var terms = new Restructure(longer, grace);
            var said = search.Ask(terms);
            var contracted = CaseTerms.Contract(terms.Of(course)!.Case, n => n.Value, true).Debt;
            Assert.Equal(standing.Plan.Start + contracted.Maturity.Max(), said.Maturity);
            Assert.Equal(said.MaturityStanding + said.LongerMonths, said.Maturity);
        }
        Assert.InRange(ask.Carried, 3_308_402 - (4_000_000.0 / 64), 3_308_403);
        Assert.True(double.IsNaN(ask.RateCarried));
        Assert.False(ask.MonthsSuffice);
        // The study's own months are taken where it states them.
        var stated = new Restructure(3, 4) { Stated = true };
        Assert.Equal(stated, new RestructureSearch(run, course, stated).Months());
        // Nothing defaults as it stands, and no months cure the breach: there is nothing to ask for.
        Assert.False(search.Ask(search.Months()).BankGains);
    }

    /// <summary>
    /// Half of the eighty are sold at 60,000 in the first month: 2.4 million of the 4 million owed. The other half earns 146,000 - 17,500 = 128,500 a month, less than the 243,928 of
    /// each instalment while what is repaid early shortens the last ones; in proportion an instalment is 0.4 x 243,928 = 97,571, a cover of 1.3. It costs the bank nothing, so
    /// it is the least to ask for; where closing brings the bank more than that, nothing is.
    /// </summary>
    [Fact]
    public void The_bank_is_asked_for_nothing_by_which_it_loses()
    {
        var lent = Lent(0.5);
        var standing = lent with
        {
            Standing = true,
            Loan = lent.Loan! with { Amount = 4_000_000, Gearing = 0 },
            Terms = lent.Terms with { Opening = new OpeningPosition(), GearingCap = 1 },
            Policies = new FleetPolicies(new SellPolicy(0.5, 1)),
        };
        var run = Bench.Run(new ConstantMarket { Resale = _ => 60_000 }, Many);
        var course = new StudyOption(
            Phrase.Of("option.hold"),
            VerdictKind.SellAccelerators,
            Phrase.Of("option.hold"),
            standing
        );
        var search = new RestructureSearch(run, course, new Restructure(36, 12));
        var terms = search.Months();
        Assert.Equal(new Restructure(0, 0) { ProRata = true }, terms);
        var ask = search.Ask(terms);
        Assert.True(ask.BankGains);
        Assert.True(ask.ToBank >= ask.ToBankStanding);
        Assert.Equal(0, ask.Default);
        Assert.Equal(0, ask.HorizonNeeded);
        var ends = new RestructureSearch(run, course, new Restructure(36, 12))
        {
            Bank = new BankFloor(1e9, Phrase.Of("option.close")),
        };
        var none = ends.Ask(ends.Months());
        Assert.False(none.BankGains);
        Assert.Equal("ground.ask.nothing.ends", none.Said[0].Key);
        // Against a course by which the bank gets as much, the request is no gain, and the cut refused names that course.
        var close = run.Run(course);
        var alike = new RestructureSearch(run, course, new Restructure(36, 12))
        {
            Bank = new BankFloor(close.MeanLenderValue, Phrase.Of("option.close"))
            {
                Result = close,
            },
        };
        var offered = alike.Ask(terms) with { ToBank = close.MeanLenderValue };
        Assert.True(offered.BankGains);
        Assert.Contains(
            offered.Said,
            s =>
                s.Key
                == (offered.ClearlyAboveEnding ? "ground.ask.bank.more" : "ground.ask.bank.alike")
        );
    }

    /// <summary>Forty accelerators sold: 40 x 8,760 = 350,400 hours a year at 10; 420,000 to run them; a loan of 3 million takes 182,946 a month.</summary>
    [Fact]
    public void The_why_chain_goes_from_accelerators_to_cover()
    {
        var plan = Lent(0.3) with { Plan = Bench.Case().Plan with { Months = 19 } };
        var run = Bench.Run(new ConstantMarket());
        var traces = new PlanTraces(2, plan.Plan.Start, plan.Plan.Months);
        run.Money(run.Physical(plan), plan, null, traces.Keep);
        var shown = new CaseRun(new ConstantMarket().Centre).Run(
            plan,
            new Dictionary<string, double>(StringComparer.Ordinal),
            0
        );
        var why = WhyChain.Of(traces, shown, plan, "CNY").ToDictionary(w => w.Name, w => w.Value);
        Assert.Equal(350_400, why["accelerator-hours sold"], 1e-3);
        Assert.Equal(10, why["rent obtained"], 1e-9);
        Assert.Equal(3_504_000, why["revenue"], 1e-3);
        Assert.Equal(420_000, why["running cost"], 1e-3);
        Assert.Equal(3_084_000, why["cash available for debt service"], 1e-3);
        // A mean over the eighteen months in which it is due, not over all nineteen.
        Assert.Equal(182_946.14 * 12, why["debt service due"], 1.0);
        Assert.Equal(257_000 / 182_946.1, why["lowest trailing cover"], 1e-5);
    }

    /// <summary>
    /// Let at 10 for six months, then at nothing: the loan of 8 million fails and its lenders close the centre. What the chain says is of the months until
    /// then: forty accelerators let at the mean of what was paid, and hours times rent are the revenue.
    /// </summary>
    [Fact]
    public void The_why_chain_ends_where_lenders_close_the_centre()
    {
        var plan = Lent(0.8);
        var shown = new CaseRun(
            new ConstantMarket
            {
                Quote = m => m < 6 ? 10 : 0.01,
                Resale = m => 100_000 - (1_000 * m),
            }.Centre
        ).Run(plan, new Dictionary<string, double>(StringComparer.Ordinal), 0);
        var closed = shown.Cash.ClosedMonth;
        Assert.InRange(closed, 6, 22);
        var steps = PlanTraces.Steps(shown);
        Assert.Equal(350_400, steps[6], 1e-3);
        var open = Enumerable.Range(0, closed + 1).ToArray();
        Assert.Equal(open.Average(m => m < 6 ? 10 : 0.01), steps[7], 1e-9);
        Assert.Equal(steps[6] * steps[7], steps[8], 1e-3);
        Assert.Equal(12 * open.Average(m => shown.Outlook.Physical.Revenue(m)), steps[8], 1e-3);
    }

    /// <summary>Half full at 10 in every draw: a claim of 60 % at 9 is reached by the price alone; its revenue, 5.4 an hour, is not.</summary>
    [Fact]
    public void An_audit_sets_the_claim_beside_the_odds()
    {
        var values = SmallStudy.Read(
            SmallStudy.With(
                ("fill: 0.8", "fill: 0.6"),
                ("price_per_gpu_hour: 25", "price_per_gpu_hour: 9")
            )
        );
        var view = Plimsoll.Catalog.FactCatalog.Shipped().AsOf(values.Month("decided"));
        var plan = Bench.Case();
        var audit = new ForecastAudits(values, view).Of(
            plan,
            Bench.Run(new ConstantMarket()).Figures(plan)
        )!;
        Assert.Equal(
            (0.0, 1.0, 0.0, 0.0),
            (audit.OddsOfFill, audit.OddsOfPrice, audit.OddsOfBoth, audit.OddsOfRevenue)
        );
        Assert.Equal(6, audit.ClaimedServers, 1e-9);
    }

    private static StudyCase Lent(double gearing) =>
        Bench.Case(Bench.Fleet() with { CapexPerServer = Bench.Exactly("capex", 1_000_000) }) with
        {
            Loan = new DebtTranche
            {
                Name = "loan",
                Gearing = gearing,
                BaseRate = 0.12,
                TenorMonths = 18,
                FirstPaymentMonth = 1,
            },
        };

    private static double Part(PriceFloor floor, string name) =>
        floor.Parts.Single(p => p.Name == name).PerGpuHour;

    private static IReadOnlyList<PriceFloor> Floors(
        ConstantMarket market,
        double rate,
        StudyCase? study = null
    )
    {
        var plan = study ?? Bench.Case();
        return new FloorRun(plan, Bench.Run(market, 40).Physical(plan), rate).All();
    }

    /// <summary>80 accelerators, 292,000 a month; contracts signed before pay a part of it, and only the rest moves with the market.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(100_000, 0.3)]
    [InlineData(100_000, 4)]
    [InlineData(292_000, 4)]
    public void A_rent_under_contract_does_not_move_with_the_market(double signed, double factor)
    {
        var plan = Bench.Case();
        var run = Bench.Run(new ConstantMarket());
        var sold = run.Physical(plan).Kept[0]!.Outlook.Physical;
        var before = sold with { ContractedRevenue = [.. Enumerable.Repeat(signed, sold.Months)] };
        var after = CaseCosts.MarketPriced(before, factor);
        for (var m = 0; m < sold.Months; m++)
        {
            Assert.Equal(
                Math.Min(signed, before.Revenue(m))
                    + (factor * Math.Max(0, before.Revenue(m) - signed)),
                after.Revenue(m),
                1e-6
            );
            Assert.Equal(after.Revenue(m), after.Fleets.Sum(f => f.Revenue[m]), 1e-6);
        }
    }

    [Fact]
    public void Where_every_rent_is_fixed_the_market_s_rent_is_no_lever()
    {
        var plan = Bench.Case();
        var run = Bench.Run(new ConstantMarket());
        var held = run.Physical(plan);
        var all = held with
        {
            Kept =
            [
                .. held.Kept.Select(k =>
                    k! with
                    {
                        Outlook = k!.Outlook with
                        {
                            Physical = k.Outlook.Physical with
                            {
                                ContractedRevenue =
                                [
                                    .. Enumerable
                                        .Range(0, k.Outlook.Physical.Months)
                                        .Select(k.Outlook.Physical.Revenue),
                                ],
                            },
                        },
                    }
                ),
            ],
        };
        Assert.Contains(Rents(held), l => l.Ends.Count > 0);
        Assert.DoesNotContain(Rents(all), l => l.Ends.Count > 0);
        IEnumerable<FlipSearch.Lever> Rents(PhysicalDraws draws) =>
            FlipSearch
                .OfPlan(run, plan, draws, true, 9, "CNY")
                .Where(l => l.Title.Key.StartsWith("lever.rent", StringComparison.Ordinal));
    }
}
