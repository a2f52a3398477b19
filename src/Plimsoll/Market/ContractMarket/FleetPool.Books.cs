using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its month's end: spot, tokens, prices, and what the owner sees.</content>
internal sealed partial class FleetPool
{
    private readonly double[] _quotes;
    private ObservedState _state;
    private double _rentAtStart = double.NaN;

    /// <summary>Sold by the hour.</summary>
    public double Spot { get; private set; }

    /// <summary>Switched off by decision.</summary>
    public double Dark { get; private set; }

    /// <summary>Under repair: free accelerators first, since a spare takes the place of a let one.</summary>
    public double Repair { get; private set; }

    /// <summary>Kept for the owner.</summary>
    public double Captive { get; private set; }

    /// <summary>Price by the hour, money of an accelerator-hour.</summary>
    public double SpotPrice { get; private set; }

    /// <summary>Spot and tokens of the month, and what is left idle.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="hours">Its hours.</param>
    /// <param name="market">The market.</param>
    /// <param name="stopped">True while nobody runs the centre: all that stands is dark, let or not.</param>
    public void Book(int m, double hours, MarketMoment market, bool stopped)
    {
        var floor = Avoidable / HoursPerMonth;
        var vacant = Math.Max(0, Open - Let);
        var lit = stopped ? 0 : vacant * (1 - Math.Clamp(Action.DarkShare, 0, 1));
        // Hours that are sold already at more than running saves stay lit.
        lit = stopped ? 0 : Math.Max(lit, Math.Min(vacant, CoveredAt(floor)));
        var fit = Math.Max(0, (Eligible * (vacant > 0 ? lit / vacant : 1)) - Let);
        var usable = Math.Min(lit, fit);
        Dark = vacant - lit;
        // What tenants cannot use goes to the promise first.
        double Spared(double price) =>
            Math.Min(usable, Math.Max(0, CoveredAt(price) - Math.Max(0, lit - usable)));
        Tokens = ServeTokens(m, usable - Spared(TokenValue(m)), floor, market);
        SpotPrice = CentreFrame.PerHour(Math.Log(market.SpotPrice[Tier]) + SpotShift(m));
        Spot =
            _f.Sells(Product.Spot) && SpotPrice >= floor
                ? Math.Max(
                    0,
                    (
                        usable
                        - Math.Max(Math.Max(Tokens, InUnits), Spared(SpotPrice))
                        + (stopped ? 0 : Left)
                    )
                        * market.SpotUse[Tier]
                        * SpotReach(m, usable, market)
                )
                : 0;
        Repair = Math.Max(0, Math.Min(Installed - Sound, Installed - Let));
        Dark = stopped ? Math.Max(0, Installed - Repair) : Dark;
        Captive = Math.Max(0, Math.Min(Sound - Open, Installed - Let - Repair));
        Series.Installed[m] = Installed;
        Series.Repair[m] = Repair;
        Series.Dark[m] = Dark;
        // Capacity kept for the owner is neither sold nor on offer: it stands with the idle.
        Series.Idle[m] = Math.Max(0, Installed - (Let - Left) - Repair - Dark - Tokens - Spot);
        (Series.SpotHours[m], Series.SpotPrice[m]) = (Spot * hours, SpotPrice);
        (Series.TokenHours[m], Series.TokenPrice[m]) = (Tokens * hours, TokenPrice(m));
        Series.Hours[m] += (Spot + Tokens) * hours;
        Series.Money[m] += ((Spot * SpotPrice) + (Tokens * TokenPrice(m))) * hours;
    }

    /// <summary>Months in which a centre that sells less by the hour than others comes two thirds of the way to them: customers, portal and credit take a year. Own prior.</summary>
    private const double SpotMonths = 12;

    private double _spotAtStart = 1;

    /// <summary>What a centre sells by the hour over what others sell of the same, 0 to 1.</summary>
    private double SpotReach(int m, double usable, MarketMoment market)
    {
        if (_f.Plan.SpotToday is not { } today)
        {
            return 1;
        }
        if (m == 0)
        {
            var others = usable * market.SpotUse[Tier];
            _spotAtStart = others > 0 ? Math.Clamp(today * Installed / others, 0, 1) : 1;
        }
        return 1 - ((1 - _spotAtStart) * Math.Exp(-m / SpotMonths));
    }

    /// <summary>Accelerators lit and on offer that nobody took in a month.</summary>
    public double Unsold(int m) => Math.Max(0, Series.Idle[m] - Captive);

    /// <summary>Some of the unsold are bought all the same.</summary>
    public void Buy(int m, double accelerators, double price, double hours)
    {
        Series.Idle[m] -= accelerators;
        Series.Hours[m] += accelerators * hours;
        Series.Money[m] += accelerators * hours * price;
    }

    /// <summary>Output tokens served in a month.</summary>
    public double TokenCount(int m, double hours) => Tokens * hours * 3600 * Goodput(m) * _served;

    /// <summary>Prices at the month's end.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="market">The market.</param>
    /// <param name="ofTier">Accelerators that the centre has of the tier, in the reference chip.</param>
    public void Close(int m, MarketMoment market, double ofTier)
    {
        Series.Resale[m] = Resale(m, market, 0);
        var stock = market.Installed[Tier] + ofTier;
        Series.MonthsToSell[m] = _of.Chip.Used is { } used
            ? used.Law.MonthsToSell(stock > 0 ? ofTier / stock : 1, Glut(market))
            : ServerPrices.MonthsToSell(ofTier, stock, market.SaleFlow[Tier]);
        _quotes[m + 1] = Quote(m, market);
        Series.Quote[m] = _quotes[m + 1];
        Series.ContractRent[m] = CentreFrame.PerHour(market.LogRent[_f.MainStock(Tier)] + Shift(m));
        Series.SpotRent[m] = SpotPrice;
        _state = Observe(m);
    }

    private double Quote(int m, MarketMoment market)
    {
        var quote = market.LogQuote[Tier] + Shift(m);
        _rentAtStart = double.IsNaN(_rentAtStart) ? quote : _rentAtStart;
        _tokenPriceShift = Math.Exp(TokenPriceToRent * Math.Clamp(quote - _rentAtStart, -1.5, 1.5));
        return CentreFrame.PerHour(quote);
    }

    /// <summary>Share of what its tier offers that nobody takes, 0 to 1.</summary>
    private double Glut(MarketMoment market)
    {
        double offered = market.Offered[2 * Tier] + market.Offered[(2 * Tier) + 1],
            let = market.Let[2 * Tier] + market.Let[(2 * Tier) + 1];
        return offered > 0 ? Math.Clamp(1 - (let / offered), 0, 1) : 0;
    }

    /// <summary>Second-hand price of one accelerator with its share of the server: by the quotes of its chip, else by the laws.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="market">The market.</param>
    /// <param name="ownFlow">Share of the tier's stock that the centre itself sells this month.</param>
    private double Resale(int m, MarketMoment market, double ownFlow)
    {
        Parameters p = _f.P;
        var forcing = _f.Of.World.Forcing;
        var month = Math.Min(forcing.Months - 1, m + _f.Offset);
        if (_of.Chip.Used is { } used)
        {
            return used.Fair(p, month, FirstOnline + _f.Offset, Avoidable)
                * used.Law.Orderly(market.SaleFlow[Tier] + ownFlow, Glut(market));
        }
        var fresh =
            ServerPrices.New(
                p,
                market.Expected[0] - market.LogReference,
                forcing.LogReference[0] - forcing.LogReference[month]
            )
            * forcing.Tiers.Price[Tier]
            * Quality;
        double offered = market.Offered[2 * Tier] + market.Offered[(2 * Tier) + 1],
            let = market.Let[2 * Tier] + market.Let[(2 * Tier) + 1];
        var cost = DarkOffer.Cost(p[Parameter.AvoidableCost], forcing.Tiers.Power[Tier]) * Quality;
        return ServerPrices.SecondHand(
                p,
                fresh,
                Math.Exp(market.Expected[Tier] + Shift(m)),
                offered > 0 ? let / offered : 0,
                cost,
                Math.Max(0, m - Math.Max(0, FirstOnline)),
                market.SaleFlow[Tier] + ownFlow
            ) / PerServer;
    }

    private ObservedState FirstState(MarketMoment market) =>
        new(
            _f.Plan.Start + -1,
            -1,
            0,
            0,
            0,
            _quotes.AsMemory(0, 1),
            Avoidable / HoursPerMonth,
            Resale(0, market, 0),
            TokenValue(0)
        )
        {
            Fleet = _of.Fleets[0].Name,
        };

    private ObservedState Observe(int m)
    {
        var hours = Series.Hours[m];
        var all = Installed * (_f.Plan.Start + m).Hours;
        return new ObservedState(
            _f.Plan.Start + m,
            m,
            Installed,
            all > 0 ? hours / all : 0,
            hours > 0 ? Series.Money[m] / hours : 0,
            _quotes.AsMemory(0, m + 2),
            Avoidable / HoursPerMonth,
            Series.Resale[m],
            TokenValue(m)
        )
        {
            Fleet = _of.Fleets[0].Name,
        };
    }

    /// <summary>The months of each of its fleets: what is alike is shared out by what stands of each.</summary>
    public IEnumerable<FleetMonths> Months()
    {
        var months = Series.Installed.Length;
        var standing = new double[months];
        var came = new double[_of.Fleets.Count][];
        for (var i = 0; i < came.Length; i++)
        {
            came[i] = new double[months];
            for (var m = 0; m < months; m++)
            {
                came[i][m] = Came(_of.Fleets[i], m);
                standing[m] += came[i][m];
            }
        }
        for (var i = 0; i < came.Length; i++)
        {
            var (fleet, own) = (_of.Fleets[i], came[i]);
            double[] Share(double[] all)
            {
                var share = new double[all.Length];
                for (var m = 0; m < share.Length; m++)
                {
                    share[m] = standing[m] > 0 ? all[m] * own[m] / standing[m] : 0;
                }
                return share;
            }
            yield return new FleetMonths
            {
                Fleet = fleet.Name,
                Accelerator = fleet.Accelerator,
                Server = fleet.Server,
                Installed = Share(Series.Installed),
                Repair = Share(Series.Repair),
                Dark = Share(Series.Dark),
                Idle = Share(Series.Idle),
                HoursSold = Share(Series.Hours),
                Revenue = Share(Series.Money),
                Quote = Series.Quote,
                ResalePrice = Series.Resale,
                MonthsToSell = Series.MonthsToSell,
                Sold = Share(Series.Sold),
                Uncontracted =
                [
                    new ProductSales(Product.Spot, Share(Series.SpotHours), Series.SpotPrice, []),
                    new ProductSales(
                        Product.Inference,
                        Share(Series.TokenHours),
                        Series.TokenPrice,
                        []
                    ),
                ],
            };
        }
    }
}

/// <summary>What is written down of one pool, month by month; accelerators, hours and money.</summary>
internal sealed class FleetSeries(int months)
{
    public double[] Installed { get; } = new double[months];
    public double[] Repair { get; } = new double[months];
    public double[] Dark { get; } = new double[months];
    public double[] Idle { get; } = new double[months];
    public double[] Hours { get; } = new double[months];
    public double[] Money { get; } = new double[months];
    public double[] Quote { get; } = new double[months];
    public double[] ContractRent { get; } = new double[months];
    public double[] SpotRent { get; } = new double[months];
    public double[] Resale { get; } = new double[months];
    public double[] MonthsToSell { get; } = new double[months];
    public double[] Sold { get; } = new double[months];
    public double[] SpotHours { get; } = new double[months];
    public double[] SpotPrice { get; } = new double[months];
    public double[] TokenHours { get; } = new double[months];
    public double[] TokenPrice { get; } = new double[months];
}
