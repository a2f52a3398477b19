using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Market.Motion;
using Plimsoll.Market.SecondHand;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies;

namespace Plimsoll.Books;

/// <summary>The market that all loans of a book stand in: one world a draw.</summary>
/// <param name="LogRents">Log rents of a chip in a draw, months 0 to the horizon, money an accelerator-hour.</param>
/// <param name="Credit">Credit factor of a draw; low when rents are.</param>
/// <param name="Collateral">Money one accelerator fetches: draw, chip, age in months, log of its rent over today's, share of the chip's stock for sale.</param>
public sealed record BookMarket(
    Func<int, string, double[]> LogRents,
    Func<int, CreditFactor> Credit,
    Func<int, string, double, double, double, double> Collateral
)
{
    /// <summary>Rents and used prices as known on the day, each by its law.</summary>
    /// <param name="book">The book.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <exception cref="InvalidDataException">No price of a new chip, or no exchange rate, was known by then.</exception>
    public static BookMarket Of(LoanBook book, CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(book);
        var levels = RentLevels.Condition(
            view,
            book.Market,
            [],
            book.Seed,
            book.Draws,
            book.Months
        );
        var resale = ResaleLaw.Of(view, book.Market);
        var rates = new ExchangeRates(view);
        var rent =
            rates.Of(levels.Currency, book.Currency)?.Rate
            ?? throw NoRate(levels.Currency, book.Currency);
        var dollar =
            rates.Of(Currency.Usd, book.Currency)?.Rate
            ?? throw NoRate(Currency.Usd, book.Currency);
        ResaleDraw? Used(int draw, string chip) =>
            book.NewPrices.TryGetValue(chip, out var price)
                ? Stated(book, view, chip, price / dollar, draw)
                : resale.Draw(chip, book.Seed, draw);
        foreach (var chip in book.Loans.Select(l => l.Chip).Distinct(StringComparer.Ordinal))
        {
            if (Used(0, chip) is null)
            {
                throw new InvalidDataException(
                    $"No price of a new {chip} of the two years to {view.AsOf:yyyy-MM} is known, so its collateral cannot be valued; state it as new_price under 'chips'."
                );
            }
        }
        return new BookMarket(
            (draw, chip) =>
                [
                    .. levels
                        .LogPath(draw, chip, QuoteBasis.Contract)
                        .Select(x => x + Math.Log(rent)),
                ],
            draw => CreditFactor.Constant(levels.YearShock(draw)),
            (draw, chip, age, rents, forSale) =>
            {
                var used = Used(draw, chip)!.Value;
                return used.Fair(age, rents) * used.Orderly(forSale, book.Glut) * dollar;
            }
        );
    }

    /// <summary>The law of used prices on a price of a new one that the book states; no quote of the chip stands behind it.</summary>
    private static ResaleDraw Stated(
        LoanBook book,
        CatalogView view,
        string chip,
        double dollars,
        int draw
    )
    {
        double One(string of) => KeyedNormals.One(book.Seed, draw, $"resale {of} {book.Market}");
        var (used, fall) = (SecondHandPriors.Used, SecondHandPriors.YearlyFall);
        return new ResaleDraw(
            Math.Log(dollars)
                + Math.Min(
                    0,
                    used.Mean
                        + (used.Deviation * One("used"))
                        + (SecondHandPriors.UnquotedDeviation * One(chip))
                ),
            Math.Max(0, fall.Mean + (fall.Deviation * One("fall"))),
            Math.Log(dollars * SecondHandPriors.Scrap),
            Math.Log(dollars) + SecondHandPriors.Shortage,
            ResaleBuyers.Of(view, book.Market, chip).Share,
            false
        );
    }

    private static InvalidDataException NoRate(Currency from, Currency to) =>
        new($"No exchange rate from {from} to {to} was known by the decision.");
}
