using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Sweeps;

/// <summary>An input that a sweep varies.</summary>
/// <param name="Path">Where in the study.</param>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Choices">The values it takes; empty for a range.</param>
/// <param name="Low">Lowest value of a range.</param>
/// <param name="High">Highest value of a range.</param>
/// <param name="Count">Values of a range in a grid.</param>
/// <param name="Log">True when a range is parted by equal ratios.</param>
/// <param name="Whole">True when values of a range are rounded to whole numbers.</param>
public sealed record SweepAxis(
    string Path,
    string Name,
    IReadOnlyList<JsonNode> Choices,
    double Low,
    double High,
    int Count,
    bool Log,
    bool Whole
)
{
    /// <summary>True when its values are words.</summary>
    public bool IsWords =>
        Choices.Count > 0 && Choices[0].GetValueKind() == System.Text.Json.JsonValueKind.String;

    /// <summary>How many values it takes in a grid.</summary>
    public int Steps => Choices.Count > 0 ? Choices.Count : Count;

    /// <summary>A value in a grid.</summary>
    /// <param name="step">From 0 to <see cref="Steps"/> - 1.</param>
    public JsonNode AtStep(int step) =>
        Choices.Count > 0 ? Choices[step] : At(step / (double)(Count - 1));

    /// <summary>A value in a sample.</summary>
    /// <param name="share">How far along, 0 to 1; choices share it out evenly.</param>
    public JsonNode AtShare(double share) =>
        Choices.Count > 0
            ? Choices[Math.Min((int)(share * Choices.Count), Choices.Count - 1)]
            : At(share);

    private JsonValue At(double share)
    {
        var value = Log ? Low * Math.Pow(High / Low, share) : Low + ((High - Low) * share);
        // Twelve digits: what is written in the study is what stands in the table, without 0.30000000000000004.
        return Whole
            ? JsonValue.Create((long)Math.Round(value))
            : JsonValue.Create(
                double.Parse(
                    value.ToString("G12", CultureInfo.InvariantCulture),
                    CultureInfo.InvariantCulture
                )
            );
    }
}
