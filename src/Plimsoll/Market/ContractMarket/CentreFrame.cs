using Plimsoll.Market.Filling;
using Plimsoll.Outlooks;
using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What all fleets of an added centre share: its plan, the market it enters and its own luck.</summary>
internal sealed class CentreFrame
{
    /// <summary>Hours of a mean month, by which a server-month is an hour's price.</summary>
    public const double HoursPerMonth = 730;

    private readonly bool[] _sells = new bool[4];

    public CentreFrame(CentrePlan plan, PlanTerms of)
    {
        (Plan, Of, Terms, P) = (plan, of, of.World.Terms, of.World.Member.Values);
        Offset = plan.Start - of.World.Forcing.Start;
        var stream = RandomStream.Keyed(
            of.Seed,
            of.Draw,
            EntityId.Of("centre " + plan.Name),
            Purpose.Inputs
        );
        var key = stream.NextBits();
        Luck = KeyedNormal.At(key, 0);
        Taste = Terms.TasteDeviation * KeyedNormal.At(key, 1);
        GoodputLuck = KeyedNormal.At(key, 2);
        SizeSlope = Math.Min(
            0,
            FillLaw.Size.Mean + (FillLaw.Size.Deviation * KeyedNormal.At(key, 3))
        );
        foreach (var product in plan.Products)
        {
            _sells[(int)product] = true;
        }
    }

    public CentrePlan Plan { get; }
    public PlanTerms Of { get; }
    public ContractTerms Terms { get; }

    /// <summary>Parameters of the member.</summary>
    public double[] P { get; }

    /// <summary>Month of the market in which the outlook begins.</summary>
    public int Offset { get; }

    /// <summary>Standard normal: how well this operator makes its capacity fit.</summary>
    public double Luck { get; }

    /// <summary>What else makes the centre known, log odds.</summary>
    public double Taste { get; }

    /// <summary>Standard normal of the error of goodput.</summary>
    public double GoodputLuck { get; }

    /// <summary>Log odds that capacity can be let, by the share of its tier's stock that the centre is; at most 0.</summary>
    public double SizeSlope { get; }

    public bool Sells(Product product) => _sells[(int)product];

    /// <summary>Share of the centre's capacity that stands in a stock: reach makes near and remote gradual.</summary>
    public double Place(int stock) =>
        stock % Segment.Reaches == (int)Reach.Near ? Plan.ReachableShare : 1 - Plan.ReachableShare;

    /// <summary>The stock in which most of a tier's capacity stands.</summary>
    public int MainStock(int tier) =>
        Segment.Stock(tier, (int)(Plan.ReachableShare >= 0.5 ? Reach.Near : Reach.Remote));

    /// <summary>Money of an accelerator-hour from the log of money a server-month.</summary>
    public static double PerHour(double logServerMonth) =>
        Math.Exp(logServerMonth) / ContractEngine.PerServer / HoursPerMonth;

    /// <summary>Log of money a server-month from money of an accelerator-hour.</summary>
    public static double LogServerMonth(double perHour) =>
        Math.Log(perHour * ContractEngine.PerServer * HoursPerMonth);
}
