using Plimsoll.Inputs;

namespace Plimsoll.Market.Curves;

/// <summary>The rows of <c>market.curve</c> and <c>market.resale_curve</c>: prices to come that the user holds to be right.</summary>
public static class CurveInputs
{
    /// <summary>The input rows below a section.</summary>
    /// <param name="section">Path of the section, such as <c>market</c>.</param>
    public static IReadOnlyList<InputRow> Rows(string section) =>
        [
            .. List(
                section + ".curve",
                "A forward curve of rents: it sets their mean up to its last month; the model keeps their width, what goes with what and the motion from there, and the gap is printed.",
                "Money of the market for one accelerator-hour under a contract of about a year."
            ),
            .. List(
                section + ".resale_curve",
                "An appraisal of used accelerators: it sets the mean of what one fetches in an orderly sale in its month, and with it the level; ageing and the motion of rents stay the model's.",
                "Money of the market for one accelerator with its share of the server, at the age that the fleet then has."
            ),
        ];

    /// <summary>Reads a list.</summary>
    /// <param name="market">The section of the file.</param>
    /// <param name="key">curve or resale_curve.</param>
    public static IReadOnlyList<ForwardPoint> Read(InputValues market, string key) =>
        [
            .. market
                .Items(key)
                .Select(i => new ForwardPoint(i.Month("date"), i.Text("chip"), i.Number("price"))),
        ];

    private static IEnumerable<InputRow> List(string path, string description, string price) =>
        [
            new(path, InputType.List, description) { Max = 500 },
            new(path + "[].date", InputType.Month, "Month of the price.") { Required = true },
            new(path + "[].chip", InputType.CatalogName, "Accelerator.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new(path + "[].price", InputType.Number, price)
            {
                Required = true,
                Min = 1e-6,
                Max = 1e9,
                Unit = "1",
            },
        ];
}
