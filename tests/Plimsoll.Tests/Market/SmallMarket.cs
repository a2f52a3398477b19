using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Quantities;

namespace Plimsoll.Tests.Market;

/// <summary>Markets small enough to know the answer: constant demand, named centres, nothing else built.</summary>
internal sealed class SmallMarket
{
    public double Training { get; init; }
    public double Small { get; init; }
    public double Inference { get; init; }
    public int Months { get; init; } = 48;
    public RentLaw Law { get; init; } = RentLaw.ExcessDemand;
    public Mechanisms Off { get; init; } =
        Mechanisms.NewBuild | Mechanisms.Resale | Mechanisms.Takeover;
    public ContractTerms Terms { get; init; } = ContractTerms.Shipped;
    public IReadOnlyList<CentreSeed> Centres { get; init; } = [];
    public IReadOnlyList<VoucherScheme> Vouchers { get; init; } = [];
    public double Power { get; init; } = double.PositiveInfinity;
    public double Rule { get; init; }
    public Dictionary<Parameter, double> Set { get; init; } = [];

    /// <summary>No friction, no taste, no repair: price alone decides.</summary>
    public static ContractTerms Frictionless { get; } =
        new()
        {
            TasteDeviation = 0,
            MarkupDeviation = 0,
            VacancyDiscount = 0,
            CapabilityWeight = 0,
            BreachBase = 0,
            BreachSlope = 0,
            RenegotiationSlope = 0,
            RepairShare = 0,
            SpotShare = 0,
            Attempts = 40,
            FailureRun = 100,
            LitBand = 0.02,
            LitSpeed = 1,
        };

    public static CentreSeed Centre(string name, int servers, double avoidable = 10) =>
        new()
        {
            Name = name,
            Tier = Tier.H,
            Accelerators = servers * 8,
            Announced = 0,
            Online = 0,
            Capability = 0.5,
            Taste = 0,
            Markup = 0,
            Reach = 1,
            Fabric = 1,
            Eligible = 1,
            AvoidableCost = avoidable,
        };

    public double[] Values()
    {
        var values = Prior.Of("china").Select(p => p.Median).ToArray();
        void Put(Parameter parameter, double value) => values[(int)parameter] = value;
        Put(Parameter.CapacityStart, 0);
        Put(Parameter.ProjectsStart, 0);
        Put(Parameter.Elasticity, 0);
        Put(Parameter.TopTierNeed, 1);
        Put(Parameter.RentStart, 50);
        Put(Parameter.ReferenceRent, 50);
        Put(Parameter.ServerCost, 1e6);
        Put(Parameter.PriceToRent, 0);
        Put(Parameter.AvoidableCost, 10);
        foreach (var (parameter, value) in Set)
        {
            Put(parameter, value);
        }
        return values;
    }

    public MarketWorld World(ulong seed = 1, int draw = 0)
    {
        var values = Values();
        double[] Constant(double x) => [.. Enumerable.Repeat(x, Months)];
        var forcing = new MarketForcing
        {
            Start = new Month(2024, 1),
            Demand =
            [
                .. Enumerable.Repeat(new DemandLevels(Training, Small, Inference, 0, 0, 1), Months),
            ],
            LogReference = Constant(Math.Log(values[(int)Parameter.ReferenceRent])),
            LogWorld = Constant(double.NaN),
            Push = Constant(0),
            Rule = Constant(Rule),
            RentShock = [Constant(0), Constant(0), Constant(0)],
            TokenElasticity = Constant(0),
            VoucherBudget = Constant(0),
            Power = Power,
            Tiers = new TierTerms([1, 0.3, 0.3], [1, 0.6, 0.5], [1, 0.6, 0.6], [1, 0.5, 0.5]),
        };
        return new MarketWorld(
            forcing,
            new Member(Law, false, values),
            Centres,
            Vouchers,
            Off,
            Terms,
            seed,
            draw
        );
    }

    public MarketRecord Run(ulong seed = 1, bool ledger = false) =>
        new ContractEngine().Run(World(seed), ledger);
}
