using Plimsoll.Catalog;

namespace Plimsoll.Performance.Points;

/// <summary>Finds the catalogue's names for what files of points call models and systems.</summary>
public static class PublishedNames
{
    private static readonly Dictionary<string, string> _systems = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["a100_sxm"] = "A100 SXM 80GB",
        ["h100_sxm"] = "H100 SXM5",
        ["h200_sxm"] = "H200 SXM",
        ["h20_sxm"] = "H20 SXM",
        ["h800_sxm"] = "H800 SXM5",
        ["b200_sxm"] = "B200 SXM",
        ["b300_sxm"] = "B300 SXM",
        ["gb200"] = "GB200 NVL72 (per GPU)",
        ["gb300"] = "GB300 NVL72 (per GPU)",
        ["gb200_sxm"] = "GB200 NVL72 (per GPU)",
        ["gb300_sxm"] = "GB300 NVL72 (per GPU)",
        ["l40s"] = "L40S",
        ["mi300x"] = "MI300X",
        ["mi325x"] = "MI325X",
        ["mi355x"] = "MI355X",
    };

    // Endings that name a precision or a tuning, not another architecture.
    private static readonly string[] _endings =
    [
        "-instruct",
        "-fp8",
        "-nvfp4",
        "-fp4",
        "-bf16",
        "-awq",
        "-0528",
        "-base",
        "-chat",
        "-it",
    ];

    /// <summary>The catalogue's name of a chip, or null.</summary>
    public static string? Chip(CatalogView view, string system)
    {
        var name = _systems.GetValueOrDefault(system, system);
        return view.Find(Accelerator.Kind, name) is null ? null : name;
    }

    /// <summary>The catalogue's name of a model, or null.</summary>
    /// <remarks>The organisation and endings such as <c>-Instruct</c> or <c>-FP8</c> are dropped; letter case does not matter.</remarks>
    public static string? Model(CatalogView view, string path)
    {
        var wanted = Stem(path);
        return view.Names(LanguageModel.Kind)
                .FirstOrDefault(n => string.Equals(n, path, StringComparison.OrdinalIgnoreCase))
            ?? view.Names(LanguageModel.Kind).FirstOrDefault(n => Stem(n) == wanted);
    }

    private static string Stem(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant().Replace(' ', '-');
        while (Array.Find(_endings, e => name.EndsWith(e, StringComparison.Ordinal)) is { } ending)
        {
            name = name[..^ending.Length];
        }
        return name.StartsWith("meta-", StringComparison.Ordinal) ? name[5..] : name;
    }
}
