using System.Globalization;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>Leases that stand for tenants known only as a whole: in equal parts that end one after the other about the mean months left.</summary>
internal static class PresentLeases
{
    /// <summary>Ends of the parts over the mean months left: spread evenly from soon to twice the mean.</summary>
    private static readonly double[] _ends = [1.0 / 3, 1, 5.0 / 3];

    /// <summary>Most of a centre that can be let; the rest is under repair. The same as where a cloud leases all.</summary>
    private const double MostLet = 0.97;

    /// <summary>Months that such contracts have run; they bind whatever that is.</summary>
    private const int MonthsRun = 6;

    private static readonly double _hazard = Default("signed[].monthly_breach_hazard");
    private static readonly double _takeOrPay = Default("signed[].take_or_pay");

    private static double Default(string path) =>
        double.Parse(StudyInputs.Table().Row(path).Default!, CultureInfo.InvariantCulture);

    /// <summary>The case with its listed leases and these in place of those of an earlier call.</summary>
    /// <param name="study">The case, sized as it is to run.</param>
    /// <param name="tenants">Who they are.</param>
    /// <param name="share">Share of the centre's accelerators that is let, listed leases included.</param>
    /// <param name="price">Money for one accelerator-hour, more than 0.</param>
    /// <param name="monthsLeft">Mean months that they still run.</param>
    public static StudyCase In(
        StudyCase study,
        PresentTenants tenants,
        double share,
        double price,
        double monthsLeft
    )
    {
        var listed = study.Leases.Where(l => !IsOne(l, tenants)).ToList();
        var signed = listed.Sum(l => l.Terms.Accelerators);
        var here = study.Fleets.Where(f => f.Online <= study.Plan.Start).Sum(f => f.Accelerators);
        // A lease to a cloud, taken by an action, leaves these their room: they came first.
        var before = listed
            .Where(l => l.Terms.MonthsRun > 0 || l.BreachHazard is not null)
            .Sum(l => l.Terms.Accelerators);
        var room = Math.Max(0, (MostLet * study.Accelerators) - signed);
        var more = Math.Min(room, Math.Max(0, (Math.Clamp(share, 0, MostLet) * here) - before));
        if (more < 1)
        {
            return study with { Leases = listed };
        }
        return study with
        {
            Leases =
            [
                .. listed,
                .. _ends.Select(
                    (end, i) =>
                        new LeaseCase(
                            new SignedLease(
                                Name(tenants, i),
                                more / _ends.Length,
                                price,
                                MonthsRun + Math.Max(1, (int)Math.Round(end * monthsLeft)),
                                _takeOrPay,
                                0,
                                _hazard
                            )
                            {
                                MonthsRun = MonthsRun,
                            },
                            null
                        )
                ),
            ],
        };
    }

    private static string Name(PresentTenants tenants, int part) =>
        $"{tenants.Tenant} ({part + 1})";

    private static bool IsOne(LeaseCase lease, PresentTenants tenants) =>
        Enumerable.Range(0, _ends.Length).Any(i => lease.Terms.Tenant == Name(tenants, i));
}
