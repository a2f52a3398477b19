using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>A market in which nothing happens by chance: what a centre sells can be worked out by hand. Months have 730 hours, nothing needs repair.</summary>
internal sealed record ConstantMarket
{
    public const double Hours = 730;

    /// <summary>Quoted rent of a month, money per accelerator-hour.</summary>
    public Func<int, double> Quote { get; init; } = _ => 10;

    /// <summary>Share of a fleet's free accelerators let in a month at the quote.</summary>
    public Func<FleetPlan, int, double> Fill { get; init; } = (_, _) => 0.5;

    /// <summary>Accelerators of a fleet that are wanted at the quote at most.</summary>
    public double Wanted { get; init; } = double.PositiveInfinity;

    /// <summary>Fill is multiplied by this when the ask is below the quote.</summary>
    public double CutGain { get; init; } = 1;

    /// <summary>Fill under an operator to whom the fleet was handed.</summary>
    public Func<FleetPlan, double> TakeoverFill { get; init; } = _ => 0.75;

    /// <summary>What an accelerator-hour earns in tokens; all that is lit and not let is then sold.</summary>
    public double TokenRent { get; init; }

    /// <summary>Answer tokens served in an accelerator-hour; 0 where the records say none.</summary>
    public double TokensPerHour { get; init; }

    /// <summary>Second-hand price of an accelerator in a month.</summary>
    public Func<int, double> Resale { get; init; } = _ => 0;

    /// <summary>Accelerators of leases that begin in every month, for the chance to find a tenant.</summary>
    public double Begun { get; init; }

    /// <summary>True when leases signed beforehand stand in the records, as the market writes them.</summary>
    public bool Records { get; init; }

    /// <summary>Draws in which the records say that every tenant left early.</summary>
    public Func<int, bool> Fails { get; init; } = _ => false;

    /// <summary>Months after which they left then.</summary>
    public int LeaveAfter { get; init; } = 2;

    public CentreOutlook Centre(CentrePlan plan, FleetPolicies policies, int draw)
    {
        var fleets = plan
            .Fleets.Select(f => new Fleet(this, plan, f, policies.Of(f.Name)))
            .ToList();
        for (var m = 0; m < plan.Months; m++)
        {
            foreach (var fleet in fleets)
            {
                fleet.Month(m);
            }
        }
        var n = plan.Months;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, n).Select(value)];
        double[] Sum(Func<Fleet, double[]> of) => Each(m => fleets.Sum(f => of(f)[m]));
        ProductSales Sales(Product product, Func<Fleet, double[]> sold, Func<Fleet, double[]> money)
        {
            var (hours, taken) = (Sum(sold), Sum(money));
            return new ProductSales(
                product,
                hours,
                Each(m => hours[m] > 0 ? taken[m] / hours[m] : 0),
                product == Product.Inference && TokensPerHour > 0
                    ? Each(m => hours[m] * TokensPerHour)
                    : []
            );
        }
        var flat = Each(_ => 1000);
        return new CentreOutlook(
            new MonthlyOutlook
            {
                Start = plan.Start,
                Currency = Currency.Cny,
                HoursPerMonth = Hours,
                Installed = Sum(f => f.Installed),
                Repair = new double[n],
                Dark = Sum(f => f.Dark),
                Idle = Sum(f => f.Idle),
                Sales =
                [
                    Sales(Product.TrainingLease, f => f.SignedHours, f => f.SignedMoney),
                    Sales(Product.SmallLease, f => f.LetHours, f => f.LetMoney),
                    Sales(Product.Inference, f => f.TokenHours, f => f.TokenMoney),
                ],
                Leases =
                [
                    .. plan
                        .Signed.Where(_ => Records)
                        .Select(s => new Lease(
                            s.Tenant,
                            Product.TrainingLease,
                            0,
                            s.TenorMonths,
                            s.Accelerators,
                            s.PricePerGpuHour,
                            s.TakeOrPayShare,
                            0,
                            Fails(draw) ? LeaveAfter : s.TenorMonths,
                            Fails(draw)
                        )
                        {
                            Signed = true,
                        }),
                    .. Enumerable
                        .Range(0, Begun > 0 ? n : 0)
                        .Select(m => new Lease(
                            $"tenant {m}",
                            Product.SmallLease,
                            m,
                            6,
                            Begun,
                            Quote(m),
                            0,
                            0,
                            m + 6,
                            false
                        )),
                ],
                Costs = [],
                EnergyKwh = new double[n],
                PeakKw = new double[n],
                ResalePrice = Each(Resale),
                MonthsToSell = Each(_ => 1),
                SaleProceeds = Sum(f => f.Proceeds),
                Fleets = [.. fleets.Select(f => f.Months())],
            },
            new FillReasons(flat, flat, flat, flat, flat, flat),
            Each(Quote),
            draw % 2 == 0 ? "one law" : "another law"
        );
    }

    /// <summary>One fleet of a centre, month by month.</summary>
    private sealed class Fleet(
        ConstantMarket market,
        CentrePlan plan,
        FleetPlan fleet,
        IPolicy policy
    )
    {
        private readonly int _n = plan.Months;
        private double _left = 1;
        private double _putUp;
        private bool _handed;

        public double[] Installed { get; } = new double[plan.Months];
        public double[] Dark { get; } = new double[plan.Months];
        public double[] Idle { get; } = new double[plan.Months];
        public double[] SignedHours { get; } = new double[plan.Months];
        public double[] SignedMoney { get; } = new double[plan.Months];
        public double[] LetHours { get; } = new double[plan.Months];
        public double[] LetMoney { get; } = new double[plan.Months];
        public double[] TokenHours { get; } = new double[plan.Months];
        public double[] TokenMoney { get; } = new double[plan.Months];
        public double[] Proceeds { get; } = new double[plan.Months];

        public void Month(int m)
        {
            var quotes = Enumerable.Range(0, m + 1).Select(market.Quote).ToArray();
            var action = policy.Decide(
                new ObservedState(plan.Start + (m - 1), m - 1, 0, 0, 0, quotes, 0, 0, 0)
            );
            if (plan.Start + m < fleet.Online)
            {
                return;
            }
            _handed |= action.HandOver;
            _putUp += (1 - _putUp) * action.SellShare;
            var signed = Signed(m, out var money);
            // What is under contract is sold when its contract ends.
            var sold = Math.Max(
                0,
                Math.Min(_left - (1 - _putUp), _left - (signed / fleet.Accelerators))
            );
            Proceeds[m] = fleet.Accelerators * sold * market.Resale(m);
            _left -= sold;
            Installed[m] = fleet.Accelerators * _left;
            var kept = fleet.Accelerators * (1 - _putUp) * (1 - action.SellLater);
            var fill = _handed ? market.TakeoverFill(fleet) : market.Fill(fleet, m);
            var gain = action.PriceOverQuote < 1 ? market.CutGain : 1;
            // A fleet that is sold whole goes dark: nothing new is let.
            var let =
                _putUp >= 1 || kept <= 0
                    ? 0
                    : Math.Min(market.Wanted, (Installed[m] - signed) * Math.Min(1, fill * gain));
            Dark[m] = (Installed[m] - signed - let) * action.DarkShare;
            var lit = Installed[m] - signed - let - Dark[m];
            var tokens =
                plan.Products.Contains(Product.Inference) ? lit * market.TokenRent.CompareTo(0)
                : action.InferenceShare > 0 && market.TokenRent > 0 ? lit * action.InferenceShare
                : 0;
            Idle[m] = lit - tokens;
            (SignedHours[m], SignedMoney[m]) = (signed * Hours, money * Hours);
            (LetHours[m], LetMoney[m]) = (
                let * Hours,
                let * Hours * market.Quote(m) * action.PriceOverQuote
            );
            (TokenHours[m], TokenMoney[m]) = (tokens * Hours, tokens * Hours * market.TokenRent);
        }

        /// <summary>Accelerators under leases signed beforehand, and their money an hour.</summary>
        private double Signed(int m, out double money)
        {
            double all = 0;
            money = 0;
            foreach (var lease in plan.Signed)
            {
                var share =
                    lease.Fleet is null ? fleet.Accelerators / plan.Fleets.Sum(f => f.Accelerators)
                    : lease.Fleet == fleet.Name ? 1
                    : 0;
                var age = plan.Start + m - fleet.Online;
                if (age < lease.TenorMonths)
                {
                    all += share * lease.Accelerators;
                    money += share * lease.Accelerators * lease.PricePerGpuHour;
                }
            }
            return all;
        }

        public FleetMonths Months()
        {
            double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, _n).Select(value)];
            return new FleetMonths
            {
                Fleet = fleet.Name,
                Accelerator = fleet.Accelerator,
                Server = fleet.Server,
                Installed = Installed,
                Repair = new double[_n],
                Dark = Dark,
                Idle = Idle,
                HoursSold = Each(m => SignedHours[m] + LetHours[m] + TokenHours[m]),
                Revenue = Each(m => SignedMoney[m] + LetMoney[m] + TokenMoney[m]),
                Quote = Each(market.Quote),
                ResalePrice = Each(market.Resale),
                MonthsToSell = Each(_ => 1),
                Sold = new double[_n],
            };
        }
    }
}
