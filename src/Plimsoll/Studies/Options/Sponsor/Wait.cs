using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>Decide again later; build then only if the quoted rent pays for the plan.</summary>
/// <param name="Months">Months waited, at least 1.</param>
public sealed record Wait(int Months) : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } =
        new(
            [OptionRow.Months("wait", "Months waited before deciding again.", "12", 1, 60)],
            file => new Wait(file.Integer("options.wait"))
        );

    /// <summary>Share of its hours that a centre must sell at the trigger rent to pay for itself.</summary>
    private const double TriggerFill = 0.7;

    /// <summary>Years over which the trigger rent pays back capital cost.</summary>
    private const int TriggerYears = 5;

    private const double HoursPerYear = 8760;

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        var trigger = TriggerRent(plan, facts.EquityHurdle);
        return new StudyOption(
            Phrase.Of("option.wait", Months),
            VerdictKind.Wait,
            Phrase.Of("option.wait.said", Months, trigger),
            Shifted(plan, Months) with
            {
                Gate = new WaitGate(Months, trigger),
            }
        );
    }

    /// <summary>The rent at which a plan pays for itself at 70 % fill, money per accelerator-hour: running cost and an annuity of its capital cost at the equity hurdle over five years.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hurdle">Yearly return that equity demands.</param>
    public static double TriggerRent(StudyCase plan, double hurdle)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var capital = plan.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value) / plan.Accelerators;
        var yearly = capital * 12 * DebtPlan.AnnuityFactor(hurdle, 12 * TriggerYears);
        var running = new FleetSites(plan, n => n.Value)
            .MeanPartsPerLetHour(plan.Fleets)
            .Sum(p => p.PerHour);
        return running + (yearly / (HoursPerYear * TriggerFill));
    }

    /// <summary>The whole plan some months later: fleets, first payment, grants and power contract.</summary>
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
            Junior =
            [
                .. plan.Junior.Select(t =>
                    t with
                    {
                        FirstPaymentMonth = t.FirstPaymentMonth + months,
                    }
                ),
            ],
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
