using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Sponsor;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Move all servers to another site: they earn nothing while they travel, and the old hall is paid until its notice has run out. Open for the whole centre, where another site is named.</summary>
/// <param name="Site">Site in the catalogue.</param>
/// <param name="CostPerServer">Money to move and fit one server.</param>
/// <param name="Months">Months without a sale, 0 or more.</param>
/// <param name="NoticeMonths">Months for which the old hall is paid.</param>
public sealed record MoveServers(string Site, double CostPerServer, int Months, int NoticeMonths)
    : IOwnerOption
{
    /// <summary>Its kind; the site is that of looking elsewhere, the notice that of selling.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "move_cost_per_server",
                    "Cost of moving a server to the other site and fitting it there, in the study's currency.",
                    "30000",
                    0,
                    1e7,
                    "1",
                    prior: true
                ),
                OptionRow.Months(
                    "move_months",
                    "Months in which servers that are moved earn nothing.",
                    "3",
                    0,
                    36,
                    prior: true
                ),
            ],
            file =>
                file.TextOrNull("options.elsewhere") is { } site
                    ? new MoveServers(
                        site,
                        file.Number("options.move_cost_per_server"),
                        file.Integer("options.move_months"),
                        file.Integer("options.exit_notice")
                    )
                    : null
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
        ArgumentNullException.ThrowIfNull(facts);
        if (!scope.IsWhole || Site == standing.Plan.Site || Months >= standing.Plan.Months)
        {
            return [];
        }
        var cost = CostPerServer * scope.Servers;
        var notice = standing.Effects.OfType<HallLease>().FirstOrDefault() is { } hall
            ? Math.Min(hall.TermMonths, hall.ExitMonths)
            : NoticeMonths;
        var there = Elsewhere.At(standing, Site, facts);
        var ready = standing.Plan.Start + Months;
        return
        [
            new StudyOption(
                Phrase.Of("option.move", Words.Named("place", Site)),
                VerdictKind.MoveServers,
                Phrase.Of(
                    "option.move.said",
                    scope.Servers,
                    Words.Named("place", Site),
                    Months,
                    cost,
                    notice
                ),
                there with
                {
                    Fleets =
                    [
                        .. standing.Fleets.Select(f =>
                            f.Online < ready ? f with { Online = ready } : f
                        ),
                    ],
                    Costs = [.. standing.Costs, CourseCost.Of(Phrase.Of("cost.move"), cost)],
                    Effects = [.. there.Effects, new OldHall(standing, notice)],
                }
            ),
        ];
    }
}

/// <summary>The hall that a centre left is paid for until its notice has run out.</summary>
/// <param name="Left">The centre as it stood there.</param>
/// <param name="NoticeMonths">Months of notice from the start.</param>
public sealed record OldHall(StudyCase Left, int NoticeMonths) : ICourseEffect
{
    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        var there = new FleetSites(Left, n => n.Value);
        var hall = Left.Fleets.Sum(f =>
            f.Accelerators
            * there
                .Of(f)
                .PartsPerLetHour()
                .First(p => p.Name == Plimsoll.Sites.SiteModel.HallPart)
                .PerHour
            * FleetSites.HoursPerMonth
        );
        var due = new double[outlook.Months];
        Array.Fill(due, hall, 0, Math.Min(NoticeMonths, due.Length));
        return outlook with
        {
            Costs =
            [
                .. outlook.Costs,
                new CostSplit(
                    "old hall, until its notice has run out",
                    new double[due.Length],
                    new double[due.Length],
                    due
                ),
            ],
        };
    }
}
