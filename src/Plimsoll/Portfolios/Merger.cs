using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;

namespace Plimsoll.Portfolios;

/// <summary>The servers of one centre move into another, are run by its operator and join its network where that can hold them.</summary>
/// <remarks>
/// They earn nothing while they travel, and their old hall is paid until its notice has run out. Their books stay their own: debt is not
/// shared by moving. One job spans them only where the host's network is made for it and its servers are of the same kind.
/// </remarks>
internal static class Merger
{
    /// <summary>The merger as an action of the centre that moves.</summary>
    /// <param name="centre">The centre that moves.</param>
    /// <param name="host">Where to.</param>
    /// <param name="plans">Its cases as they stand, by variant.</param>
    public static CentreAction Of(PortfolioCentre centre, PortfolioCentre host, StudyCase[] plans)
    {
        var options = centre.Variants[0].Study.Values.Section("options");
        var months = Math.Min(options.Integer("move_months"), plans[0].Plan.Months - 1);
        var notice = options.Integer("exit_notice");
        var servers = plans[0].Fleets.Sum(f => f.Servers);
        var cost = options.Number("move_cost_per_server") * servers;
        var spans = plans[0].Fleets.All(f => Spans(f, host));
        var said = Phrase.Of(
            spans ? "portfolio.merge.joined" : "portfolio.merge.apart",
            servers,
            host.Name,
            months,
            cost,
            notice
        );
        return new CentreAction(
            ActionKind.Merge,
            $"merge into {host.Name}",
            PhraseBook.English.Say(said),
            [.. plans.Select(p => Moved(p, host, months, notice, cost))],
            cost
        )
        {
            Host = host.Name,
            Said = said,
        };
    }

    private static bool Spans(FleetCase fleet, PortfolioCentre host) =>
        fleet.TrainingFabric
        && host.Case.Fleets.Any(f => f.TrainingFabric && f.Server == fleet.Server);

    private static StudyCase Moved(
        StudyCase plan,
        PortfolioCentre host,
        int months,
        int notice,
        double cost
    )
    {
        InputNumber Theirs(InputNumber number) =>
            number with
            {
                Path = $"{host.Name}: {number.Path}",
            };
        var site = host.Case.Site;
        var there = plan with
        {
            Plan = plan.Plan with
            {
                Site = site.Name,
                VoucherScheme = host.Case.Plan.VoucherScheme,
            },
            Site = plan.Site with
            {
                Name = site.Name,
                Tariff = Theirs(site.Tariff),
                DesignPue = Theirs(site.DesignPue),
                Profile = site.Profile,
            },
            Reach = Theirs(host.Case.Reach),
            Effects = [.. plan.Effects.Where(e => e is not HallLease)],
        };
        var ready = plan.Plan.Start + months;
        return there with
        {
            Capability = Theirs(host.Case.Capability),
            Fleets =
            [
                .. plan.Fleets.Select(f =>
                    f with
                    {
                        Online = f.Online < ready ? ready : f.Online,
                        TrainingFabric = Spans(f, host),
                    }
                ),
            ],
            Costs = [.. plan.Costs, new CourseCost("move of the servers", cost)],
            Effects = [.. there.Effects, new OldHall(plan, notice)],
        };
    }
}
