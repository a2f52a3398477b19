namespace Plimsoll.Contracts;

/// <summary>One who owes under a contract: a tenant, a guarantor, an operator, a buyer of unsold hours.</summary>
/// <param name="Name">Its name; the same name is the same company wherever it appears, and fails once.</param>
/// <remarks>With a class, the class says how often it fails and what a falling market does; without one, the stated hazard alone does.</remarks>
public sealed record Counterparty(string Name)
{
    /// <summary>Its class; null when none is given.</summary>
    public CreditClass? Class { get; init; }

    /// <summary>Chance a month that it fails, 0 to 1, as stated; null to take the rate of its class, and 0 without a class.</summary>
    public double? MonthlyHazard { get; init; }

    /// <summary>Times by which its default intensity in the first year of the outlook is what it is later, more than 0: above 1 for one that is behind with its rent.</summary>
    public double FirstYearFactor { get; init; } = 1;

    /// <summary>Who pays in its place when it fails; null for nobody.</summary>
    public Counterparty? Guarantor { get; init; }

    /// <summary>Whose failure takes it along; null for nobody.</summary>
    public Counterparty? Parent { get; init; }

    /// <summary>Chance of default in a year, 0 to 1; null for the rate of its class.</summary>
    public double? YearlyDefaultRate { get; init; }

    /// <summary>Share of a claim on it that is collected, 0 to 1; null for that of its class.</summary>
    public double? Recovery { get; init; }

    /// <summary>Loading on the credit factor, 0 or more; null for that of its class.</summary>
    public double? FactorLoading { get; init; }

    /// <summary>What a falling market does to its contracts; null for that of its class.</summary>
    public MarketPressure? Pressure { get; init; }

    /// <summary>Share of a claim that is collected: as stated, of its class, or nothing.</summary>
    public double CollectedShare => Recovery ?? (Class is { } of ? CreditTerms.Of(of).Recovery : 0);

    /// <summary>Loading on the credit factor: as stated, of its class, or none.</summary>
    public double Loading =>
        FactorLoading ?? (Class is { } of ? CreditTerms.Of(of).FactorLoading : 0);

    /// <summary>Share of a claim that is collected where it breaks a contract without failing: its own or its guarantor's, whichever is more, for the guarantee covers what is owed then.</summary>
    public double CollectedAtBreach => Math.Max(CollectedShare, Guarantor?.CollectedShare ?? 0);

    /// <summary>What a falling market does: as stated, else of the class that stands behind its word; nothing without a class.</summary>
    public MarketPressure UnderPressure =>
        Pressure
        ?? (
            Class is not null && Standing is { } behind
                ? CreditTerms.Of(behind).Pressure
                : MarketPressure.None
        );

    /// <summary>The class that stands behind its word: the guarantor's when that is better rated.</summary>
    public CreditClass? Standing =>
        Guarantor is { Class: { } behind } && (Class is not { } own || Rate(behind) < Rate(own))
            ? behind
            : Class;

    /// <summary>Its class in words, for a table.</summary>
    public string ClassWord => Class is { } of ? CreditTerms.Word(of) : "no class; monthly hazard";

    private static double Rate(CreditClass of) => CreditTerms.Of(of).YearlyDefaultRate;
}
