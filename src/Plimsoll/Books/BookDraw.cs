using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using Plimsoll.Contracts;
using Plimsoll.Sampling;

namespace Plimsoll.Books;

/// <summary>What became of every loan of a book in one draw.</summary>
/// <param name="DefaultMonth">Month of default from 1; <see cref="int.MaxValue"/> for none; one entry a loan.</param>
/// <param name="Exposure">Outstanding at default; 0 without one.</param>
/// <param name="LossAlone">Present value of the loss when its collateral were sold alone.</param>
/// <param name="Loss">The same with all collateral of the book's defaults of half a year either side in one market.</param>
/// <param name="Discount">What selling together takes off the price of its collateral, 0 to 1.</param>
internal sealed record BookDraw(
    int[] DefaultMonth,
    double[] Exposure,
    double[] LossAlone,
    double[] Loss,
    double[] Discount
)
{
    /// <summary>Loss of the whole book.</summary>
    public double Total => Loss.Sum();

    /// <summary>Loans that default.</summary>
    public int Defaults => DefaultMonth.Count(m => m != int.MaxValue);
}

/// <summary>Runs the loans of a book through the draws of one market; counterparties are drawn once, by their name, whatever loans they stand behind.</summary>
/// <param name="book">The book.</param>
/// <param name="market">Its market.</param>
internal sealed class BookDraws(LoanBook book, BookMarket market)
{
    private const double HoursPerMonth = 730;
    private const int Together = 6;
    private const double CommonFill = 0.5;
    private readonly ConcurrentDictionary<string, CounterpartyOdds> _odds = new(
        StringComparer.Ordinal
    );

    /// <summary>Runs one draw.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="paths">Log rents of a chip in this draw.</param>
    /// <param name="shared">True as it is; false to give every loan counterparties of its own, that fail as often and by themselves.</param>
    /// <param name="failing">Name of a counterparty made to fail at the book's failure month; null for nobody.</param>
    public BookDraw Run(
        int draw,
        Func<string, double[]> paths,
        bool shared = true,
        string? failing = null
    )
    {
        var credit = market.Credit(draw);
        var n = book.Loans.Count;
        var months = new int[n];
        var exposure = new double[n];
        var rents = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var loan = book.Loans[i];
            rents[i] = paths(loan.Chip);
            (months[i], exposure[i]) = Service(loan, rents[i], draw, credit, shared, failing);
        }
        var alone = new double[n];
        var together = new double[n];
        var discount = new double[n];
        for (var i = 0; i < n; i++)
        {
            if (months[i] == int.MaxValue)
            {
                continue;
            }
            var loan = book.Loans[i];
            var lot = 0.0;
            for (var j = 0; j < n; j++)
            {
                if (
                    months[j] != int.MaxValue
                    && book.Loans[j].Chip == loan.Chip
                    && Math.Abs(months[j] - months[i]) < Together
                )
                {
                    lot += book.Loans[j].Accelerators;
                }
            }
            var single = Value(loan, draw, months[i], rents[i], loan.Accelerators);
            var pressed = Value(loan, draw, months[i], rents[i], lot);
            alone[i] = Loss(loan, months[i], exposure[i], single);
            together[i] = Loss(loan, months[i], exposure[i], pressed);
            discount[i] = single > 0 ? 1 - (pressed / single) : 0;
        }
        return new BookDraw(months, exposure, alone, together, discount);
    }

    /// <summary>The month from which nobody pays for a counterparty in a draw.</summary>
    public int Fails(string name, string loan, int draw, CreditFactor credit, bool shared)
    {
        if (!book.Counterparties.TryGetValue(name, out var who))
        {
            return int.MaxValue;
        }
        var key = shared ? name : $"{name} behind {loan}";
        var odds = _odds.GetOrAdd(key, _ => CounterpartyOdds.Of(shared ? who : Alone(who, loan)));
        return odds.Draw(book.Seed, draw, credit, book.Months + 1).DefaultMonth;
    }

    /// <summary>True for the one made to fail and for those it takes along.</summary>
    private bool Taken(string name, string? failing) =>
        failing is not null
        && (
            name == failing
            || (book.Counterparties.TryGetValue(name, out var who) && who.Parent?.Name == failing)
        );

    /// <summary>The same company as another of the same kind, for one loan alone.</summary>
    private static Counterparty Alone(Counterparty of, string loan) =>
        new($"{of.Name} behind {loan}")
        {
            Class = of.Class,
            MonthlyHazard = of.MonthlyHazard,
            YearlyDefaultRate = of.YearlyDefaultRate,
            Recovery = of.Recovery,
            FactorLoading = of.FactorLoading,
            Pressure = of.Pressure,
            Guarantor = of.Guarantor is { } g ? Alone(g, loan) : null,
            Parent = of.Parent is { } p ? Alone(p, loan) : null,
        };

    /// <summary>Serves a loan month by month out of what its centre earns and its reserve; the month of default and what is owed then.</summary>
    private (int Month, double Exposure) Service(
        BookLoan loan,
        double[] rents,
        int draw,
        CreditFactor credit,
        bool shared,
        string? failing
    )
    {
        int Month(string name) =>
            Math.Min(
                Taken(name, failing) ? book.FailureMonth : int.MaxValue,
                Fails(name, loan.Name, draw, credit, shared)
            );
        int[] tenants = [.. loan.Leases.Select(l => Month(l.Tenant))];
        var runs = loan.Operator.Length > 0 ? Month(loan.Operator) : int.MaxValue;
        var fill = Fill(loan, draw, credit);
        var payment = loan.Payment;
        var most = loan.ReserveMonths * payment;
        var (reserve, owed) = (most, loan.Outstanding);
        for (var m = 1; m <= loan.MonthsLeft; m++)
        {
            var dark = m >= runs && m < runs + book.DarkMonths;
            var (let, revenue) = (0.0, 0.0);
            for (var i = 0; i < tenants.Length; i++)
            {
                var lease = loan.Leases[i];
                if (m <= lease.MonthsLeft && m < tenants[i])
                {
                    let += lease.Accelerators;
                    revenue += lease.Accelerators * lease.PricePerGpuHour * HoursPerMonth;
                }
            }
            var free = Math.Max(0, loan.Accelerators - let);
            revenue += free * fill * Math.Exp(rents[m]) * HoursPerMonth;
            var cash = (dark ? 0 : revenue) - (loan.RunningCost * loan.Accelerators);
            var interest = owed * loan.Rate / 12;
            var due =
                loan.Bullet ? interest + (m == loan.MonthsLeft ? owed : 0)
                : m == loan.MonthsLeft ? owed + interest
                : payment;
            // Principal due at maturity is paid by a new lender where the collateral carries it.
            var refinanced =
                loan.Bullet && m == loan.MonthsLeft
                    ? Math.Min(
                        owed,
                        Value(loan, draw, m, rents, loan.Accelerators) * loan.Accelerators
                    )
                    : 0;
            reserve += cash + refinanced - due;
            if (reserve < -1e-6)
            {
                return (m, owed);
            }
            reserve = Math.Min(reserve, most);
            owed -= due - interest;
        }
        return (int.MaxValue, 0);
    }

    /// <summary>Share of the free accelerators that finds tenants: the loan's own luck and, half, the market's.</summary>
    private double Fill(BookLoan loan, int draw, CreditFactor credit)
    {
        var stream = RandomStream.Keyed(
            book.Seed,
            draw,
            EntityId.Of("merchant fill " + loan.Name),
            Purpose.Inputs
        );
        var own = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        var z = (CommonFill * credit.At(0)) + (Math.Sqrt(1 - (CommonFill * CommonFill)) * own);
        var (low, middle, high) = loan.MerchantFill;
        const double Decile = 1.2815515655446004;
        var side = z < 0 ? middle - low : high - middle;
        return Math.Clamp(middle + (z / Decile * side), 0, 1);
    }

    private double Value(BookLoan loan, int draw, int month, double[] rents, double lot)
    {
        var stock = book.Stocks.GetValueOrDefault(loan.Chip, double.PositiveInfinity);
        return market.Collateral(
            draw,
            loan.Chip,
            loan.AgeMonths + month,
            rents[month] - rents[0],
            Math.Min(1, lot / stock)
        );
    }

    private static double Loss(BookLoan loan, int month, double owed, double price) =>
        Math.Max(0, owed - (loan.Accelerators * price)) * Math.Pow(1 + (loan.Rate / 12), -month);
}
