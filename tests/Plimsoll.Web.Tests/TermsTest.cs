using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The terms offered are those that concern who asks.</summary>
public sealed class TermsTest
{
    [Theory]
    [InlineData("zhengzhou-2025")]
    [InlineData("zhengzhou-2024")]
    [InlineData("neocloud-15mw")]
    public async Task Every_term_offered_moves_a_figure(string name)
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = ShippedStudies.Text(name)!;
        var stop = TestContext.Current.CancellationToken;
        async Task<string> Priced(Dictionary<string, string> changes) =>
            LiveTerms.Document(await live.Price(text, 40, changes, 40, stop), 40).ToJsonString();
        var before = await Priced([]);
        foreach (var term in TermChoice.Of(HeldStudies.Values(text)))
        {
            var moved = new List<string>();
            foreach (var end in new[] { term.Low, term.High, (term.Low + term.High) / 2 })
            {
                var value = FormattableString.Invariant(
                    $"{(term.Step >= 1 ? Math.Round(end) : end)}"
                );
                try
                {
                    moved.Add(await Priced(new() { [term.Path] = value }));
                }
                catch (LiveTerms.RefusedException)
                {
                    // One end may break a rule of the file; the other or the middle does not.
                }
            }
            Assert.True(moved.Any(m => m != before), $"{name}: {term.Path} moves nothing.");
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
                "0",
                words: false
            )
        );
        Assert.Equal(["decision.equity_hurdle"], free);
    }

    private static List<string> Paths(string text) =>
        [.. TermChoice.Of(HeldStudies.Values(text)).Select(t => t.Path)];
}
