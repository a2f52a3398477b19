using Plimsoll.Decisions;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What moves fill and verdict, and in which direction where theory says.</summary>
public sealed class SignTest
{
    private const int Draws = 60;

    /// <summary>With debt and the centre's offers held, cheaper power raises cover in every draw. Coupled, it also lowers the floor of the offers, and an early cheap lease may keep out a later dear one: the median may then move the other way, but only by the noise of single leases.</summary>
    [Fact]
    public void With_debt_held_cheaper_power_never_lowers_cover()
    {
        double[]? last = null;
        var lastCoupled = double.NegativeInfinity;
        foreach (var tariff in new[] { 1.2, 0.8, 0.4, 0.1 })
        {
            var text = SmallStudy.With(
                ("  name: Zhengzhou", $"  name: Zhengzhou\n  tariff: {tariff}")
            );
            var held = PlanOnly.Run(
                text,
                Draws,
                plan => plan with { AvoidableCostPerAcceleratorMonth = 1500 }
            );
            var cover = held.Figures.MinimumCover;
            // A default that moves to another month ends the months over which the lowest cover is taken.
            for (var i = 0; i < Draws; i++)
            {
                Assert.True(
                    last is null || held.Figures.Default[i] || cover[i] >= last[i] - 1e-12,
                    $"draw {i}, {tariff} a kWh: {cover[i]} after {last?[i]}"
                );
            }
            last = cover;
            var coupled = PlanOnly.Run(text, 4 * Draws).MinimumCover.P50;
            Assert.True(
                coupled >= lastCoupled - 0.03,
                $"{tariff} a kWh: {coupled} after {lastCoupled}"
            );
            lastCoupled = coupled;
        }
    }

    [Fact]
    public void Dearer_servers_lower_the_value_to_equity()
    {
        var cheap = Plan(SmallStudy.Text);
        var dear = Plan(SmallStudy.With(("2800000", "4000000")));
        Assert.True(dear.MeanEquityNpv < cheap.MeanEquityNpv);
        Assert.Equal(cheap.Fill.P50, dear.Fill.P50);
    }

    [Fact]
    public void Less_debt_never_raises_the_odds_of_default()
    {
        var half = Plan(SmallStudy.With(("gearing: 0.6", "gearing: 0.3")));
        Assert.True(half.Default.Value <= Plan(SmallStudy.Text).Default.Value);
    }

    [Fact]
    public void A_more_capable_operator_fills_more()
    {
        var poor = Plan(SmallStudy.With(("capability: 0.5", "capability: 0.2")));
        var good = Plan(SmallStudy.With(("capability: 0.5", "capability: 0.9")));
        Assert.True(good.Fill.P50 > poor.Fill.P50);
    }

    [Fact]
    public void A_signed_take_or_pay_lease_raises_fill()
    {
        var signed = Plan(
            SmallStudy.With(
                (
                    "finance:\n",
                    "signed:\n  - tenant: a\n    servers: 48\n    price_per_gpu_hour: 20\n    tenor: 48\nfinance:\n"
                )
            )
        );
        Assert.True(signed.Fill.P90 > Plan(SmallStudy.Text).Fill.P90);
    }

    /// <summary>Chip, site, decision date and tenor each change what the study answers.</summary>
    [Theory]
    [InlineData("8xH800", "8xA800")]
    [InlineData("name: Zhengzhou", "name: Ulanqab")]
    [InlineData("decided: 2024-03", "decided: 2024-06")]
    [InlineData("tenor: 36", "tenor: 48")]
    public void Each_of_these_changes_the_answer(string old, string changed)
    {
        var before = Plan(SmallStudy.Text);
        var after = Plan(SmallStudy.With((old, changed)));
        Assert.NotEqual(before.MinimumCover.P50, after.MinimumCover.P50);
    }

    /// <summary>With inference sold, the model served and the promise change what an accelerator serves, and so the answer.</summary>
    [Theory]
    [InlineData("model: Llama-2 70B", "model: Mixtral 8x7B")]
    [InlineData("tpot: 50", "tpot: 30")]
    [InlineData("input_tokens: 1500", "input_tokens: 6000")]
    public void Model_promise_and_workload_change_the_answer_where_inference_is_sold(
        string old,
        string changed
    )
    {
        var text = SmallStudy.With(
            (
                "site:\n",
                "  sells_inference: true\nserving:\n  model: Llama-2 70B\n  tpot: 50\n  input_tokens: 1500\nsite:\n"
            )
        );
        Assert.Contains(old, text, StringComparison.Ordinal);
        var before = Plan(text);
        var after = Plan(text.Replace(old, changed, StringComparison.Ordinal));
        Assert.NotEqual(before.MeanEquityNpv, after.MeanEquityNpv);
    }

    private static OptionResult Plan(string text) => PlanOnly.Run(text, Draws);
}
