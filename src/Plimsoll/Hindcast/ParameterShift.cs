using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>One parameter before and after the data.</summary>
/// <param name="Prior">Before.</param>
/// <param name="P10">10 % point of the members.</param>
/// <param name="P50">Middle.</param>
/// <param name="P90">90 % point.</param>
/// <param name="Width">Width of the 80 % interval over the prior's, in the scale of the parameter.</param>
/// <param name="Shift">Move of the middle in standard deviations of the prior.</param>
public sealed record ParameterShift(
    Prior Prior,
    double P10,
    double P50,
    double P90,
    double Width,
    double Shift
)
{
    /// <summary>An interval a fifth narrower, or a middle moved by half a deviation: less is within the noise of some hundred members.</summary>
    public bool Moved => Width < 0.8 || Math.Abs(Shift) > 0.5;

    /// <summary>All fitted parameters of an ensemble, laws and links pooled.</summary>
    public static IReadOnlyList<ParameterShift> Of(Ensemble ensemble)
    {
        var weights = ensemble.Members.Select(m => m.Weight).ToArray();
        return
        [
            .. ensemble
                .Priors.Where(p => p.Parameter < Prior.FirstFuture)
                .Select(p =>
                {
                    var fan = WeightedSample.Of(
                        [.. ensemble.Members.Select(m => m.Values[(int)p.Parameter])],
                        weights
                    );
                    var (low, middle, high) = (
                        fan.Quantile(0.1),
                        fan.Quantile(0.5),
                        fan.Quantile(0.9)
                    );
                    var width = p.Scaled(p.High, p.Low);
                    return new ParameterShift(
                        p,
                        low,
                        middle,
                        high,
                        p.Scaled(high, low) / width,
                        p.Scaled(middle, p.Median) / (width / 2.563)
                    );
                }),
        ];
    }
}
