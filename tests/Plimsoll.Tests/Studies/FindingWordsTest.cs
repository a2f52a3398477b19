using System.Text.RegularExpressions;
using Plimsoll.Cli;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What a check says, in Chinese: over every study file of the cases.</summary>
public sealed partial class FindingWordsTest
{
    private static IReadOnlyList<LocatedFinding> Findings() =>
        [
            .. Directory
                .GetFiles(
                    Path.Combine(TestData.Repository(), "tests", "Plimsoll.Tests", "Data", "cases"),
                    "*.yaml",
                    SearchOption.AllDirectories
                )
                .Order(StringComparer.Ordinal)
                .Where(f => File.ReadAllText(f).Contains("kind: study", StringComparison.Ordinal))
                .SelectMany(FileCheck.Of),
        ];

    [Fact]
    public void English_is_kept_to_the_letter()
    {
        var found = Findings();
        Assert.True(found.Count > 100, $"{found.Count} findings");
        Assert.All(
            found,
            f => Assert.Equal(f.ToString(), FindingWords.Line(f, PhraseBook.English))
        );
    }

    /// <summary>Nineteen sentences of twenty are told in Chinese; the rest stays as the layer below said it.</summary>
    [Fact]
    public void Findings_are_told_in_Chinese()
    {
        var said = Findings()
            .SelectMany(f =>
                (string[])
                    [
                        f.Finding.Found,
                        f.Finding.Expected,
                        FindingWords.WithoutExplanation(f.Finding),
                    ]
            )
            .Where(s => s.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var unknown = said.Where(s => !FindingWords.Recognised(s)).ToList();
        Assert.True(
            unknown.Count <= 0.05 * said.Count,
            $"{unknown.Count} of {said.Count}: {string.Join("\n", unknown)}"
        );
    }

    [Fact]
    public void A_finding_names_its_key_in_Chinese()
    {
        var line = FindingWords.Line(
            new LocatedFinding(
                "x.yaml",
                3,
                7,
                new Finding(
                    new InputPath("site.tariff"),
                    "wrong-type",
                    "'2,20'",
                    "a number from 0 to 10 in CNY/kWh",
                    "Write 2.20 if the comma marks decimals, or 220 if the comma parts thousands. Price of electricity."
                )
            ),
            PhraseBook.Chinese
        );
        Assert.StartsWith("x.yaml:3:7: 电价（site.tariff）", line, StringComparison.Ordinal);
        Assert.Contains("0至10的数，单位元/千瓦时", line, StringComparison.Ordinal);
        Assert.Contains(
            "若逗号为小数点请写2.20，若逗号为千位分隔请写220。",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_not_known_stays_as_it_was_said() =>
        Assert.Equal(
            "a planted sentence",
            PhraseBook.Chinese.Say(FindingWords.Of("a planted sentence"))
        );

    /// <summary>Every text of the book is recognised, and is itself again in English.</summary>
    [Fact]
    public void Every_text_is_recognised()
    {
        foreach (
            var key in PhraseBook.English.Keys.Where(k =>
                k.StartsWith("finding.", StringComparison.Ordinal)
            )
        )
        {
            var filled = Place().Replace(PhraseBook.English.Text(key), m => $"word{m.Value[1]}");
            Assert.Equal(filled, PhraseBook.English.Say(FindingWords.Of(filled)));
        }
    }

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
