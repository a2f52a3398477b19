using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The lender's: lend what is asked, less, on conditions, or not?</summary>
/// <param name="ContractDiscount">Discount on the quote at which tenants would sign before the loan is drawn.</param>
internal sealed record LenderQuestion(double ContractDiscount) : IQuestion
{
    /// <summary>Its kind.</summary>
    public static QuestionKind Kind =>
        new(
            "lender",
            [
                OptionRow.Number(
                    "contract_discount",
                    "Discount on today's quoted rent at which tenants would sign take-or-pay leases before the loan is drawn.",
                    "0.1",
                    0,
                    0.9,
                    "fraction",
                    prior: true
                ),
            ],
            file => new LenderQuestion(file.Number("options.contract_discount"))
        )
        {
            // Debt outstanding on a fleet that stands: it is refinanced, and nothing is bought.
            Standing = file => file.Number("finance.existing_debt") > 0 && OfferInputs.Stands(file),
        };

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.asked"), VerdictKind.Lend, Phrase.Of("option.asked.said"), plan);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) => [plan];

    /// <summary>Price at which tenants would sign before the money is drawn.</summary>
    /// <param name="facts">With the quote of the day.</param>
    public double ContractPrice(ICentreFacts facts) =>
        facts.QuotePerGpuHour * (1 - ContractDiscount);

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        if (run.Plan.Loan is null)
        {
            throw new UnanswerableException(
                "the question is the lender's, but the study asks for no loan: give finance.gearing or finance.existing_debt"
            );
        }
        run.Report("terms of the loan", 0);
        var search = new LoanSearch(run.Run, run.Plan, run.Held);
        if (!search.Lends)
        {
            throw new UnanswerableException(
                "on the terms asked nothing is lent: what they allow of its cost, or what its cash carries at the cover asked, is 0. Ask for less cover, raise the cap, or ask as sponsor or owner"
            );
        }
        var asked = search.Asked();
        var less = search.Less();
        run.Report("terms of the loan", 0.3);
        var alone = search.OnContracts(run.Few, run.FewHeld);
        run.Report("terms of the loan", 0.6);
        var contracted = alone.Offers;
        var conditional = search.Conditional(ContractPrice(run.Facts));
        LoanOffer[] offers = [asked, .. less, .. contracted, .. conditional];
        var verdict = LenderVerdict.Of(
            asked,
            less,
            conditional,
            run.Fitted,
            contracted,
            alone.Smallest
        );
        var offered = offers.FirstOrDefault(o => o.Name == verdict.Option);
        var chosen = offered is null
            ? null
            : new StudyOption(
                offered.Title,
                verdict.Kind,
                offered.Said,
                run.Run.Sized(search.CaseOf(offered))
            );
        var rated =
            chosen is null
            || ReferenceEquals(offered, asked)
            || (contracted.Count > 0 && ReferenceEquals(offered, contracted[0]))
                ? null
                : new RatedLoan(
                    chosen,
                    chosen.Case.Leases.Count == run.Plan.Leases.Count
                        ? run.Held
                        : run.Run.Physical(chosen.Case)
                );
        return new Decided(
            verdict,
            rated is null
                ? [run.First]
                :
                [
                    run.First,
                    run.Run.Result(rated.Option, run.Run.Money(rated.Held, rated.Option.Case)),
                ],
            [.. chosen is null ? [] : new[] { chosen }, First(run.Plan)],
            asked.Tests.All(t => t.Value <= t.Limit)
                ? Phrase.Of("turned.loan.fails")
                : Phrase.Of("turned.loan.passes")
        )
        {
            Loans = offers,
            Rated = rated,
            ContractedLoan = alone.Largest,
            ContractedBound = alone.Bound,
            ContractedCapacity = alone.Capacity,
            DebtCapacity = run.Fitted || contracted.Count == 0 ? search.Capacity() : alone.Capacity,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) =>
        // Of an amount beyond what may be lent of the cost no rent, fill or price makes a loan.
        decided.Loans.Count > 0
        && decided.Loans[0].Tests.Any(t => t.Title.Key == "test.lendable")
            ? []
            : FlipSearch.OfPlan(
                run.Few,
                run.Plan,
                run.FewHeld,
                false,
                ContractPrice(run.Facts),
                run.Currency
            );
}
