using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Catalog;

/// <summary>What the catalogue, or the rest of a file, knows of a kind of amount: the range in which it usually lies.</summary>
/// <param name="Low">Low end, above 0.</param>
/// <param name="High">High end.</param>
/// <param name="Unit">In words: <c>CNY</c>, <c>kW</c>.</param>
/// <param name="Of">What it is the range of, with its place.</param>
public sealed record UsualAmount(double Low, double High, string Unit, string Of)
{
    /// <summary>Times outside the range from which an amount is warned of.</summary>
    public const double Doubtful = 5;

    /// <summary>Times outside the range from which an amount is refused.</summary>
    public const double Absurd = 100;

    /// <summary>Times above the high end from which an amount of this kind is refused.</summary>
    public double AbsurdAbove { get; init; } = Absurd;

    /// <summary>Times above the high end from which an amount of this kind is warned of.</summary>
    public double DoubtfulAbove { get; init; } = Doubtful;

    /// <summary>Times above the high end from which it is warned of where one slip would bring it into the range.</summary>
    public double SlipAbove { get; init; } = Doubtful;

    /// <summary>What such an amount most often is, above 0, where the middle of a wide range says little; NaN for that middle. Of several slips the one that brings the amount nearest to it is named.</summary>
    public double Typical { get; init; } = double.NaN;

    /// <summary>Times below the low end from which an amount of this kind is warned of.</summary>
    public double DoubtfulBelow { get; init; } = Doubtful;

    /// <summary>A finding when the number lies far outside, with the slip that would explain it; null when it does not, or is 0.</summary>
    /// <param name="number">As the file gives it; its own range counts for the warning.</param>
    /// <param name="slips">Slips of this kind of number.</param>
    /// <param name="refuse">False for a number that is never refused, however far outside.</param>
    public Finding? Judge(
        InputNumber number,
        IReadOnlyList<LikelySlip.Slip> slips,
        bool refuse = true
    )
    {
        if (!(number.Value > 0) || !(Low > 0) || !(High >= Low))
        {
            return null;
        }
        var times =
            number.Value > High ? number.Value / High
            : number.Value < Low ? Low / number.Value
            : 1;
        var absurd = refuse && times > (number.Value > High ? AbsurdAbove : Absurd);
        var doubtful =
            number.Low > DoubtfulAbove * High
            || DoubtfulBelow * number.High < Low
            || (
                number.Low > SlipAbove * High
                && slips.Any(s =>
                    Unit.StartsWith(s.OnlyIn, StringComparison.Ordinal)
                    && number.Value / s.Factor >= Low
                    && number.Value / s.Factor <= High
                )
            );
        if (!absurd && !doubtful)
        {
            return null;
        }
        var slip = LikelySlip.Of(number.Value, Low, High, Unit, slips, Typical);
        return new Finding(
            new InputPath(number.Path),
            "magnitude",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Plain(number.Value)} {Unit}, {Plain(Math.Round(times, times < 100 ? 1 : 0))} times {(number.Value > High ? "above" : "below")} the usual"
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"about {Plain(Low)} to {Plain(High)} {Unit}, {Of}"
            ),
            (slip.Length > 0 ? $"Perhaps {slip}. " : "")
                + (
                    absurd
                        ? "Correct the number or its unit."
                        : "If it is right it may stand; the report says that it is unusual."
                )
        )
        {
            IsWarning = !absurd,
        };
    }

    private static string Plain(double number) =>
        Math.Abs(number) >= 1000
            ? number.ToString("#,0", CultureInfo.InvariantCulture)
            : number.ToString("0.####", CultureInfo.InvariantCulture);
}
