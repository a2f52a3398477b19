using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>Writes the memo block by block, in the order in which a committee reads.</summary>
/// <param name="about">What it is written from.</param>
internal sealed class MemoPage(MemoSubject about)
{
    /// <summary>The memo.</summary>
    public MemoDraft Write()
    {
        var funding = new FundingBlock(about);
        var cover = new CoverBlocks(about);
        var risk = new RiskBlocks(about);
        var stresses = new StressBlocks(about);
        var conditions = new ConditionBlocks(about);
        return new(
            Words.Name(about.Result.Name),
            Phrase.Of(
                "memo.subtitle",
                Words.Named("question", about.Result.Question),
                about.Result.Decided,
                about.Figures.Unit,
                about.Result.Draws,
                about.Median.Draw
            ),
            [
                .. new[]
                {
                    new RequestBlock(about).Request(),
                    new TermSheetBlock(about).Sheet(),
                    about.Owned ? funding.Position() : funding.Funding(),
                    new DebtBlock(about).Debt(),
                }
                    .Concat(about.Median.Case.Built ? new ContractBlocks(about).Contracts() : [])
                    .Concat([
                        new FailureBlock(about).Failures(),
                        cover.ByYear(),
                        cover.Ratios(),
                        risk.Rule(),
                        risk.Risk(),
                        risk.Sponsor(),
                        risk.Carries(),
                        risk.Comparables(),
                        risk.Residual(),
                        stresses.Stresses(),
                        stresses.Flips(),
                        conditions.Security(),
                        conditions.Precedent(about.Recommended),
                        conditions.Conditions(),
                        stresses.Unknown(),
                    ])
                    .OfType<MemoDraftBlock>(),
            ]
        );
    }
}
