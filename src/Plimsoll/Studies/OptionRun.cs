using Plimsoll.Decisions;
using Plimsoll.Finance;

namespace Plimsoll.Studies;

/// <summary>Runs an option over every draw: the same draw is the same world in each option.</summary>
/// <param name="cases">Market, site and finance.</param>
/// <param name="inputs">Uncertain numbers of every draw.</param>
/// <param name="rule">The rule of the verdict.</param>
/// <param name="threads">Threads, at least 1.</param>
public sealed class OptionRun(CaseRun cases, DrawInputs inputs, DecisionRule rule, int threads)
{
    /// <summary>Draws that are run.</summary>
    public int Draws { get; init; } = inputs.Draws;

    /// <summary>Runs an option.</summary>
    /// <param name="option">Which.</param>
    /// <param name="watch">Sees every draw that was computed; called from several threads, each draw once; null for none.</param>
    public OptionResult Run(StudyOption option, Action<int, CaseDraw>? watch = null)
    {
        var figures = Figures(option.Case, watch);
        return new OptionResult
        {
            Name = option.Name,
            Kind = option.Kind,
            Description = option.Description,
            Figures = figures,
            Credit = rule.Credit(figures, MeanLife(option.Case)),
            Equity = rule.Equity(figures),
        };
    }

    /// <summary>The figures of a case in every draw.</summary>
    public DrawFigures Figures(StudyCase study, Action<int, CaseDraw>? watch = null)
    {
        var figures = new DrawFigures(Draws);
        Parallel.For(
            0,
            Draws,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            draw =>
            {
                try
                {
                    var done = cases.Run(study, inputs.At(draw), draw);
                    figures.Record(draw, done.Outlook, done.Cash, rule.EquityHurdle, done.Built);
                    watch?.Invoke(draw, done);
                }
                catch (Exception e)
                    when (e is ArithmeticException or InvalidOperationException or ArgumentException
                    )
                {
                    figures.Fail(draw, cases.Market.Member(draw).Law.ToString(), e.Message);
                }
            }
        );
        return figures;
    }

    /// <summary>Mean life of a case's debt from the first draw, weighted by principal, years; 1 without debt.</summary>
    public static double MeanLife(StudyCase study)
    {
        var terms = CaseRun.Terms(study, n => n.Value, true);
        if (terms.Tranches.Count == 0)
        {
            return 1;
        }
        var plan = DebtPlan.Of(terms, study.Plan.Months);
        double weighted = 0,
            all = 0;
        var first = study.Plan.Months;
        for (var i = 0; i < plan.Principal.Length; i++)
        {
            for (var m = 0; m < study.Plan.Months; m++)
            {
                weighted += plan.Principal[i][m] * (m + 1);
                all += plan.Principal[i][m];
                first = plan.Draws[i][m] > 0 ? Math.Min(first, m) : first;
            }
        }
        return all > 0 ? Math.Max(1.0 / 12, ((weighted / all) - first) / 12) : 1;
    }
}

/// <summary>One course of action as a case to run.</summary>
/// <param name="Name">Its name, as printed.</param>
/// <param name="Kind">The verdict that choosing it would be.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Case">The case.</param>
public sealed record StudyOption(string Name, VerdictKind Kind, string Description, StudyCase Case);
