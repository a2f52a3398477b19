using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>A more capable operator runs the fleets and keeps a share of what is left after running cost.</summary>
/// <param name="Share">Share of operating cash that the operator keeps, 0 to 1.</param>
public sealed record HandOver(double Share) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "takeover_capability",
                    "Capability of an operator to whom the centre could be handed over.",
                    "0.85",
                    0,
                    1,
                    "1",
                    prior: true
                ),
                OptionRow.Number(
                    "takeover_share",
                    "Share of operating cash such an operator keeps.",
                    "0.25",
                    0,
                    1,
                    "fraction",
                    prior: true
                ),
            ],
            file => new HandOver(file.Number("options.takeover_share"))
        );

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        return
        [
            new StudyOption(
                scope.Named(Phrase.Of("option.handover")),
                VerdictKind.HandOver,
                Phrase.Of("option.handover.said", standing.Plan.TakeoverCapability, Share * 100),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new HandOverPolicy()),
                    Effects =
                    [
                        .. standing.Effects,
                        new OperatorsShare(Share, [.. scope.Fleets.Select(f => f.Name)]),
                    ],
                }
            ),
        ];
    }
}

/// <summary>An operator keeps a share of what some fleets leave after their running cost in a month, and bears no share of a loss.</summary>
/// <param name="Share">The share, 0 to 1.</param>
/// <param name="Fleets">Names of the fleets it runs.</param>
public sealed record OperatorsShare(double Share, IReadOnlyList<string> Fleets) : ICourseEffect
{
    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(outlook);
        var names = new HashSet<string>(Fleets, StringComparer.Ordinal);
        var run = outlook.Fleets.Where(f => names.Contains(f.Fleet)).ToList();
        var costs = sites.AddCosts(outlook with { Fleets = run, Costs = [] }).Costs;
        var kept = new double[outlook.Months];
        for (var m = 0; m < kept.Length; m++)
        {
            var left = run.Sum(f => f.Revenue[m]) - costs.Sum(c => c.Total(m));
            kept[m] = Share * Math.Max(0, left);
        }
        return outlook with
        {
            Costs =
            [
                .. outlook.Costs,
                new CostSplit(
                    "operator's share",
                    kept,
                    new double[kept.Length],
                    new double[kept.Length]
                ),
            ],
        };
    }
}
