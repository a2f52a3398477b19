using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Searches;

/// <summary>The rent at which another course of an owner is worth as much as the one that is followed.</summary>
/// <param name="Course">The other course.</param>
/// <param name="Against">The course followed.</param>
/// <param name="Factor">Multiple of every rent, those under contract too, at which the two change places; NaN where they do not between a quarter and four times.</param>
/// <param name="RentPerGpuHour">That multiple of the quote when the outlook starts, money per accelerator-hour; NaN without either.</param>
/// <param name="BetterAbove">True when the other course is worth more above it.</param>
public sealed record BreakEvenRent(
    string Course,
    string Against,
    double Factor,
    double RentPerGpuHour,
    bool BetterAbove
)
{
    private static readonly double[] _factors = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

    /// <summary><see cref="Course"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Course);

    /// <summary><see cref="Against"/> in the words of any language.</summary>
    public Phrase AgainstTitle { get; init; } = Phrase.Of("name", Against);

    /// <summary>In one sentence; <paramref name="currency"/> is the code of the study's currency.</summary>
    public Phrase Said(string currency) =>
        double.IsNaN(Factor)
            ? Phrase.Of("breakeven.none", Title, AgainstTitle)
            : Phrase.Of(
                BetterAbove ? "breakeven.above" : "breakeven.below",
                Title,
                AgainstTitle,
                RentPerGpuHour,
                Words.Measure(currency),
                Factor
            );

    /// <summary>One a course other than the one followed, the nearest to today's rent first; those that never change places last.</summary>
    /// <param name="courses">The courses on the first draws.</param>
    /// <param name="followed">Name of the course followed.</param>
    /// <param name="quote">Quote when the outlook starts, money per accelerator-hour.</param>
    /// <remarks>Values before finance, winsorised means on the same draws, at nine multiples of rent; straight between them. What is let, dark and sold stays as it was.</remarks>
    internal static IReadOnlyList<BreakEvenRent> Of(
        MovedCourses courses,
        string followed,
        double quote
    )
    {
        if (courses.Courses.FirstOrDefault(o => o.Name == followed) is not { } taken)
        {
            return [];
        }
        var values = _factors.Select(courses.Worths).ToArray();
        var place = courses.Courses.Index().First(o => ReferenceEquals(o.Item, taken)).Index;
        return
        [
            .. courses
                .Courses.Index()
                .Where(o => o.Index != place)
                .Select(o =>
                {
                    double[] more = [.. values.Select(v => v[o.Index] - v[place])];
                    var (factor, above) = Crossing(more);
                    return new BreakEvenRent(o.Item.Name, followed, factor, factor * quote, above)
                    {
                        Title = o.Item.Title,
                        AgainstTitle = taken.Title,
                    };
                })
                .OrderBy(b => double.IsNaN(b.Factor) ? double.PositiveInfinity : Far(b.Factor)),
        ];
    }

    /// <summary>Where a difference changes its sign, the nearest to today's rents; and whether it is positive above.</summary>
    internal static (double Factor, bool Above) Crossing(IReadOnlyList<double> more)
    {
        var found = (Factor: double.NaN, Above: false);
        for (var i = 1; i < _factors.Length; i++)
        {
            var (low, high) = (more[i - 1], more[i]);
            // A difference that is nothing on either side of a step is no change of places.
            if (!(low * high < 0) && !(low != 0 && high == 0))
            {
                continue;
            }
            var factor = _factors[i - 1] + ((_factors[i] - _factors[i - 1]) * low / (low - high));
            if (double.IsNaN(found.Factor) || Far(factor) < Far(found.Factor))
            {
                found = (factor, low < 0);
            }
        }
        return found;
    }

    private static double Far(double factor) => Math.Abs(Math.Log(factor));
}
