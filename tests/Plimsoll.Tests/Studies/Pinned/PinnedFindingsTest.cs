using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Studies.Pinned;

/// <summary>What the check says of each pinned study when one of its numbers is a hundredth, a half, twice or a hundred times what it was, or one of its months a year earlier or later: borders of what is likely do not move unseen.</summary>
/// <remarks>Kept in files beside the studies; PLIMSOLL_PINS=write writes them anew.</remarks>
public sealed partial class PinnedFindingsTest
{
    private static readonly double[] _factors = [0.01, 0.5, 2, 100];
    private static readonly int[] _months = [-12, 12];

    public static TheoryData<string> Names => PinnedStudiesTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_or_month_changed_is_found_or_let_pass_as_it_was(string name)
    {
        var now = Said(TestData.Text($"pins/{name}.yaml").ReplaceLineEndings("\n"));
        if (PinnedStudiesTest.Writes)
        {
            PinnedStudiesTest.Write(name + ".check.txt", now);
            return;
        }
        var differing = PinText.Differing(TestData.Text($"pins/{name}.check.txt"), now);
        Assert.True(differing.Length == 0, $"{name} is found otherwise:\n{differing}");
    }

    private static string Said(string text)
    {
        var said = new StringBuilder();
        foreach (Match number in Numbers().Matches(text))
        {
            var value = double.Parse(number.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
            foreach (var factor in _factors.Where(_ => value != 0))
            {
                Line(
                    said,
                    text,
                    number.Groups["n"],
                    (value * factor).ToString("0.######", CultureInfo.InvariantCulture)
                );
            }
        }
        foreach (Match month in Months().Matches(text))
        {
            var year = int.Parse(month.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
            foreach (var shift in _months)
            {
                Line(
                    said,
                    text,
                    month.Groups["y"],
                    (year + (shift / 12)).ToString(CultureInfo.InvariantCulture)
                );
            }
        }
        return said.ToString();
    }

    private static void Line(StringBuilder said, string text, Group old, string value)
    {
        var key = text[(text.LastIndexOfAny([' ', '\n', '{'], old.Index - 2) + 1)..old.Index];
        said.Append(CultureInfo.InvariantCulture, $"{key.Trim()} {old.Value} -> {value}:")
            .Append(Findings($"{text[..old.Index]}{value}{text[(old.Index + old.Length)..]}"))
            .Append('\n');
    }

    /// <summary>Place, rule and what was found; nothing where all is well.</summary>
    private static string Findings(string text)
    {
        var table = StudyInputs.Table();
        var root = YamlInput.Read(text, "x");
        var found = new InputCheck(
            table,
            TestMarket.Catalogue.AsOf(new DateOnly(9999, 12, 31)).Names,
            "x"
        ).Run(root);
        if (found.Count > 0)
        {
            return string.Concat(found.Select(f => $" {f.Finding.Path.Text} {f.Finding.Rule};"));
        }
        return string.Concat(
            StudyCheck
                .Of(new InputValues(table, (InputMapping)root), TestMarket.Catalogue, "x")
                .Select(f =>
                    $" {f.Finding.Path.Text} {(f.Finding.IsWarning ? "" : "! ")}{f.Finding.Rule}: {f.Finding.Found};"
                )
        );
    }

    [GeneratedRegex(
        @"[a-z_]: (?<n>[0-9]+(\.[0-9]+)?)\b(?![-0-9x])",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(@": (?<y>20[0-9][0-9])-[0-9][0-9]\b", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Months();
}
