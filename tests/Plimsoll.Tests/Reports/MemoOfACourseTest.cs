using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Memos;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>The memo of a centre half let whose owner is told to close: it speaks of what is signed today, and apart from that of what the course keeps.</summary>
public sealed class MemoOfACourseTest
{
    // Running costs more than any rent brings, so that only ending is left.
    private static readonly Lazy<StudyResult> _closed = new(() =>
        Study
            .FromText(
                """
                kind: study
                name: a half-empty centre
                question: owner
                decided: 2025-09
                horizon: 36
                market: { name: china }
                centre: { operator: a county company }
                site:
                  name: Zhengzhou
                  lit_service: 90000
                  standing_service: 60000
                fleet:
                  - { server: 8xH800, servers: 64, online: 2024-10, capex_per_server: 2100000, training_fabric: true }
                signed:
                  - { tenant: Province Cloud, class: public body, servers: 32, price_per_gpu_hour: 8, tenor: 24, take_or_pay: 0.8 }
                finance:
                  existing_debt: 120000000
                  tenor: 30
                """
            )
            .Run(new RunContext { Threads = 2 }, new StudySettings { Draws = 40 })
            .Result
    );

    private static string Words(PhraseBook book) =>
        string.Join(
            '\n',
            _closed
                .Value.MemoIn(book)!
                .Blocks.SelectMany(b =>
                    b.Sentences.Append(b.Heading)
                        .Append(b.Note)
                        .Concat(b.Rows.SelectMany(r => r.Select(c => c.Text)))
                )
        );

    [Fact]
    public void The_course_closes_and_buys_its_tenant_out() =>
        Assert.Contains("bought out", _closed.Value.Rated, StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "Contracts", "No contract is signed", "ended by the course")]
    [InlineData("zh", "合同", "未签任何合同", "由所采取方案终止")]
    public void Contracts_of_today_are_told_and_what_the_course_keeps_of_them(
        string language,
        string heading,
        string none,
        string ended
    )
    {
        var memo = _closed.Value.MemoIn(PhraseBook.Of(language))!;
        var contracts = memo.Blocks.Single(b => b.Heading == heading);
        Assert.Contains(contracts.Rows, r => r.Any(c => c.Text == "Province Cloud"));
        Assert.DoesNotContain(none, Words(PhraseBook.Of(language)), StringComparison.Ordinal);
        Assert.Contains(contracts.Rows, r => r.Any(c => c.Text == ended));
        Assert.Contains(
            contracts.Sentences,
            s => s.Contains("Province Cloud", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_credit_that_nobody_entered_is_not_stated_as_known()
    {
        var said = Words(PhraseBook.English);
        var told = said.Contains("Operator: ", StringComparison.Ordinal);
        Assert.Equal(told, said.Contains("own assumption", StringComparison.Ordinal));
    }

    [Fact]
    public void A_certain_default_is_of_no_class_and_what_comes_back_is_counted()
    {
        var risk = _closed
            .Value.MemoIn(PhraseBook.English)!
            .Blocks.Single(b => b.Heading == "Risk and its price");
        MemoCell Of(string name) =>
            risk.Rows.First(r => r[0].Text.StartsWith(name, StringComparison.Ordinal))[1];
        var loss = Of("LGD").Value;
        var odds = Of("PD over the term").Value;
        if (odds >= 1)
        {
            Assert.DoesNotContain(
                "CCC",
                Of("PD a year of the term").Text,
                StringComparison.Ordinal
            );
        }
        // What is not lost comes back.
        Assert.True(
            Of("lender's multiple").Value >= 1 - (loss * odds) - 0.05,
            $"{Of("lender's multiple").Value} {loss} {odds}"
        );
    }

    [Theory]
    [InlineData("en", "no figure")]
    [InlineData("zh", "无数据")]
    public void Where_a_course_closes_no_cell_is_left_without_words(string language, string none)
    {
        var memo = _closed.Value.MemoIn(PhraseBook.Of(language))!;
        Assert.DoesNotContain(
            memo.Blocks.SelectMany(b => b.Rows).SelectMany(r => r),
            c => c.Text.Contains(none, StringComparison.Ordinal)
        );
    }
}
