using Plimsoll.Inputs;

namespace Plimsoll.Studies.Options;

/// <summary>A kind of option: the inputs that describe it, and how it is made from a file that has them.</summary>
/// <param name="Rows">Its input rows; empty when it needs none.</param>
/// <param name="Read">The option as the file describes it; null when the file leaves it out.</param>
public sealed record OptionKind<T>(IReadOnlyList<InputRow> Rows, Func<InputValues, T?> Read)
    where T : class;

/// <summary>Input rows that options declare, in one form.</summary>
internal static class OptionRow
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>A share or another plain number.</summary>
    public static InputRow Number(
        string key,
        string meaning,
        string standard,
        double min,
        double max,
        string unit,
        bool prior = false
    ) => Row(InputType.Number, key, meaning, standard, min, max, unit, prior);

    /// <summary>A number of months.</summary>
    public static InputRow Months(
        string key,
        string meaning,
        string standard,
        double min,
        double max,
        bool prior = false
    ) => Row(InputType.Integer, key, meaning, standard, min, max, "months", prior);

    private static InputRow Row(
        InputType type,
        string key,
        string meaning,
        string standard,
        double min,
        double max,
        string unit,
        bool prior
    ) =>
        prior
            ? new InputRow($"options.{key}", type, meaning)
            {
                Default = standard,
                Min = min,
                Max = max,
                Unit = unit,
                Source = OwnPrior,
            }
            : new InputRow($"options.{key}", type, meaning)
            {
                Default = standard,
                Min = min,
                Max = max,
                Unit = unit,
            };
}
