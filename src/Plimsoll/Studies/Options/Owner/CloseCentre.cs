using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Switch off what no contract binds and sell it in the first month for what it fetches, give notice on the hall; serve the contracts signed and sell their accelerators as they end, or pay the tenants to leave at once.</summary>
/// <param name="NoticeMonths">Months for which the hall is paid after its accelerators are sold.</param>
/// <param name="BuyOutShare">Share of the take-or-pay rent left that a tenant is paid to leave, 0 to 1.</param>
public sealed record CloseCentre(int NoticeMonths, double BuyOutShare = 0.5) : IOwnerOption
{
    /// <summary>Its kind; the notice is that of selling, what a tenant is paid that of letting one go.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [],
            file => new CloseCentre(
                file.Integer("options.exit_notice"),
                file.Number(LetTenantGo.Row)
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
        ArgumentNullException.ThrowIfNull(facts);
        var served = SellAccelerators.Served(standing, scope);
        var wait = Close(
            standing,
            scope,
            served.Count > 0 ? "option.close.served" : "option.close",
            SellAccelerators.Waiting(Phrase.Of("option.close.free"), standing, served)
        );
        var leases = LetTenantGo.Leases(standing, scope).ToList();
        if (leases.Count == 0)
        {
            return [wait];
        }
        var paid = leases
            .Select(l => BuyOut.Of(l, standing, facts, BuyOutShare))
            .Where(b => b.Cost > 0)
            .ToList();
        var gone = Close(
            standing,
            scope,
            "option.close.bought",
            Phrase.Of("option.close.paid", paid.Sum(b => b.Cost))
        );
        return
        [
            wait,
            gone with
            {
                Case = gone.Case with
                {
                    Leases = [.. standing.Leases.Except(leases)],
                    Costs = [.. standing.Costs, .. paid.Select(LetTenantGo.Cost)],
                },
            },
        ];
    }

    private StudyOption Close(
        StudyCase standing,
        FleetScope scope,
        string name,
        Phrase description
    ) =>
        new(
            scope.Named(Phrase.Of(name)),
            VerdictKind.Close,
            description,
            standing with
            {
                Policies = scope.Under(standing.Policies, new SellPolicy(1, 1)),
                Effects = [.. standing.Effects, new HallNotice(NoticeMonths)],
            }
        )
        {
            Begins = scope.IsWhole ? FirstStep.SellOut : FirstStep.Own,
        };
}
