using Plimsoll.Finance;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>The debt of a centre that is being built: what was drawn is owed in every course, what was not is drawn first when it is finished and lost when it is not.</summary>
/// <param name="Drawn">Money drawn and outstanding at the decision, 0 or more.</param>
/// <param name="Undrawn">Commitment not yet drawn, 0 or more.</param>
/// <param name="LastMonth">Last month (from 0) in which it may be drawn.</param>
/// <param name="BreakShare">Share of what was drawn that is owed on top when it is repaid on stopping, 0 or more.</param>
public sealed record BuildingDebt(double Drawn, double Undrawn, int LastMonth, double BreakShare)
{
    /// <summary>Name of the money that was drawn among the capital costs.</summary>
    private const string Outstanding = "debt outstanding at the decision";

    /// <summary>What is owed at once when nothing is built: what was drawn, and the charge for repaying it early.</summary>
    public IReadOnlyList<CourseCost> Repaid =>
        Drawn > 0
            ?
            [
                CourseCost.Of(Phrase.Of("cost.debt.repaid"), Drawn) with
                {
                    IsDebt = true,
                },
                CourseCost.Of(Phrase.Of("cost.debt.break"), Drawn * BreakShare) with
                {
                    IsDebt = true,
                    IsDamages = true,
                },
            ]
            : [];

    /// <summary>Capital costs and tranches of a course that builds: the loan as drawn, and what of the commitment its costs call, the earliest first, before any equity.</summary>
    /// <param name="costs">What is left to pay.</param>
    /// <param name="loan">Terms of the loan; its size is stated here.</param>
    /// <remarks>A cost that the commitment covers in part is written as two, so that the loan pays the one whole and equity the other. What no cost calls is cancelled.</remarks>
    public (IReadOnlyList<CapitalCost> Costs, IReadOnlyList<DebtTranche> Tranches) Fund(
        IReadOnlyList<CapitalCost> costs,
        DebtTranche loan
    )
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(loan);
        var all = new List<CapitalCost>();
        var tranches = new List<DebtTranche>();
        if (Drawn > 0)
        {
            // Nothing is online before the first of the costs is.
            var online = costs.Select(c => c.OnlineMonth).DefaultIfEmpty(0).Min();
            all.Add(
                new CapitalCost(Outstanding, 0, Drawn, online, 5, 0, 0) { DebtStanding = true }
            );
            tranches.Add(
                loan with
                {
                    Amount = Drawn,
                    Gearing = 0,
                    Funds = [Outstanding],
                    UpfrontFee = 0,
                    CommitmentFee = 0,
                }
            );
        }
        var left = Undrawn;
        var funded = new List<string>();
        foreach (
            var cost in costs
                .OrderBy(c => c.Month)
                .ThenBy(c => c.Name, StringComparer.Ordinal)
                .ThenBy(c => c.Amount)
        )
        {
            var part = cost.Month <= LastMonth ? Math.Min(left, cost.Amount) : 0;
            left -= part;
            if (part > 0)
            {
                var name = $"{cost.Name}, from the loan {funded.Count + 1}";
                funded.Add(name);
                all.Add(cost with { Name = name, Amount = part });
            }
            if (part < cost.Amount)
            {
                all.Add(cost with { Amount = cost.Amount - part });
            }
        }
        if (funded.Count > 0)
        {
            tranches.Add(
                loan with
                {
                    Name = $"{loan.Name}, still to draw",
                    Amount = Undrawn - left,
                    Gearing = 0,
                    Funds = funded,
                    UpfrontFee = 0,
                    Arrears = 0,
                }
            );
        }
        return (all, tranches);
    }
}
