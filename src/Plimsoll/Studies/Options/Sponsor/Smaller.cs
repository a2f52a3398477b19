using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>Build a share of the plan: servers, leases signed, grants, hall and power contract in one proportion, at the same cost a server.</summary>
/// <param name="Share">Size against the plan, more than 0, less than 1.</param>
public sealed record Smaller(double Share) : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "smaller_share",
                    "Size of the smaller centre against the plan.",
                    "0.5",
                    0.05,
                    0.95,
                    "fraction"
                ),
            ],
            file => new Smaller(file.Number("options.smaller_share"))
        );

    /// <summary>Share of the accelerators that leases signed beforehand may take up: the rest is under repair.</summary>
    private const double MostSigned = 0.98;

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts) =>
        new(
            Phrase.Of("option.smaller", Share),
            VerdictKind.Resize,
            Phrase.Of("option.smaller.said", Share * 100),
            Scaled(plan, Share)
        );

    /// <summary>A plan in another size.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="share">More than 0, at most 1.</param>
    public static StudyCase Scaled(StudyCase plan, double share)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan with
        {
            Fleets = [.. plan.Fleets.Select(f => f with { Servers = f.Servers * share })],
            Leases = Fitted(plan.Leases, plan.Accelerators * share * MostSigned),
            Effects =
            [
                .. plan.Effects.Select(e =>
                    e is HallLease hall ? hall with { Kw = hall.Kw * share } : e
                ),
            ],
            Terms = plan.Terms with
            {
                Grants = [.. plan.Terms.Grants.Select(g => g with { Amount = g.Amount * share })],
                Power = plan.Terms.Power is { } power
                    ? power with
                    {
                        ContractKw = power.ContractKw * share,
                    }
                    : null,
            },
        };
    }

    /// <summary>The leases cut in one proportion, so that they fit into a smaller centre.</summary>
    private static IReadOnlyList<LeaseCase> Fitted(IReadOnlyList<LeaseCase> leases, double room)
    {
        var signed = leases.Sum(l => l.Terms.Accelerators);
        var part = signed > room ? room / signed : 1;
        return [.. leases.Select(l => l.Sized(l.Terms.Accelerators * part))];
    }
}
