using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Reports;
using Plimsoll.Reports.Html;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>A heading says what cannot be told apart, and a count is as it was counted.</summary>
public sealed class HeadingTest
{
    [Theory]
    [InlineData("en", "not told apart")]
    [InlineData("zh", "尚不能分辨")]
    public void Courses_that_cannot_be_told_apart_stand_in_the_heading(
        string language,
        string apart
    )
    {
        var book = PhraseBook.Of(language);
        var result = SampleResult.Of("owner", VerdictKind.Close);
        string Heading(Verdict verdict) =>
            Between(
                StudyReport.Html(result with { Verdict = verdict }, book),
                "<p class=\"word\">"
            );
        Assert.DoesNotContain(apart, Heading(result.Verdict), StringComparison.Ordinal);
        var one = result.Options[0] with { Kind = VerdictKind.Close };
        var other = result.Options[1] with { Kind = VerdictKind.SellAccelerators };
        var heading = Heading(result.Verdict with { Followed = new Meanwhile(one, [other], 1, 0) });
        Assert.Contains(apart, heading, StringComparison.Ordinal);
        foreach (var course in new[] { one, other })
        {
            Assert.Contains(book.Say(Words.Said(course.Kind)), heading, StringComparison.Ordinal);
        }
        Assert.Contains(
            apart,
            Heading(result.Verdict with { Followed = new Meanwhile(one, [one], 1, 0) }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_count_is_never_rounded()
    {
        foreach (var book in new[] { PhraseBook.English, PhraseBook.Chinese })
        {
            foreach (var count in new[] { 1, 12, 128, 1023, 12_345 })
            {
                foreach (var unit in new[] { "servers", "GPU" })
                {
                    Assert.StartsWith(
                        count.ToString("#,0", CultureInfo.InvariantCulture),
                        new Figures(Currency.Cny, book).Value(count, unit, "x").Text,
                        StringComparison.Ordinal
                    );
                }
            }
        }
    }

    private static string Between(string html, string from)
    {
        var at = html.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return html[at..html.IndexOf("</p>", at, StringComparison.Ordinal)];
    }
}
