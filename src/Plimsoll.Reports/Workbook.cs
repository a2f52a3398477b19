using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Reports.Workbooks;
using Plimsoll.Studies;

namespace Plimsoll.Reports;

/// <summary>The finance of one case as a spreadsheet of live formulas that reproduces the engine to the cent.</summary>
/// <remarks>
/// Constants are assumptions, the outlook of the market and the debt that the engine solved; every other number is a formula, written with its value.
/// How it is built, and what its sensitivities do, stands in docs/model/workbook.md. The same case gives the same bytes.
/// </remarks>
public static class Workbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="stream">Where to; left open. It need not be seekable.</param>
    /// <param name="title">Title of the cover.</param>
    /// <param name="model">Terms and debt as contracted.</param>
    /// <param name="outlook">What the centre does and sells, one draw.</param>
    /// <param name="flow">The engine's run of the model on the outlook.</param>
    /// <param name="assumptions">Numbers of the study with source and grade; may be empty.</param>
    /// <param name="conventions">Further conventions in words, printed on the cover; may be empty.</param>
    /// <exception cref="ArgumentException">The flow is not a run of as many months as the outlook.</exception>
    public static void Write(
        Stream stream,
        string title,
        ProjectModel model,
        MonthlyOutlook outlook,
        CashFlow flow,
        IReadOnlyList<Assumption> assumptions,
        IReadOnlyList<string> conventions
    )
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Months != outlook.Months || model.Months != outlook.Months)
        {
            throw new ArgumentException(
                $"The outlook has {outlook.Months} months, the model {model.Months}, the flow {flow.Months}.",
                nameof(flow)
            );
        }
        XlsxWriter.Write(
            new ModelBook(title, model, outlook, assumptions, conventions).Book,
            stream
        );
    }
}
