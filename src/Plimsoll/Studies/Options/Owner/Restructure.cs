using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>A course with its debt made longer, after months without payments; interest is added to the debt.</summary>
/// <param name="LongerMonths">Months added to the loan, 0 or more.</param>
/// <param name="GraceMonths">Months without payments, 0 or more.</param>
public sealed record Restructure(int LongerMonths, int GraceMonths)
{
    /// <summary>True when what is repaid early, from a sale or a sweep, shortens all instalments in proportion, not the last ones.</summary>
    public bool ProRata { get; init; }

    /// <summary>Added to the yearly margins, a fraction, 0 or more: what the bank is offered for the rest.</summary>
    public double Dearer { get; init; }

    /// <summary>True when the study states the months; else they are searched.</summary>
    public bool Stated { get; init; }

    /// <summary>Its input rows.</summary>
    public static IReadOnlyList<InputRow> Rows { get; } =
    [
        OptionRow.Months(
            "restructure_tenor",
            "Months over which the loan is repaid longer when it is restructured, beyond those without payments; without this key and the next the least months with which default keeps within the rule are searched.",
            "36",
            0,
            120,
            prior: true
        ),
        OptionRow.Months(
            "restructure_grace",
            "Months without payments when it is restructured; interest is added to the debt.",
            "12",
            0,
            60,
            prior: true
        ),
    ];

    /// <summary>As a file describes it.</summary>
    public static Restructure Read(InputValues file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new Restructure(
            file.Integer("options.restructure_tenor"),
            file.Integer("options.restructure_grace")
        )
        {
            Stated = file.Has("options.restructure_tenor") || file.Has("options.restructure_grace"),
        };
    }

    /// <summary>The course with its debt restructured; null without debt.</summary>
    public StudyOption? Of(StudyOption course)
    {
        ArgumentNullException.ThrowIfNull(course);
        if (course.Case.Loan is not { } loan)
        {
            return null;
        }
        // The horizon leaves a month to pay in; what it cuts off is not asked for.
        var grace = Math.Clamp(
            course.Case.Plan.Months - 1 - loan.FirstPaymentMonth,
            0,
            GraceMonths
        );
        var first = loan.FirstPaymentMonth + grace;
        var tenor = Math.Min(loan.TenorMonths + LongerMonths, course.Case.Plan.Months - first);
        var held = Dearer > 0 ? course.Case.WithoutNumbers("margin") : course.Case;
        DebtTranche Dear(DebtTranche t) =>
            Dearer > 0 ? t with { Margin = t.MarginInForce + Dearer, MarginByCredit = null } : t;
        return new StudyOption(
            Phrase.Of("option.restructure", course.Title),
            VerdictKind.RestructureDebt,
            Phrase.Of(
                "option.restructure.said",
                grace,
                grace + tenor - loan.TenorMonths,
                course.Said,
                course.Case.Plan.Start + (first + tenor - 1)
            ),
            held with
            {
                // Covenants are agreed anew with the terms: what was tested before is behind both.
                Terms = course.Case.Terms with
                {
                    Before = Finance.ServiceToDate.None,
                },
                Junior = [.. held.Junior.Select(Dear)],
                Loan = Dear(loan) with
                {
                    ProRataPrepayment = loan.ProRataPrepayment || ProRata,
                    FirstPaymentMonth = first,
                    TenorMonths = tenor,
                    Instalments = InstalmentSpan.Stretched(
                        loan.Instalments,
                        loan.TenorMonths,
                        tenor
                    ),
                },
            }
        )
        {
            Again = centre =>
                (course.Again is { } again ? again(centre) : course with { Case = centre })
                    is { } there
                    ? Of(there)
                    : null,
        };
    }
}
