using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>An owner's courses on the first draws under other rents, second-hand prices or power, all else as it was; each is cleared once.</summary>
/// <param name="run">The first draws.</param>
/// <param name="courses">The courses, holding first.</param>
internal sealed class MovedCourses(OptionRun run, IReadOnlyList<StudyOption> courses)
{
    private readonly Lazy<PhysicalDraws[]> _held = new(() =>
        [.. courses.Select(c => run.Physical(c.Case))]
    );

    private readonly Dictionary<
        (double Rent, double Resale, double Power),
        IReadOnlyList<OptionResult>
    > _known = [];

    /// <summary>Name of the course that would be followed.</summary>
    /// <param name="moved">What multiplies every rent, those under contract too; second-hand prices; the cost of electricity.</param>
    public string Followed((double Rent, double Resale, double Power) moved) =>
        OwnerRanking.Of(At(moved)).Followed.Name;

    /// <summary>The courses with their draws.</summary>
    /// <param name="moved">What multiplies every rent, those under contract too; second-hand prices; the cost of electricity.</param>
    public IReadOnlyList<OptionResult> At((double Rent, double Resale, double Power) moved)
    {
        if (!_known.TryGetValue(moved, out var results))
        {
            _known[moved] = results = [
                .. courses.Select(
                    (c, i) =>
                        run.Result(
                            c,
                            run.Money(
                                _held.Value[i],
                                c.Case,
                                p => Moved(p, moved.Rent, moved.Resale, moved.Power),
                                depth: FigureDepth.Worth
                            )
                        )
                ),
            ];
        }
        return results;
    }

    /// <summary>What each course is worth before finance, winsorised mean, money.</summary>
    /// <param name="rent">Multiplies every rent, those under contract too.</param>
    public double[] Worths(double rent) =>
        [
            .. courses.Select(
                (c, i) =>
                    run.Result(
                        c,
                        // With no debt the money is that before finance.
                        run.Money(
                            _held.Value[i],
                            c.Case.WithoutDebt(),
                            p => Moved(p, rent, 1, 1),
                            depth: FigureDepth.Tests
                        )
                    ).RobustProjectNpv.Mean
            ),
        ];

    /// <summary>The courses, holding first.</summary>
    public IReadOnlyList<StudyOption> Courses => courses;

    /// <summary>Second-hand price of an accelerator when the outlook starts, mean of the draws, money.</summary>
    public double Resale =>
        _held
            .Value[0]
            .Kept.OfType<CasePhysical>()
            .Select(k => k.Outlook.Physical.ResalePrice.FirstOrDefault(v => v > 0))
            .DefaultIfEmpty(0)
            .Average();

    /// <summary>Price of electricity, money per kWh.</summary>
    public double Tariff => courses[0].Case.Site.Tariff.Value;

    private static CasePhysical Moved(CasePhysical p, double rent, double resale, double power)
    {
        var o = CaseCosts.Priced(p.Outlook.Physical, rent);
        return p with
        {
            Outlook = p.Outlook with
            {
                Physical = o with
                {
                    ResalePrice = [.. o.ResalePrice.Select(v => v * resale)],
                    SaleProceeds = [.. o.SaleProceeds.Select(v => v * resale)],
                    Costs = [.. o.Costs.Select(c => Scaled(c, power))],
                },
            },
        };
    }

    private static CostSplit Scaled(CostSplit cost, double power) =>
        cost.Name.StartsWith("electricity", StringComparison.Ordinal)
            ? new CostSplit(
                cost.Name,
                [.. cost.AvoidableWhenDark.Select(v => v * power)],
                [.. cost.AvoidableOnClosing.Select(v => v * power)],
                [.. cost.Sunk.Select(v => v * power)]
            )
            : cost;
}
