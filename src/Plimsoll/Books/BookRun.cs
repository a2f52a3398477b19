using Plimsoll.Quantities;

namespace Plimsoll.Books;

/// <summary>Runs a book: loss of the whole, concentration, contagion, and what selling collateral of several defaults at once does to its price.</summary>
/// <param name="book">The book.</param>
/// <param name="market">Its market.</param>
public sealed class BookRun(LoanBook book, BookMarket market)
{
    private const double WorstShare = 0.05;

    /// <summary>Runs all draws.</summary>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="cancellation">Polled before every draw.</param>
    public BookResult Run(int threads, CancellationToken cancellation = default)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var draws = new BookDraws(book, market);
        string[] names =
        [
            .. book
                .Loans.SelectMany(Behind)
                .Where(book.Counterparties.ContainsKey)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        var shared = new BookDraw[book.Draws];
        var independent = new BookDraw[book.Draws];
        var forced = new BookDraw[book.Draws][];
        var fails = new bool[book.Draws][];
        Parallel.For(
            0,
            book.Draws,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = threads,
                CancellationToken = cancellation,
            },
            d =>
            {
                var paths = book
                    .Loans.Select(l => l.Chip)
                    .Distinct(StringComparer.Ordinal)
                    .ToDictionary(
                        chip => chip,
                        chip => market.LogRents(d, chip),
                        StringComparer.Ordinal
                    );
                shared[d] = draws.Run(d, chip => paths[chip]);
                independent[d] = draws.Run(d, chip => paths[chip], shared: false);
                forced[d] =
                [
                    .. names.Select(name => draws.Run(d, chip => paths[chip], failing: name)),
                ];
                var credit = market.Credit(d);
                fails[d] =
                [
                    .. names.Select(name => draws.Fails(name, "", d, credit, true) <= book.Months),
                ];
            }
        );
        var tail = Tail(shared);
        var pressed = shared.Where(d => d.Discount.Any(x => x > 1e-9)).ToList();
        return new BookResult(
            book,
            Loss(shared, d => d.Loss.Sum()),
            Loss(shared, d => d.LossAlone.Sum()),
            Loss(independent, d => d.LossAlone.Sum()),
            [.. book.Loans.Select((loan, i) => Odds(loan, i, shared, tail))],
            Concentrations(tail),
            [
                .. names
                    .Select((name, i) => Contagion(name, i, shared, forced, fails))
                    .OrderByDescending(c => c.MoreLoss)
                    .ThenBy(c => c.Name, StringComparer.Ordinal),
            ],
            (double)pressed.Count / book.Draws,
            pressed.Count > 0 ? pressed.Average(d => d.Discount.Where(x => x > 1e-9).Average()) : 0
        );
    }

    /// <summary>Tenants and operator of a loan.</summary>
    private static IEnumerable<string> Behind(BookLoan loan) =>
        loan
            .Leases.Select(l => l.Tenant)
            .Append(loan.Operator)
            .Where(n => n.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private BookLoss Loss(BookDraw[] draws, Func<BookDraw, double> of) =>
        BookLoss.Of([.. draws.Select(of)], book.Outstanding);

    /// <summary>Mean loss of each loan in the worst twentieth of draws.</summary>
    private double[] Tail(BookDraw[] draws)
    {
        var worst = draws
            .OrderByDescending(d => d.Total)
            .Take(Math.Max(1, (int)(WorstShare * draws.Length)))
            .ToList();
        return [.. book.Loans.Select((_, i) => worst.Average(d => d.Loss[i]))];
    }

    private static LoanOdds Odds(BookLoan loan, int i, BookDraw[] draws, double[] tail)
    {
        var defaults = draws.Where(d => d.DefaultMonth[i] != int.MaxValue).ToList();
        return new LoanOdds(
            loan,
            (double)defaults.Count / draws.Length,
            draws.Average(d => d.Loss[i]),
            defaults.Count > 0
                ? defaults.Sum(d => d.Loss[i]) / Math.Max(1e-9, defaults.Sum(d => d.Exposure[i]))
                : double.NaN,
            tail[i]
        );
    }

    private List<Concentration> Concentrations(double[] tail)
    {
        var all = tail.Sum();
        IEnumerable<Concentration> By(
            string trait,
            Func<BookLoan, IEnumerable<(string Name, double Share)>> parts
        ) =>
            book
                .Loans.SelectMany((loan, i) => parts(loan).Select(p => (loan, i, p.Name, p.Share)))
                .Where(p => p.Name.Length > 0)
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .Select(g => new Concentration(
                    trait,
                    g.Key,
                    g.Select(p => p.i).Distinct().Count(),
                    g.Sum(p => p.loan.Outstanding * p.Share),
                    g.Sum(p => p.loan.Outstanding * p.Share) / book.Outstanding,
                    all > 0 ? g.Sum(p => tail[p.i] * p.Share) / all : 0
                ))
                .OrderByDescending(c => c.Outstanding)
                .ThenBy(c => c.Name, StringComparer.Ordinal);
        return
        [
            .. By("tenant", Tenants),
            .. By("operator", l => [(l.Operator, 1)]),
            .. By("chip", l => [(l.Chip, 1)]),
            .. By("place", l => [(l.Place, 1)]),
            .. By("maturity", l => [((book.Decided + l.MonthsLeft).Year.ToString(null, null), 1)]),
        ];
    }

    private static IEnumerable<(string Name, double Share)> Tenants(BookLoan loan)
    {
        var rent = loan.Leases.Sum(l => l.Accelerators * l.PricePerGpuHour);
        return rent > 0
            ? loan
                .Leases.GroupBy(l => l.Tenant, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Sum(l => l.Accelerators * l.PricePerGpuHour) / rent))
            : [];
    }

    private BookContagion Contagion(
        string name,
        int which,
        BookDraw[] shared,
        BookDraw[][] forced,
        bool[][] fails
    )
    {
        bool[] touched = [.. book.Loans.Select(l => Behind(l).Contains(name))];
        double Elsewhere(BookDraw d) => d.Loss.Where((_, i) => !touched[i]).Sum();
        return new BookContagion(
            name,
            touched.Count(t => t),
            book.Loans.Where((_, i) => touched[i]).Sum(l => l.Outstanding),
            (double)fails.Count(f => f[which]) / fails.Length,
            forced.Average(f => (double)f[which].Defaults)
                - shared.Average(d => (double)d.Defaults),
            forced.Average(f => f[which].Total) - shared.Average(d => d.Total),
            forced.Average(f => Elsewhere(f[which])) - shared.Average(Elsewhere)
        );
    }
}
