using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <summary>A finance-only case: terms, the outlook they are run on, and the outlook on which sculpted debt is sized.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Terms">The terms.</param>
/// <param name="Outlook">The outlook, scripted breaches and sales included.</param>
/// <param name="Sizing">The same without scripted breaches.</param>
public sealed record FinanceCase(
    string Name,
    FinanceTerms Terms,
    MonthlyOutlook Outlook,
    MonthlyOutlook Sizing
)
{
    /// <summary>What is carried out otherwise than it is stated, or before there is cash for it; a run survives it and says so.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];

    /// <summary>Contracts the debt and runs the outlook; what the outlook says of the months after a default is what its lenders expect.</summary>
    public (ProjectModel Model, CashFlow Flow) Run()
    {
        var model = ProjectModel.Contract(Terms, Outlook.Months, Sizing).Expecting();
        return (model, model.Run(Outlook));
    }
}

/// <summary>What is wrong with a finance case beyond single values, all at once, each with its place.</summary>
public sealed class FinanceCaseException : Exception
{
    /// <summary>Builds the exception.</summary>
    /// <param name="findings">At least one.</param>
    public FinanceCaseException(IReadOnlyList<Finding> findings)
        : base(
            string.Join(
                Environment.NewLine,
                findings.Select(f =>
                    $"{f.Path}: {f.Rule}: found {f.Found}; expected {f.Expected}. {f.Remedy}"
                )
            )
        ) => Findings = findings;

    /// <summary>All findings.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
