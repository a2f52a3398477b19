using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The terms offered are those that concern who asks.</summary>
public sealed class TermsTest
{
    [Theory]
    [InlineData("zhengzhou-2025", "")]
    [InlineData("zhengzhou-2025", "finance.existing_debt")]
    [InlineData("zhengzhou-2024", "")]
    public async Task A_term_that_is_not_offered_would_move_nothing_and_most_that_are_do(
        string name,
        string without
    )
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = ShippedStudies.Text(name)!;
        text = without.Length > 0 ? YamlEdit.Set(text, without, null, words: false) : text;
        Assert.True(StudyDocument.Of(text).Sound);
        var stop = TestContext.Current.CancellationToken;
        async Task<string> Priced(Dictionary<string, string> changes) =>
            LiveTerms.Document(await live.Price(text, 40, changes, 40, stop), 40).ToJsonString();
        var before = await Priced([]);
        async Task<bool> Moves(string path, params double[] values)
        {
            foreach (var value in values)
            {
                try
                {
                    if (
                        await Priced(new() { [path] = FormattableString.Invariant($"{value}") })
                        != before
                    )
                    {
                        return true;
                    }
                }
                catch (LiveTerms.RefusedException)
                {
                    // One value may break a rule of the file; the others do not.
                }
            }
            return false;
        }
        var offered = TermChoice.Of(HeldStudies.Values(text));
        var still = new List<string>();
        foreach (var term in offered)
        {
            if (
                !await Moves(
                    term.Path,
                    term.Low,
                    term.High,
                    term.Low + (Math.Round((term.High - term.Low) / term.Step / 2) * term.Step)
                )
            )
            {
                still.Add(term.Path);
            }
        }
        // Where no draw has free cash, a sweep of it moves nothing.
        Assert.True(still.Count <= 2, string.Join(", ", still));
        foreach (
            var (path, values) in new[]
            {
                ("finance.gearing", new[] { 0.1, 0.9 }),
                ("finance.grace", [0, 12]),
                ("finance.upfront_fee", [0, 0.04]),
            }
        )
        {
            if (offered.All(t => t.Path != path))
            {
                Assert.False(await Moves(path, values), path);
            }
        }
    }

    [Fact]
    public void An_owner_is_not_offered_a_loan_that_is_already_made()
    {
        var owner = Paths(ShippedStudies.Text("zhengzhou-2025")!);
        Assert.DoesNotContain("finance.gearing", owner);
        Assert.DoesNotContain("finance.upfront_fee", owner);
        Assert.DoesNotContain("finance.grace", owner);
        Assert.Contains("finance.existing_debt", owner);
        Assert.Contains("finance.gearing", Paths(ShippedStudies.Text("zhengzhou-2024")!));

        // Without debt there is no term of one, nor a test of a lender.
        var free = Paths(
            YamlEdit.Set(
                ShippedStudies.Text("zhengzhou-2025")!,
                "finance.existing_debt",
                null,
                words: false
            )
        );
        Assert.Equal(["decision.equity_hurdle"], free);
    }

    private static List<string> Paths(string text) =>
        [.. TermChoice.Of(HeldStudies.Values(text)).Select(t => t.Path)];
}
