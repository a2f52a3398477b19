using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Risk;

namespace Plimsoll.Portfolios;

/// <summary>The answer to a portfolio as the published JSON document, schema plimsoll.portfolio version 1 (docs/portfolio-schema.json).</summary>
/// <remarks>Every figure is written as computed; a figure without meaning is null. Money is in the currency named at the top.</remarks>
public static class PortfolioDocument
{
    /// <summary>Version of the schema; rises when a field changes its meaning or goes.</summary>
    public const int Version = 1;

    /// <summary>Writes the document.</summary>
    public static JsonObject Of(PortfolioResult r)
    {
        ArgumentNullException.ThrowIfNull(r);
        using var culture = InvariantCulture.Begin();
        return new JsonObject
        {
            ["schema"] = "plimsoll.portfolio",
            ["version"] = Version,
            ["portfolio"] = r.Portfolio.Name,
            ["explanation"] = r.Portfolio.Explanation,
            ["question"] = Word(r.Portfolio.Question),
            ["decided"] = r.Portfolio.Decided.ToString(),
            ["start"] = r.Portfolio.Start.ToString(),
            ["months"] = r.Portfolio.Months,
            ["currency"] = r.Portfolio.Currency.Code,
            ["market"] = r.Market,
            ["fitted"] = r.Fitted,
            ["draws"] = r.Draws,
            ["seed"] = r.Seed,
            ["budget"] = Number(r.Portfolio.Budget),
            ["owed"] = Number(r.Portfolio.Owed),
            ["failures"] = new JsonObject(
                r.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
            ),
            ["keep"] = Plan(r.Keep),
            ["plan"] = r.Plan is null ? null : Plan(r.Plan),
            ["centres"] = Array(r.Centres, Centre),
            ["search"] = r.Search is null ? null : Search(r.Search),
            ["crowding"] = Array(r.Crowding, Crowding),
            ["usefulHour"] = Array(r.UsefulHour, x => Number(x)),
            ["limits"] = Array(r.Limits, l => JsonValue.Create(l)),
        };
    }

    private static JsonObject Crowding(CrowdingOut c) =>
        new()
        {
            ["applicant"] = c.Applicant,
            ["hours"] = Number(c.Hours),
            ["fromOthers"] = Number(c.FromOthers),
            ["othersWorth"] = Number(c.OthersWorth),
            ["draws"] = c.Draws,
            ["usefulHours"] = Number(c.UsefulHours),
            ["shortfall"] = Number(c.Shortfall),
            ["shortfallMostly"] = Number(c.ShortfallMostly),
            ["perUsefulHour"] = Number(c.PerUsefulHour),
            ["hourWorth"] = Number(c.HourWorth),
            ["worthSupporting"] = c.WorthSupporting,
            ["losers"] = Array(
                c.Losers,
                l => new JsonObject
                {
                    ["centre"] = l.Centre,
                    ["hours"] = Number(l.Hours),
                    ["fillWithout"] = Number(l.FillWithout),
                    ["fillWith"] = Number(l.FillWith),
                    ["rentWithout"] = Number(l.RentWithout),
                    ["rentWith"] = Number(l.RentWith),
                }
            ),
        };

    private static JsonObject Plan(PlanSummary p) =>
        new()
        {
            ["name"] = p.Name,
            ["value"] = Of(p.Value),
            ["usefulHours"] = Of(p.UsefulHours),
            ["soldHours"] = Of(p.SoldHours),
            ["fill"] = Of(p.Fill),
            ["installedHours"] = Of(p.InstalledHours),
            ["lenderLoss"] = Of(p.LenderLoss),
            ["publicMoney"] = Of(p.PublicMoney),
            ["cost"] = Number(p.Cost),
            ["defaults"] = Number(p.Defaults),
        };

    private static JsonObject Centre(CentreAdvice a) =>
        new()
        {
            ["name"] = a.Centre.Name,
            ["province"] = a.Centre.Province,
            ["site"] = a.Centre.Case.Site.Name,
            ["owner"] = a.Centre.Owner,
            ["operator"] = a.Centre.Variants[0].Study.Values.Text("centre.operator"),
            ["operatorClass"] = a.Centre.Operator?.Name,
            ["capability"] = Number(a.Centre.Case.Capability.Value),
            ["stage"] = Word(a.Centre.Stage),
            ["stylised"] = a.Centre.Stylised,
            ["source"] = a.Centre.Source,
            ["chips"] = a.Centre.Chips,
            ["accelerators"] = Number(a.Centre.Accelerators),
            ["today"] = new JsonObject
            {
                ["racked"] = Number(a.Centre.Today.Racked?.Value),
                ["let"] = Number(a.Centre.Today.Let?.Value),
                ["lit"] = Number(a.Centre.Today.Lit?.Value),
                ["load"] = Number(a.Centre.Today.Load?.Value),
            },
            ["unknown"] = Array(
                a.Centre.Unknown,
                u => new JsonObject
                {
                    ["path"] = u.Path,
                    ["prior"] = PhraseBook.English.Say(u.Prior),
                }
            ),
            ["kept"] = Outcome(a.Kept),
            ["planned"] = Outcome(a.Planned),
            ["choice"] = a.Choice is null
                ? null
                : new JsonObject
                {
                    ["right"] = Odds(a.Choice.Right),
                    ["runnerUp"] = a.Choice.RunnerUp,
                    ["gap"] = Of(a.Choice.Gap),
                    ["decides"] = a.Choice.Decides,
                    ["turns"] = a.Choice.Turns,
                    ["proof"] = a.Choice.Proof is { } proof
                        ? new JsonObject
                        {
                            ["idle"] = proof.Idle,
                            ["gain"] = Number(proof.Gain),
                            ["low"] = Number(proof.Low),
                            ["high"] = Number(proof.High),
                            ["better"] = Odds(proof.Better),
                        }
                        : null,
                },
        };

    private static JsonObject Outcome(CentreOutcome o) =>
        new()
        {
            ["action"] = o.Action,
            ["description"] = o.Description,
            ["fill"] = Of(o.Fill),
            ["rent"] = Of(o.Rent),
            ["value"] = Of(o.Value),
            ["projectNpv"] = Of(o.ProjectNpv),
            ["ownerNpv"] = Of(o.OwnerNpv),
            ["usefulHours"] = Of(o.UsefulHours),
            ["soldHours"] = Of(o.SoldHours),
            ["installedHours"] = Of(o.InstalledHours),
            ["default"] = o.Default is null ? null : Odds(o.Default),
            ["lenderLoss"] = Of(o.LenderLoss),
            ["letByMonth"] = Array(o.LetByMonth, x => Number(x)),
            ["installedByMonth"] = Array(o.InstalledByMonth, x => Number(x)),
        };

    private static JsonObject Search(SearchReport s) =>
        new()
        {
            ["draws"] = s.Draws,
            ["plans"] = s.Plans,
            ["held"] = s.Held,
            ["takenBack"] = Array(
                s.TakenBack,
                t => new JsonObject
                {
                    ["centre"] = t.Centre,
                    ["action"] = t.Action,
                    ["gain"] = Number(t.Gain),
                    ["low"] = Number(t.Low),
                    ["high"] = Number(t.High),
                    ["better"] = t.Better,
                    ["draws"] = t.Draws,
                }
            ),
            ["gap"] = Number(s.Gap),
            ["regret"] = Number(s.Regret),
            ["regretRerun"] = Number(s.RegretRerun),
            ["regretDraws"] = s.RegretDraws,
            ["idle"] = Against(s.Idle),
            ["rules"] = Array(s.Rules, Against),
            ["frontier"] = Array(
                s.Frontier,
                f => new JsonObject
                {
                    ["budget"] = Number(f.Budget),
                    ["plan"] = Plan(f.Plan),
                    ["actions"] = new JsonObject(
                        f.Actions.OrderBy(a => a.Key)
                            .Select(a => KeyValuePair.Create(Word(a.Key), (JsonNode?)a.Value))
                    ),
                }
            ),
            ["unknowns"] = Array(
                s.Unknowns,
                u => new JsonObject
                {
                    ["name"] = u.Name,
                    ["centre"] = u.Centre,
                    ["worth"] = Number(u.Worth),
                    ["changed"] = Number(u.Changed),
                    ["known"] = u.Known,
                }
            ),
        };

    private static JsonObject Against(RuleGain g) =>
        new()
        {
            ["rule"] = Plan(g.Rule),
            ["meanGain"] = Number(g.Mean),
            ["gain"] = Number(g.Gain),
            ["low"] = Number(g.Low),
            ["high"] = Number(g.High),
            ["better"] = g.Better,
            ["draws"] = g.Draws,
        };

    private static JsonObject Odds(Proportion p) =>
        new()
        {
            ["value"] = Number(p.Value),
            ["low"] = Number(p.Low),
            ["high"] = Number(p.High),
            ["happened"] = p.Happened,
            ["draws"] = p.Draws,
        };

    private static JsonObject Of(DrawSpread s) =>
        new()
        {
            ["mean"] = Number(s.Mean),
            ["p10"] = Number(s.Low),
            ["p50"] = Number(s.Middle),
            ["p90"] = Number(s.High),
            ["cut"] = Number(s.Cut),
        };

    internal static string Word<T>(T word)
        where T : struct, Enum =>
        string.Concat(
            word.ToString()
                .Select(
                    (c, i) =>
                        char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"
                )
        );

    private static JsonValue? Number(double? value) =>
        value is { } v && double.IsFinite(v) ? JsonValue.Create(v) : null;

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> of) =>
        [.. items.Select(of)];
}
