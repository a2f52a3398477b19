using Plimsoll.Outlooks;

namespace Plimsoll.Portfolios;

/// <summary>What another centre of the portfolio loses to an applicant; less than 0 is what it gains.</summary>
/// <param name="Centre">The other centre.</param>
/// <param name="Hours">Accelerator-hours that it sells less, mean of the draws.</param>
/// <param name="FillWithout">Share of its installed hours sold without the applicant.</param>
/// <param name="FillWith">The same with it.</param>
/// <param name="RentWithout">Rent that it obtains without the applicant, median of the draws, money an accelerator-hour.</param>
/// <param name="RentWith">The same with it.</param>
public sealed record CrowdedOut(
    string Centre,
    double Hours,
    double FillWithout,
    double FillWith,
    double RentWithout,
    double RentWith
);

/// <summary>What an applicant takes from whom when everything else is built and kept: all centres cleared with it and without it, draw by draw.</summary>
/// <param name="Applicant">The planned centre.</param>
/// <param name="Hours">Accelerator-hours that it sells, mean of the draws.</param>
/// <param name="FromOthers">Of these, hours that the other centres of the portfolio lose; the rest comes from the market outside and from demand that lower rents call forth.</param>
/// <param name="OthersWorth">What it costs the others in worth, extremes cut, money; less than 0 is a gain.</param>
/// <param name="Draws">Draws looked at.</param>
/// <param name="Losers">The other centres, those that lose most first, three at most; none where nobody loses a thousandth of its hours.</param>
public sealed record CrowdingOut(
    string Applicant,
    double Hours,
    double FromOthers,
    double OthersWorth,
    int Draws,
    IReadOnlyList<CrowdedOut> Losers
)
{
    /// <summary>Accelerator-hours in real use that it brings, mean of the draws.</summary>
    public required double UsefulHours { get; init; }

    /// <summary>Money at the start that would carry it, before finance at the hurdle, in half of the draws: what its median present value lacks; 0 when it lacks nothing.</summary>
    public required double Shortfall { get; init; }

    /// <summary>The same in nine draws of ten.</summary>
    public required double ShortfallMostly { get; init; }

    /// <summary>Worth to the public of an hour in real use beyond its rent, money: the most that is worth paying for one.</summary>
    public required double HourWorth { get; init; }

    /// <summary>The shortfall paid on use: money an hour in real use; infinite where none is expected.</summary>
    public double PerUsefulHour =>
        Shortfall <= 0 ? 0
        : UsefulHours > 0 ? Shortfall / UsefulHours
        : double.PositiveInfinity;

    /// <summary>True when what carries it costs no more an hour in real use than such an hour is worth.</summary>
    public bool WorthSupporting => PerUsefulHour <= HourWorth;

    /// <summary>Draws that are cleared with each applicant and without it.</summary>
    private const int MostDraws = 60;

    /// <summary>Applicants that are looked at, largest first.</summary>
    private const int MostApplicants = 12;

    private const int MostLosers = 3;

    /// <summary>Share of the applicant's hours below which nobody is said to lose to it.</summary>
    private const double Slight = 1e-3;

    /// <summary>One entry for every applicant; none where nothing can be refused.</summary>
    /// <param name="draws">The joint draws.</param>
    /// <param name="context">How to run it.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal static IReadOnlyList<CrowdingOut> Of(PortfolioDraws draws, RunContext context)
    {
        var centres = draws.Portfolio.Centres;
        var applicants = Enumerable
            .Range(0, centres.Count)
            .Where(c => ProvenChanges.Idle(draws, c) != 0)
            .OrderByDescending(c => centres[c].Accelerators)
            .ThenBy(c => centres[c].Name, StringComparer.Ordinal)
            .Take(MostApplicants)
            .ToList();
        if (applicants.Count == 0 || centres.Count < 2)
        {
            return [];
        }
        var count = Math.Min(MostDraws, draws.Draws);
        var all = PortfolioPlan.KeepAll(centres.Count);
        var with = draws.Run(all, context, true, count);
        var found = new List<CrowdingOut>();
        foreach (var (i, c) in applicants.Index())
        {
            context.Report("who takes what from whom", (double)i / applicants.Count);
            var without = draws.Run(
                all.With(c, ProvenChanges.Idle(draws, c)),
                context,
                true,
                count
            );
            found.Add(Of(draws, c, with, without));
        }
        return found;
    }

    private static CrowdingOut Of(
        PortfolioDraws draws,
        int applicant,
        PlanFigures with,
        PlanFigures without
    )
    {
        var portfolio = draws.Portfolio;
        int[] sound =
        [
            .. Enumerable
                .Range(0, with.Draws)
                .Where(d => with.Failure[d] is null && without.Failure[d] is null),
        ];
        double Mean(double[] of) => sound.Length > 0 ? sound.Average(d => of[d]) : double.NaN;
        double Middle(double[] of) =>
            DrawSpread.Of([.. sound.Select(d => of[d]).Where(double.IsFinite)]).Middle;
        int[] others = [.. Enumerable.Range(0, with.Centres.Count).Where(c => c != applicant)];
        var lost = others.ToDictionary(
            c => c,
            c => Mean(without.Centres[c].SoldHours) - Mean(with.Centres[c].SoldHours)
        );
        double[] worth =
        [
            .. sound.Select(d =>
                others.Sum(c => without.Centres[c].Value[d] - with.Centres[c].Value[d])
            ),
        ];
        var own = DrawSpread.Of([.. sound.Select(d => with.Centres[applicant].ProjectNpv[d])]);
        return new CrowdingOut(
            portfolio.Centres[applicant].Name,
            Mean(with.Centres[applicant].SoldHours),
            lost.Values.Sum(),
            CutMean.Of(worth).Mean,
            sound.Length,
            [
                .. others
                    .Where(c => lost[c] > Slight * Mean(with.Centres[applicant].SoldHours))
                    .OrderByDescending(c => lost[c])
                    .ThenBy(c => portfolio.Centres[c].Name, StringComparer.Ordinal)
                    .Take(MostLosers)
                    .Select(c => new CrowdedOut(
                        portfolio.Centres[c].Name,
                        lost[c],
                        Mean(without.Centres[c].SoldHours)
                            / Mean(without.Centres[c].InstalledHours),
                        Mean(with.Centres[c].SoldHours) / Mean(with.Centres[c].InstalledHours),
                        Middle(without.Centres[c].Study!.Rent),
                        Middle(with.Centres[c].Study!.Rent)
                    )),
            ]
        )
        {
            UsefulHours = Mean(with.Centres[applicant].UsefulHours),
            Shortfall = Math.Max(0, -own.Middle),
            ShortfallMostly = Math.Max(0, -own.Low),
            HourWorth = draws.UsefulHour[applicant],
        };
    }
}
