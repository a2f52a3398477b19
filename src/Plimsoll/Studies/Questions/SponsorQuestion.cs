using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Sponsor;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The sponsor's: should the centre be built, and as planned?</summary>
/// <param name="Options">What is compared, the plan first.</param>
/// <param name="ContractDiscount">Discount on the quote at which tenants would sign beforehand.</param>
internal sealed record SponsorQuestion(
    IReadOnlyList<ISponsorOption> Options,
    double ContractDiscount
) : IQuestion
{
    /// <summary>Its kind.</summary>
    public static QuestionKind Kind =>
        new(
            "sponsor",
            [],
            file => new SponsorQuestion(
                SponsorOptions.Read(file),
                file.Number("options.contract_discount")
            )
        );

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.planned"), VerdictKind.Build, Phrase.Of("option.planned.said"), plan);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) =>
        Options.Select(o => o.Of(plan, facts)).OfType<StudyOption>().Select(o => o.Case);

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        StudyOption[] options =
        [
            .. Options.Select(o => o.Of(run.Plan, run.Facts)).OfType<StudyOption>(),
        ];
        var results = new List<OptionResult> { run.First };
        foreach (var option in options.Skip(1))
        {
            run.Report("options", (double)results.Count / options.Length);
            results.Add(run.Run.RunUntilClear(option));
        }
        return new Decided(
            SponsorVerdict.Of(results, run.Fitted),
            results,
            options,
            run.First.Credit.Concat(run.First.Equity).All(t => t.Value <= t.Limit)
                ? Phrase.Of("turned.plan.fails")
                : Phrase.Of("turned.plan.passes")
        );
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) =>
        FlipSearch.OfPlan(
            run.Few,
            run.Plan,
            run.FewHeld,
            true,
            run.Facts.QuotePerGpuHour * (1 - ContractDiscount),
            run.Currency
        );
}
