using Plimsoll.Catalog;

namespace Plimsoll.Market.SecondHand;

/// <summary>Who may buy a used chip, by rule and date.</summary>
/// <param name="Share">Share of the buyers of an unrestricted chip who are left, more than 0 and at most 1.</param>
/// <param name="Reasons">The rules that keep the others out, each with its date.</param>
public sealed record ResaleBuyers(double Share, IReadOnlyList<string> Reasons)
{
    /// <summary>Chinese buyers among those of the world for a chip that may be sold there, own prior.</summary>
    private const double ChineseShare = 0.25;

    /// <summary>State-funded centres among Chinese buyers, own prior.</summary>
    private const double StateShare = 0.35;

    /// <summary>The buyers of a chip on the day of the view.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="market">Where the chip stands: china, us, europe.</param>
    /// <param name="chip">The chip.</param>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public static ResaleBuyers Of(CatalogView view, string market, string chip)
    {
        var entry = view.Entry(Accelerator.Kind, chip);
        var reasons = new List<string>();
        double share = 1;
        var rule = entry.Find("export_rule");
        var barred =
            rule?.Text.Value.StartsWith("licence needed", StringComparison.Ordinal) == true;
        if (market != "china" && barred)
        {
            share -= ChineseShare;
            reasons.Add(
                $"no sale to China: {rule!.Text.Value} since {rule.Text.ValidFrom:yyyy-MM-dd}"
            );
        }
        if (market == "china")
        {
            // A chip in China is sold in China: out of it, customs and the maker's terms stand in the way.
            share = ChineseShare;
            reasons.Add("buyers in China only");
            if (entry.Text("tier") is "H" or "A" && State(view) is { } since)
            {
                share *= 1 - StateShare;
                reasons.Add(
                    $"state-funded centres must use domestic chips since {since:yyyy-MM-dd}"
                );
            }
        }
        return new ResaleBuyers(share, reasons);
    }

    /// <summary>Day from which state-funded centres must use domestic chips; null before it was known.</summary>
    private static DateOnly? State(CatalogView view) =>
        view.Entries("policies")
            .Select(e => e.Find("event"))
            .FirstOrDefault(f =>
                f?.Text.Value.Contains("domestic chips", StringComparison.OrdinalIgnoreCase) == true
            )
            ?.Text.ValidFrom;
}
