using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Market.Curves;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>A curve is of prices to come, one a chip and month, and far from the rents signed beside it only by a slip.</summary>
internal static class CurveCheck
{
    private const double MostPerHour = PriceCurve.MostPerHour;

    /// <summary>Cheaper than this one used accelerator is a price of an hour.</summary>
    private const double LeastUsed = 50;

    private const double LeastPerHour = PriceCurve.LeastPerHour;

    /// <summary>No used accelerator fetches so many times the dearest price of a new one with its share of the server.</summary>
    private const double MostOverNew = 3;

    /// <summary>Adds what is wrong with the curves.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <param name="currency">Money of the market; null where the country is not known.</param>
    /// <param name="found">Findings.</param>
    public static void Add(
        InputValues values,
        CatalogView view,
        Currency? currency,
        StudyFindings found
    )
    {
        var usual = new UsualAmounts(view);
        foreach (var key in new[] { "curve", "resale_curve" })
        {
            var seen = new HashSet<(Month, string)>();
            foreach (
                var (point, i) in CurveInputs
                    .Read(values.Section("market"), key)
                    .Select((p, i) => (p, i))
            )
            {
                var path = new InputPath("market").Key(key).Item(i);
                if (point.Month <= values.Month("decided"))
                {
                    found.Refuse(
                        path.Key("date"),
                        "not-to-come",
                        $"{point.Month}",
                        $"a month after the decision of {values.Month("decided")}",
                        "A curve is of prices to come; a rent seen up to the decision belongs to 'market.quotes'."
                    );
                }
                else if (!seen.Add((point.Month, point.Accelerator)))
                {
                    found.Refuse(
                        path.Key("date"),
                        "twice",
                        $"{point.Accelerator} in {point.Month} twice",
                        $"one price of a chip a month",
                        "Take one of the two away."
                    );
                }
                if (key == "curve" && point.Price > MostPerHour)
                {
                    found.Refuse(
                        path.Key("price"),
                        "magnitude",
                        $"{point.Price}",
                        $"money for one accelerator-hour, at most {MostPerHour}",
                        "Is it the price of a month, or of a server? Divide by 730 hours, or by the accelerators of a server."
                    );
                }
                if (key == "curve" && point.Price < LeastPerHour)
                {
                    found.Refuse(
                        path.Key("price"),
                        "magnitude",
                        $"{point.Price}",
                        $"money for one accelerator-hour, at least {LeastPerHour}",
                        "Is it in thousands, or the price of a second? Nothing is let for so little; leave the month out."
                    );
                }
                if (
                    key != "curve"
                    && currency is { } money
                    && usual.Accelerator(point.Accelerator, money) is { } asNew
                    && point.Price > MostOverNew * asNew.High
                )
                {
                    found.Refuse(
                        path.Key("price"),
                        "magnitude",
                        $"{point.Price:#,0}, {point.Price / asNew.High:#,0} times the price of a new one",
                        $"money for one used accelerator with its share of the server, at most {MostOverNew * asNew.High:#,0}",
                        "Is it the price of a server, or of the fleet? Divide by its accelerators."
                    );
                }
                if (key != "curve" && point.Price < LeastUsed)
                {
                    found.Refuse(
                        path.Key("price"),
                        "magnitude",
                        $"{point.Price}",
                        $"money for one used accelerator, at least {LeastUsed}",
                        "Is it in thousands, or the price of an hour?"
                    );
                }
            }
        }
    }
}
