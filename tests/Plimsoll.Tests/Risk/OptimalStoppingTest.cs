using System.Text.Json;
using Plimsoll.Risk;
using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Risk;

/// <summary>Least-squares Monte Carlo against Longstaff and Schwartz 2001.</summary>
public sealed class OptimalStoppingTest
{
    private static readonly JsonElement _reference = JsonDocument
        .Parse(TestData.Text("Risk/longstaff_schwartz.json"))
        .RootElement;

    [Fact]
    public void The_paper_s_example_of_eight_paths_is_reproduced()
    {
        var example = _reference.GetProperty("eight_path_example");
        var strike = example.GetProperty("K").GetDouble();
        var paths = example
            .GetProperty("paths")
            .EnumerateArray()
            .Select(p => p.EnumerateArray().Skip(1).Select(x => x.GetDouble()).ToArray())
            .ToArray();
        var payoff = paths.Select(p => p.Select(s => strike - s).ToArray()).ToArray();
        var discount = Math.Exp(-example.GetProperty("r").GetDouble());
        Assert.Equal(
            example.GetProperty("lsm_value").GetDouble(),
            OptimalStopping.Value(paths, payoff, discount),
            1e-9
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void American_puts_of_the_paper_are_priced_within_a_hundredth_and_a_half(int row)
    {
        var known = _reference.GetProperty("table1")[row];
        double s0 = known.GetProperty("S").GetDouble(),
            sigma = known.GetProperty("sigma").GetDouble(),
            years = known.GetProperty("T").GetDouble();
        var (states, payoffs, discount) = Puts(s0, 40, 0.06, sigma, years, 8_000);
        var value = OptimalStopping.Value(states, payoffs, discount);
        var exact = known.GetProperty("check_bermudan50_crr").GetDouble();
        Assert.InRange(value, exact * 0.985, exact * 1.015);
        Assert.True(value > known.GetProperty("european_bs").GetDouble());
    }

    [Fact]
    public void A_right_that_is_never_offered_is_worth_nothing_and_one_seldom_offered_less()
    {
        var (states, payoffs, discount) = Puts(40, 40, 0.06, 0.4, 1, 4_000);
        var always = OptimalStopping.Value(states, payoffs, discount);
        var seldom = OptimalStopping.Value(states, payoffs, discount, 0.05);
        Assert.Equal(0, OptimalStopping.Value(states, payoffs, discount, 0));
        Assert.InRange(seldom, 0.1, always);
    }

    private static (double[][] States, double[][] Payoffs, double Discount) Puts(
        double s0,
        double strike,
        double rate,
        double sigma,
        double years,
        int pairs
    )
    {
        var dates = (int)(50 * years);
        var dt = years / dates;
        var normal = new Gaussian(0, 1);
        var states = new double[2 * pairs][];
        for (var i = 0; i < pairs; i++)
        {
            var stream = RandomStream.Keyed(9, i, EntityId.Single, Purpose.Shocks);
            double up = s0,
                down = s0;
            states[2 * i] = new double[dates];
            states[(2 * i) + 1] = new double[dates];
            for (var t = 0; t < dates; t++)
            {
                var z = normal.Draw(ref stream);
                var drift = (rate - (0.5 * sigma * sigma)) * dt;
                up *= Math.Exp(drift + (sigma * Math.Sqrt(dt) * z));
                down *= Math.Exp(drift - (sigma * Math.Sqrt(dt) * z));
                states[2 * i][t] = up;
                states[(2 * i) + 1][t] = down;
            }
        }
        return (
            states,
            [.. states.Select(p => p.Select(s => strike - s).ToArray())],
            Math.Exp(-rate * dt)
        );
    }
}
