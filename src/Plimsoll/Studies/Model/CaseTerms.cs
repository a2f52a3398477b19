using Plimsoll.Finance;
using Plimsoll.Inputs;

namespace Plimsoll.Studies.Model;

/// <summary>The terms of finance of a case with its uncertain numbers set.</summary>
internal static class CaseTerms
{
    /// <summary>All terms: capital cost by fleet, tax, debt.</summary>
    /// <param name="study">The case.</param>
    /// <param name="value">Values of its uncertain numbers.</param>
    /// <param name="built">False when waiting ended in not building: nothing is bought, lent or granted.</param>
    public static FinanceTerms Of(StudyCase study, Func<InputNumber, double> value, bool built)
    {
        var costs = new List<CapitalCost>();
        if (built && !study.Standing)
        {
            costs.AddRange(study.Fleets.Select(f => Fleet(study, f, value)));
        }
        else if (study.Standing && study.Loan is { Amount: > 0 } owed)
        {
            costs.Add(
                new CapitalCost("debt outstanding at the decision", 0, owed.Amount, 0, 5, 0, 0)
            );
        }
        costs.AddRange(
            study
                .Costs.Where(c => c.Amount > 0)
                .Select(c => new CapitalCost(
                    c.Name,
                    0,
                    c.Amount,
                    0,
                    study.Tax.EquipmentLifeYears,
                    0,
                    study.Tax.InputVatRate
                ))
        );
        var lends = study.Loan is not null && built && costs.Count > 0;
        return study.Terms with
        {
            CapitalCosts = costs,
            Tax = study.Tax.Terms,
            Tranches = lends ? [study.Loan!] : [],
            Power = built ? study.Terms.Power : null,
            Grants =
            [
                .. built ? study.Terms.Grants : [],
                .. study
                    .Receipts.Where(r => r.Amount > 0)
                    .Select(r => new Grant(0, r.Amount, 0, 0, 0)),
            ],
        };
    }

    /// <summary>The servers of a fleet, paid in the month before they come.</summary>
    private static CapitalCost Fleet(
        StudyCase study,
        FleetCase fleet,
        Func<InputNumber, double> value
    )
    {
        var online = Math.Max(0, fleet.Online - study.Plan.Start);
        return new CapitalCost(
            $"{fleet.Servers:0} {fleet.Server}",
            Math.Max(0, online - 1),
            fleet.Servers * value(fleet.CapexPerServer) * study.CapexFactor,
            online,
            fleet.Tax.EquipmentLifeYears,
            fleet.Tax.ImmediateShare,
            fleet.Tax.InputVatRate
        );
    }
}
