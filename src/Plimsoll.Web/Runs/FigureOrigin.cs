using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Jobs;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Runs;

/// <summary>How one kind of figure of a result comes about: in words, from which other figures, and on which inputs it rests.</summary>
/// <param name="How">Its making in sentences of the pages' language.</param>
/// <param name="Steps">Steps of the chain of reasons that lead to it: first and number; none where the chain tells of another course.</param>
/// <param name="Parts">Figures it is made of, as places in the result.</param>
/// <param name="Names">Names, or beginnings of names, of the inputs it rests on.</param>
/// <param name="Movers">True when what stands in <paramref name="Names"/> is what moves the answer most, because the figure rests on all inputs.</param>
internal sealed partial record FigureOrigin(
    IReadOnlyList<string> How,
    (int From, int Count) Steps,
    IReadOnlyList<FigurePart> Parts,
    IReadOnlyList<string> Names,
    bool Movers
)
{
    /// <summary>Inputs told of a figure that rests on all of them: those that move the answer most.</summary>
    private const int MostMovers = 6;

    // Places in the chain of reasons: demand to hours sold, hours and rent to revenue, cost and tax to cash, service and cover.
    private const int Hours = 7;
    private const int Rent = 8;
    private const int Cash = 11;

    private static readonly string[] _dark =
    [
        "site.tariff",
        "site.demand_charge",
        "site.lit_service",
        "site.lit_bandwidth",
    ];

    private static readonly string[] _loan = ["signed", "finance", "decision", "fleet"];

    /// <summary>The origin of a figure.</summary>
    /// <param name="result">The published document.</param>
    /// <param name="path">Its place.</param>
    /// <param name="spoken">The same document in the words of the language.</param>
    /// <param name="language">The language.</param>
    public static FigureOrigin Of(JsonNode result, string path, JsonNode spoken, Language language)
    {
        var why = result["why"]?.AsArray().OfType<JsonNode>().ToList() ?? [];
        if (path.StartsWith("assumptions[", StringComparison.Ordinal))
        {
            return new(
                [],
                default,
                [],
                [Text(DocumentPath.Find(result, path.Split('.')[0])?["name"])],
                false
            );
        }
        if (
            Step().Match(path) is { Success: true } step
            && int.TryParse(step.Groups["i"].Value, out var i)
            && i < why.Count
        )
        {
            return new(
                [language.Say("explain.step", Text(result["medianDraw"]), Text(spoken["whyOf"]))],
                (0, i + 1),
                [],
                [.. Inputs(why[i])],
                false
            );
        }
        var origin = new Origin(result, path, spoken, language);
        return Option().Match(path) is { Success: true } option ? origin.OfOption(option)
            : Test().Match(path) is { Success: true } ? origin.OfTest()
            : Loan().IsMatch(path) ? origin.OfLoan()
            : path is "debtCapacity" or "contractedCapacity" or "contractedAtEstimate"
                ? origin.OfCapacity()
            : Use().IsMatch(path) ? origin.OfUse()
            : Floor().IsMatch(path) ? origin.OfFloor()
            : origin.Other();
    }

    private sealed class Origin(JsonNode result, string path, JsonNode spoken, Language language)
    {
        private string Owner => path[..path.LastIndexOf('.')];

        private IReadOnlyList<string> MostMoving =>
            [
                .. result["tornado"]
                    ?.AsArray()
                    .Take(MostMovers)
                    .Select(b => Text(b?["input"]))
                    .Where(n => n.Length > 0)
                    ?? [],
            ];

        private IReadOnlyList<string> Behind(int steps) =>
            [
                .. (result["why"]?.AsArray() ?? [])
                    .Take(steps)
                    .OfType<JsonNode>()
                    .SelectMany(Inputs)
                    .Distinct(StringComparer.Ordinal),
            ];

        public FigureOrigin OfOption(Match match)
        {
            var of = match.Groups["of"].Value;
            var option = DocumentPath.Find(result, $"options[{match.Groups["i"].Value}]");
            var (steps, names) = of switch
            {
                "fill" => ((0, Hours), Behind(Hours)),
                "rent" => ((Hours - 1, Rent - Hours + 1), Behind(Rent)),
                "projectNpv" or "meanProjectNpv" or "robustProjectNpv" => ((0, Cash), MostMoving),
                _ => ((0, result["why"]?.AsArray().Count ?? 0), MostMoving),
            };
            var odds = DocumentPath.Find(result, Owner)?["happened"] is not null;
            var how = new List<string>
            {
                language["explain.of." + of],
                odds
                    ? language.Say(
                        "explain.odds",
                        Text(DocumentPath.Find(result, Owner)!["happened"]),
                        Text(DocumentPath.Find(result, Owner)!["draws"])
                    )
                : match.Groups["q"].Value is { Length: > 0 } q
                    ? language.Say("explain.quantile." + q, Text(option?["draws"]))
                : language.Say("explain.mean", Text(option?["draws"])),
            };
            if (Text(option?["name"]) != Text(result["whyOf"]))
            {
                how.Add(language.Say("explain.other", Text(spoken["whyOf"])));
                steps = default;
            }
            else
            {
                how.Add(language.Say("explain.draw", Text(result["medianDraw"])));
            }
            return new(
                how,
                steps,
                odds ? Parts(Owner, "low", "high") : [],
                names,
                of is not ("fill" or "rent")
            );
        }

        public FigureOrigin OfTest()
        {
            var test = Test().Match(path).Groups["test"].Value;
            var node = DocumentPath.Find(spoken, test);
            return new(
                [language.Say("explain.test", Text(node?["name"])), Text(node?["reason"])],
                default,
                Parts(test, "value", "limit", "low", "high"),
                _loan,
                false
            );
        }

        public FigureOrigin OfLoan()
        {
            var loan = DocumentPath.Find(result, Owner);
            var asked = path.StartsWith("loans[0].", StringComparison.Ordinal);
            return new(
                [language[asked ? "explain.asked" : "explain.tried"]],
                default,
                Tests(loan is null ? "" : Owner),
                asked ? ["finance.gearing", "finance.debt", "fleet"] : _loan,
                false
            );
        }

        public FigureOrigin OfCapacity()
        {
            var amount = DocumentPath.Find(result, path)?.GetValue<double>() ?? 0;
            var loans = result["loans"]?.AsArray().ToList() ?? [];
            var at = loans.FindIndex(l =>
                l?["amount"] is JsonValue v && Math.Abs(v.GetValue<double>() - amount) < 1
            );
            return new(
                [
                    language["explain." + path],
                    .. at < 0
                        ? []
                        : new[]
                        {
                            language.Say("explain.found", Text(spoken["loans"]![at]!["name"])),
                        },
                ],
                default,
                at < 0 ? [] : Tests($"loans[{at}]"),
                _loan,
                false
            );
        }

        public FigureOrigin OfUse() =>
            new(
                [
                    language[
                        path.EndsWith(".ask", StringComparison.Ordinal)
                            ? "explain.ask"
                            : "explain.floor"
                    ],
                ],
                default,
                // Floors are kept by server, uses by fleet: of one server alone the parts are this fleet's.
                path.EndsWith(".ask", StringComparison.Ordinal)
                || Servers > 1
                    ? []
                    : FloorParts(0),
                path.EndsWith(".ask", StringComparison.Ordinal) ? ["market", "fleet"] : _dark,
                false
            );

        private int Servers =>
            (result["floors"]?.AsArray() ?? [])
                .Select(f => Text(f?["server"]))
                .Where(s => s.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Count();

        public FigureOrigin OfFloor()
        {
            var match = Floor().Match(path);
            return new(
                [language["explain.floor." + match.Groups["of"].Value]],
                default,
                FloorParts(
                    int.Parse(
                        match.Groups["i"].Value,
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                ),
                _dark,
                false
            );
        }

        public FigureOrigin Other() =>
            new([language["explain.all"]], default, [], MostMoving, true);

        private List<FigurePart> Parts(string at, params string[] keys) =>
            [
                .. keys.Where(k => DocumentPath.Find(result, $"{at}.{k}") is JsonValue)
                    .Select(k => new FigurePart(language["explain.part." + k], $"{at}.{k}")),
            ];

        private List<FigurePart> Tests(string loan) =>
            [
                .. (DocumentPath.Find(spoken, loan + ".tests") as JsonArray ?? []).Select(
                    (t, k) => new FigurePart(Text(t?["name"]), $"{loan}.tests[{k}].value")
                ),
            ];

        private List<FigurePart> FloorParts(int floor) =>
            [
                .. (DocumentPath.Find(spoken, $"floors[{floor}].parts") as JsonArray ?? [])
                    .Select((p, k) => (p, k))
                    .Where(x => x.p?["counts"]?.GetValue<bool>() == true)
                    .Select(x => new FigurePart(
                        Text(x.p!["name"]),
                        $"floors[{floor}].parts[{x.k}].perGpuHour"
                    )),
            ];
    }

    private static IEnumerable<string> Inputs(JsonNode step) =>
        step["inputs"]?.AsArray().Select(Text) ?? [];

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";

    [GeneratedRegex(@"^why\[(?<i>[0-9]{1,3})\]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Step();

    [GeneratedRegex(
        @"^options\[(?<i>[0-9]{1,3})\]\.(?<of>fill|rent|minimumCover|equityNpv|equityIrr|projectNpv|meanEquityNpv|meanProjectNpv|robustProjectNpv|breach|default|emptyYear)(\.(?<q>p10|p50|p90))?(\.(value|low|high|mean))?$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Option();

    [GeneratedRegex(
        @"^(?<test>.*\.?(tests|credit|equity)\[[0-9]{1,3}\])(\.[a-z]+)?$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Test();

    [GeneratedRegex(@"^loans\[[0-9]{1,3}\]\.amount$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Loan();

    [GeneratedRegex(
        @"^planOfUse\.uses\[[0-9]{1,3}\]\.(ask|floor)$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Use();

    [GeneratedRegex(
        @"^floors\[(?<i>[0-9]{1,3})\]\.(?<of>againstDark|againstSale|againstWaiting)$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Floor();
}

/// <summary>A figure that another is made of.</summary>
/// <param name="Words">What it is.</param>
/// <param name="Path">Its place in the result.</param>
internal sealed record FigurePart(string Words, string Path);
