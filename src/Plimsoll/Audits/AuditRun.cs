using Plimsoll.Catalog;
using Plimsoll.Decisions.BaseRates;

namespace Plimsoll.Audits;

/// <summary>Audits claims of demand: what their papers are worth at the base rates known on the day.</summary>
public static class AuditRun
{
    /// <summary>Runs an audit.</summary>
    /// <param name="file">What is asked.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    public static AuditResult Of(AuditFile file, CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(file);
        var known = BaseRateCase.KnownOn(view);
        var rates = new PooledRates(known);
        var weighing = new ClaimWeighing(rates, file.Asset, file.Country);
        Claim[] claims =
        [
            .. file.Claims.Select(c => new Claim(c.Name, c.Amount) { Market = c.Market }),
        ];
        Paper[] papers = [.. file.Papers.Select(Of)];
        var support = weighing.Weigh(
            claims,
            papers,
            file.Needs,
            file.Capacities,
            file.Seed,
            file.Draws
        );
        var moves = new AuditMoves(file, weighing, claims, papers);
        var audited = file
            .Claims.Select(
                (claim, c) =>
                {
                    AuditedPaper[] own =
                    [
                        .. file
                            .Papers.Where(p => p.Claim == c)
                            .Zip(
                                support[c].Papers,
                                (paper, counted) =>
                                    new AuditedPaper(
                                        paper,
                                        counted.Counted,
                                        counted.Cut,
                                        counted.Rate,
                                        weighing.Rate(counted.Paper.Firmness)
                                    )
                            ),
                    ];
                    return new AuditedClaim(
                        claim,
                        support[c],
                        own,
                        AuditQuestions.Of(file, claim, own, support[c]),
                        moves.Of(c),
                        claim.Subsidy > 0
                            ? SubsidyDesign.Of(claim, support[c].Draws, file.Recovery)
                            : null
                    );
                }
            )
            .ToList();
        return new AuditResult(file, rates.TooFew, known, audited);
    }

    /// <summary>A paper as it is weighed.</summary>
    internal static Paper Of(AuditPaper p) =>
        new(p.Claim, p.Kind, p.Group, p.Amount, p.Prepaid, p.Related, p.Capacity, p.Additional);
}
