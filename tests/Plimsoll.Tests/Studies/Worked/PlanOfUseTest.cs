using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Sponsor;
using Plimsoll.Studies.Plans;
using Plimsoll.Studies.Questions;
using Xunit;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>The plan of use on the bench, worked by hand, and its words in every language.</summary>
public sealed class PlanOfUseTest
{
    private static readonly ConstantMarket _market = new() { Begun = 40 };

    private static readonly PriceFloor[] _floors =
    [
        new("accelerators by the hour", 1, 0.34, 0.5, []) { AgainstWaiting = 0.9 },
        new("small lease", 6, 0.34, 0.5, []) { AgainstWaiting = 1.45 },
        new("training lease", 36, 0.34, 0.5, []) { AgainstWaiting = 12 },
    ];

    /// <summary>
    /// Leases of 40 accelerators for six months begin every month: a quarter signs 3 x 40 x 6 x 730 = 525,600 hours, in every draw. They are asked at
    /// the quote, 10, and not signed below the floor of six months, 1.45. Forty of eighty are sold at its end. Eight quarters in 24 months.
    /// </summary>
    [Fact]
    public void A_quarter_signs_what_begins_in_it()
    {
        var uses = Of(new StudyOption("plan", VerdictKind.Build, "", Bench.Case())).Uses();
        Assert.Equal(8, uses.Count);
        Assert.All(
            uses,
            u =>
            {
                Assert.Equal((Product.SmallLease, 6), (u.Product, u.TenorMonths));
                Assert.Equal(525_600, u.HoursToSign, 1e-6);
                Assert.Equal((10.0, 1.45, 0.0), (u.Ask, u.Floor, u.Missed));
                Assert.Equal(40, u.Let, 1e-9);
            }
        );
        Assert.Equal([0, 3, 6, 9, 12, 15, 18, 21], uses.Select(u => u.From - Bench.Start));
    }

    /// <summary>An owner who asks 80 % asks 8; a floor above the ask is the ask: below the quote waiting is worth more.</summary>
    [Fact]
    public void The_ask_follows_the_owners_rule_and_the_floor_never_lies_above_it()
    {
        var cut = Bench.Case() with { Policies = new FleetPolicies(new AskPolicy(0.8)) };
        Assert.Equal(8, Of(new StudyOption("cut", VerdictKind.CutPrice, "", cut)).Uses()[0].Ask);
        var dear = new PlanOfUseRun(
            new StudyOption("plan", VerdictKind.Build, "", Bench.Case()),
            Bench.Run(_market).Physical(Bench.Case()),
            [_floors[2]],
            _ => null
        ).Uses()[0];
        Assert.Equal((10.0, 10.0), (dear.Ask, dear.Floor));
    }

    /// <summary>In one of four draws nothing begins: less than half of the quarter's hours comes about in a quarter of the draws.</summary>
    [Fact]
    public void What_is_missed_is_counted_over_the_draws()
    {
        var plan = Bench.Case();
        var four = new OptionRun(
            new CaseRun(
                (centre, policies, draw) =>
                    (draw == 3 ? new ConstantMarket() : _market).Centre(centre, policies, draw)
            ),
            new DrawInputs(1, 4, []),
            Bench.Rule(),
            [.. Enumerable.Range(0, 4).Select(d => new DrawWorld(d, ""))],
            1
        );
        var use = new PlanOfUseRun(
            new StudyOption("plan", VerdictKind.Build, "", plan),
            four.Physical(plan),
            _floors,
            _ => Quantities.Phrase.Of("plan.missed.turn", "later", "wait")
        ).Uses()[0];
        Assert.Equal(0.25, use.Missed);
        // What is signed is a mean: three quarters of 525,600; of 120 accelerators 90, the nearest whole servers of which are 11.
        Assert.Equal(394_200, use.HoursToSign, 1e-6);
        Assert.Equal((88.0, 11.0), (use.Accelerators, use.Servers));
        Assert.Contains(use.IfMissed, p => p.Key == "plan.missed.turn");
    }

    /// <summary>Every fleet has its own quarters, from the month in which it comes; leases of no named fleet count by its share.</summary>
    [Fact]
    public void Fleets_are_planned_each_from_its_own_month()
    {
        var mixed = Bench.Case(Bench.Fleet("one", 5), Bench.Fleet("two", 15, 12));
        var uses = Of(new StudyOption("plan", VerdictKind.Build, "", mixed)).Uses();
        Assert.Equal(8 + 4, uses.Count);
        Assert.Equal(525_600 / 4.0, uses[0].HoursToSign, 1e-6);
        Assert.Equal(525_600 * 3 / 4.0, uses[8].HoursToSign, 1e-6);
        Assert.Equal(Bench.Start + 12, uses[8].From);
    }

    /// <summary>
    /// Twenty of eighty are under contract for 18 months, the rest let in shares that differ from draw to draw, what is left serving tokens: the parts that a
    /// sentence names are of the same draws and add up to what it says is let.
    /// </summary>
    [Fact]
    public void The_parts_of_what_is_let_add_up()
    {
        var plan = Bench.Case() with
        {
            Leases = [new LeaseCase(new SignedLease("a cloud", 20, 6, 18, 1, 0, 0), null)],
        };
        plan = plan with { Plan = plan.Plan with { Products = [Product.Inference] } };
        var eleven = new OptionRun(
            new CaseRun(
                (centre, policies, draw) =>
                    new ConstantMarket
                    {
                        Records = true,
                        TokenRent = draw % 3,
                        Fill = (_, _) => draw / 10.0,
                    }.Centre(centre, policies, draw)
            ),
            new DrawInputs(1, 11, []),
            Bench.Rule(),
            [.. Enumerable.Range(0, 11).Select(d => new DrawWorld(d, ""))],
            1
        );
        var uses = new PlanOfUseRun(
            new StudyOption("plan", VerdictKind.Build, "", plan),
            eleven.Physical(plan),
            _floors,
            _ => null
        ).Uses();
        var told = uses.Select(u => u.Trigger.Arguments[0])
            .OfType<Quantities.Phrase>()
            .Where(p => p.Key == "plan.let.parts")
            .ToList();
        Assert.NotEmpty(told);
        Assert.All(
            told,
            p => Assert.Equal((double)p.Arguments[0], p.Arguments.Skip(2).Sum(a => (double)a), 1e-9)
        );
        Assert.Contains(told, p => (double)p.Arguments[2] == 20);
    }

    /// <summary>
    /// Half of the eighty serve tokens at 100 an hour, half a million answers in it: 200 a million. Eight accelerators a month are let for six months beside that, 24 in a quarter, at the
    /// quote of 10 and not below the floor of six months: every kind of new contract has its ask, floor and tenor in every quarter.
    /// </summary>
    [Fact]
    public void What_is_signed_beside_the_rest_has_its_ask_and_floor()
    {
        var plan = Bench.Case() with
        {
            Plan = Bench.Case().Plan with { Products = [Product.Inference] },
        };
        var market = new ConstantMarket
        {
            Begun = 8,
            TokenRent = 100,
            TokensPerHour = 500_000,
        };
        var uses = new PlanOfUseRun(
            new StudyOption("plan", VerdictKind.Build, "", plan),
            Bench.Run(market, 40).Physical(plan),
            _floors,
            _ => null
        ).Uses();
        Assert.All(
            uses,
            u =>
            {
                Assert.Equal(Product.Inference, u.Product);
                Assert.Equal(200, u.AskPerMillion, 1e-9);
                Assert.Equal("plan.use.tokens", PlanWords.Use(u).Key);
                var lease = Assert.Single(u.Beside, b => b.TenorMonths > 0);
                Assert.Equal((Product.SmallLease, 6), (lease.Product, lease.TenorMonths));
                Assert.Equal((24.0, 10.0, 1.45), (lease.Accelerators, lease.Ask, lease.Floor));
                Assert.NotNull(PlanWords.Beside(u));
            }
        );
    }

    /// <summary>Half of 80 sold in two lots of 20 at 1,000 in the first quarter; 40 stay, and nothing more is sold.</summary>
    [Fact]
    public void What_is_sold_for_good_stands_in_its_quarter()
    {
        var market = _market with { Resale = _ => 1_000 };
        var sold = Bench.Standing() with { Policies = new FleetPolicies(new SellPolicy(0.5, 2)) };
        var uses = new PlanOfUseRun(
            new StudyOption("sell", VerdictKind.SellAccelerators, "", sold),
            Bench.Run(market).Physical(sold),
            _floors,
            _ => null
        ).Uses();
        Assert.Equal((40.0, 1_000.0), (Math.Round(uses[0].ToSell, 9), uses[0].ResalePrice));
        Assert.All(uses.Skip(1), u => Assert.Equal(0, u.ToSell, 1e-9));
        Assert.Contains(
            "sell 40 accelerators at 1000 each",
            PhraseBook.English.Say(PlanWords.Use(uses[0])),
            StringComparison.Ordinal
        );
        Assert.Equal("plan.trigger.sold", uses[0].Trigger.Key);
    }

    /// <summary>A centre that is closed has one quarter: everything is sold in it.</summary>
    [Fact]
    public void A_closed_centre_is_planned_for_the_quarter_in_which_it_closes()
    {
        var closed = Bench.Standing() with { Policies = new FleetPolicies(new SellPolicy(1, 1)) };
        var use = Assert.Single(Of(new StudyOption("close", VerdictKind.Close, "", closed)).Uses());
        Assert.Equal(80, use.ToSell, 1e-9);
    }

    /// <summary>The quarter in which the second stage is decided says so.</summary>
    [Fact]
    public void The_trigger_of_a_stage_stands_in_its_quarter()
    {
        var staged = new Staged(0.5, 12, 0.7).Of(Bench.Case(), new Bench.Facts())!;
        var uses = new PlanOfUseRun(
            staged,
            Bench.Run(_market).Physical(staged.Case),
            _floors,
            _ => null
        ).Uses();
        var decided = uses.Where(u => u.Trigger.Key == "plan.trigger.stage").ToList();
        Assert.All(decided, u => Assert.Equal(Bench.Start + 9, u.From));
        Assert.NotEmpty(decided);
        Assert.Contains(uses[0].IfMissed, p => p.Key == "plan.missed.stage");
    }

    /// <summary>Three million over eighteen months at 1 % a month: 182,946 a month, three in a quarter, two in the first. All of it is paid.</summary>
    [Fact]
    public void The_lender_is_paid_what_is_due()
    {
        var plan = Bench.Case(
            Bench.Fleet() with
            {
                CapexPerServer = Bench.Exactly("capex", 1_000_000),
            }
        ) with
        {
            Loan = new DebtTranche
            {
                Name = "loan",
                Gearing = 0.3,
                BaseRate = 0.12,
                TenorMonths = 18,
                FirstPaymentMonth = 1,
            },
        };
        var run = Bench.Run(_market);
        var held = run.Physical(plan);
        var flows = new List<CashFlow>();
        run.Money(held, plan, null, (_, done) => flows.Add(done.Cash));
        var debt = new PlanOfUseRun(
            new StudyOption("as asked", VerdictKind.Lend, "", plan),
            held,
            _floors,
            _ => null
        ).Debt(flows);
        Assert.Equal(7, debt.Count);
        Assert.Equal(2 * 182_946.14, debt[0].Due, 0.1);
        Assert.Equal(3 * 182_946.14, debt[1].Due, 0.1);
        Assert.Equal(1 * 182_946.14, debt[6].Due, 0.1);
        Assert.All(debt, d => Assert.Equal((d.Due, 0.0), (d.Paid, d.Unpaid)));
    }

    /// <summary>
    /// All 80 accelerators are let to one tenant for 18 months, and nothing is free: six quarters serve it, the first two watched, the next four, within
    /// twelve months of its end in 2026-06, with its renewal; then nothing is sold. Quarters that say the same are told together.
    /// </summary>
    [Fact]
    public void A_contracted_centre_serves_its_contract_and_opens_the_renewal()
    {
        var plan = Bench.Case() with
        {
            Leases = [new LeaseCase(new SignedLease("a cloud", 80, 6, 18, 1, 0, 0), null)],
        };
        var uses = new PlanOfUseRun(
            new StudyOption("as asked", VerdictKind.Lend, "", plan),
            Bench.Run(new ConstantMarket { Records = true, Fill = (_, _) => 0 }).Physical(plan),
            _floors,
            _ => null
        ).Uses();
        Assert.Equal([80, 80, 80, 80, 80, 80, 0, 0], uses.Select(u => u.Contracted));
        var merged = PlanWords.Merged(uses);
        Assert.Equal(
            ["plan.trigger.serve", "plan.trigger.renew", "plan.trigger.let"],
            merged.Select(u => u.Trigger.Key)
        );
        Assert.Contains(
            "80 accelerators are under contract: a cloud (to the end of 2026-06)",
            PhraseBook.English.Say(PlanWords.Use(merged[0])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "按合同出租：一家云商（至2026年6月底）",
            PhraseBook.Chinese.Say(PlanWords.Use(merged[0])),
            StringComparison.Ordinal
        );
        Assert.Equal("plan.missed.contract.bare", merged[0].IfMissed[0].Key);
    }

    /// <summary>A lease that the course itself signs is new: served, but still to be signed, and no quarter says that nothing is signed beside what it tells.</summary>
    [Fact]
    public void A_lease_that_the_course_signs_is_not_told_as_signed()
    {
        var plan = Bench.Standing() with
        {
            Leases =
            [
                new LeaseCase(new SignedLease("a lab", 24, 6, 18, 1, 0, 0), null),
                new LeaseCase(new SignedLease("a cloud", 40, 6, 18, 1, 0, 0), null)
                {
                    ToSign = true,
                },
            ],
        };
        var uses = new PlanOfUseRun(
            new StudyOption("lease", VerdictKind.LeaseToCloud, "", plan),
            Bench.Run(new ConstantMarket { Records = true, Fill = (_, _) => 0.5 }).Physical(plan),
            _floors,
            _ => null
        ).Uses();
        Assert.StartsWith(
            "64 accelerators are under contract, 40 of them under contracts still to be signed",
            PhraseBook.English.Say(uses[0].Serve!),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "no new contract in the middle of the draws;",
            PhraseBook.English.Say(PlanWords.Use(uses[0])),
            StringComparison.Ordinal
        );
        var sign = new LeaseToSign(
            "one",
            Quantities.Phrase.Of("name", "one"),
            TenantsToBeSigned.Said("a cloud"),
            5,
            40,
            18,
            6,
            4.5,
            Bench.Start + 2
        )
        {
            Else = Quantities.Phrase.Of("option.hold"),
            ElseWorth = 1_000_000,
        };
        var told = new PlanOfUse("lease", uses, [], [], []) { Sign = [sign] };
        Assert.Equal(
            "one：2025年3月底前与一家云商签约5台服务器（40卡），租期18个月，照付不议；报价每卡时6，不低于4.5",
            PlanWords.Steps(told, PhraseBook.Chinese)[0].Do[0]
        );
        Assert.Contains(
            "turn to '",
            PlanWords.Steps(told, PhraseBook.English)[0].Missed[0],
            StringComparison.Ordinal
        );
    }

    /// <summary>Where an accelerator sold is worth more than one let at the ask of 10, the step says so: between 9 at 6 months and 15 at 12 the floor of 6 months is 12 here.</summary>
    [Fact]
    public void A_step_says_where_selling_beats_its_lease()
    {
        PriceFloor[] dear =
        [
            new("small lease", 3, 0.34, 9, []) { AgainstWaiting = 1.45 },
            new("small lease", 9, 0.34, 15, []) { AgainstWaiting = 1.45 },
        ];
        var plan = Bench.Standing();
        IReadOnlyList<FleetQuarter> Uses(PriceFloor[] floors) =>
            new PlanOfUseRun(
                new StudyOption("hold", VerdictKind.HoldPrice, "", plan),
                Bench.Run(_market).Physical(plan),
                floors,
                _ => null
            ).Uses();
        var use = Uses(dear)[0];
        Assert.Equal("plan.sell.rather", use.SellRather!.Key);
        Assert.Contains(
            "below 12 ",
            PhraseBook.English.Say(use.SellRather),
            StringComparison.Ordinal
        );
        Assert.Equal("plan.missed.ask.dear", use.IfMissed[0].Key);
        Assert.Null(Uses(_floors)[0].SellRather);
    }

    /// <summary>Two tenants of 50 and 30 accelerators, for 18 and 9 months: each is told with its own end, and only the one that ends first is to be renewed with.</summary>
    [Fact]
    public void Each_tenant_is_told_with_its_own_end()
    {
        var plan = Bench.Case() with
        {
            Leases =
            [
                new LeaseCase(new SignedLease("a cloud", 50, 6, 18, 1, 0, 0), null),
                new LeaseCase(new SignedLease("a lab", 30, 6, 9, 1, 0, 0), null),
            ],
        };
        var uses = new PlanOfUseRun(
            new StudyOption("as asked", VerdictKind.Lend, "", plan),
            Bench.Run(new ConstantMarket { Records = true, Fill = (_, _) => 0 }).Physical(plan),
            _floors,
            _ => null
        ).Uses();
        Assert.Equal(
            "80 accelerators are under contract: a cloud (to the end of 2026-06), a lab (to the end of 2025-09)",
            PhraseBook.English.Say(uses[0].Serve!)
        );
        Assert.StartsWith(
            "renew with a lab, whose contract runs to the end of 2025-09",
            PhraseBook.English.Say(uses[0].Trigger),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// The quote is 50 until the month in which waiting decides, and nothing after: waiting would build, and lose. The rule refuses every option, so the
    /// plan recommends none of them, waiting neither, and says why not.
    /// </summary>
    [Fact]
    public void A_plan_recommends_nothing_that_the_rule_refuses()
    {
        var market = new ConstantMarket { Quote = m => m < 12 ? 50 : 0.01 };
        var question = new SponsorQuestion([new AsPlanned(), new Wait(12)], 0.1);
        var run = Bench.Question(
            question,
            Bench.Case(Bench.Fleet() with { CapexPerServer = Bench.Exactly("capex", 2_000_000) }),
            market
        );
        var decided = question.Decide(run);
        Assert.Equal(VerdictKind.DoNotBuild, decided.Verdict.Kind);
        var plan = PlanOfVerdict.Of(run, decided, [], []);
        Assert.Empty(plan.Uses);
        Assert.DoesNotContain(plan.Instead, p => p.Key == "plan.trigger.wait");
        Assert.Contains(plan.Instead, p => p.Key == "plan.instead.refused");
    }

    [Fact]
    public void Places_of_a_text_are_the_same_in_every_language()
    {
        static IEnumerable<string> Places(string text) =>
            text.Split('{')
                .Skip(1)
                .Select(t => string.Concat(t.TakeWhile(char.IsAsciiDigit)))
                .Distinct()
                .Order(StringComparer.Ordinal);
        foreach (var key in PhraseBook.English.Keys)
        {
            foreach (var language in PhraseBook.Languages)
            {
                Assert.True(
                    Places(PhraseBook.English.Text(key))
                        .SequenceEqual(Places(PhraseBook.Of(language).Text(key))),
                    $"{key} in {language}"
                );
            }
        }
    }

    [Fact]
    public void Every_language_says_every_phrase_with_the_same_places()
    {
        foreach (var language in PhraseBook.Languages)
        {
            Assert.Equal(
                PhraseBook.English.Keys.Order(StringComparer.Ordinal),
                PhraseBook.Of(language).Keys.Order(StringComparer.Ordinal)
            );
        }
        var plan = new PlanOfUse(
            "in stages",
            Of(new StudyOption("plan", VerdictKind.Build, "", Bench.Case())).Uses(),
            [new DebtQuarter(Bench.Start, 3, 2e6, 1.5e6, 0.2)],
            [Quantities.Phrase.Of("plan.asked.covenant", 1.2)],
            []
        );
        var english = PlanWords.Lines(plan, PhraseBook.English);
        var chinese = PlanWords.Lines(plan, PhraseBook.Chinese);
        Assert.Equal(english.Count, chinese.Count);
        Assert.Contains(
            "sign 15 servers (120 accelerators), ask 10, not below 1.45",
            english[1],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "应签15台服务器（120卡），报价10，不低于1.45",
            chinese[1],
            StringComparison.Ordinal
        );
        Assert.Contains("应付200万，全部模拟居中实付150万", chinese[^1], StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => PhraseBook.Of("xx"));
        Assert.Throws<KeyNotFoundException>(() =>
            PhraseBook.English.Say(Quantities.Phrase.Of("no.such.key"))
        );
    }

    private static PlanOfUseRun Of(StudyOption course) =>
        new(course, Bench.Run(_market).Physical(course.Case), _floors, _ => null);
}
