using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Cli;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What a check says, in Chinese: over every study file of the cases.</summary>
public sealed partial class FindingWordsTest
{
    /// <summary>What the check finds in the cases, and in each number, word and month of a study written wrongly.</summary>
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
            .. StudyInputs.Table().Rows.SelectMany(Wrongly),
        ];

    private static IEnumerable<LocatedFinding> Wrongly(InputRow row)
    {
        string[] values = ["", "oops", "-1e12", "1,5", "'3'", "[1, x]", "{ value: 1, low: 2 }"];
        var names = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)).Names;
        return values.SelectMany(v =>
            new InputCheck(StudyInputs.Table(), names, "x.yaml").Run(
                YamlInput.Read(Written(row.Path.Split('.'), v), "x.yaml")
            )
        );
    }

    private static string Written(string[] keys, string value)
    {
        var text = new StringBuilder("kind: study\n");
        var indent = "";
        for (var i = 0; i < keys.Length; i++)
        {
            var list = keys[i].EndsWith("[]", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{indent}{keys[i].TrimEnd('[', ']')}:");
            text.Append(i == keys.Length - 1 ? $" {value}\n" : "\n");
            indent = indent.Replace("- ", "  ", StringComparison.Ordinal) + (list ? "  - " : "  ");
        }
        return text.ToString();
    }

    [Fact]
    public void English_is_kept_to_the_letter()
    {
        var found = Findings();
        Assert.True(found.Count > 1000, $"{found.Count} findings");
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

    /// <summary>No run of three English words stands in a Chinese finding, but within quotes, of what the file or the catalogue says.</summary>
    [Fact]
    public void No_English_sentence_stands_in_a_Chinese_finding()
    {
        var left = Findings()
            .Select(f => FindingWords.Line(f, PhraseBook.Chinese))
            .Select(l => Quoted().Replace(l, ""))
            // Words that the file itself is to hold stay as they must be written.
            .Select(l =>
                StudyInputs
                    .Table()
                    .Rows.SelectMany(r => r.Choices)
                    .Where(c => c.Contains(' ', StringComparison.Ordinal))
                    .Aggregate(l, (left, c) => left.Replace(c, "", StringComparison.Ordinal))
            )
            .Where(l => EnglishRun().IsMatch(l))
            .Select(l => EnglishRun().Match(l).Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(left.Count == 0, string.Join("\n", left));
    }

    [GeneratedRegex("“[^”]*”|'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Za-z][a-z]+(?: [a-z]{2,}){2,}\b", RegexOptions.None, 1000)]
    private static partial Regex EnglishRun();

    /// <summary>A kind of the catalogue is said in Chinese, and is no unit: servers known then are no number of them.</summary>
    [Fact]
    public void Kinds_of_the_catalogue_are_told_in_Chinese()
    {
        foreach (var kind in FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)).Kinds)
        {
            foreach (
                var sentence in new[]
                {
                    $"one of the {kind} known by 2020-01",
                    $"The catalogue knew no {kind} then; decide later.",
                    $"a name from the catalogue's {kind}",
                }
            )
            {
                var said = PhraseBook.Chinese.Say(FindingWords.Of(sentence));
                Assert.DoesNotContain(said, char.IsAsciiLetter);
                Assert.Contains(
                    PhraseBook.Chinese.Name("kind", kind),
                    said,
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Theory]
    [InlineData("country: 中国\n  near: Zhengzhou", "2025-09", "site.country")]
    [InlineData("country: CN\n  near: Zhengzhou", "2010-01", "site.near")]
    public void A_place_that_cannot_be_is_told_at_the_field_that_is_wrong(
        string place,
        string decided,
        string field
    )
    {
        var found = Study
            .FromText(
                $"kind: study\nname: x\nquestion: sponsor\ndecided: {decided}\nhorizon: 60\nmarket: {{ name: china }}\ncentre: {{ operator: x }}\nsite:\n  place: Luoyang\n  {place}\nfleet:\n  - {{ server: 8xH800, servers: 8, online: 2026-10, capex_per_server: 2000000 }}\n"
            )
            .Check();
        Assert.Contains(found, f => f.Finding.Path.Text == field);
        Assert.All(
            found,
            f => Assert.False(f.Finding.Expected.TrimEnd().EndsWith(':'), f.ToString())
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
                    $"Write 2.20 if the comma marks decimals, or 220 if the comma parts thousands. {StudyInputs.Table().Rows.First(r => r.Path == "site.tariff").Description}"
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
