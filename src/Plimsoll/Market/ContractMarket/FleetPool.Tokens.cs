using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Tokens: what an accelerator-hour earns with them, and how many the centre sells.</content>
internal sealed partial class FleetPool
{
    /// <summary>Highest mean load of accelerators that serve tokens at a latency promise: traffic of ten minutes runs above the day's mean. Own prior.</summary>
    private const double MostTokenLoad = 0.8;

    /// <summary>Share of the way to its share of the token demand that a service goes in a month; own prior.</summary>
    private const double TokenUptake = 0.15;

    /// <summary>Share of a change of rent that token prices follow; own prior.</summary>
    private const double TokenPriceToRent = 0.5;

    /// <summary>Growth a year of the tokens that every service gets out of a server by better software, and by which prices of tokens fall; own prior, the default of a study's own growth.</summary>
    private const double MarketGrowth = 0.3;

    /// <summary>Mean of e^trust over the operators of a market, from the spreads of capability and taste.</summary>
    private const double RivalTrust = 1.6;

    /// <summary>Bound of the shortfall of token value below rent, in logs; beyond it nobody comes anyway.</summary>
    private const double MostShortfall = 2;

    private readonly InferenceCapability? _capable;
    private readonly double _goodput;
    private double _load;
    private double _tokenPriceShift = 1;
    private double _valueAtStart;
    private int _valueMonth = -1;

    /// <summary>Accelerators busy with tokens.</summary>
    public double Tokens { get; private set; }

    /// <summary>Accelerators that the units in which they are served take, busy or not: they are not sold by the hour too.</summary>
    public double InUnits { get; private set; }

    /// <summary>Accelerators kept from tenants for tokens that will come, since they earn more there.</summary>
    public double Reserved { get; private set; }

    /// <summary>Accelerators' worth of the token demand that came to it, beyond what the promise lets it serve too.</summary>
    public double TokensWon { get; private set; }

    /// <summary>How well it meets the demand of those who serve tokens on rented chips, 0 to 1.</summary>
    public double InferenceFit { get; private set; } = 1;

    /// <summary>Who serves tokens on rented chips pays no more than the tokens earn: a chip poor at it loses them as if its price were that much higher.</summary>
    private double FitForTokens(int m, double logRent)
    {
        var value = TokenValue(m) * PerServer * HoursPerMonth;
        return value <= 0
            ? 1
            : Math.Exp(
                _terms.PriceWeight * Math.Clamp(Math.Log(value) - logRent, -MostShortfall, 0)
            );
    }

    /// <summary>True when the owner offers some of it for tokens.</summary>
    public bool ServesTokens => _f.Sells(Product.Inference) || Action.InferenceShare > 0;

    /// <summary>Accelerators busy with tokens sold at the API price: a share of the inference demand in reach, by trust and discount, never beyond the load that keeps the promise.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="lit">Accelerators lit, fit and not let.</param>
    /// <param name="floor">Avoidable cost of an accelerator-hour.</param>
    /// <param name="market">The market at the month's end.</param>
    /// <remarks>Logit among services, each by its capacity; the others hold what serves today's demand at the highest load.</remarks>
    private double ServeTokens(int m, double lit, double floor, MarketMoment market)
    {
        (TokensWon, Reserved, InUnits, _served) = (0, 0, 0, 1);
        var share = Action.InferenceShare > 0 ? Math.Min(1, Action.InferenceShare) : 1;
        var offered = ServesTokens ? lit * share : 0;
        // A unit of a layout cannot be part-built: on what is free a smaller one serves, or none.
        var most = MostTokenLoad * Units.ShareOn(offered);
        if (offered <= 0 || TokenValue(m) * Units.ShareOn(offered) <= floor)
        {
            _load = 0;
            return 0;
        }
        var wanted = 0.0;
        for (var r = 0; r < Segment.Reaches; r++)
        {
            var stock = Segment.Stock(Tier, r);
            wanted += market.Demand[Segment.Of(stock, (int)Need.Inference)] * _f.Place(stock);
        }
        var discount = Math.Min(0.95, _f.Plan.Tokens?.Discount ?? 0);
        var own =
            offered
            * Units.ShareOn(offered)
            * Quality
            * Math.Exp(Trust - (_terms.PriceWeight * Math.Log(1 - discount)));
        var rivals = wanted / MostTokenLoad * RivalTrust;
        var target = wanted * own / (own + rivals) / (offered * Quality);
        _load += TokenUptake * (target - _load);
        TokensWon = _load * offered;
        var rent = CentreFrame.PerHour(market.LogRent[_f.MainStock(Tier)] + Shift(m));
        var kept = Math.Min(most, target);
        (var busy, InUnits, _served) = Units.Least(
            Math.Min(most, _load) * offered,
            offered,
            MostTokenLoad
        );
        Reserved =
            TokenValue(m) * kept > rent ? Math.Min(offered, Math.Max(kept * offered, InUnits)) : 0;
        return busy;
    }

    private ServingUnits Units => _capable?.Units ?? ServingUnits.Any;

    /// <summary>What an accelerator serves in the layout of the month over what it serves in the best.</summary>
    private double _served = 1;

    /// <summary>What an accelerator-hour busy with tokens brings in the layout of the month.</summary>
    public double TokenPrice(int m) => TokenValue(m) * _served;

    /// <summary>Output tokens a second of one accelerator in a month.</summary>
    private double Goodput(int m) =>
        InferenceCapability.Grown(
            _goodput,
            _capable?.SoftwareGrowthPerYear ?? 0,
            _capable?.MostTokensPerSecond ?? double.PositiveInfinity,
            m
        );

    /// <summary>What one accelerator-hour earns in tokens: goodput at the promise times what an output token and the input that comes with it bring, which falls as everybody serves more from a server and as rents fall.</summary>
    /// <remarks>Competition hands what all gain in tokens a server on to the buyers of tokens; a service that gains no more than the others earns by the hour what rents allow.</remarks>
    public double TokenValue(int m)
    {
        if (_goodput <= 0)
        {
            return 0;
        }
        if (m != _valueMonth)
        {
            var price = _f.Plan.Tokens?.PerMillionOutput ?? _f.Of.TokenPrice;
            var cheaper = Math.Pow(1 + MarketGrowth, m / 12.0);
            _valueAtStart = Goodput(m) * 3600 / 1e6 * price / cheaper;
            _valueMonth = m;
        }
        return _valueAtStart * _tokenPriceShift;
    }
}
