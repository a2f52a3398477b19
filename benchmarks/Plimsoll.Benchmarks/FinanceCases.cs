using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Benchmarks;

/// <summary>The contracts and outlooks on which project finance is timed: 240 months, a fleet bought in two deliveries.</summary>
public static class FinanceCases
{
    public const int Months = 240;
    private const double Fleet = 8000;

    public static Month Start { get; } = new(2024, 1);

    /// <summary>Losses with expiry, value added tax with surcharge, reserve account, sweep, lock-up, arrears, default and recovery; one annuity.</summary>
    public static FinanceTerms Full { get; } =
        new()
        {
            Currency = Currency.Usd,
            Start = Start,
            CapitalCosts =
            [
                new CapitalCost("hall", 0, 150e6, 6, 20, 0, 0.09) { SoldWithAccelerators = false },
                new CapitalCost("servers", 4, 300e6, 6, 5, 0, 0.13),
            ],
            Tax = new TaxTerms(0.25, 5, 0.8, 0.06) { SurchargeRate = 0.12, SaleVatRate = 0.13 },
            ReserveMonths = 6,
            LiquidityMonths = 2,
            ReceivableDays = 45,
            PayableDays = 30,
            InsuranceRate = 0.004,
            LockUpCover = 1.15,
            Tranches =
            [
                new DebtTranche
                {
                    Name = "senior",
                    Gearing = 0.6,
                    TenorMonths = 180,
                    FirstPaymentMonth = 12,
                    BaseRate = 0.045,
                    Margin = 0.025,
                    UpfrontFee = 0.01,
                    CommitmentFee = 0.005,
                    SweepShare = 0.5,
                },
            ],
        };

    /// <summary>Everything the engine has: three tranches, floating rates, borrowing base, prepayment, vouchers, subsidies, clawback, take-or-pay, refresh, collection account, both tests, trap, support.</summary>
    public static FinanceTerms Everything { get; } =
        Full with
        {
            CollectionMonths = 1,
            LockUpTest = CoverTest.Both,
            TrapTests = 2,
            DefaultCover = 0.5,
            SponsorSupport = 20e6,
            Grants = [new Grant(7, 10e6, 1, 0.5, 30)],
            Subsidies = [new OperatingSubsidy("power", 8, 60, 1e4, 0.02, 0.01, 5e6, 0.5, 0.5, 60)],
            Vouchers = new VoucherTerms(4, 0.5, 0.4, 48),
            Power = new TakeOrPayPower(9000, 0.85, 36, 6, 96, 0.06, 90, 12),
            Refresh = new Refresh(84, 100e6) { FromMonth = 24 },
            Tranches =
            [
                Full.Tranches[0] with
                {
                    Gearing = 0.35,
                    HedgedShare = 0.5,
                    SwapRate = 0.05,
                    BaseFloor = 0.02,
                    DayCount = DayCount.Actual360,
                    BorrowingBaseAdvance = 1.2,
                    PrepayOnContractLoss = true,
                },
                Full.Tranches[0] with
                {
                    Name = "servers",
                    Gearing = 0.4,
                    Funds = ["servers"],
                    Draw = DrawRule.AfterAcceptance,
                    AcceptanceMonths = 2,
                    TenorMonths = 60,
                    ProRataPrepayment = true,
                },
                Full.Tranches[0] with
                {
                    Name = "junior",
                    Gearing = 0.1,
                    Repayment = Repayment.Bullet,
                    TenorMonths = 200,
                    Margin = 0.06,
                },
            ],
        };

    /// <summary>One annuity and nothing else.</summary>
    public static FinanceTerms Stripped { get; } =
        new()
        {
            Currency = Currency.Usd,
            Start = Start,
            CapitalCosts = Full.CapitalCosts.Select(c => c with { InputVatRate = 0 }).ToList(),
            LockUpCover = 0,
            Tranches =
            [
                Full.Tranches[0] with
                {
                    SweepShare = 0,
                    UpfrontFee = 0,
                    CommitmentFee = 0,
                },
            ],
        };

    /// <summary>One outlook: rent and fill wander, in some the rent falls by two thirds.</summary>
    public static MonthlyOutlook Outlook(int seed, bool rich)
    {
        var random = new Random(seed);
        double[] Series() => new double[Months];
        var (installed, hours, price, cost, sunk) = (
            Series(),
            Series(),
            Series(),
            Series(),
            Series()
        );
        var (energy, resale, toSell, vouchers, shift) = (
            Series(),
            Series(),
            Series(),
            Series(),
            Series()
        );
        var rent = 1.5 + random.NextDouble();
        var fill = 0.5 + (0.4 * random.NextDouble());
        for (var m = 0; m < Months; m++)
        {
            installed[m] = m < 6 ? 0 : Fleet;
            rent *= Math.Exp((0.06 * (random.NextDouble() - 0.5)) - 0.004);
            rent = Math.Max(0.6, rent);
            fill = Math.Clamp(fill + (0.06 * (random.NextDouble() - 0.5)), 0.1, 0.95);
            hours[m] = installed[m] * fill * (Start + m).Hours;
            price[m] = rent;
            cost[m] = installed[m] * 110 * (0.4 + (0.6 * fill));
            sunk[m] = installed[m] * 40;
            energy[m] = hours[m] * 1.1;
            resale[m] = 25_000 * Math.Pow(0.975, m);
            toSell[m] = 6;
            vouchers[m] = rich ? 0.05 * hours[m] * rent : 0;
            shift[m] = rich && m > 12 ? 0.02 * (random.NextDouble() - 0.5) : 0;
        }
        return new MonthlyOutlook
        {
            Start = Start,
            Currency = Currency.Usd,
            Installed = installed,
            Repair = Series(),
            Dark = Series(),
            Idle = Series(),
            Sales = [new ProductSales(Product.TrainingLease, hours, price, [])],
            Leases = rich
                ?
                [
                    new Lease(
                        "anchor",
                        Product.TrainingLease,
                        7,
                        60,
                        3000,
                        1.8,
                        1,
                        2,
                        random.Next(20, 90),
                        true
                    ),
                ]
                : [],
            Costs = [new CostSplit("running", cost, Series(), sunk)],
            EnergyKwh = energy,
            PeakKw = Series(),
            ResalePrice = resale,
            MonthsToSell = toSell,
            SubsidyIncluded = rich ? vouchers : [],
            BaseRateShift = rich ? shift : [],
        };
    }
}
