using System.Text.Json;
using Plimsoll.Studies;

namespace Plimsoll.Web.Runs;

/// <summary>What the option that the answer names came to in every draw, kept beside the answer so that runs are compared draw by draw.</summary>
/// <param name="Option">Name of the option.</param>
/// <param name="World">Whose world a draw is; one entry a draw.</param>
/// <param name="EquityNpv">Net present value to equity, money of the decision month; null where a draw has none.</param>
/// <param name="MinimumCover">Lowest cover; null where a draw has none.</param>
internal sealed record DrawFile(
    string Option,
    IReadOnlyList<int> World,
    IReadOnlyList<double?> EquityNpv,
    IReadOnlyList<double?> MinimumCover
)
{
    /// <summary>Name of the file.</summary>
    public const string Name = "draws.json";

    /// <summary>The file of an answer; null where it has no option.</summary>
    public static byte[]? Of(StudyResult result)
    {
        var option =
            result.Options.FirstOrDefault(o => o.Name == result.Verdict.Option)
            ?? (result.Options.Count > 0 ? result.Options[0] : null);
        if (option is null)
        {
            return null;
        }
        var figures = option.Figures;
        var sound = figures.Sound.ToHashSet();
        IReadOnlyList<double?> Finite(double[] values) =>
            [
                .. values.Select(
                    (v, i) => sound.Contains(i) && double.IsFinite(v) ? v : (double?)null
                ),
            ];
        return JsonSerializer.SerializeToUtf8Bytes(
            new DrawFile(
                option.Name,
                figures.World,
                Finite(figures.EquityNpv),
                Finite(figures.MinimumCover)
            ),
            JsonSerializerOptions.Web
        );
    }

    /// <summary>Reads it; null where there is none.</summary>
    public static DrawFile? Read(byte[]? bytes) =>
        bytes is null
            ? null
            : JsonSerializer.Deserialize<DrawFile>(bytes, JsonSerializerOptions.Web);
}
