using Plimsoll.Decisions;
using Xunit;

namespace Plimsoll.Tests.Decisions;

/// <summary>Options let go early: the verdict is that of all draws, and the intervals that are printed hold.</summary>
public sealed class StoppingRuleTest
{
    private const int Draws = 1000;

    [Fact]
    public void Looks_come_before_half_of_the_draws()
    {
        Assert.Empty(StoppingRule.Looks(239));
        Assert.Equal([120], StoppingRule.Looks(300));
        Assert.Equal([120, 480], StoppingRule.Looks(2000));
    }

    [Fact]
    public void Only_what_fails_everywhere_and_by_far_is_let_go()
    {
        Assert.True(Beyond(Drawn.Figures(0.5, 0.4, 0.7)));
        Assert.False(Beyond(Drawn.Figures(0.02, 0.01, 0.1)));
        Assert.False(Beyond(Drawn.Figures(0.13, 0.01, 0.1)));
        // One rent law fails by far, the others pass: the ensemble disagrees, which is no doubtless failure.
        Assert.False(Beyond(Drawn.Figures(0.9, 0.01, 0.1, breakingLaws: ["Change"])));
        Assert.False(StoppingRule.FailsBeyondDoubt([]));
    }

    private static bool Beyond(DrawFigures figures) =>
        StoppingRule.FailsBeyondDoubt([
            .. Drawn.Rule.Credit(figures, 3),
            .. Drawn.Rule.Equity(figures),
        ]);

    /// <summary>2,000 studies of a plan and two options with known odds, many of them near the limits: full against stopped.</summary>
    [Fact]
    public void Over_2000_studies_with_known_odds_verdicts_agree_and_intervals_hold()
    {
        const int Studies = 2000;
        int other = 0,
            held = 0,
            intervals = 0,
            stopped = 0,
            drawn = 0;
        Parallel.For(
            0,
            Studies,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            study =>
            {
                var random = new Random(study);
                var all = new List<OptionResult>();
                var few = new List<OptionResult>();
                for (var i = 0; i < 3; i++)
                {
                    var (odds, figures) = Figures(random);
                    var name = i == 0 ? "as planned" : $"option {i}";
                    all.Add(Drawn.Option(name, VerdictKind.Build, figures));
                    var early = i == 0 ? all[^1] : Stopped(name, figures);
                    few.Add(early);
                    var breach = early.Breach;
                    Interlocked.Add(ref held, breach.Low <= odds && odds <= breach.High ? 1 : 0);
                    Interlocked.Increment(ref intervals);
                    Interlocked.Add(ref stopped, early.Stopped ? 1 : 0);
                    Interlocked.Add(ref drawn, early.Figures.Draws);
                }
                var (full, short_) = (SponsorVerdict.Of(all, true), SponsorVerdict.Of(few, true));
                Interlocked.Add(
                    ref other,
                    (full.Kind, full.Option) == (short_.Kind, short_.Option) ? 0 : 1
                );
            }
        );
        TestContext.Current.SendDiagnosticMessage(
            $"another verdict in {other} of {Studies}; intervals hold in {100.0 * held / intervals:0.0} %; {stopped} of {2 * Studies} options let go; {(double)drawn / intervals:0} draws an option of {Draws}"
        );
        Assert.InRange(other, 0, Studies / 100);
        Assert.InRange((double)held / intervals, 0.94, 0.96);
        // Else the rule saves nothing and the test says nothing.
        Assert.InRange(stopped, Studies / 4, 2 * Studies);
    }

    private static OptionResult Stopped(string name, DrawFigures figures)
    {
        foreach (var look in StoppingRule.Looks(figures.Draws))
        {
            var seen = Drawn.Option(name, VerdictKind.Build, figures.First(look));
            if (StoppingRule.FailsBeyondDoubt(seen.Credit.Concat(seen.Equity)))
            {
                return seen with { Stopped = true };
            }
        }
        return Drawn.Option(name, VerdictKind.Build, figures);
    }

    // Odds of breach from 1 to 35 % round a limit of 10 %, a little different under each rent law.
    private static (double Odds, DrawFigures Figures) Figures(Random random)
    {
        string[] laws = ["Change", "ExcessDemand", "Level"];
        var odds = 0.01 + (0.34 * random.NextDouble());
        var lean = 0.2 * odds * ((2 * random.NextDouble()) - 1);
        var poor = 0.1 + (0.35 * random.NextDouble());
        var value = 5 + (10 * random.NextDouble());
        var f = new DrawFigures(Draws);
        for (var i = 0; i < Draws; i++)
        {
            f.Law[i] = laws[i % 3];
            f.Link[i] = i / 3 % 2 == 0 ? "with the world link" : "without the world link";
            f.World[i] = i;
            var own = odds + ((i % 3 - 1) * lean);
            f.Breach[i] = random.NextDouble() < own;
            f.Default[i] = f.Breach[i] && random.NextDouble() < 0.4;
            f.LossGivenDefault[i] = f.Default[i] ? 0.3 : 0;
            f.EquityNpv[i] = random.NextDouble() < poor ? -1 : value;
            f.MinimumCover[i] = f.Breach[i] ? 1 : 1.5;
        }
        return (odds, f);
    }

    [Fact]
    public void The_first_draws_are_the_first_of_every_column()
    {
        var all = Figures(new Random(5)).Figures;
        all.Failure[3] = "why";
        var first = all.First(120);
        Assert.Equal(120, first.Draws);
        foreach (var property in typeof(DrawFigures).GetProperties())
        {
            if (
                property.Name is not (nameof(DrawFigures.Sound) or nameof(DrawFigures.Tested))
                && property.GetValue(all) is Array whole
            )
            {
                var part = (Array)property.GetValue(first)!;
                Assert.Equal(120, part.Length);
                Assert.Equal(whole.Cast<object?>().Take(120), part.Cast<object?>());
            }
        }
    }

    /// <summary>Curtailed: who has failed already fails over all draws, and who passes over all draws was never said to fail.</summary>
    [Fact]
    public void What_fails_whatever_comes_fails_in_the_end()
    {
        var early = 0;
        for (var study = 0; study < 300; study++)
        {
            var figures = Figures(new Random(study)).Figures.First(300);
            RuleTest[] tests = [.. Drawn.Rule.Credit(figures, 3), .. Drawn.Rule.Equity(figures)];
            var passes = tests.All(t => t.Value <= t.Limit);
            for (var done = 30; done <= 300; done += 30)
            {
                var failed = Drawn.Rule.FailsWhateverComes(figures, done, 3, true);
                Assert.False(failed && passes);
                early += failed && done < 300 ? 1 : 0;
                Assert.False(done == 300 && !failed && !passes);
            }
        }
        Assert.InRange(early, 300, 3000);
    }
}
