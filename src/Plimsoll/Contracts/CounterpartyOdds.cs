using Plimsoll.Sampling;

namespace Plimsoll.Contracts;

/// <summary>How often a counterparty fails, made ready once and drawn from many times.</summary>
/// <remarks>
/// A default intensity that moves with the credit factor, as in Cox processes (Lando 1998):
/// <c>lambda * exp(-loading * z - loading^2 / 2)</c> a month. Lambda is such that the odds of default within a first year,
/// with the factor still, equal the stated yearly rate. The counterparty fails in the month in which the sum of intensities passes
/// a unit exponential that depends on (seed, draw, name) alone. One that is behind with its rent has a higher intensity in the first twelve months.
/// </remarks>
public sealed class CounterpartyOdds
{
    private const int Year = 12;
    private const double Reach = 8;
    private const int Steps = 320;
    private readonly double _lambda;
    private readonly double _loading;
    private readonly double _firstYear;
    private readonly EntityId _entity;
    private readonly CounterpartyOdds? _guarantor;
    private readonly CounterpartyOdds? _parent;

    private CounterpartyOdds(Counterparty of)
    {
        Counterparty = of;
        _entity = EntityId.Of("counterparty " + of.Name.Trim());
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(of.FirstYearFactor);
        (_lambda, _loading) = Intensity(of);
        _firstYear = of.FirstYearFactor;
        _guarantor = of.Guarantor is { } g ? new CounterpartyOdds(g) : null;
        _parent = of.Parent is { } p ? new CounterpartyOdds(p) : null;
    }

    /// <summary>Makes ready.</summary>
    /// <param name="of">The counterparty, its guarantor and parent with it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate, hazard or loading out of its range.</exception>
    public static CounterpartyOdds Of(Counterparty of) => new(of);

    /// <summary>Who.</summary>
    public Counterparty Counterparty { get; }

    /// <summary>Its path in one draw: the same wherever it appears.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="factor">Credit factor of the draw.</param>
    /// <param name="months">Months looked at, from month 0.</param>
    public CounterpartyPath Draw(ulong seed, int draw, CreditFactor factor, int months)
    {
        var own = Fails(seed, draw, factor, months);
        var taken = _parent?.Draw(seed, draw, factor, months).DefaultMonth ?? int.MaxValue;
        var failed = Math.Min(own, taken);
        var held = _guarantor?.Draw(seed, draw, factor, months).DefaultMonth ?? 0;
        return new CounterpartyPath(Counterparty.Name, failed, Math.Max(failed, held));
    }

    /// <summary>Odds that it fails and nobody pays in its place within some months, over all states of the factor held still; 0 to 1.</summary>
    /// <param name="months">0 or more.</param>
    public double Within(int months) =>
        Mean(z =>
        {
            var own = Survival(z, months) * (_parent?.Survival(z, months) ?? 1);
            var lost = 1 - own;
            return _guarantor is null ? lost : lost * (1 - _guarantor.Survival(z, months));
        });

    private int Fails(ulong seed, int draw, CreditFactor factor, int months)
    {
        if (_lambda <= 0)
        {
            return int.MaxValue;
        }
        var stream = RandomStream.Keyed(seed, draw, _entity, Purpose.Contracts);
        var left = -Math.Log(stream.NextOpenUniform());
        for (var m = 0; m < months; m++)
        {
            left -= _lambda * (m < Year ? _firstYear : 1) * Tilt(_loading, factor.At(m));
            if (left <= 0)
            {
                return m;
            }
        }
        return int.MaxValue;
    }

    private double Survival(double z, int months) =>
        _lambda <= 0 || months <= 0
            ? 1
            : Math.Exp(
                -_lambda
                    * Tilt(_loading, z)
                    * (months + ((_firstYear - 1) * Math.Min(months, Year)))
            );

    private static (double Lambda, double Loading) Intensity(Counterparty of)
    {
        var loading = of.Loading;
        ArgumentOutOfRangeException.ThrowIfNegative(loading);
        if (of.MonthlyHazard is { } hazard)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(hazard);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(hazard, 1);
            return Solved(hazard, 1, loading);
        }
        var yearly =
            of.YearlyDefaultRate ?? (of.Class is { } c ? CreditTerms.Of(c).YearlyDefaultRate : 0);
        ArgumentOutOfRangeException.ThrowIfNegative(yearly);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yearly, 1);
        return Solved(yearly, 12, loading);
    }

    /// <summary>The intensity at which the odds within some months, averaged over the factor, are those stated.</summary>
    private static (double Lambda, double Loading) Solved(double odds, int months, double loading)
    {
        if (odds <= 0)
        {
            return (0, loading);
        }
        if (odds >= 1)
        {
            return (double.PositiveInfinity, 0);
        }
        if (loading == 0)
        {
            // Nothing moves the intensity: in closed form, and at once for a hazard drawn anew in every draw.
            return (-Math.Log(1 - odds) / months, 0);
        }
        double low = 0,
            high = -Math.Log(1 - odds) / months;
        while (Odds(high) < odds)
        {
            high *= 2;
        }
        for (var i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Odds(middle) < odds ? (middle, high) : (low, middle);
        }
        return (high, loading);

        double Odds(double lambda) => Mean(z => 1 - Math.Exp(-lambda * Tilt(loading, z) * months));
    }

    private static double Tilt(double loading, double z) =>
        Math.Exp((-loading * z) - (0.5 * loading * loading));

    /// <summary>Mean over a standard normal, by the trapezoidal rule, which is exact to rounding for smooth functions.</summary>
    private static double Mean(Func<double, double> of)
    {
        double sum = 0,
            weight = 0;
        for (var i = 0; i <= Steps; i++)
        {
            var z = -Reach + (2 * Reach * i / Steps);
            var w = Math.Exp(-0.5 * z * z);
            sum += w * of(z);
            weight += w;
        }
        return sum / weight;
    }
}
