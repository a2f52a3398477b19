using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Runs;

/// <summary>A figure of a portfolio opened: how it comes about, the centres it is made of, the lines of the text it rests on, and the rows of the catalogue behind those.</summary>
internal static partial class PortfolioExplanation
{
    /// <summary>Rows of the catalogue told of a place or a server.</summary>
    private const int MostRows = 8;

    /// <summary>The explanation; null when the result has no such figure.</summary>
    /// <param name="result">The published document.</param>
    /// <param name="path">Its place: <c>plan.value.p50</c>, <c>centres[3].kept.fill.p50</c>.</param>
    /// <param name="text">The portfolio that was run.</param>
    /// <param name="language">The language in which it is told.</param>
    public static JsonObject? Of(JsonNode result, string path, string text, Language language)
    {
        if (path.Length is 0 or > 300 || DocumentPath.Find(result, path) is not JsonValue figure)
        {
            return null;
        }
        var written = StudyDocument.Named(text);
        var centre = Centre().Match(path) is { Success: true } match
            ? int.Parse(match.Groups["i"].Value, CultureInfo.InvariantCulture)
            : -1;
        return new JsonObject
        {
            ["path"] = path,
            ["value"] = figure.DeepClone(),
            ["figure"] = null,
            ["how"] = new JsonArray([.. How(path, language).Select(h => (JsonNode)h)]),
            ["chain"] = new JsonArray(),
            ["parts"] = new JsonArray([.. Parts(result, path, language)]),
            ["restsOnAll"] = centre < 0,
            ["restsOn"] = new JsonArray([
                .. centre >= 0
                    ? OfCentre(result, centre, written, language)
                    : OfAll(written, language),
            ]),
            ["draws"] = result["draws"]?.DeepClone(),
            ["seed"] = result["seed"]?.DeepClone(),
            ["market"] = result["market"]?.DeepClone(),
        };
    }

    private static IEnumerable<string> How(string path, Language language)
    {
        var key = Figure().Match(path) is { Success: true } match ? match.Groups["of"].Value : "";
        yield return language.Keys.Contains("portfolio.how." + key)
            ? language["portfolio.how." + key]
            : language["portfolio.how.all"];
        if (path.Contains(".p10", StringComparison.Ordinal))
        {
            yield return language["portfolio.how.p10"];
        }
    }

    /// <summary>What a sum over the centres is made of: the same figure of each.</summary>
    private static IEnumerable<JsonNode> Parts(JsonNode result, string path, Language language)
    {
        if (Whole().Match(path) is not { Success: true } whole)
        {
            yield break;
        }
        var (side, rest) = (
            whole.Groups["side"].Value == "keep" ? "kept" : "planned",
            whole.Groups["rest"].Value
        );
        for (var i = 0; DocumentPath.Find(result, $"centres[{i}]") is { } centre; i++)
        {
            var at = $"centres[{i}].{side}.{rest}";
            if (DocumentPath.Find(result, at) is JsonValue value)
            {
                yield return new JsonObject
                {
                    ["name"] =
                        $"{Text(centre["name"])}: {Plimsoll.Portfolios.PortfolioWords.Action(Text(centre[side]?["action"]), language.Phrases)}",
                    ["path"] = at,
                    ["value"] = value.DeepClone(),
                };
            }
        }
    }

    /// <summary>What the text says of a centre, what it calls unknown, and the rows of its place and its servers.</summary>
    private static IEnumerable<JsonNode> OfCentre(
        JsonNode result,
        int centre,
        InputMapping? written,
        Language language
    )
    {
        var told = DocumentPath.Find(result, $"centres[{centre}]");
        var name = Text(told?["name"]);
        // Centres of a table stand behind those of the list: the one of this name is meant.
        var items = (written?.Find("centres")?.Value as InputSequence)?.Items ?? [];
        var at = items
            .ToList()
            .FindIndex(c =>
                ((c as InputMapping)?.Find("name")?.Value as InputScalar)?.Text == name
            );
        var own = at < 0 ? [] : Scalars(items[at], "").ToList();
        foreach (var (key, scalar) in own)
        {
            yield return Stated(key, scalar, language);
        }
        foreach (var unknown in told?["unknown"]?.AsArray() ?? [])
        {
            yield return new JsonObject
            {
                ["name"] = Called(Text(unknown?["path"]), language),
                ["value"] = language["portfolio.unknown"],
                ["unit"] = "",
                ["range"] = "",
                ["grade"] = "D",
                ["source"] = Text(unknown?["prior"]),
                ["dated"] = "",
                ["place"] = $"centres[{centre}]",
            };
        }
        var view = FactCatalog.Shipped().AsOf(Day(Text(result["decided"])));
        foreach (
            var (kind, entry) in own.Where(v => v.Key == "site.name")
                .Select(v => ("sites", v.Value.Text))
                .Concat(
                    own.Where(v => v.Key.EndsWith("].server", StringComparison.Ordinal))
                        .Select(v => ("servers", v.Value.Text))
                )
                .Distinct()
        )
        {
            foreach (
                var fact in (view.Find(kind, entry)?.Facts ?? [])
                    .Where(f => f.Number is not null)
                    .GroupBy(f => f.Attribute, StringComparer.Ordinal)
                    .Select(g => view.Find(kind, entry)!.Find(g.Key)!)
                    .Take(MostRows)
            )
            {
                yield return Row(fact);
            }
        }
    }

    /// <summary>What the text says of all centres.</summary>
    private static IEnumerable<JsonNode> OfAll(InputMapping? written, Language language) =>
        (written?.Entries ?? [])
            .Where(e =>
                e.Key is "budget" or "value" or "market" or "defaults" or "horizon" or "decided"
            )
            .SelectMany(e => Scalars(e.Value, e.Key))
            .Select(v => Stated(v.Key, v.Value, language));

    private static JsonObject Stated(string key, InputScalar scalar, Language language) =>
        new()
        {
            ["name"] = Called(key, language),
            ["value"] = scalar.Text,
            ["unit"] = "",
            ["range"] = "",
            ["grade"] = "",
            ["source"] = language["portfolio.stated"],
            ["dated"] = "",
            ["place"] = $"{RunFiles.Study}:{scalar.Line} ({key})",
        };

    private static JsonObject Row(CatalogFact fact) =>
        new()
        {
            ["name"] = $"{fact.Name}, {fact.Attribute}",
            ["value"] = fact.Text.Value,
            ["unit"] = fact.Number!.Unit,
            ["range"] =
                fact.Number.Low < fact.Number.High
                    ? FormattableString.Invariant(
                        $"{fact.Number.Low:0.####} … {fact.Number.High:0.####}"
                    )
                    : "",
            ["grade"] = fact.Text.Grade.ToString(),
            ["source"] = fact.Text.Source,
            ["dated"] = fact.Text.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["place"] = fact.Place,
            ["catalogue"] = Explanation.Catalogue(fact),
        };

    /// <summary>An input by its name in the language, else by its key.</summary>
    private static string Called(string key, Language language) =>
        Label.At(
            language,
            key.StartsWith("defaults.", StringComparison.Ordinal) ? key["defaults.".Length..] : key
        )
            is { Length: > 0 } label
            ? label
            : key;

    private static IEnumerable<(string Key, InputScalar Value)> Scalars(
        InputNode node,
        string path
    ) =>
        node switch
        {
            InputScalar scalar => [(path, scalar)],
            InputMapping mapping => mapping.Entries.SelectMany(e =>
                Scalars(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}")
            ),
            InputSequence list => list.Items.SelectMany((item, i) => Scalars(item, $"{path}[{i}]")),
            _ => [],
        };

    private static DateOnly Day(string month) =>
        DateOnly.TryParseExact(
            month + "-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day.AddMonths(1).AddDays(-1)
            : new DateOnly(9999, 12, 31);

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";

    [GeneratedRegex(@"^centres\[(?<i>[0-9]{1,4})\]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Centre();

    [GeneratedRegex(
        @"^(?<side>keep|plan)\.(?<rest>(value|fill|usefulHours|soldHours|lenderLoss)\.(mean|p10|p50|p90))$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"(?<of>value|fill|usefulHours|lenderLoss|cost|publicMoney|gain|better|right|accelerators|let|defaults|shortfall|perUsefulHour|hourWorth|fromOthers|othersWorth|hours)(\.(value|mean|low|high|p10|p50|p90))?$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Figure();
}
