using Plimsoll.Quantities;

namespace Plimsoll.Books;

/// <summary>What a lender's book will take: every draw as it is, with nobody's failure shared, and once for each name that is made to fail.</summary>
public static class BookWork
{
    private const double FixedSeconds = 0.5;
    private const double FixedBytes = 200e6;
    private const double SecondsALoanMonth = 1e-7;
    private const double SecondsALoan = 2e-6;
    private const double BytesALoan = 36;

    /// <summary>The estimate.</summary>
    /// <param name="book">The book.</param>
    public static WorkEstimate Of(LoanBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var names = book
            .Loans.SelectMany(l => l.Leases.Select(x => x.Tenant).Append(l.Operator))
            .Where(book.Counterparties.ContainsKey)
            .Distinct(StringComparer.Ordinal)
            .Count();
        var runs = (double)book.Draws * (names + 2);
        var months = book.Loans.Sum(l => (double)l.MonthsLeft * (1 + l.Leases.Count));
        return new WorkEstimate(
            FixedSeconds
                + (runs * ((SecondsALoanMonth * months) + (SecondsALoan * book.Loans.Count))),
            FixedBytes + (runs * BytesALoan * book.Loans.Count)
        );
    }
}
