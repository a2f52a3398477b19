using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.Quotes;

/// <summary>The rows of <c>market.quotes</c>: rents that the user has seen.</summary>
public static class QuoteInputs
{
    /// <summary>Words of the bases, as in the catalogue.</summary>
    public static IReadOnlyList<string> Bases { get; } =
    ["contract", "marketplace", "neocloud-list", "hyperscaler-list"];

    /// <summary>Words of the sides.</summary>
    public static IReadOnlyList<string> Sides { get; } = ["signed", "bid", "ask"];

    /// <summary>Words of the currencies.</summary>
    public static IReadOnlyList<string> Currencies { get; } = ["CNY", "USD", "EUR"];

    /// <summary>The input rows below a list.</summary>
    /// <param name="parent">Path of the list, such as <c>market.quotes</c>.</param>
    public static IReadOnlyList<InputRow> Rows(string parent) =>
        [
            new(
                parent,
                InputType.List,
                "Rents seen up to the decision: they set where rents start, within their errors."
            )
            {
                Max = 500,
            },
            new(parent + "[].date", InputType.Month, "Month of the quote, not after the decision.")
            {
                Required = true,
            },
            new(parent + "[].chip", InputType.CatalogName, "Accelerator that is let.")
            {
                Required = true,
                CatalogKind = "accelerators",
            },
            new(
                parent + "[].basis",
                InputType.Choice,
                "What it is a price of: a contract of about a year, a marketplace by the hour, or a list."
            )
            {
                Choices = Bases,
                Default = "contract",
                Source = "the longest series of one method",
            },
            new(parent + "[].unit", InputType.Choice, "What the price buys.")
            {
                Required = true,
                Choices = QuoteUnit.All,
            },
            new(
                parent + "[].price",
                InputType.Number,
                "Money for one unit; with a range, the range is the error."
            )
            {
                Ranged = true,
                Required = true,
                Min = 1e-6,
                Max = 1e12,
                Unit = "1",
            },
            new(
                parent + "[].currency",
                InputType.Choice,
                "Currency of the price; the market's unless given."
            )
            {
                Choices = Currencies,
            },
            new(
                parent + "[].tax",
                InputType.Choice,
                "Whether value-added or sales tax is in the price."
            )
            {
                Choices = ["excluded", "included"],
                Default = "excluded",
                Source = "rents in the model are before tax",
            },
            new(
                parent + "[].tax_rate",
                InputType.Number,
                "Rate of that tax; the market's on services unless given."
            )
            {
                Min = 0,
                Max = 0.5,
                Unit = "fraction",
            },
            new(
                parent + "[].per_server",
                InputType.Integer,
                "Accelerators in a server, for a price per server."
            )
            {
                Min = 1,
                Max = 128,
                Unit = "GPU",
                Default = "8",
                Source = "the usual server",
            },
            new(
                parent + "[].quantity",
                InputType.Integer,
                "Accelerators spoken of, for the reader: no weight follows from it."
            )
            {
                Min = 1,
                Max = 1e7,
                Unit = "GPU",
            },
            new(parent + "[].tenor", InputType.Integer, "Months of the contract.")
            {
                Min = 1,
                Max = 240,
                Unit = "months",
            },
            new(
                parent + "[].prepaid",
                InputType.Number,
                "Share of the whole rent paid at the start."
            )
            {
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Default = "0",
                Source = "paid as used",
            },
            new(
                parent + "[].side",
                InputType.Choice,
                "Signed, or what a customer bids or a seller asks."
            )
            {
                Choices = Sides,
                Default = "signed",
                Source = "a price is what was paid unless said otherwise",
            },
            new(
                parent + "[].error",
                InputType.Number,
                "Standard deviation of the price as a share of it."
            )
            {
                Min = 0.005,
                Max = 1,
                Unit = "fraction",
            },
            new(parent + "[].source", InputType.Text, "Where it was seen."),
        ];

    /// <summary>The basis of a word.</summary>
    /// <exception cref="ArgumentException">The word is none of <see cref="Bases"/>.</exception>
    public static QuoteBasis Basis(string word) =>
        QuoteBook.BasisOf(word)
        ?? throw new ArgumentException($"'{word}' is not a basis of rents.", nameof(word));

    /// <summary>Reads the quotes of a checked list.</summary>
    /// <param name="values">The section that holds the list.</param>
    /// <param name="key">Key of the list in it, such as <c>quotes</c>.</param>
    /// <param name="file">Name of the file, for messages.</param>
    public static IReadOnlyList<OwnQuote> Read(InputValues values, string key, string file) =>
        [.. values.Items(key).Select(row => Read(row, file))];

    private static OwnQuote Read(InputValues row, string file)
    {
        var (line, column) = row.Place(row.Path);
        var price = row.Sourced("price");
        var ranged =
            price.High > price.Low && price.Low > 0
                ? Math.Log(price.High / price.Low) / (2 * QuoteError.Z90)
                : (double?)null;
        return new OwnQuote(
            row.Month("date"),
            row.Text("chip"),
            Basis(row.Text("basis")),
            row.Text("unit"),
            price.Value,
            row.TextOrNull("currency"),
            new QuotePlace(file, line, column, row.Path.Text)
        )
        {
            TaxIncluded = row.Text("tax") == "included",
            TaxRate = row.NumberOrNull("tax_rate"),
            PerServer = row.Number("per_server"),
            Quantity = row.NumberOrNull("quantity"),
            Tenor = row.NumberOrNull("tenor"),
            Prepaid = row.Number("prepaid"),
            Side = Side(row.Text("side")),
            Error = row.NumberOrNull("error") ?? ranged,
            Source = row.TextOrNull("source") ?? "this study",
        };
    }

    /// <summary>The side of a word.</summary>
    /// <exception cref="ArgumentException">The word is none of <see cref="Sides"/>.</exception>
    internal static QuoteSide Side(string word) =>
        word switch
        {
            "signed" => QuoteSide.Signed,
            "bid" => QuoteSide.Bid,
            "ask" => QuoteSide.Ask,
            _ => throw new ArgumentException($"'{word}' is not a side of a deal.", nameof(word)),
        };
}
