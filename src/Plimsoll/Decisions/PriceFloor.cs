using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>One part of a price floor.</summary>
/// <param name="Name">What it is.</param>
/// <param name="PerGpuHour">Money per accelerator-hour.</param>
/// <param name="Counts">True when it is part of the floor; false when it is shown to be left out (sunk).</param>
public sealed record FloorPart(string Name, double PerGpuHour, bool Counts)
{
    /// <summary><see cref="Name"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary>A part whose name can be said in any language.</summary>
    internal static FloorPart Of(Phrase name, double perGpuHour, bool counts) =>
        new(PhraseBook.English.Say(name), perGpuHour, counts) { Title = name };
}

/// <summary>The price below which a lease loses against switching off, or against selling.</summary>
/// <param name="Product">What is let, in words.</param>
/// <param name="TenorMonths">Tenor of the lease.</param>
/// <param name="AgainstDark">Below this, dark is better: cost avoided by darkness, money per accelerator-hour.</param>
/// <param name="AgainstSale">Below this, selling one is better: the cost of light plus the fall of the resale price over the tenor; what stops only when the centre closes is left out, money per accelerator-hour.</param>
/// <param name="Parts">The decomposition.</param>
public sealed record PriceFloor(
    string Product,
    int TenorMonths,
    double AgainstDark,
    double AgainstSale,
    IReadOnlyList<FloorPart> Parts
)
{
    /// <summary>Server in the catalogue that is let; empty when the centre holds one kind only or none was said.</summary>
    public string Server { get; init; } = "";

    /// <summary>What is let, in the study's own words: its fleets by their names, with the server; the server where they bear no names of their own.</summary>
    public Phrase Title
    {
        get => field ?? Phrase.Of("name", Server);
        init;
    }

    /// <summary>Accelerators of that server in the centre; 0 when not said.</summary>
    public double Accelerators { get; init; }

    /// <summary>Rent quoted for it when the outlook starts, median of the draws, money per accelerator-hour; NaN when not said.</summary>
    public double Quote { get; init; } = double.NaN;

    /// <summary>True when at today's quote selling one in an orderly way is worth more than letting it for this tenor.</summary>
    public bool SellingIsBetter => Quote < AgainstSale;

    /// <summary>Draws below which a floor that is taken over them moves from seed to seed, and its readers are told.</summary>
    public const int FewDraws = 200;

    /// <summary>Below this, waiting dark for a better tenant is worth more: the floor against darkness and the value of the option to wait, money per accelerator-hour; NaN when not computed.</summary>
    public double AgainstWaiting { get; init; } = double.NaN;

    /// <summary>Below this a lease of <see cref="Free"/> accelerators makes the course that is followed, or letting, worth less than that course without it, money per accelerator-hour; NaN where nothing of the kind is free, or no price up to three times the quote will do. The floor that a lease on the table has, for the same size and tenor.</summary>
    public double AgainstCourse { get; init; } = double.NaN;

    /// <summary>Who signs a lease of the kind in the course that is followed, in words: <see cref="AgainstCourse"/> is then of a tenant in its place; null where the course signs none.</summary>
    public Phrase? InPlaceOf { get; init; }

    /// <summary>Accelerators of the kind that no contract binds at the decision, 0 or more; 0 when not asked.</summary>
    public double Free { get; init; }
}
