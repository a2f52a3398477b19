using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Reports.Workbooks;

/// <summary>What the sheets of formulas are made from.</summary>
internal sealed class Inputs
{
    /// <summary>Last month in which cover may be tested: that of closing, else the last of all.</summary>
    public required int LastTest { get; init; }
    public required Book Book { get; init; }

    /// <summary>Months.</summary>
    public required int Count { get; init; }

    /// <summary>Code of the currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The engine's terms.</summary>
    public required FinanceTerms Given { get; init; }

    /// <summary>The engine's debt as contracted.</summary>
    public required DebtPlan Plan { get; init; }

    /// <summary>Coming debt service kept in the collection account as contracted, by month.</summary>
    public required IReadOnlyList<double> KeptForService { get; init; }

    /// <summary>The outlook as given.</summary>
    public required MonthlyOutlook Month { get; init; }

    public required TermsBlock Terms { get; init; }

    public required Sensitivities Sens { get; init; }

    public required CapitalTable Capital { get; init; }

    public required SupportTables Support { get; init; }

    /// <summary>What the centre brings with it; null for one that begins with the outlook.</summary>
    public required OpeningTable? Opening { get; init; }

    public required BeforeTable Before { get; init; }

    public required OutlookSheet Outlook { get; init; }

    public required LeaseSheet Leases { get; init; }

    /// <summary>Names of the products sold.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>True when calendar months are known to the terms, which day counts and write-off tables then follow.</summary>
    public required bool Calendar { get; init; }
}
