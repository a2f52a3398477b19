using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Fit the hall for inference, then serve tokens with what is not let; open where a fleet in scope could serve and the centre does not yet sell tokens.</summary>
/// <param name="Months">Months the conversion takes, 0 or more.</param>
/// <param name="CostPerServer">Money for a server and its share of the hall.</param>
public sealed record ConvertToInference(int Months, double CostPerServer) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "conversion_cost_per_server",
                    "Cost of fitting a server and its share of the hall for inference, in the study's currency.",
                    "60000",
                    0,
                    1e7,
                    "1",
                    prior: true
                ),
                OptionRow.Months(
                    "conversion_months",
                    "Months the conversion takes.",
                    "3",
                    0,
                    36,
                    prior: true
                ),
            ],
            file => new ConvertToInference(
                file.Integer("options.conversion_months"),
                file.Number("options.conversion_cost_per_server")
            )
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
        if (
            standing.Plan.Products.Contains(Product.Inference)
            || scope.Fleets.All(f => f.Served is null)
        )
        {
            return [];
        }
        var able = scope.Fleets.Where(f => f.Served is not null).ToList();
        // A server under contract is fitted when its contract ends, one that cannot serve never.
        var later = able.SelectMany(f => Bound(standing, f)).ToList();
        var cost =
            CostPerServer * Math.Max(0, able.Sum(f => f.Servers) - later.Sum(l => l.Servers));
        var last = later.Where(l => l.Month < standing.Plan.Months).ToList();
        var said = Phrase.Of("option.convert.said", Months, cost);
        return
        [
            new StudyOption(
                scope.Named(Phrase.Of("option.convert")),
                VerdictKind.ConvertToInference,
                last.Count == 0
                    ? said
                    : Phrase.Of(
                        "option.convert.later",
                        said,
                        last.Sum(l => l.Servers),
                        CostPerServer * last.Sum(l => l.Servers)
                    ),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new ConvertPolicy(Months)),
                    Costs = [.. standing.Costs, CourseCost.Of(Phrase.Of("cost.convert"), cost)],
                    Effects =
                        last.Count == 0
                            ? standing.Effects
                            :
                            [
                                .. standing.Effects,
                                new LaterConversion([
                                    .. last.Select(l => (l.Month, CostPerServer * l.Servers)),
                                ]),
                            ],
                }
            ),
        ];
    }

    /// <summary>Servers of a fleet under contracts that outlast the conversion, each with the month (from 0) in which its contract ends; leases of no named fleet take from all in proportion.</summary>
    private IEnumerable<(int Month, double Servers)> Bound(StudyCase standing, FleetCase fleet) =>
        standing
            .Leases.Where(l =>
                BuyOut.MonthsLeft(l) > Months && (l.Terms.Fleet ?? fleet.Name) == fleet.Name
            )
            .Select(l =>
                (
                    BuyOut.MonthsLeft(l),
                    l.Terms.Accelerators
                        / fleet.PerServer
                        * (l.Terms.Fleet is null ? fleet.Accelerators / standing.Accelerators : 1)
                )
            );
}

/// <summary>Servers that are fitted for inference when their contracts end.</summary>
/// <param name="Paid">Month (from 0) and money of each.</param>
public sealed record LaterConversion(IReadOnlyList<(int Month, double Money)> Paid) : ICourseEffect
{
    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        var due = new double[outlook.Months];
        foreach (var (month, money) in Paid.Where(p => p.Month < due.Length))
        {
            due[month] += money;
        }
        return outlook with
        {
            Costs =
            [
                .. outlook.Costs,
                new CostSplit(
                    "conversion of servers whose contracts end",
                    new double[due.Length],
                    new double[due.Length],
                    due
                ),
            ],
        };
    }
}
