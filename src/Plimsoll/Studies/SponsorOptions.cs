using Plimsoll.Decisions;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies;

/// <summary>What the sponsor of a planned centre could do: as planned, smaller, staged, elsewhere, other chips, another product, later.</summary>
/// <param name="reader">The study.</param>
public sealed class SponsorOptions(StudyReader reader)
{
    /// <summary>The plan first, then its alternatives; not building is implied and worth nothing.</summary>
    /// <param name="plan">The plan.</param>
    public IReadOnlyList<StudyOption> Of(StudyCase plan)
    {
        var options = new List<StudyOption>
        {
            new("as planned", VerdictKind.Build, "Build the whole plan now.", plan),
            Smaller(plan),
            Staged(plan),
        };
        if (reader.Values.TextOrNull("options.elsewhere") is { } site)
        {
            options.Add(Elsewhere(plan, site));
        }
        if (reader.Values.TextOrNull("options.other_server") is { } server)
        {
            options.Add(OtherServer(plan, server));
        }
        if (OtherProduct(plan) is { } product)
        {
            options.Add(product);
        }
        options.Add(Later(plan));
        return options;
    }

    private StudyOption Smaller(StudyCase plan)
    {
        var share = reader.Values.Number("options.smaller_share");
        return new StudyOption(
            $"{share:0 %} of the size",
            VerdictKind.Resize,
            $"Build {share:0 %} of the servers at the same cost a server.",
            Scaled(plan, share)
        );
    }

    private StudyOption Staged(StudyCase plan)
    {
        var share = reader.Values.Number("options.first_stage_share");
        var gap = reader.Values.Integer("options.stage_gap");
        var fill = reader.Values.Number("options.stage_fill");
        var first = Scaled(plan, share);
        var second = plan.Fleets.Select(f =>
            f with
            {
                Name = $"{f.Name}, second stage",
                Servers = f.Servers * (1 - share),
                Online = f.Online + gap,
            }
        );
        var both = plan with
        {
            Fleets = [.. first.Fleets, .. second],
            Loan = plan.Loan is null
                ? null
                : plan.Loan with
                {
                    FirstPaymentMonth = plan.Loan.FirstPaymentMonth,
                },
        };
        return new StudyOption(
            "in stages",
            VerdictKind.Stage,
            $"Build {share:0 %} now; order the rest {gap} months later only if the first stage is then at least {fill:0 %} full.",
            both with
            {
                Stage = new StageRule(first, plan.LastOnline + Math.Max(1, gap - OrderLead), fill),
            }
        );
    }

    /// <summary>Months between ordering servers and their coming.</summary>
    private const int OrderLead = 3;

    private StudyOption Elsewhere(StudyCase plan, string site)
    {
        var there = reader.SiteAt(site);
        return new StudyOption(
            $"in {site}",
            VerdictKind.Relocate,
            $"The same fleet in {site}, at its power price, its efficiency and its reach.",
            plan with
            {
                Plan = plan.Plan with { Site = site, VoucherScheme = null },
                Site = there,
                Reach = reader.Reach(site) with { Path = "elsewhere.reach" },
            }
        );
    }

    /// <summary>The same with another server; where it cannot hold the model served, it is let only.</summary>
    private StudyOption OtherServer(StudyCase plan, string server)
    {
        var capex = reader.Values.Sourced("options.other_capex_per_server");
        var fleets = plan.Fleets.Select(f => reader.Other(f, server, capex)).ToList();
        return new StudyOption(
            $"with {server}",
            VerdictKind.Retarget,
            $"The same number of servers of another kind, {server}.",
            reader.Refit(plan, fleets)
        );
    }

    private StudyOption? OtherProduct(StudyCase plan)
    {
        if (plan.Plan.Products.Contains(Product.Inference) || !plan.Serves)
        {
            return null;
        }
        return new StudyOption(
            "for inference too",
            VerdictKind.Retarget,
            "The same centre also serves tokens under the latency promise with what is not let.",
            plan with
            {
                Plan = plan.Plan with { Products = [.. plan.Plan.Products, Product.Inference] },
            }
        );
    }

    private StudyOption Later(StudyCase plan)
    {
        var wait = reader.Values.Integer("options.wait");
        var trigger = reader.TriggerRent(plan);
        return new StudyOption(
            $"wait {wait} months",
            VerdictKind.Wait,
            $"Decide again in {wait} months; build then only if the quoted rent is at least {Words.Amount(trigger)} an accelerator-hour, which pays for the plan at 70 % fill.",
            Shifted(plan, wait) with
            {
                Wait = new WaitRule(wait, trigger),
            }
        );
    }

    /// <summary>Share of the accelerators that leases signed beforehand may take up: the rest is under repair.</summary>
    private const double MostSigned = 0.98;

    /// <summary>The leases cut in one proportion, so that they fit into a smaller centre.</summary>
    private static IReadOnlyList<LeaseCase> Fitted(IReadOnlyList<LeaseCase> leases, double room)
    {
        var signed = leases.Sum(l => l.Terms.Accelerators);
        var part = signed > room ? room / signed : 1;
        return
        [
            .. leases.Select(l =>
                l with
                {
                    Terms = l.Terms with { Accelerators = l.Terms.Accelerators * part },
                }
            ),
        ];
    }

    internal static StudyCase Scaled(StudyCase plan, double share) =>
        plan with
        {
            Fleets = [.. plan.Fleets.Select(f => f with { Servers = f.Servers * share })],
            Leases = Fitted(plan.Leases, plan.Accelerators * share * MostSigned),
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

    private static StudyCase Shifted(StudyCase plan, int months) =>
        plan with
        {
            Fleets = [.. plan.Fleets.Select(f => f with { Online = f.Online + months })],
            Loan = plan.Loan is null
                ? null
                : plan.Loan with
                {
                    FirstPaymentMonth = plan.Loan.FirstPaymentMonth + months,
                },
            Terms = plan.Terms with
            {
                Grants =
                [
                    .. plan.Terms.Grants.Select(g =>
                        g with
                        {
                            Month = g.Month + months,
                            TestMonth = g.TestMonth + months,
                        }
                    ),
                ],
                Power = plan.Terms.Power is { } power
                    ? power with
                    {
                        StartMonth = power.StartMonth + months,
                        ExitMonth =
                            power.ExitMonth == int.MaxValue
                                ? int.MaxValue
                                : power.ExitMonth + months,
                    }
                    : null,
            },
        };
}
