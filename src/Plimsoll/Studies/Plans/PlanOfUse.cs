using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Plans;

/// <summary>What a verdict ends in: what to sell from which fleet in which quarter, at what price, and what to do when it does not come about.</summary>
/// <param name="Course">Name of the course that the plan carries out; empty when nothing is built or lent.</param>
/// <param name="Uses">By fleet and quarter, in that order; empty when nothing is built.</param>
/// <param name="Debt">By quarter what the lender is paid; empty without debt.</param>
/// <param name="Asked">What the lender asks for; empty unless money is lent.</param>
/// <param name="Instead">What would have to come about first, when nothing is built or lent; else empty.</param>
public sealed record PlanOfUse(
    string Course,
    IReadOnlyList<FleetQuarter> Uses,
    IReadOnlyList<DebtQuarter> Debt,
    IReadOnlyList<Phrase> Asked,
    IReadOnlyList<Phrase> Instead
)
{
    /// <summary><see cref="Course"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Course);

    /// <summary>The leases that the course itself signs, before all else; empty for none.</summary>
    public IReadOnlyList<LeaseToSign> Sign { get; init; } = [];

    /// <summary>What the course does with the centre, in words; null where the plan of use says it all.</summary>
    public Phrase? What { get; init; }

    /// <summary>True when the verdict is open: the plan is what to do if its course is taken.</summary>
    public bool Open { get; init; }
}

/// <summary>One quarter of one fleet. What is let, contracted and sold by the hour are means over the fifth of the draws in the middle of what is let, so that they add up; the rest medians over the draws.</summary>
/// <param name="Fleet">The fleet.</param>
/// <param name="From">First month.</param>
/// <param name="Months">Months, 1 to 3.</param>
/// <param name="Product">What is sold most, by money; null when nothing is.</param>
/// <param name="TenorMonths">Months to sign for; 0 for what is sold by the hour or the token.</param>
/// <param name="Tenant">Who should sign.</param>
/// <param name="HoursToSign">Accelerator-hours of contracts to be signed in the quarter over their tenor, or to be sold in it where there is no contract; 0 or more.</param>
/// <param name="Let">Accelerators sold at the quarter's end, contracts and all else.</param>
/// <param name="Ask">Price to ask, money per accelerator-hour.</param>
/// <param name="Floor">Price below which not to sign, money per accelerator-hour; at most the ask.</param>
/// <param name="Missed">Share of the draws in which less than half of <see cref="HoursToSign"/> comes about, 0 to 1.</param>
/// <param name="Trigger">What starts the next step.</param>
/// <param name="IfMissed">What to do when it is missed, in this order.</param>
public sealed record FleetQuarter(
    string Fleet,
    Month From,
    int Months,
    Product? Product,
    int TenorMonths,
    Phrase Tenant,
    double HoursToSign,
    double Let,
    double Ask,
    double Floor,
    double Missed,
    Phrase Trigger,
    IReadOnlyList<Phrase> IfMissed
)
{
    /// <summary><see cref="Fleet"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Fleet);

    /// <summary>Accelerators newly let by contracts of <see cref="Product"/> that begin in the quarter, in whole servers, or sold in its mean without one; means over the draws in the middle, 0 or more.</summary>
    public double Accelerators { get; init; }

    /// <summary>Servers of them; 0 for what is sold by the hour or the token.</summary>
    public double Servers { get; init; }

    /// <summary>True when a lease that the course itself signs begins in the quarter.</summary>
    public bool Signs { get; init; }

    /// <summary>That selling is worth more than a lease at the ask, for which tenors; null where it is not.</summary>
    public Phrase? SellRather { get; init; }

    /// <summary>Accelerators of the fleet left at the quarter's end, median.</summary>
    public double Left { get; init; }

    /// <summary>True when the course sells the whole fleet: nothing is let anew, and what a contract leaves is sold.</summary>
    public bool Leaves { get; init; }

    /// <summary>Accelerators under contracts signed before the decision at the quarter's end, 0 or more; part of <see cref="Let"/>.</summary>
    public double Contracted { get; init; }

    /// <summary>Whom those serve and until when; null where nothing is contracted.</summary>
    public Phrase? Serve { get; init; }

    /// <summary>Accelerators sold for good in the quarter, 0 or more.</summary>
    public double ToSell { get; init; }

    /// <summary>Second-hand price of one in the quarter, money; 0 where none is sold.</summary>
    public double ResalePrice { get; init; }

    /// <summary>Price of a million answer tokens, prompts included, money, median; NaN where no tokens are what is sold most.</summary>
    public double AskPerMillion { get; init; } = double.NaN;

    /// <summary>What else is signed or sold in the quarter, in the order of its money; none where nothing is.</summary>
    public IReadOnlyList<UseBeside> Beside { get; init; } = [];
}

/// <summary>What a fleet signs or sells in a quarter beside what brings most money.</summary>
/// <param name="Product">What.</param>
/// <param name="TenorMonths">Months to sign for; 0 by the hour or the token.</param>
/// <param name="Accelerators">Accelerators newly let by contracts that begin in it, or sold in its mean without one; mean of the draws (without a contract: of those in the middle), more than 0.</param>
/// <param name="Ask">Price to ask, money per accelerator-hour.</param>
/// <param name="Floor">Price below which not to sign, money per accelerator-hour; at most the ask.</param>
/// <param name="AskPerMillion">Price of a million answer tokens, money; NaN but for tokens.</param>
public sealed record UseBeside(
    Product Product,
    int TenorMonths,
    double Accelerators,
    double Ask,
    double Floor,
    double AskPerMillion
);

/// <summary>One quarter of the lender's.</summary>
/// <param name="From">First month.</param>
/// <param name="Months">Months, 1 to 3.</param>
/// <param name="Due">Interest and principal due, median of the draws.</param>
/// <param name="Paid">Paid in it, median of all draws, those that have defaulted among them.</param>
/// <param name="Unpaid">Share of the draws in which a default has come by its end, or less than all that is due has been paid, 0 to 1.</param>
public sealed record DebtQuarter(Month From, int Months, double Due, double Paid, double Unpaid);
