namespace Plimsoll.Market;

/// <summary>What servers cost new and used, how long a sale takes, and who leaves.</summary>
/// <remarks>
/// Second-hand price between earnings and replacement: ln P = (1 - w) ln(new, worn) + w ln(present value of net earnings), after
/// Beenstock and Vergottis 1993 and Stopford ch. 6 (ships);
/// fire-sale discount: Shleifer and Vishny 1992, Pulvino 1998 (used aircraft, 10 to 30 %).
/// </remarks>
public static class ServerPrices
{
    /// <summary>Months over which a used server still earns; accounting lives are three to six years.</summary>
    private const double EarningMonths = 48;

    /// <summary>Share of the price when new that scrap and parts fetch; own prior.</summary>
    private const double ScrapShare = 0.05;

    /// <summary>Share of the tier's stock that used-server buyers take up a month in a calm market; own prior.</summary>
    private const double MonthlyUptake = 0.015;

    /// <summary>Highest price of a new server over its cost: beyond it supply from abroad comes whatever rents do. Own prior; grey-market prices in China peaked below it.</summary>
    public const double MostOverCost = 2;

    /// <summary>Lowest price of a new server over its cost: below it nobody makes or sells one, whatever rents do. Own prior: what stock forced to sell fetches (<see cref="Discount"/>).</summary>
    public const double LeastOverCost = 0.5;

    private static readonly double _logMostOverCost = Math.Log(MostOverCost);
    private static readonly double _logLeastOverCost = Math.Log(LeastOverCost);

    /// <summary>Price of a new H server: its cost, drawn along by expected rent, between <see cref="LeastOverCost"/> and <see cref="MostOverCost"/> times the cost.</summary>
    /// <remarks>Without the bounds rent would move the price, the price the rent at which tenants buy, and that the rent, without end either way.</remarks>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="expectedGap">Smoothed log rent less the log reference.</param>
    /// <param name="logObsolescence">Fall of the reference since the start, in logs.</param>
    public static double New(Parameters p, double expectedGap, double logObsolescence) =>
        p[Parameter.ServerCost]
        * Math.Exp(
            Math.Clamp(p[Parameter.PriceToRent] * expectedGap, _logLeastOverCost, _logMostOverCost)
                - logObsolescence
        );

    /// <summary>Second-hand price of a server in an orderly sale.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="newPrice">Price of a new one of the tier.</param>
    /// <param name="expectedRent">Expected rent, money a month.</param>
    /// <param name="fill">Fill that a buyer expects, 0 to 1.</param>
    /// <param name="avoidable">Running cost a month while let.</param>
    /// <param name="ageMonths">Age; earnings end 48 months after new at the latest, never in less than six months.</param>
    /// <param name="saleFlow">Share of the tier's stock that comes to sale in a month.</param>
    /// <returns>At least scrap, at most a new one worn by age.</returns>
    public static double SecondHand(
        Parameters p,
        double newPrice,
        double expectedRent,
        double fill,
        double avoidable,
        double ageMonths,
        double saleFlow
    )
    {
        // Half of the buyers use the server themselves and save the rent, half let it as the market lets.
        var net = 0.5 * (1 + fill) * (expectedRent - avoidable);
        var worn = newPrice * Math.Exp(-p[Parameter.Obsolescence] * ageMonths / 12);
        var scrap = ScrapShare * newPrice;
        var fair = ByEarnings(p, worn, scrap, net, ageMonths);
        return Math.Max(scrap, fair * Math.Exp(-Discount(p, saleFlow)));
    }

    /// <summary>A price by age drawn towards what a buyer still earns: their geometric mean with weight <see cref="Parameter.UsedToEarnings"/>, where earnings are less.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="worn">Price by age alone.</param>
    /// <param name="scrap">What it fetches whatever it earns.</param>
    /// <param name="net">Rent less running cost a month.</param>
    /// <param name="ageMonths">Age; earnings end 60 months after new, never in less than six months.</param>
    /// <returns>At most <paramref name="worn"/>: no buyer pays more than for a new one worn by age, however well it earns.</returns>
    public static double ByEarnings(
        Parameters p,
        double worn,
        double scrap,
        double net,
        double ageMonths
    )
    {
        var rate = (p[Parameter.BuyerReturn] + p[Parameter.Obsolescence]) / 12;
        var life = Math.Max(6, EarningMonths + 12 - ageMonths);
        var earnings = net * (1 - Math.Exp(-rate * life)) / rate;
        return worn
            * Math.Exp(
                p[Parameter.UsedToEarnings]
                    * Math.Min(0, Math.Log(Math.Max(scrap, earnings) / worn))
            );
    }

    /// <summary>Fire-sale discount in logs: grows with the flow of sales, 0.7 at most (half the price).</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="saleFlow">Share of the tier's stock that comes to sale in a month.</param>
    public static double Discount(Parameters p, double saleFlow) =>
        Math.Min(0.7, p[Parameter.FireSaleSlope] * saleFlow);

    /// <summary>Months that a sale takes: its size over what buyers take up, more when much else is for sale.</summary>
    /// <param name="servers">Servers for sale.</param>
    /// <param name="stock">Servers of the tier.</param>
    /// <param name="saleFlow">Share of the stock that comes to sale in a month.</param>
    /// <returns>1 to 36.</returns>
    public static double MonthsToSell(double servers, double stock, double saleFlow) =>
        stock > 0
            ? Math.Clamp(
                1 + (servers / stock / MonthlyUptake * (1 + (saleFlow / MonthlyUptake))),
                1,
                36
            )
            : 36;

    /// <summary>Share of vacant capacity that leaves a month: more where holding is worth less than selling.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="secondHand">Second-hand price.</param>
    /// <param name="holding">Worth of holding: expected net rent at the fill of the stock over the earning life.</param>
    public static double ExitHazard(Parameters p, double secondHand, double holding)
    {
        var tilt = secondHand / (secondHand + Math.Max(0, holding));
        return 2 * p[Parameter.ExitRate] * tilt;
    }

    /// <summary>Share of ineligible capacity that takeover makes eligible a month.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="idle">Share of the capacity that earns nothing: what makes owners part with it, 0 to 1.</param>
    public static double TakeoverHazard(Parameters p, double idle) =>
        p[Parameter.TakeoverRate] * idle;
}
