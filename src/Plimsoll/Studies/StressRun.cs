using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Market;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>The named stresses of the plan, each on the same draws as the plan without stress.</summary>
/// <param name="run">The draws of the plan, the first of all.</param>
/// <param name="under">The same draws under a stress of the centre alone.</param>
/// <param name="market">The first draws in a market prepared anew under a stress of it.</param>
/// <param name="plan">The plan, or the centre as it stands.</param>
internal sealed class StressRun(
    OptionRun run,
    Func<MarketScenario, OptionRun> under,
    Func<MarketScenario, int, OptionRun> market,
    StudyCase plan
)
{
    /// <summary>Draws of a market that has to be run anew.</summary>
    private const int NewMarketDraws = 60;

    /// <summary>The markets that have to be run anew, with the draws of each.</summary>
    /// <param name="scenario">The market without stress.</param>
    public static IReadOnlyList<(MarketScenario Scenario, int Draws)> Markets(
        MarketScenario scenario
    ) => [(Efficient(scenario), NewMarketDraws), (Lifted(scenario), NewMarketDraws)];

    private static MarketScenario Efficient(MarketScenario scenario) =>
        scenario with
        {
            EfficiencyShock = 0.5,
        };

    private static MarketScenario Lifted(MarketScenario scenario) =>
        scenario with
        {
            ExportRuleLifted = true,
        };

    /// <summary>All stresses, the unstressed plan first.</summary>
    /// <param name="scenario">The market without stress.</param>
    /// <param name="held">What the plan physically does.</param>
    public IReadOnlyList<StressCase> All(MarketScenario scenario, PhysicalDraws held)
    {
        var unstressed = run.Money(held, plan);
        StressCase Case(string name, string description, DrawFigures figures) =>
            Of(name, description, figures) with
            {
                Base = Of(Plan, Unstressed, unstressed.First(figures.Draws)),
            };
        var cases = new List<StressCase>
        {
            Of(Plan, Unstressed, unstressed),
            Case(
                "efficiency shock",
                "half the compute for the same work, in training and in inference, from the decision on",
                market(Efficient(scenario), NewMarketDraws).Figures(plan, depth: FigureDepth.Tests)
            ),
        };
        if (plan.Leases.Count > 0)
        {
            var month = plan.LastOnline + 12;
            cases.Add(
                Case(
                    "anchor tenant default",
                    "every tenant signed beforehand leaves after twelve months",
                    under(scenario with { AnchorDefaultMonth = month })
                        .Figures(plan, depth: FigureDepth.Tests)
                )
            );
        }
        if (!plan.Standing && plan.LastOnline > 0)
        {
            cases.Add(
                Case(
                    "12-month delay",
                    "the fleet comes twelve months late; the debt is due as contracted",
                    under(scenario with { DelayMonths = 12 })
                        .Figures(plan, depth: FigureDepth.Tests)
                )
            );
        }
        cases.Add(
            Case(
                "export rule lifted",
                "the most capable chips can be bought freely again from the decision on",
                market(Lifted(scenario), NewMarketDraws).Figures(plan, depth: FigureDepth.Tests)
            )
        );
        cases.Add(
            Case(
                "rent -30 %",
                "market rents 30 % lower from the first month on; contracts signed keep theirs, and are repriced or broken as in any falling market",
                under(scenario with { RentFactor = 0.7 * scenario.RentFactor })
                    .Figures(plan, depth: FigureDepth.Tests)
            )
        );
        cases.Add(
            Case(
                "power +50 %",
                "electricity half as dear again",
                run.Figures(
                    plan with
                    {
                        PowerFactor = plan.PowerFactor * 1.5,
                    },
                    depth: FigureDepth.Tests
                )
            )
        );
        if (plan.Loan is not null)
        {
            cases.Add(
                Case(
                    "rates +2 points",
                    "the base rate two points higher from the first month on, on what is not swapped or capped",
                    run.Money(held, plan, p => p with { Outlook = Dearer(p.Outlook, 0.02) })
                )
            );
        }
        if (plan.Tranches.Any(t => t.Repayment == Repayment.Bullet))
        {
            cases.Add(
                Case(
                    "refinancing refused",
                    "what is due in one sum at maturity is neither lent anew nor paid by a sale of the fleet: it is due from the centre's own cash",
                    run.Money(held, plan with { Lending = Refusing(plan.Lending) })
                )
            );
        }
        return cases;
    }

    /// <summary>A rule under which no balloon is lent anew or paid by a sale.</summary>
    private static LendingRule Refusing(LendingRule rule) =>
        rule with
        {
            TargetCover = double.PositiveInfinity,
            OrderlyShare = 0,
        };

    private static Outlooks.CentreOutlook Dearer(Outlooks.CentreOutlook outlook, double by)
    {
        var before = outlook.Physical.BaseRateShift;
        return outlook with
        {
            Physical = outlook.Physical with
            {
                BaseRateShift =
                [
                    .. Enumerable
                        .Range(0, outlook.Physical.Months)
                        .Select(m => by + (before.Length > 0 ? before[m] : 0)),
                ],
            },
        };
    }

    private const string Plan = "none";
    private const string Unstressed = "the plan as it is, on the same draws";

    private static StressCase Of(string name, string description, DrawFigures f)
    {
        double Median(double[] values) =>
            Spread.Of([.. f.Sound.Select(i => values[i])], BadSide.Low).P50;
        var sound = f.Sound;
        return new StressCase(
            name,
            description,
            Median(f.Fill),
            Median(f.MinimumCover),
            sound.Length > 0 ? sound.Average(i => f.Breach[i] ? 1.0 : 0) : double.NaN,
            sound.Length > 0 ? sound.Average(i => f.Default[i] ? 1.0 : 0) : double.NaN,
            Median(f.EquityNpv)
        )
        {
            Draws = f.Draws,
            Loss = sound
                .Select(i => f.LossGivenDefault[i])
                .Where(double.IsFinite)
                .DefaultIfEmpty(double.NaN)
                .Average(),
        };
    }
}
