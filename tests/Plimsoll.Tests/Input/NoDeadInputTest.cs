using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Every numeric key of a study moves a figure of some answer within its range; a key that moves none is dead. What is only echoed does not count.</summary>
/// <remarks>The rows of a tranche are left to the tests of finance: most count only under one of its forms. PLIMSOLL_KEYS=all tries all of them, or those named, parted by commas.</remarks>
public sealed class NoDeadInputTest
{
    /// <summary>Keys that move no figure, each with its reason; at most ten.</summary>
    private static readonly Dictionary<string, string> _dead = new(StringComparer.Ordinal)
    {
        ["chips[].int8"] = "of weights in INT8 alone, which no base serves",
        ["site.water"] = "litres are worked out, and priced nowhere",
        ["finance.project_rate"] =
            "of the finance model's own figures, which a study does not print",
        ["market.quotes[].quantity"] = "told to the reader; no weight of a quote follows from it",
    };

    /// <summary>One row of so many is tried without PLIMSOLL_KEYS: all take five minutes of a processor.</summary>
    private const int EveryOther = 24;

    [Fact]
    public void Every_number_moves_a_figure()
    {
        var table = StudyInputs.Table();
        var bases = RichStudies
            .All.Select(text => (InputMapping)YamlInput.Read(text.ReplaceLineEndings("\n"), "rich"))
            .ToList();
        foreach (var (root, i) in bases.Select((b, i) => (b, i)))
        {
            Assert.True(Figures(RichStudies.All[i]) is not null, $"base {i} is not sound");
            _ = root;
        }
        var rows = table
            .Rows.Where(r =>
                r.Type is InputType.Number or InputType.Integer
                && r.Path != "version"
                && !r.Path.StartsWith("finance.debt[]", StringComparison.Ordinal)
            )
            .ToList();
        var only = Environment.GetEnvironmentVariable("PLIMSOLL_KEYS") ?? "";
        rows =
            only == "all" ? rows
            : only.Length > 0
                ? [.. rows.Where(r => only.Split(',').Contains(r.Path, StringComparer.Ordinal))]
            : [.. rows.Where((_, i) => i % EveryOther == 0)];
        var dead = new ConcurrentBag<string>();
        Parallel.ForEach(
            rows,
            row =>
            {
                if (!bases.Any(root => Moves(table, root, row)))
                {
                    dead.Add(row.Path);
                }
            }
        );
        var unknown = dead.Except(_dead.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(
            unknown.Count == 0,
            $"{unknown.Count} of {rows.Count} keys move no figure: {string.Join(", ", unknown)}"
        );
        Assert.InRange(_dead.Count, 0, 10);
    }

    private static bool Moves(InputTable table, InputMapping root, InputRow row)
    {
        if (!Reaches(root, row))
        {
            return false;
        }
        string? first = null;
        foreach (var value in Values(row))
        {
            if (Figures(ExtremeFile.With(table, root, row, value)) is not { } figures)
            {
                continue;
            }
            if (first is null)
            {
                first = figures;
            }
            else if (first != figures)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True when the base holds the section or list the key stands in: a section made for one key alone is refused.</summary>
    private static bool Reaches(InputMapping root, InputRow row)
    {
        InputNode? at = root;
        foreach (var part in row.Path.Split('.')[..^1])
        {
            var list = part.EndsWith("[]", StringComparison.Ordinal);
            at = (at as InputMapping)?.Find(list ? part[..^2] : part)?.Value;
            if (list)
            {
                at = at is InputSequence { Items: [var item, ..] } ? item : null;
            }
            if (at is null)
            {
                return !list && !row.Path.Contains("[]", StringComparison.Ordinal);
            }
        }
        return true;
    }

    /// <summary>Values that a key may take: its default and others around it, near enough to be sound.</summary>
    private static IEnumerable<double> Values(InputRow row)
    {
        var given =
            row.Default is { } d && double.TryParse(d, CultureInfo.InvariantCulture, out var n)
                ? n
                : double.NaN;
        double[] tried =
        [
            given,
            .. RichStudies.Values.GetValueOrDefault(row.Path, []),
            given * 0.5,
            given * 2,
            given * 4,
            row.Min,
            row.Max,
            0,
            1,
            3,
            0.1,
            0.5,
            0.9,
            12,
            24,
        ];
        return tried
            .Where(v => double.IsFinite(v) && v >= row.Min && v <= row.Max)
            .Select(v => row.Type == InputType.Integer ? Math.Round(v) : v)
            .Distinct()
            .Take(8);
    }

    /// <summary>The figures of a study's answer without what its file says; null when it is not sound or not answered.</summary>
    private static string? Figures(string text)
    {
        try
        {
            var table = StudyInputs.Table();
            var root = YamlInput.Read(text.ReplaceLineEndings("\n"), "x");
            if (new InputCheck(table, InputSample.View.Names, "x").Run(root).Count > 0)
            {
                return null;
            }
            var values = new InputValues(table, (InputMapping)root);
            if (StudyCheck.Of(values, TestMarket.Catalogue, "x").Any(f => !f.Finding.IsWarning))
            {
                return null;
            }
            var answer = StudyRun.Of(
                values,
                TestMarket.Catalogue,
                new StudySettings
                {
                    Draws = 8,
                    Threads = 1,
                    Trial = true,
                }
            );
            return Bare(ResultDocument.Of(answer.Result)).ToJsonString();
        }
        catch (UnanswerableException)
        {
            return null;
        }
    }

    private static readonly string[] _echoed =
    [
        "study",
        "explanation",
        "decided",
        "months",
        "seed",
        "rule",
        "memo",
        "assumptions",
        "conventions",
        "limits",
        "centre",
    ];

    private static readonly string[] _echoes =
    [
        "limit",
        "now",
        "name",
        "description",
        "meaning",
        "lowInput",
        "highInput",
        "words",
        "asked",
        "conditions",
        "headline",
        "grounds",
        "unknown",
        "parts",
        "claimedFill",
        "claimedPrice",
        "pricePerGpuHour",
        "tenorMonths",
        "accelerators",
        "reserveMonths",
        "option",
        "source",
    ];

    private static JsonObject Bare(JsonObject document)
    {
        foreach (var key in _echoed)
        {
            document.Remove(key);
        }
        Strip(document);
        return document;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject group)
        {
            foreach (var key in _echoes)
            {
                group.Remove(key);
            }
            foreach (var (_, value) in group)
            {
                Strip(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Strip(item);
            }
        }
    }
}
