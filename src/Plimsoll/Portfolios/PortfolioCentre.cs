using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>Where a centre stands on the day of decision.</summary>
public enum CentreStage
{
    /// <summary>It runs; its capital cost is sunk.</summary>
    Standing,

    /// <summary>It is being built; what was spent is sunk.</summary>
    Building,

    /// <summary>It is planned; nothing is spent.</summary>
    Planned,
}

/// <summary>How full a centre is today, told apart four ways; null where the file is silent.</summary>
/// <param name="Racked">Share of its servers in racks.</param>
/// <param name="Let">Share of its accelerators under contract.</param>
/// <param name="Lit">Share switched on.</param>
/// <param name="Load">Share of its accelerator-hours in which work runs.</param>
public sealed record FillToday(
    InputNumber? Racked,
    InputNumber? Let,
    InputNumber? Lit,
    InputNumber? Load
)
{
    /// <summary>Share of let hours in which work runs; null where it is not known.</summary>
    public double? UseOfLet =>
        Let is { Value: > 0 } let && Load is { } load
            ? Math.Clamp(load.Value / let.Value, 0, 1)
            : null;
}

/// <summary>Tenants who are there today and of whom only the whole is known: how much they rent, at what price, for how long.</summary>
/// <param name="Tenant">Name; that of the centre's present tenants where none is known.</param>
/// <param name="Share">Share of the centre's accelerators that is let, those listed with their contracts included.</param>
/// <param name="PricePerGpuHour">Money for one accelerator-hour; null for the market's of the draw.</param>
/// <param name="MonthsLeft">Mean months that the contracts still run.</param>
public sealed record PresentTenants(
    string Tenant,
    InputNumber Share,
    InputNumber? PricePerGpuHour,
    InputNumber MonthsLeft
);

/// <summary>One way in which a centre may be, where its chip or its place is unknown.</summary>
/// <param name="Weight">Odds of it, more than 0; those of a centre add up to 1.</param>
/// <param name="Study">The centre as the file of a study would say it.</param>
/// <param name="Case">The case that a study would make of it.</param>
public sealed record CentreVariant(
    double Weight,
    Plimsoll.Studies.StudyReader Study,
    StudyCase Case
);

/// <summary>One centre of a portfolio, with what is known and what is not.</summary>
public sealed record PortfolioCentre
{
    /// <summary>Its name, unique in the portfolio; streams of random numbers are keyed by it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands on the day of decision.</summary>
    public required CentreStage Stage { get; init; }

    /// <summary>Ways in which it may be, likeliest first; one where chip and place are known.</summary>
    public required IReadOnlyList<CentreVariant> Variants { get; init; }

    /// <summary>Province or state; empty when not given.</summary>
    public string Province { get; init; } = "";

    /// <summary>Owner; empty when not given.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Class of its operator; null when not given.</summary>
    public OperatorClass? Operator { get; init; }

    /// <summary>Project of the catalogue that it is; null for none.</summary>
    public string? Project { get; init; }

    /// <summary>True for a made-up centre that stands for others of its kind.</summary>
    public bool Stylised { get; init; }

    /// <summary>Where what is said of it comes from.</summary>
    public string Source { get; init; } = "";

    /// <summary>People who work there while it is lit.</summary>
    public double Jobs { get; init; }

    /// <summary>Public money promised and not yet paid.</summary>
    public double GrantDue { get; init; }

    /// <summary>How full it is today.</summary>
    public required FillToday Today { get; init; }

    /// <summary>Tenants known as a whole; null where the signed contracts are all there is.</summary>
    public PresentTenants? Present { get; init; }

    /// <summary>Servers over those of the case where their number is uncertain; null when it is known.</summary>
    public InputNumber? Size { get; init; }

    /// <summary>True when what it owes is not known, and assumed.</summary>
    public bool DebtAssumed =>
        Unknown.Any(u => u.Path.EndsWith("existing_debt", StringComparison.Ordinal));

    /// <summary>What the file does not know, as paths below the centre, with the prior that holds in words.</summary>
    public IReadOnlyList<(string Path, Phrase Prior)> Unknown { get; init; } = [];

    /// <summary>The case of its likeliest variant.</summary>
    public StudyCase Case => Variants[0].Case;

    /// <summary>Accelerators of its likeliest variant.</summary>
    public double Accelerators => Case.Accelerators;

    /// <summary>True when the file's own number of servers is graded D: worked out of something else, stated by nobody.</summary>
    public bool SizeGuessed { get; init; }

    /// <summary>True when nobody has stated how many servers it has: the file does not say it, or worked it out.</summary>
    public bool SizeAssumed => SizeGuessed || Unknown.Any(u => u.Path == "fleet.servers");

    /// <summary>Its chips in words; those it may have where they are unknown.</summary>
    public string Chips =>
        ChipWays is [var one] ? one : $"unknown: {string.Join(" or ", ChipWays)}";

    /// <summary>The chips that it may have, likeliest first; one entry where they are known.</summary>
    internal IReadOnlyList<string> ChipWays =>
        [
            .. Variants
                .Select(v =>
                    string.Join(
                        ", ",
                        v.Case.Fleets.Select(f => f.Accelerator).Distinct(StringComparer.Ordinal)
                    )
                )
                .Distinct(StringComparer.Ordinal),
        ];
}
