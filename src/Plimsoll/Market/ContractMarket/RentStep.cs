namespace Plimsoll.Market.ContractMarket;

/// <summary>One step of a stock's contract rent: its law, the world's pull, what nothing explains, the upper bound. Constants of the member are worked out once.</summary>
internal sealed class RentStep
{
    private readonly MarketForcing _forcing;
    private readonly double[] _p;
    private readonly RentLaw _law;
    private readonly RentTerms _terms;
    private readonly bool _forms;
    private readonly bool _linked;
    private readonly double _dt;
    private readonly double _pull;
    private readonly double _logPremium;
    private readonly double[] _ceiling = new double[Segment.Tiers];

    /// <summary>The step of a world.</summary>
    public RentStep(MarketWorld world, double dt)
    {
        (_forcing, _p, _law, _dt) = (world.Forcing, world.Member.Values, world.Member.Law, dt);
        Parameters p = _p;
        _terms = RentTerms.Of(p);
        _forms = !world.Off.Has(Mechanisms.RentFormation);
        _linked = world.Member.WorldLink;
        _pull = 1 - Math.Exp(-p[Parameter.WorldPull] * dt);
        _logPremium = Math.Log(p[Parameter.WorldPremium]);
        Quote = 1 - Math.Exp(-dt / p[Parameter.QuoteLag]);
        Expect = 1 - Math.Exp(-dt / Orders.ExpectationMonths);
        Search = 1 - Math.Exp(-p[Parameter.SearchRate] * dt);
    }

    /// <summary>Share of the way that a quote goes to the rent in a step.</summary>
    public double Quote { get; }

    /// <summary>Share of the way that an expectation goes to the rent in a step.</summary>
    public double Expect { get; }

    /// <summary>Share of the searching demand that searches in a step.</summary>
    public double Search { get; }

    /// <summary>Sets the upper bounds of a month: servers are repriced monthly.</summary>
    /// <param name="month">Month.</param>
    /// <param name="expectedGap">Smoothed log rent of the H tier over its reference.</param>
    public void Begin(int month, double expectedGap)
    {
        Parameters p = _p;
        var fallen = _forcing.LogReference[0] - _forcing.LogReference[month];
        var price = ServerPrices.New(p, expectedGap, fallen);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _ceiling[k] = RentLaws.LogCeiling(
                price * _forcing.Tiers.Price[k],
                p[Parameter.BuyMonths]
            );
        }
    }

    /// <summary>Log of the rent of a tier above which tenants buy, this month.</summary>
    public double LogCeiling(int tier) => _ceiling[tier];

    /// <summary>Log rent after the step.</summary>
    /// <param name="stock">Which stock.</param>
    /// <param name="month">Month.</param>
    /// <param name="logRent">Log rent before.</param>
    /// <param name="logReference">Log reference rent of the tier.</param>
    /// <param name="state">State of the stock.</param>
    /// <param name="bounded">True when the upper bound held it.</param>
    public double Next(
        int stock,
        int month,
        double logRent,
        double logReference,
        in StockState state,
        out bool bounded
    )
    {
        var tier = stock / Segment.Reaches;
        var next = logRent;
        if (_forms)
        {
            next += RentLaws.Step(_law, _dt, logRent, logReference, state, _terms);
        }
        if (_linked && tier == (int)Tier.H && !double.IsNaN(_forcing.LogWorld[month]))
        {
            next += _pull * (_logPremium + _forcing.LogWorld[month] - next);
        }
        next += _forcing.RentShock[tier][month] * _dt;
        bounded = next > _ceiling[tier];
        return bounded ? _ceiling[tier] : next;
    }
}
