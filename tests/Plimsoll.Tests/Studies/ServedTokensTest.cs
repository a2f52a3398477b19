using System.Text.Json.Nodes;
using Plimsoll.Cli.Study;
using Plimsoll.Decisions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study that serves a model says what a million tokens costs and brings.</summary>
public sealed class ServedTokensTest
{
    private static readonly string _serving = SmallStudy.With(
        ("  voucher_scheme: Henan\n", "  voucher_scheme: Henan\n  sells_inference: true\n"),
        (
            "finance:\n",
            "serving:\n  model: Llama-2 70B\n  tensor_parallel: 8\n  input_tokens: 800\n  output_tokens: 200\n  price_input: 4\n  price_cached: 1\n  price_output: 8\nfinance:\n"
        )
    );

    [Fact]
    public void Costs_by_class_add_up_to_a_request_and_stand_beside_the_price()
    {
        var result = SmallStudy.Run(_serving).Result;
        var tokens = result.Tokens!;
        Assert.Equal("Llama-2 70B", tokens.Model);
        Assert.Equal((4, 1, 8), (tokens.PriceInput, tokens.PriceCached, tokens.PriceOutput));
        Assert.True(tokens.MostPerDay.P50 >= tokens.SoldPerDay.P50);
        Assert.InRange(tokens.Covered, 0, 1);
        // In each draw the classes are shares of one cost, so the middles are of one draw too.
        Assert.True(tokens.CostOutput.P50 > 0 && tokens.CostInput.P50 > 0);
        Assert.True(tokens.CostOutput.P10 <= tokens.CostOutput.P90);
        Assert.Equal(
            tokens.CostInput.P90 / tokens.CostInput.P50,
            tokens.CostOutput.P90 / tokens.CostOutput.P50,
            1e-6
        );
        foreach (var book in (PhraseBook[])[PhraseBook.English, PhraseBook.Chinese])
        {
            var lines = StudySummary.Lines(result, book);
            Assert.All(
                tokens.Said(result.Currency.Code),
                said => Assert.Contains(book.Say(said), lines)
            );
        }
        Assert.Contains(
            "a million tokens",
            ResultScreen.Text(result, "out"),
            StringComparison.Ordinal
        );
        var document = JsonNode.Parse(SmallStudy.Json(SmallStudy.Run(_serving)))!["tokens"]!;
        Assert.Equal(tokens.CostOutput.P50, (double)document["costOutput"]!["p50"]!, 1e-9);
    }

    [Fact]
    public void What_tokens_cost_is_known_without_their_price()
    {
        var priceless = SmallStudy
            .Run(
                _serving.Replace(
                    "  price_input: 4\n  price_cached: 1\n  price_output: 8\n",
                    "",
                    StringComparison.Ordinal
                )
            )
            .Result.Tokens!;
        var priced = SmallStudy.Run(_serving).Result.Tokens!;
        Assert.True(priceless.CostInput.P50 > 0);
        Assert.Equal(priced.CostInput.P50, priceless.CostInput.P50, 1e-9);
        Assert.Equal(priced.CostOutput.P50, priceless.CostOutput.P50, 1e-9);
        Assert.NotEqual("", priceless.PriceSource);
    }

    /// <summary>What tokens fetch decides how many are sold and how long the centre stands, up to its closing by lenders; what serving them costs it does not move. With dear ones it sells more at other cost.</summary>
    [Fact]
    public void What_a_token_costs_does_not_hang_on_its_price()
    {
        string Priced(double times) =>
            _serving.Replace(
                "  price_input: 4\n  price_cached: 1\n  price_output: 8\n",
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"  price_input: {4 * times}\n  price_cached: {times}\n  price_output: {8 * times}\n"
                ),
                StringComparison.Ordinal
            );
        var runs = new[] { 0.01, 0.3, 1, 25.0 }
            .Select(times => SmallStudy.Run(Priced(times)).Result)
            .ToList();
        Assert.True(
            runs.Select(r => r.Tokens!.SoldPerDay.P50).Distinct().Count() > 2,
            "The prices move no sale: the test shows nothing."
        );
        foreach (var tokens in runs.Select(r => r.Tokens!))
        {
            foreach (
                var (one, other) in new[]
                {
                    (tokens.CostOutput, runs[0].Tokens!.CostOutput),
                    (tokens.CostInput, runs[0].Tokens!.CostInput),
                }
            )
            {
                Assert.Equal(other.P10, one.P10, 1e-9 * other.P10);
                Assert.Equal(other.P50, one.P50, 1e-9 * other.P50);
                Assert.Equal(other.P90, one.P90, 1e-9 * other.P90);
            }
        }
    }

    [Fact]
    public void Growth_layout_and_what_is_really_sold_stand_beside()
    {
        var tokens = SmallStudy.Run(_serving).Result.Tokens!;
        Assert.True(tokens.MostPerDayToday.P50 < tokens.MostPerDay.P50);
        var laid = Assert.Single(tokens.Replicas);
        Assert.True(laid.Replicas > 0 && laid.MaxSequences > 0 && laid.TokensPerStep > 0);
        Assert.InRange(tokens.HoursOfTokens + tokens.HoursLet, 0, 1);
        Assert.True(double.IsNaN(tokens.CostOutputSold.P50) || tokens.CostOutputSold.P50 > 0);
        var document = JsonNode.Parse(SmallStudy.Json(SmallStudy.Run(_serving)))!["tokens"]!;
        Assert.Equal(laid.Replicas, (int)document["replicas"]![0]!["replicas"]!);
    }

    [Theory]
    [InlineData("2026-06", "9.9", "serving.engine_version: unknown-version: found '9.9'", false)]
    [InlineData("2025-06", "0.19.0", "serving.engine_version: version-unmeasured", true)]
    public void An_engine_of_no_measured_version_is_told(
        string decided,
        string version,
        string words,
        bool runs
    )
    {
        var text = System
            .Text.RegularExpressions.Regex.Replace(
                _serving.Replace(
                    "  tensor_parallel: 8\n",
                    $"  tensor_parallel: 8\n  engine_version: {version}\n",
                    StringComparison.Ordinal
                ),
                "decided: .*",
                $"decided: {decided}",
                System.Text.RegularExpressions.RegexOptions.NonBacktracking
            )
            .Replace("online: 2024-10", "online: 2026-12", StringComparison.Ordinal);
        using var folder = new Files.TempFolder();
        var (exit, output, error) = Cli.CommandLine.Run(
            "study",
            "check",
            folder.File("study.yaml", text)
        );
        Assert.Contains(words, output + error, StringComparison.Ordinal);
        Assert.Equal(runs, exit == 0);
    }

    [Fact]
    public void A_study_that_serves_nothing_says_nothing_of_tokens() =>
        Assert.Null(SmallStudy.Plain.Result.Tokens);
}
