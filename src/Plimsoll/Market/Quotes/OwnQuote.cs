using Plimsoll.Catalog;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Quotes;

/// <summary>Which side of a deal a quote comes from.</summary>
public enum QuoteSide
{
    /// <summary>Agreed and signed.</summary>
    Signed,

    /// <summary>What a customer offers to pay.</summary>
    Bid,

    /// <summary>What a seller asks.</summary>
    Ask,
}

/// <summary>A rent that the user has seen, as written.</summary>
/// <param name="Date">Month of the quote.</param>
/// <param name="Chip">Chip in the catalogue.</param>
/// <param name="Basis">What it is a price of.</param>
/// <param name="Unit">One of <see cref="QuoteUnit.All"/>.</param>
/// <param name="Price">Money for one unit, more than 0.</param>
/// <param name="Currency">Currency of the price; the market's when null.</param>
/// <param name="Place">Where it stands, for messages.</param>
public sealed record OwnQuote(
    Month Date,
    string Chip,
    QuoteBasis Basis,
    string Unit,
    double Price,
    string? Currency,
    QuotePlace Place
)
{
    /// <summary>True when the price holds value-added or sales tax.</summary>
    public bool TaxIncluded { get; init; }

    /// <summary>Rate of that tax, a fraction; null for the market's on services.</summary>
    public double? TaxRate { get; init; }

    /// <summary>Accelerators in a server, for server-month.</summary>
    public double PerServer { get; init; } = 8;

    /// <summary>Accelerators spoken of; null when not said.</summary>
    public double? Quantity { get; init; }

    /// <summary>Tenor, months; null when not said.</summary>
    public double? Tenor { get; init; }

    /// <summary>Share of the whole rent paid at the start, 0 to 1.</summary>
    public double Prepaid { get; init; }

    /// <summary>Which side of a deal.</summary>
    public QuoteSide Side { get; init; } = QuoteSide.Signed;

    /// <summary>Deviation of the logarithm that the user gives; null for that of the side and terms.</summary>
    public double? Error { get; init; }

    /// <summary>Where it was seen.</summary>
    public string Source { get; init; } = "this study";

    // Who prepays lends: at 10 % a year, for half of the tenor on the mean. Own prior.
    private const double PrepaymentRate = 0.10;

    // A deal is struck between bid and ask, half a spread from each. Own prior.
    private const double HalfSpread = 0.05;

    // A year's contract is the basis; each doubling or halving of the tenor adds to the error. Own prior.
    private const double TenorError = 0.05;

    /// <summary>The quote brought to money per accelerator-hour, tax excluded, paid as used, of the middle of a deal.</summary>
    /// <param name="chip">Its chip.</param>
    /// <param name="taxRate">Rate of tax on services in the market, where the quote gives none.</param>
    public Quote Normalised(Accelerator chip, double taxRate)
    {
        var price = Price / QuoteUnit.GpuHours(Unit, PerServer, chip);
        if (TaxIncluded)
        {
            price /= 1 + (TaxRate ?? taxRate);
        }
        price *= 1 + (PrepaymentRate * Prepaid * (Tenor ?? 0) / 24);
        price *= Side switch
        {
            QuoteSide.Signed => 1,
            QuoteSide.Bid => Math.Exp(HalfSpread),
            QuoteSide.Ask => Math.Exp(-HalfSpread),
            _ => throw new InvalidOperationException($"Unknown side {Side}."),
        };
        return new Quote(Date, Date.FirstDay, Chip, Basis, price, Error ?? ErrorOfTerms(), Source);
    }

    private double ErrorOfTerms()
    {
        var side = Side == QuoteSide.Signed ? QuoteError.Smallest : 0.08;
        var tenor =
            Basis == QuoteBasis.Contract && Tenor is > 0
                ? TenorError * Math.Abs(Math.Log2(Tenor.Value / 12))
                : 0;
        return Math.Sqrt((side * side) + (tenor * tenor));
    }
}

/// <summary>Where a quote stands in the user's files.</summary>
/// <param name="File">Name of the file as the user gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">Path of keys, or the number of the row.</param>
public sealed record QuotePlace(string File, int Line, int Column, string Path);
