using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>What is not let goes dark while the quoted rent is below a trigger, and is lit again at that rent.</summary>
/// <remarks>Triggers tried: a tenth above what darkness saves, half-way to the whole running cost, the whole, and half as much again.</remarks>
public sealed record GoDark : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } = new([], _ => new GoDark());

    /// <summary>Share below the trigger at which capacity goes dark again, against flicker.</summary>
    private const double Band = 0.05;

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        var parts = new FleetSites(standing, n => n.Value).MeanPartsPerLetHour(scope.Fleets);
        var avoidable = parts.Where(p => p.Avoidable).Sum(p => p.PerHour);
        var all = parts.Sum(p => p.PerHour);
        double[] triggers = [avoidable * 1.1, 0.5 * (avoidable + all), all, all * 1.5];
        return
        [
            .. triggers.Select(trigger => new StudyOption(
                scope.Named(Phrase.Of("option.dark", trigger)),
                VerdictKind.GoDark,
                Phrase.Of("option.dark.said", trigger),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new DarkPolicy(trigger, Band)),
                }
            )),
        ];
    }
}
