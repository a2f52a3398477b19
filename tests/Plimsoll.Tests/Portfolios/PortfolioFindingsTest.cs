using System.Text.RegularExpressions;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Studies;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>What a planner is told of a portfolio file and its table: places as people write them, shares exchanged, money that counts nowhere; all of it in Chinese too.</summary>
public sealed partial class PortfolioFindingsTest
{
    private const string Header =
        "name,state,place,server,servers,online,capex_per_server,let,load,spent";

    private const string Sound = "甲,standing,郑州,8xH800,64,2024-06,2600000,0.3,0.2,";

    private static string With(string more = "") =>
        SmallPortfolio.Head + "table:\n  file: centres.csv\n" + more;

    /// <summary>What is found in a table, whether or not it prevents a run.</summary>
    private static IReadOnlyList<LocatedFinding> Found(string head, params string[] lines)
    {
        using var temp = new TempFolder();
        temp.File("centres.csv", string.Join('\n', lines) + "\n");
        var folder = StudyFolder.Of(temp.In("portfolio.yaml"));
        var refused = SmallPortfolio.Refused(head, folder);
        return refused.Count > 0 ? refused : SmallPortfolio.Warned(head, folder);
    }

    [Theory]
    [InlineData("郑州", "Zhengzhou")]
    [InlineData("郑州市", "Zhengzhou")]
    [InlineData("zhengzhou", "Zhengzhou")]
    [InlineData("武汉", "Wuhan")]
    public void A_place_is_read_by_any_name_that_the_catalogue_knows(string written, string site)
    {
        foreach (var column in (string[])["place", "site", "site.name", "site.place"])
        {
            using var temp = new TempFolder();
            temp.File(
                "centres.csv",
                Header.Replace("place", column, StringComparison.Ordinal)
                    + "\n"
                    + Sound.Replace("郑州", written, StringComparison.Ordinal)
                    + "\n"
            );
            var read = SmallPortfolio.Read(With(), StudyFolder.Of(temp.In("portfolio.yaml")));
            Assert.Equal(site, Assert.Single(read.Centres).Case.Site.Name);
        }
    }

    [Theory]
    [InlineData("place", "Zhengzou", "'Zhengzhou'")]
    [InlineData("place", "郑洲", "'郑州' (Zhengzhou)")]
    [InlineData("place", "Nowhereville", "'near' with a known site")]
    [InlineData("site", "Zhengzou", "'Zhengzhou'")]
    [InlineData("site", "Zhengzou", "'site.place'")]
    [InlineData("site", "Nowhereville", "'site.place'")]
    public void An_unknown_place_names_the_nearest_and_how_to_write_it(
        string column,
        string written,
        string remedy
    )
    {
        var found = Assert.Single(
            Found(
                With(),
                Header.Replace("place", column, StringComparison.Ordinal),
                Sound.Replace("郑州", written, StringComparison.Ordinal)
            )
        );
        Assert.Equal(("centres.csv", 2, 3), (found.File, found.Line, found.Column));
        Assert.Contains(remedy, found.Finding.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("centres[甲].site.", found.Finding.Path.Text, StringComparison.Ordinal);
        // The site's key is named in Chinese, the remedy told in it.
        var line = FindingWords.Line(found, PhraseBook.Chinese);
        Assert.DoesNotMatch(EnglishRun(), Quoted().Replace(line, ""));
    }

    [Fact]
    public void A_place_of_ones_own_stays_one()
    {
        using var temp = new TempFolder();
        temp.File(
            "centres.csv",
            "name,state,site.place,site.near,server,servers,online,capex_per_server\n甲,standing,新乡,郑州,8xH800,64,2024-06,2600000\n"
        );
        var read = SmallPortfolio.Read(With(), StudyFolder.Of(temp.In("portfolio.yaml")));
        Assert.Equal("新乡", Assert.Single(read.Centres).Case.Site.Name);
    }

    [Theory]
    [InlineData("standing", "2024-06", true)]
    [InlineData("planned", "2025-09", true)]
    [InlineData("building", "2025-09", false)]
    public void Money_spent_counts_only_of_what_is_being_built(
        string state,
        string online,
        bool told
    )
    {
        var found = Found(With(), Header, $"甲,{state},郑州,8xH800,64,{online},2600000,,,50000000");
        Assert.Equal(
            told,
            found.Any(f =>
                f.Finding is { Rule: "without-effect", IsWarning: true }
                && f.Finding.Path.Text.EndsWith("construction.spent", StringComparison.Ordinal)
                && f.Column == 10
            )
        );
    }

    [Theory]
    [InlineData("0.3,0.5", true)]
    [InlineData("0.5,0.3", false)]
    [InlineData("0.3,0.3", false)]
    public void A_share_let_below_the_share_in_use_is_told(string shares, bool told)
    {
        var found = Found(
            With(),
            Header,
            Sound.Replace("0.3,0.2", shares, StringComparison.Ordinal)
        );
        Assert.Equal(
            told,
            found.Any(f =>
                f.Finding is { Rule: "contradiction", IsWarning: true }
                && f.Finding.Path.Text == "centres[甲].today.load"
                && f is { Line: 2, Column: 9 }
                && f.Finding.Remedy.Contains("0.2 is taken as sold", StringComparison.Ordinal)
            )
        );
    }

    /// <summary>A warning of a table stands among the limits with the table's file, row and column.</summary>
    [Fact]
    public void A_warning_of_a_table_says_its_file_row_and_column()
    {
        using var temp = new TempFolder();
        temp.File(
            "centres.csv",
            Header + "\n" + Sound.Replace("0.3,0.2", "0.3,0.5", StringComparison.Ordinal) + "\n"
        );
        var folder = StudyFolder.Of(temp.In("portfolio.yaml"));
        var result = PortfolioRun.Of(
            SmallPortfolio.Read(With(), folder),
            new PortfolioSettings { Draws = 30, KeepOnly = true },
            SmallPortfolio.Context,
            SmallPortfolio.Warned(With(), folder)
        );
        Assert.Contains(
            result.Limits,
            l => l.Contains("centres.csv, row 2, column 9", StringComparison.Ordinal)
        );
        Assert.Contains(
            result.LimitsSaid.Select(PhraseBook.Chinese.Say),
            l => l.Contains("centres.csv第2行第9列", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_centre_needs_no_section_of_its_operator()
    {
        var centre = SmallPortfolio
            .Centre("a")
            .Replace("    centre:\n      operator_capability: 0.5\n", "", StringComparison.Ordinal);
        Assert.DoesNotContain("centre:", centre, StringComparison.Ordinal);
        Assert.Single(SmallPortfolio.Read(SmallPortfolio.Of(SmallPortfolio.Head, centre)).Centres);
    }

    /// <summary>Files that are wrong in every way of which a portfolio's own checks speak.</summary>
    private static IEnumerable<LocatedFinding> Wrong()
    {
        string[] files =
        [
            SmallPortfolio.Head + "centres: []\n",
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a"),
                SmallPortfolio.Centre("a")
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio
                    .Centre("a", let: "0.3")
                    .Replace(
                        "let: 0.3",
                        "let: 0.3\n      racked: 0.2\n      lit: 0.2\n      load: 0.4",
                        StringComparison.Ordinal
                    )
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a", more: "    state: planned\n")
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a", more: "    state: building\n")
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio
                    .Centre("a")
                    .Replace("online: 2024-06", "online: 2025-06", StringComparison.Ordinal)
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head + "budget:\n  amount: 10000000\n  owed: 4000000\n",
                SmallPortfolio.Centre("a", more: "    grant_due: 9000000\n")
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head + "budget:\n  amount: 10\n",
                SmallPortfolio.Centre("a", more: "    grant_due: 3\n    jobs: 90000\n")
            ),
            SmallPortfolio.Of(SmallPortfolio.Head, SmallPortfolio.Centre("a", servers: 400_000)),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio
                    .Centre(
                        "a",
                        servers: 64,
                        more: "    construction:\n      spent: 900000000\n    state: building\n"
                    )
                    .Replace("online: 2024-06", "online: 2025-06", StringComparison.Ordinal)
                    .Replace("let: 0.3", "lit: 0", StringComparison.Ordinal)
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre("a", let: "oops"),
                SmallPortfolio.Centre("b", let: "30%")
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head,
                SmallPortfolio.Centre(
                    "a",
                    more: "    state: open\n    jobs: -1\n    province: [1]\n    stylised: maybe\n    colour: red\n"
                )
            ),
            SmallPortfolio.Of(
                SmallPortfolio.Head
                    + "question: mayor\npool_servers: -1\nvalue:\n  job_year: many\ntakers:\n  - { name: T }\n",
                SmallPortfolio.Centre("a")
            ),
        ];
        foreach (
            var f in files.SelectMany(f =>
                SmallPortfolio.Refused(f) is { Count: > 0 } r ? r : SmallPortfolio.Warned(f)
            )
        )
        {
            yield return f;
        }
        (string Head, string[] Lines)[] tables =
        [
            (With(), [Header, Sound, Sound]),
            (With(), [Header, Sound.Replace("standing", "", StringComparison.Ordinal)]),
            (With(), [Header, Sound.Replace("standing", "open", StringComparison.Ordinal)]),
            (With(), [Header, Sound.Replace("郑州", "Nowhereville", StringComparison.Ordinal)]),
            (With(), [Header, Sound.Replace("郑州", "郑洲", StringComparison.Ordinal)]),
            (
                With(),
                [
                    Header.Replace("place", "site", StringComparison.Ordinal),
                    Sound.Replace("郑州", "Zhengzou", StringComparison.Ordinal),
                ]
            ),
            (With(), [Header, Sound.Replace("8xH800", "8xH80O", StringComparison.Ordinal)]),
            (
                With(),
                [Header, Sound.Replace("0.3,0.2,", "0.3,0.5,70000000", StringComparison.Ordinal)]
            ),
            (With(), [Header, Sound.Replace("0.3", "sixty", StringComparison.Ordinal)]),
            (With(), [Header.Replace("servers", "colour", StringComparison.Ordinal), Sound]),
            (With(), ["a,b", "1,2"]),
            (With(), [Header, "甲,standing"]),
            (
                With(),
                [
                    Header.Replace(',', ';'),
                    Sound
                        .Replace(',', ';')
                        .Replace("0.3;0.2", "0,3;0,2", StringComparison.Ordinal)
                        .Replace("2600000", "2.600.000", StringComparison.Ordinal),
                ]
            ),
            (
                With(
                    "  columns:\n    - { column: Wo, key: site.name }\n    - { column: place, key: colour }\n"
                ),
                [Header, Sound]
            ),
            (With().Replace("centres.csv", "none.csv", StringComparison.Ordinal), [Header]),
        ];
        foreach (var f in tables.SelectMany(t => Found(t.Head, t.Lines)))
        {
            yield return f;
        }
    }

    /// <summary>Each part of a finding that a portfolio's checks build has a Chinese text.</summary>
    [Fact]
    public void Every_finding_of_a_portfolio_is_told_in_Chinese()
    {
        var wrong = Wrong().ToList();
        Assert.True(wrong.Count > 30, $"{wrong.Count} findings");
        var rules = wrong.Select(f => f.Finding.Rule).ToHashSet(StringComparer.Ordinal);
        foreach (
            var rule in (string[])
                [
                    "no-centre",
                    "duplicate-name",
                    "contradiction",
                    "not-there-yet",
                    "stands-already",
                    "owed-already",
                    "magnitude",
                    "without-effect",
                    "unknown-column",
                    "no-table",
                    "blank",
                    "place-unknown",
                    "not-a-choice",
                    "not-a-number",
                ]
        )
        {
            Assert.Contains(rule, rules);
        }
        var unknown = wrong
            .SelectMany(f =>
                (string[])
                    [
                        f.Finding.Found,
                        f.Finding.Expected,
                        FindingWords.WithoutExplanation(f.Finding),
                    ]
            )
            .Where(s => s.Length > 0 && !FindingWords.Recognised(s))
            // A bare number or month needs no text.
            .Where(s => s.Any(char.IsAsciiLetter))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(unknown.Count == 0, string.Join("\n", unknown));
        var english = wrong
            .Select(f => Quoted().Replace(FindingWords.Line(f, PhraseBook.Chinese), ""))
            .Where(l => EnglishRun().IsMatch(l))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(english.Count == 0, string.Join("\n", english));
    }

    [GeneratedRegex("“[^”]*”|'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Za-z][a-z]+(?: [a-z]{2,}){2,}\b", RegexOptions.None, 1000)]
    private static partial Regex EnglishRun();
}
