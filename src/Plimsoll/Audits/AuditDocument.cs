using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Risk;

namespace Plimsoll.Audits;

/// <summary>An audit as a JSON document.</summary>
public static class AuditDocument
{
    /// <summary>The document; shares are 0 to 1, amounts in the file's unit, money in its currency.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="book">Language of the sentences.</param>
    public static JsonObject Of(AuditResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var file = result.File;
        return new JsonObject
        {
            ["kind"] = "audit",
            ["name"] = file.Name,
            ["decided"] = file.Decided.ToString(),
            ["for"] = file.ForLender ? "lender" : "grantor",
            ["country"] = file.Country,
            ["asset"] = file.Asset,
            ["unit"] = file.Unit,
            ["currency"] = file.Currency.Code,
            ["draws"] = file.Draws,
            ["seed"] = file.Seed,
            ["sourcedCases"] = result.Counted,
            ["casesNeeded"] = PooledRates.Enough,
            ["tooFew"] = result.TooFew,
            ["claims"] = Array(result.Claims, c => Claim(c, book)),
            ["cases"] = Array(result.Known, Case),
        };
    }

    private static JsonObject Claim(AuditedClaim c, PhraseBook book) =>
        new()
        {
            ["name"] = c.Claim.Name,
            ["by"] = c.Claim.By,
            ["amount"] = Number(c.Claim.Amount),
            ["months"] = c.Claim.Months,
            ["supportedShare"] = new JsonObject
            {
                ["mean"] = Number(c.Support.Mean),
                ["spread"] = Spread(c.Support.Share),
            },
            ["uncoveredShare"] = Number(c.Support.Uncovered),
            ["ceiling"] = Number(c.Support.Ceiling),
            ["bareRate"] = Rate(c.Support.Bare),
            ["papers"] = Array(c.Papers, Paper),
            ["questions"] = Array(c.Questions, q => (JsonNode)book.Say(q)),
            ["moves"] = Array(
                c.Moves,
                m => new JsonObject { ["what"] = book.Say(m.What), ["change"] = Number(m.Gain) }
            ),
            ["subsidy"] = c.Subsidy is { } s ? Subsidy(s) : null,
        };

    private static JsonObject Paper(AuditedPaper p) =>
        new()
        {
            ["kind"] = p.Paper.Kind,
            ["tenant"] = p.Paper.Named ? p.Paper.Tenant : null,
            ["group"] = p.Paper.Named ? p.Paper.Group : null,
            ["related"] = p.Paper.Related,
            ["amount"] = Number(p.Paper.Amount),
            ["counted"] = Number(p.Counted),
            ["cut"] = p.Cut switch
            {
                Cut.None => "none",
                Cut.Bare => "bare",
                Cut.Tenant => "tenant",
                Cut.Capacity => "capacity",
                Cut.Claim => "claim",
                _ => throw new ArgumentOutOfRangeException(nameof(p), p.Cut, "No such cut."),
            },
            ["weight"] = Number(p.Weight),
            ["rate"] = Rate(p.Rate),
        };

    private static JsonObject Rate(BaseRate r) =>
        new()
        {
            ["firmness"] = r.Firmness.ToString(),
            ["mean"] = Number(r.Mean),
            ["low"] = Number(r.Low),
            ["high"] = Number(r.High),
            ["casesMatched"] = r.Matched,
            ["casesOfAsset"] = r.SameAsset,
            ["casesAsFirm"] = r.SameFirmness,
            ["casesInAll"] = r.All,
        };

    private static JsonObject Subsidy(SubsidyDesign s) =>
        new()
        {
            ["asked"] = Number(s.Asked),
            ["perUnitMonth"] = Number(s.PerUnitMonth),
            ["safeShare"] = Number(s.SafeShare),
            ["rules"] = Array(
                s.Costs,
                c => new JsonObject
                {
                    ["rule"] = c.Rule.ToString(),
                    ["ahead"] = Number(c.Ahead),
                    ["paid"] = Number(c.Paid),
                    ["unused"] = Number(c.Unused),
                    ["unusedP90"] = Number(c.UnusedBad),
                    ["lostIfNothingComes"] = Number(c.NothingComes),
                    ["perUnitMonthUsed"] = Number(c.PerUnitMonth),
                }
            ),
        };

    /// <summary>A case.</summary>
    public static JsonObject Case(BaseRateCase c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return new JsonObject
        {
            ["name"] = c.Name,
            ["country"] = c.Country,
            ["asset"] = c.Asset,
            ["kind"] = c.Kind,
            ["firmness"] = c.Firmness.ToString(),
            ["claimed"] = Number(c.Claimed),
            ["became"] = Number(c.Became),
            ["unit"] = c.Unit,
            ["share"] = Number(c.Share),
            ["claims"] = c.Claims,
            ["known"] = c.Known.ToString("yyyy-MM-dd", null),
            ["counted"] = c.Counted,
            ["notCounted"] = c.NotCounted,
            ["evidence"] = c.Evidence.ToString(),
            ["grade"] = c.Grade.ToString(),
            ["source"] = c.Source,
            ["note"] = c.Note,
            ["place"] = c.Place,
        };
    }

    private static JsonObject Spread(Spread s) =>
        new()
        {
            ["p10"] = Number(s.P10),
            ["p50"] = Number(s.P50),
            ["p90"] = Number(s.P90),
            ["mean"] = Number(s.Mean),
        };

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> each) =>
        [.. items.Select(each)];
}
