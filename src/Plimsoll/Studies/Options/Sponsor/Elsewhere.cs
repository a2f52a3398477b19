using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>The same fleets at another site, at its power price, its efficiency and its reach; vouchers stay behind.</summary>
/// <param name="Site">Site in the catalogue.</param>
public sealed record Elsewhere(string Site) : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } =
        new(
            [
                new InputRow(
                    "options.elsewhere",
                    InputType.CatalogName,
                    "Site looked at instead; the one to which an owner would move the servers."
                )
                {
                    CatalogKind = "sites",
                },
            ],
            file => file.TextOrNull("options.elsewhere") is { } site ? new Elsewhere(site) : null
        );

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        if (Site == plan.Plan.Site)
        {
            // Where it is planned already it is no alternative.
            return null;
        }
        return new StudyOption(
            Phrase.Of("option.elsewhere", Words.Named("place", Site)),
            VerdictKind.Relocate,
            Phrase.Of("option.elsewhere.said", Words.Named("place", Site)),
            At(plan, Site, facts)
        );
    }

    /// <summary>A case at another site.</summary>
    internal static StudyCase At(StudyCase plan, string site, ICentreFacts facts) =>
        plan with
        {
            Plan = plan.Plan with { Site = site, VoucherScheme = null },
            Site = facts.SiteAt(site),
            Reach = facts.Reach(site) with { Path = "elsewhere.reach" },
            Effects = [.. plan.Effects.Where(e => e is not HallLease)],
        };
}
