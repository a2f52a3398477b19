using Plimsoll.Contracts;
using Xunit;
using static Plimsoll.Tests.Contracts.Leases;

namespace Plimsoll.Tests.Contracts;

/// <summary>A contract binds unless its counterparty fails or a written right is used.</summary>
public sealed class ContractLedgerTest
{
    [Fact]
    public void Take_or_pay_and_no_hazard_bill_the_contract_to_the_cent_whatever_the_market_does()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var months = Random(seed, 60);
            var terms = Plain(48) with
            {
                PrepaidMonths = seed % 7,
                Steps = seed % 3 == 0 ? [new PriceStep(12, 2.25), new PriceStep(30, 3)] : [],
                IndexPerYear = seed % 2 == 0 ? 0.03 : 0,
            };
            var run = ContractLedger.Run(terms, null, Fate(terms, seed), months);
            var began = Array.FindIndex(months, m => m.Delivered);
            for (var m = 0; m < months.Length; m++)
            {
                var within = m >= began && m < began + 48;
                var expected = within
                    ? 64 * months[m].Hours * months[m].AvailableShare * Agreed(terms, m - began)
                    : 0;
                Assert.Equal(expected, run.Months[m].Due, 0.005);
            }
            Assert.Equal((LeaseEnd.Expired, began + 48), (run.Reason, run.EndMonth));
        }
    }

    /// <summary>Three tenths of 64 x 2.5 x 730 = 116,800 are owed, 35,040: all of it is billed in a month in which the market asks more than 2.5, else what is owed.</summary>
    [Theory]
    [InlineData(3.0, 116_800, 1.0)]
    [InlineData(2.5, 116_800, 1.0)]
    [InlineData(2.4, 35_040, 0.3)]
    [InlineData(0, 116_800, 1.0)]
    public void A_tenant_takes_hours_above_its_minimum_only_where_its_contract_is_not_the_dearer(
        double market,
        double due,
        double taken
    )
    {
        var terms = Plain() with { TakeOrPayShare = 0.3 };
        var run = ContractLedger.Run(terms, null, LeaseFate.Sound(terms), Months(24, market));
        Assert.All(
            run.Months,
            m =>
            {
                Assert.Equal(due, m.Due, 1e-6);
                Assert.Equal(35_040, m.Owed, 1e-6);
                Assert.Equal(taken, m.TakenShare);
                Assert.Equal(taken * 64 * Hours, m.Hours, 1e-6);
            }
        );
        Assert.All(run.AsOwed().Months, m => Assert.Equal((m.Owed, 0.3), (m.Due, m.TakenShare)));
    }

    [Fact]
    public void Rent_is_the_larger_of_what_is_owed_and_what_is_taken_and_a_lender_counts_what_is_owed()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var terms = Full(seed);
            var months = Random(seed, 72);
            var fate = Fate(terms, seed);
            var run = ContractLedger.Run(terms, Operator, fate, months);
            var owed = run.AsOwed();
            Assert.Equal(terms.TakeOrPayShare >= 1, ReferenceEquals(run, owed));
            for (var m = 0; m < months.Length; m++)
            {
                var now = run.Months[m];
                // Where all hours are taken their credited rent, a share of it where only a share is.
                var all = now.TakenShare > 0 ? now.Due / now.TakenShare : 0;
                var used = now.Price > months[m].MarketPrice ? 0 : months[m].UsedShare;
                Assert.Equal(all * Math.Max(terms.TakeOrPayShare, used), now.Due, 1e-9 * (1 + all));
                Assert.Equal(all * terms.TakeOrPayShare, now.Owed, 1e-9 * (1 + all));
                Assert.Equal(now.Owed, owed.Months[m].Due, 1e-9 * (1 + all));
                Assert.True(now.Owed <= now.Due + 1e-9);
            }
            // What was paid in advance is earned, given back, kept or still held: nothing of it is lost.
            var held = owed.Months[^1].Unearned;
            Assert.Equal(
                owed.Months.Sum(f => f.Prepaid),
                owed.Months.Sum(f => f.FromPrepaid + f.Refund + f.Forfeited) + held,
                1e-6
            );
        }
    }

    [Fact]
    public void What_is_paid_over_a_contract_is_what_is_due_and_prepayment_only_moves_it_in_time()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var terms = Plain(40) with { PrepaidMonths = seed % 13 };
            var run = ContractLedger.Run(terms, null, Fate(terms, seed), Random(seed, 60));
            Assert.Equal(run.Due.Sum(), run.Paid.Sum(), 1e-6 * run.Due.Sum());
            Assert.Equal(
                run.Months.Sum(m => m.Prepaid),
                run.Months.Sum(m => m.FromPrepaid + m.Refund),
                1e-6
            );
        }
    }

    [Fact]
    public void Twelve_months_prepaid_are_received_at_once_and_earned_month_by_month()
    {
        var terms = Plain() with { PrepaidMonths = 12 };
        var run = ContractLedger.Run(terms, null, LeaseFate.Sound(terms), Months(24));
        const double Rent = 64 * 2.5 * Hours;
        Assert.Equal(12 * Rent, run.Months[0].Paid, 1e-6);
        Assert.All(run.Months[1..12], m => Assert.Equal((Rent, 0.0), (m.Due, m.Paid)));
        Assert.All(run.Months[12..], m => Assert.Equal(Rent, m.Paid, 1e-6));
    }

    [Fact]
    public void The_fast_form_and_the_steps_agree_to_the_last_bit()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var terms = Full(seed);
            var fate = Fate(terms, seed);
            var months = Random(seed, 72);
            var run = ContractLedger.Run(terms, Operator, fate, months);
            var state = LeaseState.Unbegun;
            for (var m = 0; m < months.Length; m++)
            {
                Assert.Equal(
                    run.Months[m],
                    ContractLedger.Step(terms, Operator, fate, months[m], ref state)
                );
            }
        }
    }

    [Fact]
    public void No_month_owes_less_than_nothing_and_nothing_runs_after_the_end()
    {
        var reasons = new HashSet<(LeaseEnd, WrittenRight)>();
        for (var seed = 1; seed <= 2000; seed++)
        {
            var terms = Full(seed);
            var run = ContractLedger.Run(terms, Operator, Fate(terms, seed), Random(seed, 72));
            reasons.Add((run.Reason, run.Last.Right));
            for (var m = 0; m < 72; m++)
            {
                var f = run.Months[m];
                Assert.True(f.Due >= 0 && f.Credits >= 0 && f.FromPrepaid <= f.Due + 1e-9);
                Assert.True(!f.Running || m < run.EndMonth);
            }
        }
        Assert.Superset(
            new HashSet<(LeaseEnd, WrittenRight)>
            {
                (LeaseEnd.Expired, WrittenRight.None),
                (LeaseEnd.Breached, WrittenRight.None),
                (LeaseEnd.Defaulted, WrittenRight.None),
                (LeaseEnd.OperatorFailed, WrittenRight.None),
                (LeaseEnd.RightUsed, WrittenRight.ConvenienceExit),
                (LeaseEnd.RightUsed, WrittenRight.LongStop),
                (LeaseEnd.RightUsed, WrittenRight.Unavailability),
            },
            reasons
        );
    }

    [Fact]
    public void Delivery_past_the_long_stop_ends_the_contract_and_delay_costs_damages_until_then()
    {
        var terms = Plain() with { Delivery = new DeliveryTerms(3, 4, 0.5) };
        var run = ContractLedger.Run(
            terms,
            null,
            LeaseFate.Sound(terms),
            Months(24, delivered: 12)
        );
        Assert.Equal(
            (7, LeaseEnd.RightUsed, WrittenRight.LongStop),
            (run.EndMonth, run.Reason, run.Last.Right)
        );
        Assert.Equal(4 * 0.5 * 64 * 2.5 * Hours, run.Months.Sum(m => m.DelayDamages), 1e-6);
        Assert.Equal(0, run.Due.Sum());
        var inTime = ContractLedger.Run(
            terms,
            null,
            LeaseFate.Sound(terms),
            Months(36, delivered: 6)
        );
        Assert.Equal((30, LeaseEnd.Expired), (inTime.EndMonth, inTime.Reason));
    }

    [Fact]
    public void A_tenant_leaves_for_the_fee_only_when_it_saves_more()
    {
        var terms = Plain() with { Exit = new ConvenienceExit(6, 4) };
        LeaseRun At(double market) =>
            ContractLedger.Run(terms, null, LeaseFate.Sound(terms), Months(24, market));
        var left = At(1.0);
        Assert.Equal((6, WrittenRight.ConvenienceExit), (left.EndMonth, left.Last.Right));
        Assert.Equal(4 * 64 * 2.5 * Hours, left.Months[6].Paid, 1e-6);
        // 18 months left at 0.5 saved a 2.5 are 3.6 months of rent: less than the fee.
        Assert.Equal(24, At(2.0).EndMonth);
    }

    [Fact]
    public void A_tenant_stays_on_where_the_extension_is_no_dearer_than_the_market()
    {
        var terms = Plain(12) with { Extension = new ExtensionTerms(6, 0.9) };
        LeaseRun At(double market) =>
            ContractLedger.Run(terms, null, LeaseFate.Sound(terms), Months(24, market));
        Assert.Equal(18, At(2.3).EndMonth);
        Assert.Equal(2.25, At(2.3).Price[12], 1e-12);
        Assert.Equal(12, At(2.2).EndMonth);
        Assert.Equal(12, At(0).EndMonth);
    }

    [Fact]
    public void Low_availability_is_credited_up_to_the_cap_and_ends_the_contract_after_months_in_a_row()
    {
        var terms = Plain() with { Availability = new AvailabilityTerms(0.99, 0.02, 0.15, 0.9, 3) };
        var run = ContractLedger.Run(
            terms,
            null,
            LeaseFate.Sound(terms),
            Months(24, available: 0.94)
        );
        Assert.Equal(64 * 2.5 * Hours * 0.94 * (1 - 0.1), run.Due[0], 1e-6);
        Assert.Equal(24, run.EndMonth);
        var poor = ContractLedger.Run(
            terms,
            null,
            LeaseFate.Sound(terms),
            Months(24, available: 0.8)
        );
        Assert.Equal(64 * 2.5 * Hours * 0.8 * 0.85, poor.Due[0], 1e-6);
        Assert.Equal((3, WrittenRight.Unavailability), (poor.EndMonth, poor.Last.Right));
    }

    [Fact]
    public void A_default_leaves_the_recovered_part_of_the_termination_payment_and_keeps_what_was_prepaid()
    {
        var terms = Plain(24, new Counterparty("lab") { Recovery = 0.25, MonthlyHazard = 0.1 }) with
        {
            TerminationMonths = 10,
            PrepaidMonths = 12,
        };
        var fate = LeaseFate.Sound(terms) with { Tenant = new CounterpartyPath("lab", 4, 4) };
        var run = ContractLedger.Run(terms, null, fate, Months(24));
        const double Rent = 64 * 2.5 * Hours;
        Assert.Equal((4, LeaseEnd.Defaulted), (run.EndMonth, run.Reason));
        Assert.Equal(2.5 * Rent, run.Months[4].TerminationPaid, 1e-6);
        Assert.Equal(8 * Rent, run.Months[4].Forfeited, 1e-6);
        Assert.Equal(0, run.Months[4].Refund);
        // At the last month no more than that month is owed.
        var late = fate with
        {
            Tenant = new CounterpartyPath("lab", 23, 23),
        };
        Assert.Equal(
            0.25 * Rent,
            ContractLedger.Run(terms, null, late, Months(24)).Months[23].TerminationPaid,
            1e-6
        );
    }

    [Fact]
    public void When_the_operator_fails_the_tenant_stays_through_the_dark_months_or_leaves()
    {
        var stays = Operator with { TenantStays = 1, DarkMonths = 2, FeeShare = 0.2 };
        var terms = Plain(12);
        var fate = LeaseFate.Sound(terms) with
        {
            Operator = new CounterpartyPath("operator", 5, 5),
        };
        var run = ContractLedger.Run(terms, stays, fate, Months(12));
        const double Rent = 64 * 2.5 * Hours;
        Assert.Equal([Rent, 0, 0, Rent], run.Due[4..8]);
        Assert.Equal([0, 0, 0, 0.2 * Rent], run.Months[4..8].Select(m => m.StepInFee));
        var leaves = ContractLedger.Run(terms, stays with { TenantStays = 0 }, fate, Months(12));
        Assert.Equal((5, LeaseEnd.OperatorFailed), (leaves.EndMonth, leaves.Reason));
        var none = ContractLedger.Run(terms, stays with { StepIn = false }, fate, Months(12));
        Assert.Equal((5, LeaseEnd.OperatorFailed), (none.EndMonth, none.Reason));
    }

    [Fact]
    public void A_tenant_of_the_rent_roll_starts_with_the_months_it_has_run_and_its_prepayment_is_spent()
    {
        var terms = Plain(24) with
        {
            MonthsRun = 18,
            PrepaidMonths = 6,
            Steps = [new PriceStep(20, 2)],
        };
        var run = ContractLedger.Run(terms, null, LeaseFate.Sound(terms), Months(12));
        Assert.Equal(6, run.EndMonth);
        Assert.Equal(0, run.Months[0].Prepaid);
        Assert.Equal([2.5, 2.5, 2, 2, 2, 2], run.Price[..6]);
    }

    [Fact]
    public void An_investment_grade_tenant_is_held_to_its_contract_and_a_start_up_breaks_or_reprices()
    {
        var market = Months(48, 0.6);
        int Ended(CreditClass of) =>
            Enumerable
                .Range(0, 400)
                .Count(draw =>
                {
                    var terms = Plain(48, new Counterparty("t") { Class = of });
                    var fate = LeaseFate.Sound(terms) with
                    {
                        Luck = LeaseLuck.Of(1, draw, terms.Tenant.Name),
                    };
                    var run = ContractLedger.Run(terms, null, fate, market);
                    return run.Reason == LeaseEnd.Breached || run.Months.Any(m => m.Repriced);
                });
        Assert.Equal(0, Ended(CreditClass.InvestmentGrade));
        Assert.True(Ended(CreditClass.RatedBelow) < Ended(CreditClass.FundedLab));
        Assert.True(Ended(CreditClass.FundedLab) < Ended(CreditClass.StartUp));
        // An investment-grade guarantor holds the start-up to it.
        var held = Plain(
            48,
            new Counterparty("t")
            {
                Class = CreditClass.StartUp,
                Guarantor = new Counterparty("g") { Class = CreditClass.InvestmentGrade },
            }
        );
        Assert.Equal(MarketPressure.None, held.Tenant.UnderPressure);
    }

    /// <summary>A guarantee by a better class holds the tenant to its word as that class would, and covers what a breach owes: 12 months of rent at 35 % of it, not at a start-up's 10.</summary>
    [Theory]
    [InlineData(CreditClass.RatedBelow, 0.35)]
    [InlineData(CreditClass.PublicBody, 0.5)]
    public void A_guarantor_answers_for_a_breach(CreditClass of, double collected)
    {
        var tenant = new Counterparty("t")
        {
            Class = CreditClass.StartUp,
            Guarantor = new Counterparty("g") { Class = of },
        };
        Assert.Equal(CreditTerms.Of(of).Pressure, tenant.UnderPressure);
        // A worse guarantor changes nothing, and a stated hazard alone is moved by no market.
        Assert.Equal(
            CreditTerms.Of(CreditClass.FundedLab).Pressure,
            new Counterparty("t")
            {
                Class = CreditClass.FundedLab,
                Guarantor = new Counterparty("g") { Class = CreditClass.StartUp },
            }.UnderPressure
        );
        Assert.Equal(
            MarketPressure.None,
            new Counterparty("t")
            {
                MonthlyHazard = 0.01,
                Guarantor = tenant.Guarantor,
            }.UnderPressure
        );
        var terms = Plain(48, tenant with { Pressure = new MarketPressure(1e9, 0) }) with
        {
            TerminationMonths = 12,
        };
        var run = ContractLedger.Run(
            terms,
            null,
            LeaseFate.Sound(terms) with
            {
                Luck = LeaseLuck.Of(1, 1, terms.Tenant.Name),
            },
            Months(24, 1.0)
        );
        Assert.Equal(LeaseEnd.Breached, run.Reason);
        var paid = Assert.Single(run.Months, f => f.TerminationClaim > 0);
        Assert.Equal(collected, paid.TerminationPaid / paid.TerminationClaim, 1e-12);
        Assert.Equal(0.1, tenant.CollectedShare);
    }

    [Fact]
    public void A_backstop_buys_what_stays_unsold_up_to_its_size_until_its_date_while_the_buyer_stands()
    {
        var backstop = new CapacityBackstop(Sound, 1.5, 100, 2, 10);
        var buyer = CounterpartyPath.Sound("b");
        Assert.Equal(0, backstop.HoursBought(1, 500, Hours, buyer));
        Assert.Equal(100 * Hours, backstop.HoursBought(2, 500, Hours, buyer));
        Assert.Equal(40 * Hours, backstop.HoursBought(9, 40, Hours, buyer));
        Assert.Equal(0, backstop.HoursBought(10, 40, Hours, buyer));
        Assert.Equal(0, backstop.HoursBought(5, 40, Hours, new CounterpartyPath("b", 5, 5)));
    }

    [Fact]
    public void The_order_of_contracts_changes_nothing_and_one_tenant_in_two_centres_falls_once()
    {
        LeaseTerms Of(string id, string tenant, CreditClass of) =>
            Plain(48, new Counterparty(tenant) { Class = of, YearlyDefaultRate = 0.3 }) with
            {
                Id = id,
            };
        LeaseTerms[] leases =
        [
            Of("a", "lab", CreditClass.FundedLab),
            Of("b", "young", CreditClass.StartUp),
            Of("c", "lab", CreditClass.FundedLab),
        ];
        var forth = CentreContracts.Of(leases, Operator, null);
        var back = CentreContracts.Of([.. leases.Reverse()], Operator, null);
        var other = CentreContracts.Of([leases[0]], null, null);
        var fell = 0;
        for (var draw = 0; draw < 300; draw++)
        {
            var factor = CreditFactor.Own(4, draw);
            var fate = forth.Draw(4, draw, factor, 60);
            Assert.Equal(fate.Leases, back.Draw(4, draw, factor, 60).Leases.Reverse());
            Assert.Equal(fate.Leases[0], fate.Leases[2]);
            Assert.Equal(fate.Leases[0].Tenant, other.Draw(4, draw, factor, 60).Leases[0].Tenant);
            fell += fate.Leases[0].Tenant.DefaultMonth < 60 ? 1 : 0;
        }
        Assert.InRange(fell, 150, 290);
    }

    [Fact]
    public void Each_tenant_keeps_its_own_hazard_in_either_order()
    {
        LeaseTerms safe = Plain(60, new Counterparty("AA") { MonthlyHazard = 0 }) with
        {
            Id = "AA",
        };
        LeaseTerms weak = Plain(60, new Counterparty("startup") { MonthlyHazard = 0.9 }) with
        {
            Id = "startup",
        };
        foreach (var order in new LeaseTerms[][] { [safe, weak], [weak, safe] })
        {
            var contracts = CentreContracts.Of(order, null, null);
            var ends = Enumerable
                .Range(0, 200)
                .Select(d =>
                {
                    var fate = contracts.Draw(1, d, CreditFactor.Own(1, d), 60);
                    return order
                        .Select(
                            (t, i) =>
                                (
                                    t.Id,
                                    ContractLedger.Run(t, null, fate.Leases[i], Months(60)).EndMonth
                                )
                        )
                        .ToDictionary(e => e.Id, e => e.EndMonth);
                })
                .ToList();
            Assert.All(ends, e => Assert.Equal(60, e["AA"]));
            Assert.InRange(ends.Average(e => e["startup"]), 0.0, 0.3);
        }
    }

    private static OperatorTerms Operator { get; } =
        new(new Counterparty("operator") { MonthlyHazard = 0.01 });

    private static double Agreed(LeaseTerms terms, int month)
    {
        if (terms.Steps.Count == 0)
        {
            return 2.5 * Math.Pow(1 + terms.IndexPerYear, month / 12);
        }
        var (price, since) =
            month >= 30 ? (3, 30)
            : month >= 12 ? (2.25, 12)
            : (2.5, 0);
        return price * Math.Pow(1 + terms.IndexPerYear, (month - since) / 12);
    }

    /// <summary>A contract with every term, and a tenant of any class.</summary>
    private static LeaseTerms Full(int seed) =>
        Plain(
            20 + (seed % 30),
            new Counterparty($"tenant {seed % 5}")
            {
                Class = (CreditClass)(seed % 6),
                YearlyDefaultRate = 0.2,
            }
        ) with
        {
            PrepaidMonths = seed % 4,
            TakeOrPayShare = seed % 3 * 0.5,
            Delivery = new DeliveryTerms(2, 3, 0.3),
            Availability = new AvailabilityTerms(0.95, 0.01, 0.5, 0.75, 2),
            Exit = seed % 2 == 0 ? new ConvenienceExit(8, 3) : null,
            Extension = new ExtensionTerms(6, 0.95),
            TerminationMonths = 6,
            IndexPerYear = 0.02,
        };

    private static LeaseFate Fate(LeaseTerms terms, int draw)
    {
        var factor = CreditFactor.Own(9, draw);
        return new LeaseFate(
            CounterpartyOdds.Of(terms.Tenant).Draw(9, draw, factor, 72),
            CounterpartyOdds.Of(Operator.Operator).Draw(9, draw, factor, 72),
            LeaseLuck.Of(9, draw, terms.Tenant.Name)
        );
    }
}
