using Plimsoll.Decisions;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>One lease beside a centre's courses: what a course is with it, of some size and at some price, and the rent below which the best without it is worth more.</summary>
/// <param name="run">The first draws.</param>
/// <param name="plan">The centre without the lease.</param>
/// <param name="lease">The lease; its accelerators and price are tried, not read.</param>
/// <remarks>The same floor whether the lease is on the table or one that an owner may look for: a rent is worth what the course followed loses by it.</remarks>
internal sealed class LeaseTrial(OptionRun run, StudyCase plan, LeaseCase lease)
{
    /// <summary>A floor lies above no more than this multiple of the dearer of what is offered and quoted.</summary>
    public const double Dearest = 3;

    /// <summary>Share of the dearest price to which a floor is found.</summary>
    private const double Tolerance = 1.0 / 1024;

    private const int Steps = 16;

    /// <summary>A course with the lease; null where it is closed then.</summary>
    /// <param name="course">A course of the centre without it; letting what it has where it cannot be taken anew.</param>
    /// <param name="accelerators">Accelerators under the lease, more than 0.</param>
    /// <param name="price">Money per accelerator-hour, 0 or more.</param>
    public StudyOption? With(StudyOption course, double accelerators, double price)
    {
        var centre = plan with { Leases = [.. plan.Leases, Signed(accelerators, price)] };
        return course.Again is { } again
            ? again(centre) is { } taken
                ? taken with
                {
                    Again = again,
                }
                : null
            : course with
            {
                Case = centre,
            };
    }

    /// <summary>The price below which the best without the lease is worth more in the mean, money per accelerator-hour, 0 or more; NaN when it is worth more even at the dearest.</summary>
    /// <param name="courses">Courses without the lease that may be taken with it, at least one.</param>
    /// <param name="accelerators">Accelerators under the lease.</param>
    /// <param name="rival">What the best without it is worth on the same draws, money.</param>
    /// <param name="dearest">The dearest price searched, money per accelerator-hour, more than 0.</param>
    public double Floor(
        IReadOnlyList<StudyOption> courses,
        double accelerators,
        double rival,
        double dearest
    ) =>
        courses
            .Select(c =>
                Root(
                    p =>
                        With(c, accelerators, p) is { } with
                            ? Worth(run.Run(with)) - rival
                            : double.NegativeInfinity,
                    dearest
                )
            )
            .Where(double.IsFinite)
            .DefaultIfEmpty(double.NaN)
            .Min();

    /// <summary>The value compared: of the centre where it stands, outermost draws drawn in, else of equity, money.</summary>
    /// <param name="result">Of a course.</param>
    public double Worth(OptionResult result) => Worth(plan, result);

    /// <summary>The value compared: of the centre where it stands, outermost draws drawn in, else of equity, money.</summary>
    /// <param name="plan">The centre.</param>
    /// <param name="result">Of a course.</param>
    public static double Worth(StudyCase plan, OptionResult result) =>
        plan.Standing ? result.RobustProjectNpv.Mean : result.MeanEquityNpv;

    private LeaseCase Signed(double accelerators, double price) =>
        lease with
        {
            OnTable = true,
            Terms = lease.Terms with { Accelerators = accelerators, PricePerGpuHour = price },
        };

    /// <summary>Where a gain that rises with the price, nearly in a straight line, turns from loss; by false position, the end that stays weighted down (Illinois); NaN where the dearest is a loss.</summary>
    /// <param name="gain">What is gained at a price.</param>
    /// <param name="dearest">The dearest price, more than 0.</param>
    public static double Root(Func<double, double> gain, double dearest)
    {
        double low = 0,
            high = dearest,
            above = gain(high);
        if (!(above >= 0) || !double.IsFinite(above))
        {
            return double.NaN;
        }
        var below = gain(low);
        if (below >= 0)
        {
            return 0;
        }
        var side = 0;
        for (var k = 0; k < Steps && high - low > Tolerance * dearest; k++)
        {
            var at = high - (above * (high - low) / (above - below));
            var value = gain(at);
            if (Math.Abs(value) <= 1e-9 * (above - below))
            {
                return at;
            }
            if (value > 0)
            {
                (high, above) = (at, value);
                below = side > 0 ? 0.5 * below : below;
                side = 1;
            }
            else
            {
                (low, below) = (at, value);
                above = side < 0 ? 0.5 * above : above;
                side = -1;
            }
        }
        return high;
    }
}
