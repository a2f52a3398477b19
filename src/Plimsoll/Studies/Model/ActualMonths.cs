using Plimsoll.Finance;
using Plimsoll.Inputs;

namespace Plimsoll.Studies.Model;

/// <summary>The months of a standing centre up to the decision, as they were: facts in place of draws.</summary>
/// <param name="Months">In a row, the earliest first, the last the month of the decision; empty when none is told.</param>
public sealed record ActualMonths(IReadOnlyList<ActualMonth> Months)
{
    private const string List = "actuals";

    /// <summary>Its input rows.</summary>
    public static IReadOnlyList<InputRow> Rows { get; } =
    [
        new(
            List,
            InputType.List,
            "Months of a standing centre as they were, up to and with the month of the decision, in a row: cover, lock-up and default to date are tested on them, and the first windows of twelve months reach back into them."
        )
        {
            Max = 240,
        },
        new($"{List}[].month", InputType.Month, "Which month.") { Required = true },
        Money(
            "cash",
            "Cash available for debt service, after income tax; silent where revenue and running_cost are told, of which it is the difference.",
            -1e13
        ),
        Money("revenue", "Revenue, tax excluded."),
        Money(
            "running_cost",
            "Running cost paid, income tax among it; services and hall that 'site' does not state are taken to cost what the last twelve months leave for them."
        ),
        Money("due", "Interest and principal due.") with
        {
            Default = "0",
        },
        Money(
            "paid",
            "Paid to lenders of what was due then or before; silent for all that was due."
        ),
        new(
            $"{List}[].fill",
            InputType.Number,
            "Share of installed accelerator-hours sold; that of the last month is where a centre without a rent roll begins."
        )
        {
            Min = 0,
            Max = 1,
            Unit = "fraction",
            OneValue = true,
        },
        Money("distributed", "Paid out to equity.") with
        {
            Default = "0",
        },
    ];

    /// <summary>No month told.</summary>
    public static ActualMonths None { get; } = new([]);

    /// <summary>The last month; null when none is told.</summary>
    public ActualMonth? Last => Months.Count > 0 ? Months[^1] : null;

    /// <summary>The same as the finance of a loan counts them.</summary>
    public ServiceToDate Service =>
        ServiceToDate.Of([.. Months.Select(m => new ServiceMonth(m.Cash, m.Due, m.Paid))]);

    /// <summary>The months of a file, in whatever order they stand.</summary>
    /// <param name="file">A file of kind study.</param>
    public static ActualMonths Of(InputValues file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new ActualMonths([
            .. file.Items(List)
                .Select(m => new ActualMonth(
                    m.Month("month"),
                    Cash(m) ?? 0,
                    m.Number("due"),
                    m.NumberOrNull("paid") ?? m.Number("due")
                )
                {
                    Revenue = m.NumberOrNull("revenue"),
                    RunningCost = m.NumberOrNull("running_cost"),
                    Fill = m.NumberOrNull("fill"),
                    Distributed = m.Number("distributed"),
                })
                .OrderBy(m => m.Month),
        ]);
    }

    /// <summary>Cash of a month as stated, or revenue less running cost; null when neither is told.</summary>
    /// <param name="month">One item of the list.</param>
    internal static double? Cash(InputValues month) =>
        month.NumberOrNull("cash")
        ?? (
            month.NumberOrNull("revenue") is { } revenue
            && month.NumberOrNull("running_cost") is { } cost
                ? revenue - cost
                : null
        );

    private static InputRow Money(string key, string description, double min = 0) =>
        new($"{List}[].{key}", InputType.Number, description)
        {
            Min = min,
            Max = 1e13,
            Unit = "1",
            OneValue = true,
        };
}
