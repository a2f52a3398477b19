namespace Plimsoll.Books;

/// <summary>Loss of a book over the draws, money of today.</summary>
/// <param name="Mean">Expected loss.</param>
/// <param name="Error">Standard error of that mean.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Median">Middle.</param>
/// <param name="P90">Not exceeded in 90 % of draws.</param>
/// <param name="P99">Not exceeded in 99 % of draws.</param>
/// <param name="Tail">Mean of the worst twentieth of draws.</param>
/// <param name="OddsOfAny">Odds of any loss.</param>
/// <param name="OddsOfTenth">Odds of losing a tenth of the book or more.</param>
public sealed record BookLoss(
    double Mean,
    double Error,
    double Deviation,
    double Median,
    double P90,
    double P99,
    double Tail,
    double OddsOfAny,
    double OddsOfTenth
)
{
    private const double WorstShare = 0.05;

    /// <summary>The loss of draws.</summary>
    /// <param name="losses">One entry a draw.</param>
    /// <param name="outstanding">The book.</param>
    public static BookLoss Of(double[] losses, double outstanding)
    {
        ArgumentNullException.ThrowIfNull(losses);
        double[] sorted = [.. losses.Order()];
        var mean = losses.Average();
        var variance = losses.Sum(x => (x - mean) * (x - mean)) / Math.Max(1, losses.Length - 1);
        var worst = Math.Max(1, (int)(WorstShare * losses.Length));
        return new BookLoss(
            mean,
            Math.Sqrt(variance / losses.Length),
            Math.Sqrt(variance),
            Risk.Spread.Quantile(sorted, 0.5),
            Risk.Spread.Quantile(sorted, 0.9),
            Risk.Spread.Quantile(sorted, 0.99),
            sorted.TakeLast(worst).Average(),
            (double)losses.Count(x => x > 0) / losses.Length,
            (double)losses.Count(x => x >= 0.1 * outstanding) / losses.Length
        );
    }
}

/// <summary>One loan over the draws.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="Default">Odds of default to maturity.</param>
/// <param name="Loss">Expected loss, money of today.</param>
/// <param name="LossGivenDefault">Loss over what is owed at default; NaN when it never defaults.</param>
/// <param name="TailLoss">Its mean loss in the worst twentieth of the book's draws.</param>
public sealed record LoanOdds(
    BookLoan Loan,
    double Default,
    double Loss,
    double LossGivenDefault,
    double TailLoss
);

/// <summary>A part of the book by one trait.</summary>
/// <param name="Trait">tenant, operator, chip, place or maturity.</param>
/// <param name="Name">Which.</param>
/// <param name="Loans">Loans in it.</param>
/// <param name="Outstanding">Outstanding; of a tenant by its share of a loan's contracted rent.</param>
/// <param name="Share">Over the book, 0 to 1.</param>
/// <param name="LossShare">Share of the expected loss of the worst twentieth of draws that falls on its loans.</param>
public sealed record Concentration(
    string Trait,
    string Name,
    int Loans,
    double Outstanding,
    double Share,
    double LossShare
);

/// <summary>What one counterparty's failure does to the book.</summary>
/// <param name="Name">Who.</param>
/// <param name="Loans">Loans it stands behind, as tenant or operator.</param>
/// <param name="Outstanding">Outstanding of those loans.</param>
/// <param name="Odds">Odds that it fails before the last maturity.</param>
/// <param name="MoreDefaults">Defaults more when it is made to fail, mean of the draws.</param>
/// <param name="MoreLoss">Loss more, money of today.</param>
/// <param name="ElsewhereLoss">Of it on loans that it does not stand behind: through the price of collateral.</param>
public sealed record BookContagion(
    string Name,
    int Loans,
    double Outstanding,
    double Odds,
    double MoreDefaults,
    double MoreLoss,
    double ElsewhereLoss
);

/// <summary>The answer to a book.</summary>
/// <param name="Book">The book.</param>
/// <param name="Loss">Loss of the whole, collateral of several defaults sold in one market.</param>
/// <param name="Alone">The same if each collateral were sold alone.</param>
/// <param name="Independent">As alone, with counterparties of its own behind every loan that fail as often and by themselves.</param>
/// <param name="Loans">Each loan.</param>
/// <param name="Concentrations">By tenant, operator, chip, place and maturity, largest first within a trait.</param>
/// <param name="Contagion">By counterparty, most loss first.</param>
/// <param name="FireSaleDraws">Share of draws in which several defaults sell one chip within half a year.</param>
/// <param name="FireSaleDiscount">What that takes off the price of their collateral, mean over those draws, 0 to 1.</param>
public sealed record BookResult(
    LoanBook Book,
    BookLoss Loss,
    BookLoss Alone,
    BookLoss Independent,
    IReadOnlyList<LoanOdds> Loans,
    IReadOnlyList<Concentration> Concentrations,
    IReadOnlyList<BookContagion> Contagion,
    double FireSaleDraws,
    double FireSaleDiscount
);
