using MathNet.Numerics.Distributions;

namespace Plimsoll.Market;

/// <summary>What is believed of a parameter before any target is seen.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Median">Middle.</param>
/// <param name="Low">10 % point.</param>
/// <param name="High">90 % point.</param>
/// <param name="Scale">How its spread is shaped and what bounds it.</param>
/// <param name="Source">Why this range.</param>
public sealed record Prior(
    Parameter Parameter,
    double Median,
    double Low,
    double High,
    PriorScale Scale,
    string Source
)
{
    private readonly double _middle = Scaled(Scale, Median);
    private readonly double _below = (Scaled(Scale, Median) - Scaled(Scale, Low)) / Z90;
    private readonly double _above = (Scaled(Scale, High) - Scaled(Scale, Median)) / Z90;

    /// <summary>90 % point of the standard normal.</summary>
    private const double Z90 = 1.2815515655446004;

    /// <summary>Number of parameters.</summary>
    public static int Count { get; } = Enum.GetValues<Parameter>().Length;

    /// <summary>The first parameter that speaks of the time after the vintage.</summary>
    public static Parameter FirstFuture => Parameter.TokenGrowth;

    /// <summary>The value below which a share of the belief lies.</summary>
    /// <param name="p">In (0, 1).</param>
    public double Quantile(double p) => OfNormal(Normal.InvCDF(0, 1, p));

    /// <summary>The value at a point of the standard normal: halves of a normal joined at the median, in the scale of the parameter.</summary>
    public double OfNormal(double z)
    {
        var x = _middle + (z * (z < 0 ? _below : _above));
        return Scale switch
        {
            PriorScale.Positive => Math.Exp(x),
            PriorScale.Share => 1 / (1 + Math.Exp(-x)),
            _ => x,
        };
    }

    /// <summary>Distance of two values in the scale of the parameter: plain, of logs, or of log odds.</summary>
    public double Scaled(double high, double low) => Scaled(Scale, high) - Scaled(Scale, low);

    /// <summary>Lowest and highest value that an input may give the parameter: far beyond belief, but not absurd.</summary>
    /// <remarks>A share lies from 0 to 1; a positive one within ten times the median or four deviations; any other within six deviations, on the side of 0 on which it is believed to lie.</remarks>
    public (double Low, double High) Bounds =>
        Scale switch
        {
            PriorScale.Share when Parameter == Parameter.NaturalVacancy => (0.01, 0.9),
            PriorScale.Share => (0, 1),
            PriorScale.Positive => (
                MayBeZero(Parameter) ? 0 : Math.Min(Median / 10, OfNormal(-4)),
                Math.Max(Median * 10, OfNormal(4))
            ),
            _ => (
                Low > 0 ? Math.Max(0, OfNormal(-6)) : OfNormal(-6),
                High < 0 ? Math.Min(0, OfNormal(6)) : OfNormal(6)
            ),
        };

    /// <summary>Amounts and rates without which the model still runs; times, prices and sizes it divides by.</summary>
    private static bool MayBeZero(Parameter parameter) =>
        parameter
            is Parameter.CapacityStart
                or Parameter.ProjectsStart
                or Parameter.BaseOrders
                or Parameter.Imitation
                or Parameter.RentNoise
                or Parameter.PriceToRent
                or Parameter.WorldPull
                or Parameter.TrainingStart
                or Parameter.SmallStart
                or Parameter.ExitRate
                or Parameter.TakeoverRate;

    /// <summary>Parameters that are amounts of the market's money.</summary>
    internal static IReadOnlySet<Parameter> Money { get; } =
        new HashSet<Parameter>
        {
            Parameter.RentStart,
            Parameter.ReferenceRent,
            Parameter.AvoidableCost,
            Parameter.ServerCost,
        };

    /// <summary>Parameters that are as large as the market.</summary>
    internal static IReadOnlySet<Parameter> Sizes { get; } =
        new HashSet<Parameter>
        {
            Parameter.TrainingStart,
            Parameter.SmallStart,
            Parameter.CapacityStart,
            Parameter.ProjectsStart,
            Parameter.BaseOrders,
        };

    /// <summary>The same prior of a quantity that is a multiple of this one.</summary>
    internal Prior Times(double factor) =>
        new(Parameter, Median * factor, Low * factor, High * factor, Scale, Source);

    /// <summary>Priors of a market, in the order of the parameters.</summary>
    /// <param name="market">china or us.</param>
    /// <exception cref="ArgumentException">Another market.</exception>
    public static IReadOnlyList<Prior> Of(string market) =>
        market switch
        {
            "china" => ChinaPriors.All,
            "us" => UnitedStatesPriors.All,
            _ => throw new ArgumentException(
                $"No market '{market}'; there are china and us.",
                nameof(market)
            ),
        };

    private static double Scaled(PriorScale scale, double x) =>
        scale switch
        {
            PriorScale.Positive => Math.Log(x),
            PriorScale.Share => Math.Log(x / (1 - x)),
            _ => x,
        };
}

/// <summary>Shape and bounds of a prior.</summary>
public enum PriorScale
{
    /// <summary>Any number: split normal.</summary>
    Real,

    /// <summary>More than 0: split normal of the log.</summary>
    Positive,

    /// <summary>Between 0 and 1: split normal of the log odds.</summary>
    Share,
}
