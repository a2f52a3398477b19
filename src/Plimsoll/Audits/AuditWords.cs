using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>An audit in words, in any language: for the screen, and the pieces of the page.</summary>
public static class AuditWords
{
    /// <summary>The whole audit, line by line; sections stand apart by an empty line.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="book">The language.</param>
    public static IReadOnlyList<string> Lines(AuditResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var lines = new List<string>();
        void Say(Phrase phrase) => lines.Add(book.Say(phrase));
        Say(Heading(result));
        foreach (var phrase in Head(result))
        {
            Say(phrase);
        }
        List(lines, book, "audit.order", Order(result));
        foreach (var claim in result.Claims)
        {
            lines.Add("");
            foreach (var phrase in Claim(result, claim))
            {
                Say(phrase);
            }
            List(lines, book, "audit.papers", claim.Papers.Select(p => Paper(result, p)));
            List(lines, book, "audit.questions", claim.Questions);
            List(lines, book, "audit.moves", claim.Moves.Select(Move));
            if (claim.Subsidy is { } subsidy)
            {
                List(
                    lines,
                    book,
                    "audit.subsidy",
                    [Asked(result, subsidy), .. subsidy.Costs.Select(Cost), Advice(result, subsidy)]
                );
            }
        }
        return lines;
    }

    /// <summary>The title.</summary>
    public static Phrase Heading(AuditResult result) =>
        Phrase.Of("audit.heading", result.File.Name, result.File.Decided);

    /// <summary>What is audited and from how many cases.</summary>
    public static IReadOnlyList<Phrase> Head(AuditResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var known = Phrase.Of("audit.known", result.Counted, result.Known.Count - result.Counted);
        var what = Phrase.Of(
            "audit.what",
            Word("asset", result.File.Asset),
            Word("country", result.File.Country),
            Word("unit", result.File.Unit)
        );
        return result.TooFew
            ?
            [
                what,
                Phrase.Of("audit.toofew", result.Counted, result.File.Decided, PooledRates.Enough),
            ]
            : [what, known];
    }

    /// <summary>Several claims beside each other, the surest first, and what they come to together; empty for a single one.</summary>
    public static IReadOnlyList<Phrase> Order(AuditResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Claims.Count < 2)
        {
            return [];
        }
        var sorted = result
            .Claims.OrderByDescending(c => c.Support.Share.P90)
            .ThenByDescending(c => c.Support.Mean)
            .ThenBy(c => c.Claim.Name, StringComparer.Ordinal)
            .ToList();
        List<Phrase> said = [.. sorted.Select(c => Line(result, c))];
        if (Alike(sorted) is { Count: > 1 } alike)
        {
            said.Add(Phrase.Of("audit.order.alike", string.Join(", ", alike)));
        }
        said.Add(
            Phrase.Of(
                "audit.order.sum",
                result.Claims.Sum(c => c.Claim.Amount),
                Word("unit", result.File.Unit),
                result.Claims.Sum(c => c.Support.Mean * c.Claim.Amount),
                result.Claims.Sum(c => c.Claim.Subsidy),
                result.File.Currency.Code,
                result.Claims.Sum(c => c.Subsidy is { } s ? OnUse(s).Paid : 0)
            )
        );
        return said;
    }

    private static Phrase Line(AuditResult result, AuditedClaim claim) =>
        Phrase.Of(
            "audit.order.line",
            claim.Claim.Name,
            claim.Support.Share.P90,
            claim.Claim.Amount,
            Word("unit", result.File.Unit),
            claim.Support.Mean,
            claim.Subsidy is { } subsidy
                ? Phrase.Of(
                    "audit.order.subsidy",
                    subsidy.Asked,
                    result.File.Currency.Code,
                    subsidy.Asked * subsidy.SafeShare,
                    OnUse(subsidy).Paid
                )
                : Phrase.Of("audit.order.none")
        );

    /// <summary>Claims whose expected share lies within the range of another of them, which reaches theirs too.</summary>
    private static List<string> Alike(List<AuditedClaim> claims)
    {
        bool Within(AuditedClaim a, AuditedClaim b) =>
            a.Support.Mean >= b.Support.Share.P90 && a.Support.Mean <= b.Support.Share.P10;
        return
        [
            .. claims
                .Where(a => claims.Exists(b => a != b && Within(a, b) && Within(b, a)))
                .Select(c => c.Claim.Name),
        ];
    }

    private static SubsidyCost OnUse(SubsidyDesign subsidy) =>
        subsidy.Costs.First(c => c.Rule == PaymentRule.OnUse);

    /// <summary>A claim and what supports it.</summary>
    public static IReadOnlyList<Phrase> Claim(AuditResult result, AuditedClaim claim)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(claim);
        var (support, bare) = (claim.Support, claim.Support.Bare);
        List<Phrase> said =
        [
            Phrase.Of(
                "audit.claim",
                claim.Claim.Name,
                claim.Claim.Amount,
                Word("unit", result.File.Unit),
                claim.Claim.Months,
                claim.Claim.By
            ),
            Phrase.Of("audit.supported", support.Mean, support.Share.P90, support.Share.P10),
        ];
        said.Add(
            claim.Papers.Count == 0 ? Phrase.Of("audit.noevidence")
            : support.Uncovered > 1e-6 ? Phrase.Of("audit.uncovered", support.Uncovered)
            : Phrase.Of("audit.covered")
        );
        said.Add(
            Phrase.Of(
                "audit.supported.amount",
                support.Mean * claim.Claim.Amount,
                Word("unit", result.File.Unit)
            )
        );
        if (support.Ceiling < claim.Claim.Amount * (1 - 1e-9))
        {
            said.Add(
                Phrase.Of(
                    support.Ceiling < claim.Claim.Market ? "audit.inflated" : "audit.market",
                    claim.Claim.Amount,
                    Word("unit", result.File.Unit),
                    support.Ceiling
                )
            );
        }
        else if (claim.Papers.Count == 0 && double.IsInfinity(claim.Claim.Market))
        {
            said.Add(Phrase.Of("audit.unbounded"));
        }
        said.Add(
            Phrase.Of(
                "audit.bare",
                bare.Mean,
                bare.Low,
                bare.High,
                bare.Matched,
                bare.SameAsset,
                bare.SameFirmness,
                bare.All
            )
        );
        if (result.File.ForLender)
        {
            said.Add(Phrase.Of("audit.lender.advice", support.Share.P90));
        }
        return said;
    }

    /// <summary>A paper in a sentence.</summary>
    public static Phrase Paper(AuditResult result, AuditedPaper paper)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(paper);
        return Phrase.Of(
            "audit.paper.line",
            Word("kind", paper.Paper.Kind),
            AuditMoves.Tenant(paper.Paper),
            paper.Paper.Amount,
            Word("unit", result.File.Unit),
            paper.Counted,
            Why(paper),
            paper.Weight,
            paper.Rate.Low,
            paper.Rate.High,
            paper.Rate.Matched,
            paper.Rate.SameAsset,
            paper.Rate.SameFirmness
        );
    }

    /// <summary>Why a paper counts as it does.</summary>
    public static Phrase Why(AuditedPaper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        return paper.Paper.Related
            ? Phrase.Of("audit.related")
            : Phrase.Of($"audit.cut.{paper.Cut}");
    }

    /// <summary>A change and what it would do.</summary>
    public static Phrase Move(AuditMove move)
    {
        ArgumentNullException.ThrowIfNull(move);
        return Phrase.Of("audit.move.line", move.What, Points(move.Gain));
    }

    /// <summary>Points of percent with their sign.</summary>
    public static string Points(double gain) =>
        string.Create(CultureInfo.InvariantCulture, $"{gain * 100:+0;-0;0}");

    /// <summary>What is asked for.</summary>
    public static Phrase Asked(AuditResult result, SubsidyDesign subsidy)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(subsidy);
        return Phrase.Of(
            "audit.subsidy.asked",
            subsidy.Asked,
            result.File.Currency.Code,
            subsidy.PerUnitMonth,
            Word("one", result.File.Unit)
        );
    }

    /// <summary>How to pay.</summary>
    public static Phrase Advice(AuditResult result, SubsidyDesign subsidy)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(subsidy);
        return Phrase.Of(
            subsidy.SafeShare < 0.01 ? "audit.subsidy.advice.none" : "audit.subsidy.advice",
            subsidy.PerUnitMonth,
            result.File.Currency.Code,
            Word("one", result.File.Unit),
            subsidy.Asked * subsidy.SafeShare
        );
    }

    /// <summary>A word of the files in the language: a kind, an asset, a country, a unit.</summary>
    public static Phrase Word(string of, string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Phrase.Of($"audit.{of}.{word.Replace(' ', '-')}");
    }

    private static Phrase Cost(SubsidyCost cost) =>
        Phrase.Of(
            "audit.subsidy.line",
            Phrase.Of($"audit.rule.{cost.Rule}"),
            Math.Round(cost.Ahead),
            Math.Round(cost.Paid),
            Math.Round(cost.Unused),
            Math.Round(cost.UnusedBad),
            Math.Round(cost.NothingComes),
            cost.PerUnitMonth
        );

    private static void List(
        List<string> lines,
        PhraseBook book,
        string heading,
        IEnumerable<Phrase> items
    )
    {
        var said = items.ToList();
        if (said.Count == 0)
        {
            return;
        }
        lines.Add(book.Say(Phrase.Of(heading)) + (book.Language == "zh" ? "：" : ":"));
        lines.AddRange(said.Select(s => "  - " + book.Say(s)));
    }
}
