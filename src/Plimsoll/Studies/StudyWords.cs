using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Conventions and limits of an answer in plain words.</summary>
internal static class StudyWords
{
    /// <summary>A day written yyyy-MM-dd, to be said in any language; as written where it is none.</summary>
    public static object Day(string written) =>
        DateOnly.TryParseExact(
            written,
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out var day
        )
            ? day
            : written;

    /// <summary>How figures are to be read.</summary>
    public static IReadOnlyList<Phrase> Conventions(StudyReader reader, StudyCase plan)
    {
        var list = new List<Phrase>
        {
            Phrase.Of("convention.money", reader.Currency.Code),
            Phrase.Of("convention.bad"),
            Phrase.Of("convention.fill"),
            Phrase.Of("convention.discount", reader.Rule().EquityHurdle),
            Phrase.Of("convention.empty"),
        };
        if (plan.Loan is { } loan)
        {
            list.Add(
                Phrase.Of("convention.cover", plan.Terms.TestEveryMonths, plan.Terms.CureMonths)
            );
            list.Add(Phrase.Of("convention.loan", loan.Rate));
            list.Add(Phrase.Of("convention.closed"));
        }
        if (plan.Standing)
        {
            list.Add(Phrase.Of("convention.standing"));
            list.Add(Phrase.Of("convention.opening"));
        }
        return list;
    }

    /// <summary>Share of the best layout's rate below which it is told that few accelerators serve less.</summary>
    private const double LeastTold = 0.95;

    /// <summary>What the answer does not know.</summary>
    public static IReadOnlyList<Phrase> Limits(
        StudyCase plan,
        MarketRun market,
        IReadOnlyList<TornadoBar> tornado,
        DrawFigures figures
    )
    {
        var list = new List<Phrase>
        {
            market.Ensemble.Fitted
                ? Phrase.Of("limit.fitted", Day(market.Ensemble.DataTo))
                : Phrase.Of("limit.unfitted"),
        };
        foreach (var conflict in (market.Levels?.Conflicts ?? []).Take(3))
        {
            var (first, second) = (conflict.Earlier.Quote, conflict.Later.Quote);
            list.Add(
                Phrase.Of(
                    "limit.conflict",
                    first.Accelerator,
                    first.PerGpuHour,
                    first.Date,
                    first.Source,
                    second.PerGpuHour,
                    second.Date,
                    second.Source
                )
            );
        }
        foreach (var (chip, gap) in market.CurveGap)
        {
            list.Add(Phrase.Of("limit.curve", chip, 100 * (Math.Exp(gap[^1]) - 1)));
        }
        foreach (
            var (point, gap) in market.AppraisalGap(
                CaseRun.Entry(plan, new Dictionary<string, double>()).Plan
            )
        )
        {
            list.Add(
                Phrase.Of(
                    "limit.appraisal",
                    point.Accelerator,
                    point.Month,
                    point.Price,
                    100 * (Math.Exp(gap) - 1)
                )
            );
        }
        var share = TornadoRun.GradeDShare(tornado);
        if (!double.IsNaN(share))
        {
            list.Add(Phrase.Of("limit.own", share));
        }
        foreach (
            var served in plan
                .Fleets.Select(f => f.Served)
                .OfType<ServedFleet>()
                .DistinctBy(s => s.Words, StringComparer.Ordinal)
        )
        {
            list.Add(
                Phrase.Of(
                    "limit.served",
                    served.Said,
                    served.Goodput.Value,
                    served.Goodput.Low,
                    served.Goodput.High
                )
            );
            if (
                served.Goodput.Value > 0
                && served.Units.Steps is [{ Share: < LeastTold } first, ..]
            )
            {
                list.Add(
                    Phrase.Of("limit.served.units", first.Accelerators, first.Share, served.Said)
                );
            }
        }
        if (plan.Leases.Count == 0)
        {
            list.Add(Phrase.Of("limit.unsigned"));
        }
        if (Assumed(plan.Leases) is { } assumed)
        {
            list.Add(assumed);
        }
        var failed = figures.Draws - figures.Sound.Length;
        if (failed > 0)
        {
            list.Add(Phrase.Of("limit.failed", failed, figures.Draws));
        }
        list.Add(Phrase.Of("limit.unseen"));
        return list;
    }

    /// <summary>What of the leases the file does not know and the answer takes instead; null where all is known.</summary>
    public static Phrase? Assumed(IReadOnlyList<LeaseCase> leases)
    {
        var list = new List<Phrase>();
        foreach (var lease in leases)
        {
            var terms = lease.Terms;
            if (lease.Assumed.Contains("price_per_gpu_hour") && lease.Price is { } price)
            {
                list.Add(
                    Phrase.Of("assumed.price", terms.Tenant, price.Value, price.Low, price.High)
                );
            }
            if (lease.Assumed.Contains("tenor") || lease.Assumed.Contains("months_run"))
            {
                list.Add(
                    Phrase.Of(
                        "assumed.left",
                        terms.Tenant,
                        Math.Max(0, terms.TenorMonths - terms.MonthsRun)
                    )
                );
            }
        }
        return list.Count == 0
            ? null
            : Phrase.Of(
                "limit.assumed",
                list.Aggregate((a, b) => Phrase.Of("list.semicolon", a, b))
            );
    }
}
