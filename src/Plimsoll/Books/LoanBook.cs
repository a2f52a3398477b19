using Plimsoll.Contracts;
using Plimsoll.Quantities;

namespace Plimsoll.Books;

/// <summary>A lease behind a loan.</summary>
/// <param name="Tenant">Who owes the rent; the same name is the same company in every loan.</param>
/// <param name="Accelerators">Accelerators let.</param>
/// <param name="PricePerGpuHour">Money an accelerator-hour.</param>
/// <param name="MonthsLeft">Months it still runs.</param>
public sealed record BookLease(
    string Tenant,
    double Accelerators,
    double PricePerGpuHour,
    int MonthsLeft
);

/// <summary>A loan of a book.</summary>
public sealed record BookLoan
{
    /// <summary>Its name, unique in the book.</summary>
    public required string Name { get; init; }

    /// <summary>Outstanding today, money.</summary>
    public required double Outstanding { get; init; }

    /// <summary>Yearly rate, paid monthly.</summary>
    public required double Rate { get; init; }

    /// <summary>Months to maturity.</summary>
    public required int MonthsLeft { get; init; }

    /// <summary>True when principal is due at maturity alone, false for an annuity.</summary>
    public bool Bullet { get; init; }

    /// <summary>Chip of the collateral.</summary>
    public required string Chip { get; init; }

    /// <summary>Accelerators.</summary>
    public required double Accelerators { get; init; }

    /// <summary>Age of the collateral today, months.</summary>
    public double AgeMonths { get; init; }

    /// <summary>Where it stands.</summary>
    public string Place { get; init; } = "";

    /// <summary>Who runs it; empty for one who never fails.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Running cost, money an accelerator and month.</summary>
    public double RunningCost { get; init; }

    /// <summary>Share of accelerators without a lease that finds other tenants: 10 %, 50 % and 90 % point.</summary>
    public (double Low, double Middle, double High) MerchantFill { get; init; }

    /// <summary>Months of debt service held in reserve.</summary>
    public double ReserveMonths { get; init; }

    /// <summary>Leases behind it.</summary>
    public IReadOnlyList<BookLease> Leases { get; init; } = [];

    /// <summary>Monthly payment of an annuity; interest alone of a bullet.</summary>
    public double Payment
    {
        get
        {
            var r = Rate / 12;
            return Bullet ? Outstanding * r
                : r > 0 ? Outstanding * r / (1 - Math.Pow(1 + r, -MonthsLeft))
                : Outstanding / MonthsLeft;
        }
    }
}

/// <summary>A lender's book: loans that share counterparties, operators and chips.</summary>
public sealed record LoanBook
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Month of the decision.</summary>
    public required Month Decided { get; init; }

    /// <summary>Market of rents and used prices: china, us, europe.</summary>
    public required string Market { get; init; }

    /// <summary>Currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Share of the market's capacity that finds no use: presses used prices.</summary>
    public double Glut { get; init; }

    /// <summary>Months an operator's failure leaves a centre dark before another steps in.</summary>
    public int DarkMonths { get; init; } = 3;

    /// <summary>Month in which a counterparty is made to fail to see what it takes along.</summary>
    public int FailureMonth { get; init; } = 6;

    /// <summary>Tenants and operators by name.</summary>
    public required IReadOnlyDictionary<string, Counterparty> Counterparties { get; init; }

    /// <summary>Accelerators of a chip in its market, by chip: what a sale meets.</summary>
    public required IReadOnlyDictionary<string, double> Stocks { get; init; }

    /// <summary>What a new one costs today, by chip, where the book states it; the catalogue's price otherwise.</summary>
    public IReadOnlyDictionary<string, double> NewPrices { get; init; } =
        new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The loans.</summary>
    public required IReadOnlyList<BookLoan> Loans { get; init; }

    /// <summary>Months to the last maturity.</summary>
    public int Months => Loans.Max(l => l.MonthsLeft);

    /// <summary>Outstanding in all.</summary>
    public double Outstanding => Loans.Sum(l => l.Outstanding);
}
