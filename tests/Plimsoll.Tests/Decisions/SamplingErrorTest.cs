using Plimsoll.Decisions;
using Xunit;
using static Plimsoll.Tests.Decisions.Drawn;

namespace Plimsoll.Tests.Decisions;

/// <summary>What sampling error leaves open, worked by hand on 600 draws.</summary>
public sealed class SamplingErrorTest
{
    /// <summary>
    /// A tenth of the draws default and lose half: 0.05 over a mean life of three years, 1.667 % a year. Squared deviations of the 600: 60 x 0.45^2 +
    /// 540 x 0.05^2 = 13.5, so the mean's error is the root of 13.5 / (600 x 599), a third of it a year.
    /// </summary>
    [Fact]
    public void Expected_loss_has_the_interval_of_its_draws()
    {
        var test = Rule.Credit(Figures(0.2, 0.1, 0.1), 3).Single(t => t.Limit == Rule.RiskMargin);
        var error = Math.Sqrt(13.5 / (600 * 599.0)) / 3;
        Assert.Equal(0.05 / 3, test.Value, 9);
        Assert.Equal((0.05 / 3) - (1.96 * error), test.Low, 6);
        Assert.Equal((0.05 / 3) + (1.96 * error), test.High, 6);
        // Nothing lost is nothing, not less.
        Assert.Equal(
            0,
            Rule.Credit(Figures(0.2, 0, 0.1), 3).Single(t => t.Limit == Rule.RiskMargin).Low
        );
    }

    /// <summary>
    /// Twenty-five better than the plan on average, by 490 to either side: an error of 490 over the root of 600, 20, so no better than chance (39.2). By 24.5
    /// to either side it is 1, and 25 is more than 1.96, and more than the 2 % of the plan's value that do not matter.
    /// </summary>
    [Theory]
    [InlineData(490, "plan")]
    [InlineData(24.5, "other")]
    public void An_alternative_replaces_a_sound_plan_only_beyond_chance(double swing, string chosen)
    {
        var figures = Figures(0.02, 0.01, 0, 1_000);
        for (var i = 0; i < Draws; i++)
        {
            figures.EquityNpv[i] = 1_025 + (i / 6 % 2 == 0 ? swing : -swing);
        }
        var verdict = SponsorVerdict.Of(
            [
                Option("plan", VerdictKind.Build, Figures(0.02, 0.01, 0, 1_000)),
                Option("other", VerdictKind.Wait, figures),
            ],
            true
        );
        Assert.Equal(chosen, verdict.Option);
    }

    /// <summary>Of 600 draws 60 breaches, 30 defaults, 15 years' loss of a loan or 210 poor draws are the most; one more fails whatever the rest brings.</summary>
    [Theory]
    [InlineData(60, 0, 0.0, 0, false)]
    [InlineData(61, 0, 0.0, 0, true)]
    [InlineData(0, 30, 0.0, 0, false)]
    [InlineData(0, 31, 0.0, 0, true)]
    [InlineData(0, 0, 45.0, 0, false)]
    [InlineData(0, 0, 45.1, 0, true)]
    [InlineData(0, 0, 0.0, 210, false)]
    [InlineData(0, 0, 0.0, 211, true)]
    public void A_count_beyond_its_limit_fails_at_once(
        int breaches,
        int defaults,
        double loss,
        int poor,
        bool fails
    )
    {
        var figures = new DrawFigures(Draws);
        for (var i = 0; i < 300; i++)
        {
            figures.Breach[i] = i < breaches;
            figures.Default[i] = i < defaults;
            // Of three years' life: 45 in all is 15 a year, 0.025 of 600.
            figures.LossGivenDefault[i] = i < 100 ? loss / 100 : double.NaN;
            figures.EquityNpv[i] = i < poor ? -1 : 1;
        }
        Assert.Equal(fails, Rule.FailsWhateverComes(figures, 300, 3, true));
        // Without the sponsor's test poor draws count for nothing; draws not run yet, and those that could not be computed, neither.
        Assert.Equal(fails && poor == 0, Rule.FailsWhateverComes(figures, 300, 3, false));
        Assert.False(Rule.FailsWhateverComes(figures, 15, 3, true));
        Array.Fill(figures.Failure, "no figure");
        Assert.False(Rule.FailsWhateverComes(figures, 300, 3, true));
    }
}
