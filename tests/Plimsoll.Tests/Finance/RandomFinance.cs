using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Tests.Finance;

/// <summary>Terms and outlooks drawn at random from all that the engine can do, by seed.</summary>
internal sealed class RandomFinance(int seed)
{
    public const int Months = 84;
    private const double Fleet = 800;
    private readonly Random _random = new(seed);

    /// <summary>What stands when the outlook begins has numbers of its own, so that it shifts no other.</summary>
    private readonly Random _before = new(seed + 7919);
    private readonly Month _start = new(2024, 1 + (seed % 12));

    /// <summary>The same terms with every tranche written as two that differ in name and size alone.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="share">Share of the first part.</param>
    public static FinanceTerms InParts(FinanceTerms terms, double share)
    {
        IEnumerable<DebtTranche> Parts(DebtTranche t)
        {
            DebtTranche Part(string name, double size) =>
                t with
                {
                    Name = $"{t.Name} {name}",
                    Gearing = t.Gearing * size,
                    Amount = t.Amount * size,
                    Commitment = t.Commitment * size,
                    Arrears = t.Arrears * size,
                };
            return [Part("A", share), Part("B", 1 - share)];
        }
        return terms with { Tranches = [.. terms.Tranches.SelectMany(Parts)] };
    }

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    private bool Chance(double share) => _random.NextDouble() < share;

    private T One<T>(params T[] all) => all[_random.Next(all.Length)];

    /// <summary>Random terms; with <paramref name="all"/> every feature is on, with <paramref name="periods"/> some tranches are not paid monthly.</summary>
    public FinanceTerms Terms(bool all = false, bool periods = false)
    {
        bool On(double share) => Chance(share) || all;
        var tranches = Enumerable
            .Range(0, all ? 3 : _random.Next(0, 4))
            .Select(i => Tranche(i, all, periods))
            .ToList();
        var reserve = On(0.5) ? 6 : 0;
        var years = One(1, 3, 5, 99);
        var terms = new FinanceTerms
        {
            Currency = Currency.Usd,
            Start = _start,
            CapitalCosts =
            [
                new CapitalCost("hall", 0, Between(1e7, 4e7), 6, 20, 0, 0.09)
                {
                    SoldWithAccelerators = false,
                    ResidualShare = Between(0, 0.5),
                },
                new CapitalCost("servers", 3, Between(5e7, 2e8), 6, 5, One(0, 0.4, 1), 0.13),
                new CapitalCost("more servers", 8, Between(1e7, 1e8), 10, 5, 0, 0.13)
                {
                    WriteOffTable = On(0.5) ? WriteOffTables.Macrs5 : [],
                },
            ],
            Tranches = tranches,
            GearingBase = One(GearingBase.CapitalCost, GearingBase.Uses),
            GearingCap = Between(0.5, 0.9),
            Order = On(0.3)
                ?
                [
                    WaterfallStep.RefreshReserve,
                    WaterfallStep.DebtService,
                    WaterfallStep.DebtReserve,
                    WaterfallStep.Prepayment,
                    WaterfallStep.Sweep,
                ]
                : FinanceTerms.DefaultOrder,
            Tax = new TaxTerms(Between(0.1, 0.4), years, One(0.6, 0.8, 1.0), One(0, 0.06, 0.13))
            {
                SaleVatRate = 0.13,
                CostVatRate = On(0.5) ? 0.05 : 0,
                SurchargeRate = On(0.5) ? 0.12 : 0,
                VatRefund = Chance(0.2) && !all,
                CapitaliseInterest = On(0.5),
                CapitalisedLifeYears = 5,
                InstalmentMonths = One(1, 3, 12),
                LossesAsTheyArise = years == 99 && Chance(0.5),
                InterestLimit = Chance(0.3) ? new InterestLimit(0.3, Chance(0.5)) : null,
            },
            ReserveMonths = reserve,
            ReserveLetter = reserve > 0 && On(0.4) ? new ReserveLetter(One(0.5, 1), 0.02) : null,
            Revolver =
                tranches.Count > 0 && On(0.4) ? new Revolver(Between(1e5, 8e6), 0.08, 0.005) : null,
            LiquidityMonths = On(0.5) ? 2 : 0,
            CollectionMonths = On(0.3) ? 1 : 0,
            ReceivableDays = One(0, 20, 45, 90.0),
            PayableDays = One(0, 30, 40.0),
            InsuranceRate = 0.004,
            LockUpCover = Between(1.0, 1.4),
            LockUpTest = One(CoverTest.Trailing, CoverTest.Forward, CoverTest.Both),
            TrapTests = On(0.3) ? 2 : 0,
            CovenantCover = 1.2,
            DefaultCover = On(0.2) ? 0.7 : 0,
            TestEveryMonths = One(1, 3, 6),
            DistributeEveryMonths = One(1, 3, 6),
            CureMonths = _random.Next(0, 6),
            DefaultMargin = 0.02,
            ArrearsBearInterest = Chance(0.8),
            SponsorSupport = On(0.3) ? Between(0, 2e7) : 0,
            EquityCures = _random.Next(1, 20),
            Grants = On(0.5) ? [new Grant(7, 5e6, 0.8, Between(0.2, 0.9), 30)] : [],
            Subsidies = On(0.5)
                ? [new OperatingSubsidy("power", 8, 40, 1e4, 0.02, 0.03, 3e6, 0.5, 0.5, 40)]
                : [],
            Vouchers = On(0.5) ? new VoucherTerms(4, 0.5, 0.6, 35) : null,
            Power = On(0.5) ? new TakeOrPayPower(900, 0.8, 24, 6, 60, 0.07, 50, 12) : null,
            Refresh = On(0.3) ? new Refresh(48, 1e7) { FromMonth = 12, InputVatRate = 0.13 } : null,
            Opening = _before.Next(4) == 0 || all ? Opened() : null,
            Before = _before.Next(3) == 0 || all ? ToDate() : ServiceToDate.None,
        };
        return terms.Opening is not null && terms.Tranches.Count > 0 && _before.Next(2) == 0
            ? WithDebtStanding(terms)
            : terms;
    }

    /// <summary>The first tranche stands, alone or as a part of what it lends, and is paid at once or later.</summary>
    private FinanceTerms WithDebtStanding(FinanceTerms terms) =>
        terms with
        {
            CapitalCosts =
            [
                .. terms.CapitalCosts,
                new CapitalCost("old loan", 0, 3e7 * _before.NextDouble(), 0, 5, 0, 0)
                {
                    DebtStanding = true,
                },
            ],
            Tranches =
            [
                terms.Tranches[0] with
                {
                    Draw = DrawRule.ProRata,
                    AcceptanceMonths = 0,
                    Funds = _before.Next(2) == 0 ? ["old loan"] : [],
                    FirstPaymentMonth = _before.Next(0, 3) * 5,
                },
                .. terms.Tranches.Skip(1),
            ],
        };

    /// <summary>Assets of any age, and months before as told or as the first of the outlook.</summary>
    private OpeningPosition Opened() =>
        new()
        {
            Assets =
            [
                OpeningAsset.Aged("old servers", 5e7, _before.Next(0, 80), 5, 0.2),
                OpeningAsset.Aged("late servers", 2e7, -4, 5, 0),
            ],
            Revenue = _before.Next(2) == 0 ? 2e6 * _before.NextDouble() : null,
            RunningCost = _before.Next(2) == 0 ? 5e5 * _before.NextDouble() : null,
            AccountsFunded = _before.Next(2) == 0,
        };

    /// <summary>Months of service before the outlook, fewer than a window or more, some of them not paid whole.</summary>
    private ServiceToDate ToDate() =>
        ServiceToDate.Of([
            .. Enumerable
                .Range(0, _before.Next(1, 20))
                .Select(_ => new ServiceMonth(
                    3e6 * _before.NextDouble(),
                    2e6 * _before.NextDouble(),
                    2e6
                )),
        ]);

    /// <summary>A random outlook of those terms; rents and fill wander, tenants leave, accelerators are sold.</summary>
    public MonthlyOutlook Outlook(double rentFactor = 1)
    {
        var price = Between(1.2, 3.0) * rentFactor;
        var fill = Between(0.2, 0.95);
        var drift = Between(-0.03, 0.01);
        var soldFrom = Chance(0.3) ? _random.Next(30, 80) : int.MaxValue;
        double[] Series() => new double[Months];
        var (installed, hours, prices, sold, proceeds) = (
            Series(),
            Series(),
            Series(),
            Series(),
            Series()
        );
        var (resale, toSell, cost, sunk, energy, vouchers, shift) = (
            Series(),
            Series(),
            Series(),
            Series(),
            Series(),
            Series(),
            Series()
        );
        var fleet = 0.0;
        for (var m = 0; m < Months; m++)
        {
            fleet =
                m == 6 ? Fleet
                : m == 10 ? fleet + 200
                : fleet;
            resale[m] = 25_000 * Math.Exp((drift * 2 * m) - 0.01);
            if (m >= soldFrom && (m - soldFrom) % 7 == 0)
            {
                sold[m] = fleet * 0.2;
                proceeds[m] = sold[m] * resale[m] * 0.8;
                fleet -= sold[m];
            }
            installed[m] = fleet;
            price *= Math.Exp(drift + Between(-0.05, 0.05));
            fill = Math.Clamp(fill + Between(-0.08, 0.08), 0, 0.98);
            hours[m] = fleet * fill * (_start + m).Hours;
            prices[m] = price;
            cost[m] = fleet * 150 * (0.3 + (0.7 * fill));
            sunk[m] = m >= 6 ? 1e5 : 0;
            energy[m] = fleet * fill * 700;
            vouchers[m] = hours[m] * price * 0.1;
            toSell[m] = Between(1, 12);
            shift[m] = m > 12 ? Between(-0.03, 0.03) : 0;
        }
        return new MonthlyOutlook
        {
            Start = _start,
            Currency = Currency.Usd,
            Installed = installed,
            Repair = Series(),
            Dark = Series(),
            Idle = Series(),
            Sales = [new ProductSales(Product.TrainingLease, hours, prices, [])],
            Leases =
            [
                new Lease("anchor", Product.TrainingLease, 7, 36, 300, 1.5, 1, 3, 100, false)
                {
                    Signed = true,
                },
                new Lease(
                    "start-up",
                    Product.SmallLease,
                    8,
                    30,
                    150,
                    2,
                    1,
                    4.5,
                    _random.Next(15, 38),
                    true
                )
                {
                    Signed = true,
                },
            ],
            Costs = [new CostSplit("all", cost, Series(), sunk)],
            EnergyKwh = energy,
            PeakKw = Series(),
            ResalePrice = resale,
            MonthsToSell = toSell,
            SaleProceeds = proceeds,
            Sold = sold,
            SubsidyIncluded = vouchers,
            BaseRateShift = shift,
        };
    }

    private DebtTranche Tranche(int i, bool all, bool periods)
    {
        var draw = One(DrawRule.ProRata, DrawRule.EquityFirst, DrawRule.AfterAcceptance);
        var repayment = One(Repayment.Annuity, Repayment.Bullet, Repayment.Instalments);
        if (draw != DrawRule.AfterAcceptance && Chance(0.3))
        {
            repayment = Repayment.Sculpted;
        }
        var hedged = One(0, 0.5, 1);
        var plain = draw != DrawRule.AfterAcceptance && repayment != Repayment.Sculpted;
        var again =
            plain && repayment != Repayment.Instalments && Chance(0.6)
                ? new Refinancing(One(0, 90), 18, 0.05, 0.01, One(0, 0.6), 1.2)
                : null;
        return new DebtTranche
        {
            Cap =
                hedged < 1 && Chance(0.4)
                    ? new RateCap((1 - hedged) * One(0.5, 1), 0.045, One(-1, 0.03), 0.004)
                    : null,
            PayInKind =
                repayment != Repayment.Sculpted && Chance(0.3)
                    ? new PayInKind(One(0.4, 1), One(6, 24))
                    : null,
            Refinancing = again,
            PrepaymentCharge = Chance(0.4) ? new PrepaymentCharge(One(0, 48), hedged > 0) : null,
            Name = $"tranche {i}",
            Arrears = _before.Next(4) == 0 ? 2e6 * _before.NextDouble() : 0,
            Gearing = Between(0.1, 0.5),
            Draw = draw,
            AcceptanceMonths = 2,
            InterestOnlyMonths = _random.Next(0, 4),
            PaymentEveryMonths = periods ? One(1, 3, 6) : 1,
            Repayment = repayment,
            TenorMonths = again is null ? 60 : 36,
            FirstPaymentMonth = _random.Next(9, 14),
            BaseRate = 0.04,
            BaseRates = Chance(0.5) ? [new RateStep(0, 0.05), new RateStep(20, 0.03)] : [],
            Margin = 0.03,
            MarginByCredit = new MarginGrid(0.0225, 0.045),
            Customer = One(
                CustomerCredit.Unstated,
                CustomerCredit.InvestmentGrade,
                CustomerCredit.BelowInvestmentGrade
            ),
            BaseFloor = 0.02,
            HedgedShare = hedged,
            SwapRate = 0.045,
            DayCount = One(DayCount.Thirty360, DayCount.Actual360, DayCount.ActualActual),
            UpfrontFee = 0.015,
            CommitmentFee = 0.005,
            Instalments = [new InstalmentSpan(0.6, 24), new InstalmentSpan(0.4, 36)],
            TargetCover = 1.3,
            MerchantTargetCover = One(0, 2.0),
            SculptEveryMonths = One(1, 3, 12),
            SculptAfterTax = Chance(0.5),
            SweepShare = One(0, 0.5, 1) * (all ? 0.5 : 1),
            SweepOnContractLoss = Chance(0.3),
            PrepayOnContractLoss = Chance(0.4) || all,
            BorrowingBaseAdvance = Chance(0.3) || all ? Between(0.3, 1.2) : 0,
            ProRataPrepayment = Chance(0.5),
        };
    }
}
