using Plimsoll.Decisions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Studies as people have them are answered: half-built, in a town that the catalogue lacks, with a third of the rent roll unknown, with a mixed fleet.</summary>
public sealed class AnsweredTest
{
    private const string HalfBuilt = """
        kind: study
        name: a half-built centre
        question: construction
        decided: 2024-06
        horizon: 48
        centre: { operator_capability: 0.4 }
        site: { name: Zhengzhou }
        fleet:
          - { server: 8xH800, servers: 128, online: 2024-12, capex_per_server: 2800000 }
        construction: { spent: 150000000, cancellation_share: 0.2, assignment_share: 0.5 }
        finance: { gearing: 0.6, tenor: 36 }
        """;

    private const string Town = """
        kind: study
        name: a town outside the catalogue
        question: sponsor
        decided: 2024-06
        horizon: 48
        centre: { operator_capability: 0.4 }
        site: { place: Luoyang, near: Zhengzhou, tariff: 0.58 }
        fleet:
          - { server: 8xH800, servers: 64, online: 2024-12, capex_per_server: unknown }
        finance: { gearing: 0.6, tenor: 30 }
        """;

    private const string RentRoll = """
        kind: study
        name: a rent roll of which a third is unknown
        question: owner
        decided: 2025-04
        horizon: 36
        centre: { operator_capability: unknown }
        site: { name: Zhengzhou, lit_service: unknown, tariff: unknown }
        fleet:
          - { server: 8xH800, servers: 128, online: 2024-06, capex_per_server: unknown }
        signed:
          - { tenant: a developer, servers: 12, price_per_gpu_hour: 12.8, tenor: 24, months_run: 10, monthly_breach_hazard: unknown }
          - { tenant: a university, servers: 8, price_per_gpu_hour: 11, tenor: 36, months_run: 10, take_or_pay: unknown, prepaid_months: unknown }
          - { tenant: a bureau, servers: 4, price_per_gpu_hour: 14, tenor: 24, months_run: 10, monthly_breach_hazard: unknown }
        finance: { existing_debt: 120000000, tenor: 30, margin: unknown }
        """;

    private const string Mixed = """
        kind: study
        name: a mixed fleet
        question: owner
        decided: 2025-04
        horizon: 36
        centre: { operator_capability: 0.4 }
        site: { name: Zhengzhou }
        fleet:
          - { name: the H800, server: 8xH800, servers: 64, online: 2024-06, capex_per_server: 2800000 }
          - { name: the 910B, server: 8x910B, servers: 64, online: 2024-06, capex_per_server: 1500000 }
        signed:
          - { tenant: a bureau, fleet: the 910B, servers: 16, price_per_gpu_hour: 7, tenor: 24, months_run: 10 }
        finance: { existing_debt: 100000000, tenor: 30 }
        """;

    public static TheoryData<string, string> Studies =>
        new()
        {
            { "half-built", HalfBuilt },
            { "town", Town },
            { "rent roll", RentRoll },
            { "mixed", Mixed },
        };

    [Theory]
    [MemberData(nameof(Studies))]
    public void It_is_sound_and_answered_in_words_of_both_languages(string what, string text)
    {
        var values = SmallStudy.Read(text);
        var found = StudyCheck.Of(values, TestMarket.Catalogue, "x.yaml");
        Assert.DoesNotContain(found, f => !f.Finding.IsWarning);
        var result = StudyRun
            .Of(values, TestMarket.Catalogue, new StudySettings { Draws = 40, Threads = 2 })
            .Result;
        Assert.Empty(result.Failures);
        Assert.NotEmpty(result.Verdict.Headline);
        Assert.True(
            result.PlanOfUse.Uses.Count + result.PlanOfUse.Instead.Count > 0,
            $"{what}: no plan"
        );
        var chinese = StudySummary.Lines(result, PhraseBook.Chinese);
        // A reader of Chinese alone: no English word but names that the file or the catalogue gives.
        string[] names =
        [
            .. result.Name.Split(' '),
            .. text.Split(' ', ',', '{', '}', ':', '\n'),
            "not",
            "named",
            "GPU-h",
            "kWh",
            "CNY",
        ];
        foreach (var line in chinese.Skip(1))
        {
            var words = line.Split(
                (char[])[' ', '（', '）', '，', '。', '：', '；', '、', '“', '”', '/', '(', ')'],
                StringSplitOptions.RemoveEmptyEntries
            );
            Assert.All(
                words,
                w =>
                    Assert.True(
                        !w.All(char.IsAsciiLetter) || names.Contains(w, StringComparer.Ordinal),
                        $"{what}: '{w}' in {line}"
                    )
            );
        }
    }

    /// <summary>A working-capital line and a reserve's letter stand beside a loan that some courses take away; a grace beyond the horizon leaves a month to pay in.</summary>
    [Theory]
    [InlineData(HalfBuilt, "gearing: 0.6", "existing_debt: 30000000, revolver: 20000000")]
    [InlineData(HalfBuilt, "tenor: 36", "tenor: 36, reserve: 6, letter_of_credit: 1")]
    [InlineData(Town, "tenor: 30", "tenor: 30, revolver: 20000000")]
    [InlineData(RentRoll, "tenor: 30", "tenor: 30, revolver: 20000000")]
    [InlineData(RentRoll, "finance:", "options: { restructure_grace: 60 }\nfinance:")]
    public void A_course_may_change_its_loan(string text, string key, string terms)
    {
        var values = SmallStudy.Read(text.Replace(key, terms, StringComparison.Ordinal));
        Assert.DoesNotContain(
            StudyCheck.Of(values, TestMarket.Catalogue, "x.yaml"),
            f => !f.Finding.IsWarning
        );
        var result = StudyRun
            .Of(values, TestMarket.Catalogue, new StudySettings { Draws = 8, Trial = true })
            .Result;
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void A_mixed_fleet_is_answered_by_kind()
    {
        var result = StudyRun
            .Of(
                SmallStudy.Read(Mixed),
                TestMarket.Catalogue,
                new StudySettings { Draws = 40, Threads = 2 }
            )
            .Result;
        foreach (var server in (string[])["8xH800", "8x910B"])
        {
            Assert.Contains(
                result.Options,
                o => o.Name.StartsWith($"{server}: ", StringComparison.Ordinal)
            );
            Assert.Contains(result.Floors, f => f.Server == server);
        }
    }
}
