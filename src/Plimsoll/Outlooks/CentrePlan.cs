using Plimsoll.Contracts;
using Plimsoll.Quantities;

namespace Plimsoll.Outlooks;

/// <summary>A batch of accelerators that comes into a centre at one time.</summary>
/// <param name="Accelerator">Name of the chip in the catalogue.</param>
/// <param name="Server">Name of the server in the catalogue.</param>
/// <param name="Accelerators">How many; more than 0.</param>
/// <param name="Online">Month in which it is planned to be ready for sale.</param>
/// <param name="TrainingFabric">True when its network lets one job span the fleet.</param>
public sealed record FleetPlan(
    string Accelerator,
    string Server,
    double Accelerators,
    Month Online,
    bool TrainingFabric
)
{
    /// <summary>Name of the fleet in the study, unique within the centre; streams of random numbers and policies are keyed by it.</summary>
    public string Name { get; init; } = $"{Accelerators:0} {Server} {Online}";

    /// <summary>Avoidable running cost of one of its accelerators a month when lit; null to take the centre's.</summary>
    public double? AvoidableCostPerAcceleratorMonth { get; init; }

    /// <summary>What one of its accelerators earns in inference; null to take the centre's.</summary>
    public InferenceCapability? Inference { get; init; }
}

/// <summary>A contract signed before the decision, with its evidence.</summary>
/// <param name="Tenant">Who rents.</param>
/// <param name="Accelerators">How many.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour, tax excluded.</param>
/// <param name="TenorMonths">Months agreed, from the month the fleet is ready.</param>
/// <param name="TakeOrPayShare">Share paid whether used or not, 0 to 1.</param>
/// <param name="PrepaidMonths">Months of rent paid at signing.</param>
/// <param name="MonthlyBreachHazard">Chance a month that the tenant breaks it, 0 to 1.</param>
public sealed record SignedLease(
    string Tenant,
    double Accelerators,
    double PricePerGpuHour,
    int TenorMonths,
    double TakeOrPayShare,
    double PrepaidMonths,
    double MonthlyBreachHazard
)
{
    /// <summary>Months of the contract that had run when the outlook begins; more than 0 for a tenant of the rent roll.</summary>
    public int MonthsRun { get; init; }

    /// <summary>Fleet that serves it; null for any whose chip it fits, in proportion to what each has free.</summary>
    public string? Fleet { get; init; }

    /// <summary>Who rents, as a credit; null to take the tenant's name with the stated hazard alone.</summary>
    public Counterparty? Counterparty { get; init; }

    /// <summary>All that the contract says; null for one that says no more than this record.</summary>
    public LeaseTerms? Written { get; init; }

    /// <summary>Who rents: as given, or the name with the stated hazard. Where a hazard governs it is this record's, so that a draw may set it.</summary>
    public Counterparty Credit =>
        (Written?.Tenant ?? Counterparty) is { } of
            ? of.MonthlyHazard is null
                ? of
                : of with
                {
                    MonthlyHazard = MonthlyBreachHazard,
                }
            : new Counterparty(Tenant) { MonthlyHazard = MonthlyBreachHazard };

    /// <summary>What the contract says, for the ledger.</summary>
    public LeaseTerms Terms =>
        Written is { } written
            ? written with
            {
                Tenant = Credit,
                Accelerators = Accelerators,
                PricePerGpuHour = PricePerGpuHour,
                TenorMonths = TenorMonths,
            }
            : new LeaseTerms(Tenant, Credit, Accelerators, PricePerGpuHour, TenorMonths)
            {
                MonthsRun = MonthsRun,
                TakeOrPayShare = TakeOrPayShare,
                PrepaidMonths = PrepaidMonths,
            };

    /// <summary>What a falling market does to it; nothing to a contract that binds.</summary>
    public MarketPressure Pressure => Credit.UnderPressure;
}

/// <summary>What one accelerator earns in inference at the promised latency: handed from serving to the market.</summary>
/// <param name="GoodputTokensPerSecond">Output tokens a second one accelerator serves while the promise holds; 0 when it cannot.</param>
/// <param name="LogError">Standard deviation of the logarithm of that figure.</param>
/// <param name="SoftwareGrowthPerYear">Growth of that figure a year by better software, as a fraction, as far as the chip's peaks and bandwidth reach.</param>
public sealed record InferenceCapability(
    double GoodputTokensPerSecond,
    double LogError,
    double SoftwareGrowthPerYear
)
{
    /// <summary>Layouts for fewer accelerators than the whole fleet, whose goodput the figure is.</summary>
    public ServingUnits Units { get; init; } = ServingUnits.Any;

    /// <summary>Output tokens a second of one accelerator that no software exceeds; infinite where none is known.</summary>
    public double MostTokensPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Output tokens a second of one accelerator in a month, of a figure that begins at so many.</summary>
    /// <param name="goodput">In month 0.</param>
    /// <param name="growth">Growth a year by better software, as a fraction.</param>
    /// <param name="most">What no software exceeds.</param>
    /// <param name="month">Month, from 0.</param>
    public static double Grown(double goodput, double growth, double most, int month) =>
        Math.Min(most, goodput * Math.Pow(1 + growth, month / 12.0));
}

/// <summary>A centre as planned or as standing, all that the market needs to know of it.</summary>
public sealed record CentrePlan
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Site in the catalogue.</summary>
    public required string Site { get; init; }

    /// <summary>First month of the outlook.</summary>
    public required Month Start { get; init; }

    /// <summary>Months of the outlook.</summary>
    public required int Months { get; init; }

    /// <summary>Its fleets, at least one.</summary>
    public required IReadOnlyList<FleetPlan> Fleets { get; init; }

    /// <summary>Products it is able and willing to sell at the start.</summary>
    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>Contracts signed before the decision.</summary>
    public IReadOnlyList<SignedLease> Signed { get; init; } = [];

    /// <summary>Who runs it, and what happens when that company fails; null for one that never does.</summary>
    public OperatorTerms? Operator { get; init; }

    /// <summary>Who buys hours that stay unsold; null for nobody.</summary>
    public CapacityBackstop? Backstop { get; init; }

    /// <summary>Share of its accelerators sold by the hour on the day of decision, 0 to 1: from there it comes to sell as others do; null where it sells as others do from the start.</summary>
    public double? SpotToday { get; init; }

    /// <summary>Capability of the operator, 0 (none) to 1 (the best known); raises trust and lowers cost.</summary>
    public double OperatorCapability { get; init; } = 0.5;

    /// <summary>Share of capacity kept by the owner for itself, 0 to 1.</summary>
    public double CaptiveShare { get; init; }

    /// <summary>Smallest lot offered, accelerators.</summary>
    public double MinimumLot { get; init; } = 8;

    /// <summary>What it earns in inference; null when it does not serve tokens.</summary>
    public InferenceCapability? Inference { get; init; }

    /// <summary>Voucher scheme in the catalogue whose tenants may rent here; null for none.</summary>
    public string? VoucherScheme { get; init; }

    /// <summary>Capability of the operator to whom the centre could be handed over, 0 to 1.</summary>
    public double TakeoverCapability { get; init; } = 0.85;

    /// <summary>Share of its country's latency-bound demand that the site reaches within the promise, 0 to 1.</summary>
    public double ReachableShare { get; init; } = 1;

    /// <summary>Tokens of one request that it serves; null to price output tokens alone.</summary>
    public TokenMix? Tokens { get; init; }

    /// <summary>Avoidable running cost of one accelerator a month when lit, in the outlook's currency; the floor of its offers.</summary>
    public double AvoidableCostPerAcceleratorMonth { get; init; }
}
