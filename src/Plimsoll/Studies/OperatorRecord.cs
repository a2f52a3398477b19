using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.Filling;

namespace Plimsoll.Studies;

/// <summary>What is observed of the operator and its site, and the capability that follows from it.</summary>
/// <remarks>
/// Leases signed before the decision stand in the study as contracts; the record is of what must still find tenants. Anything left out is
/// taken as of a newcomer with power on time.
/// </remarks>
internal static class OperatorRecord
{
    private const string Capable = "centre.operator_capability";
    private const string Record = "centre.record";

    /// <summary>The input rows.</summary>
    public static IReadOnlyList<InputRow> Rows(string parent) =>
        [
            new(
                parent,
                InputType.Section,
                "What is observed of the operator: with it, its capability follows from the centres whose fate is known."
            ),
            new(
                parent + ".months_in_operation",
                InputType.Number,
                "Months for which it has let accelerators to others; 0 for a newcomer."
            )
            {
                Default = "0",
                Min = 0,
                Max = 600,
                Unit = "months",
            },
            new(
                parent + ".accelerators_run",
                InputType.Number,
                "Accelerators that it runs for others today."
            )
            {
                Default = "0",
                Min = 0,
                Max = 10_000_000,
                Unit = "1",
            },
            new(
                parent + ".service_record",
                InputType.Boolean,
                "Whether it holds certificates or a published record of service levels."
            )
            {
                Default = "false",
            },
            new(
                parent + ".sales_channel",
                InputType.Boolean,
                "Whether it has salespeople, a cloud or a marketplace of its own."
            )
            {
                Default = "false",
            },
            new(
                parent + ".grid_power",
                InputType.Choice,
                "Whether the grid power for the fleet's dates is secured, or missing or late."
            )
            {
                Choices = ["secured", "late"],
                Default = "secured",
            },
        ];

    /// <summary>Capability of the study's operator: as stated, else by its record, else the prior.</summary>
    public static InputNumber Capability(InputValues values, CatalogView view)
    {
        var stated = values.Sourced(Capable);
        if (values.Has(Capable) || !values.Has(Record))
        {
            return stated;
        }
        var seen = new FillObservables
        {
            MonthsInOperation = values.Number(Record + ".months_in_operation"),
            AcceleratorsRun = values.Number(Record + ".accelerators_run"),
            ServiceRecord = values.Flag(Record + ".service_record"),
            SalesChannel = values.Flag(Record + ".sales_channel"),
            Unpowered = values.Text(Record + ".grid_power") == "late",
        };
        var law = FillLaw.Of(view);
        var (value, low, high) = OperatorCapability.Of(law, seen);
        return stated with
        {
            Value = value,
            Low = low,
            High = high,
            Source = string.Create(
                CultureInfo.InvariantCulture,
                $"centre.record, by the law of filling on {law.Centres} centres whose fate was known"
            ),
            FromDefault = false,
        };
    }
}
