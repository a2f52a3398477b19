using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Questions;

/// <summary>What the sponsor of a half-built centre asks of the bank for the course that the verdict names, or why nothing.</summary>
internal static class ConstructionBank
{
    /// <summary>In words; empty where nothing is owed or committed.</summary>
    /// <param name="course">The course.</param>
    /// <param name="result">Its draws.</param>
    public static IReadOnlyList<Phrase> Of(StudyOption course, OptionResult result)
    {
        if (course.Case.Building is not { } debt)
        {
            return course.Case.Loan is null ? []
                : course.Case.Gate is not null ? [Phrase.Of("bank.building.none", result.Title)]
                : result.OnCredit == RuleOutcome.Passes
                    ? [Phrase.Of("bank.building.passes", result.Title)]
                :
                [
                    Phrase.Of(
                        "bank.building.asked",
                        result.Title,
                        Words.Said(result.OnCredit),
                        result.Default.Value
                    ),
                ];
        }
        if (course.Case.Gate is not null)
        {
            return
            [
                debt.Drawn > 0
                    ? Phrase.Of(
                        "bank.building.repaid",
                        result.Title,
                        debt.Drawn,
                        debt.Drawn * debt.BreakShare,
                        debt.Undrawn
                    )
                    : Phrase.Of("bank.building.released", result.Title, debt.Undrawn),
            ];
        }
        var said = new List<Phrase>();
        if (DrawnToCome.Of(course.Case) is { Lapses: > 0.5 } draws)
        {
            said.Add(
                Phrase.Of(
                    "bank.building.lapses",
                    draws.Undrawn,
                    draws.Drawn,
                    course.Case.Plan.Start + debt.LastMonth,
                    draws.Lapses,
                    course.Case.Plan.Start + draws.LastCost
                )
            );
        }
        said.Add(
            result.OnCredit == RuleOutcome.Passes
                ? Phrase.Of(
                    said.Count > 0 ? "bank.building.passes.else" : "bank.building.passes",
                    result.Title
                )
                : Phrase.Of(
                    "bank.building.fails",
                    result.Title,
                    Words.Said(result.OnCredit),
                    result.Default.Value,
                    debt.Drawn
                )
        );
        return said;
    }
}

/// <summary>What of a commitment a course still draws.</summary>
/// <param name="Undrawn">Commitment not yet drawn, money.</param>
/// <param name="Drawn">Of it what costs call while it may be drawn.</param>
/// <param name="Lapses">What costs that fall due later would call: it lapses, and equity pays them.</param>
/// <param name="LastCost">Month (from 0) of the last of those costs.</param>
internal readonly record struct DrawnToCome(
    double Undrawn,
    double Drawn,
    double Lapses,
    int LastCost
)
{
    /// <summary>Reckons it at best estimates; null without such debt.</summary>
    /// <param name="study">A course of a half-built centre that builds.</param>
    public static DrawnToCome? Of(StudyCase study)
    {
        if (study.Building is not { } debt || study.Gate is not null)
        {
            return null;
        }
        double Drawn(StudyCase of) =>
            CaseTerms.Contract(of, n => n.Value, true).Debt.Lent.Sum() - debt.Drawn;
        var last = CaseTerms
            .Of(study, n => n.Value, true)
            .CapitalCosts.Where(c => c is { DebtStanding: false, Expensed: false })
            .Select(c => c.Month)
            .DefaultIfEmpty(0)
            .Max();
        var drawn = Drawn(study);
        var longest = Drawn(
            study with
            {
                Building = debt with { LastMonth = Math.Max(debt.LastMonth, last) },
            }
        );
        return new DrawnToCome(debt.Undrawn, drawn, longest - drawn, last);
    }
}
