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
        "-2507",
        "-thinking",
        "-w4a16",
        "-int4",
        "-gptq",
        "-mxfp4",
        "-fp8-kv",
        "-quantized.w8a8",
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

    // Words of makers and packages that do not tell one chip from another.
    private static readonly HashSet<string> _packages = new(StringComparer.Ordinal)
    {
        "nvidia",
        "amd",
        "intel",
        "huawei",
        "google",
        "instinct",
        "geforce",
        "tesla",
        "sxm",
        "sxm2",
        "sxm4",
        "sxm5",
        "sxm6",
        "oam",
        "nvl",
        "nvl72",
        "nvl36",
        "hgx",
        "dgx",
        "hbm2e",
        "hbm3",
        "hbm3e",
        "per",
        "gpu",
        "accelerator",
        "40gb",
        "64gb",
        "80gb",
        "96gb",
        "141gb",
        "180gb",
        "192gb",
        "256gb",
        "288gb",
    };

    /// <summary>The catalogue's name of a chip, or null.</summary>
    /// <remarks>Makers, packages and memory sizes are dropped, letter case and separators do not matter: <c>NVIDIA H200-SXM5-141GB</c> is <c>H200 SXM</c>. A name that several entries begin with means the first of them.</remarks>
    public static string? Chip(CatalogView view, string system)
    {
        var name = _systems.GetValueOrDefault(system, system);
        if (view.Find(Accelerator.Kind, name) is not null)
        {
            return name;
        }
        var wanted = Core(system);
        return wanted.Length < 2
            ? null
            : view.Names(Accelerator.Kind).FirstOrDefault(n => Core(n) == wanted)
                ?? view.Names(Accelerator.Kind)
                    .FirstOrDefault(n =>
                        wanted.Length >= 4 && Core(n).StartsWith(wanted, StringComparison.Ordinal)
                    );
    }

    private static string Core(string name) =>
        string.Concat(
            name.ToLowerInvariant()
                .Split([' ', '_', '-', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries)
                .Where(w => !_packages.Contains(w))
        );

    /// <summary>A precision in this library's words; bf16 where the file is silent, the word itself when it is not known.</summary>
    public static string Precision(string word)
    {
        var lower = word.ToLowerInvariant();
        return lower switch
        {
            "" or "bf16" or "fp16" or "float16" or "bfloat16" or "half" => "bf16",
            _ when lower.Contains("fp4", StringComparison.Ordinal) => "fp4",
            _ when lower.Contains("fp8", StringComparison.Ordinal) || lower is "int8" or "w8a8" =>
                "fp8",
            _ when lower is "int4" or "w4a16" or "awq" or "gptq" => "int4",
            _ => lower,
        };
    }

    /// <summary>The catalogue's name of a model, or null.</summary>
    /// <remarks>The organisation and endings such as <c>-Instruct</c> or <c>-FP8</c> are dropped; letter case does not matter.</remarks>
    public static string? Model(CatalogView view, string path)
    {
        var wanted = Stem(path);
        var names = view.Names(LanguageModel.Kind);
        return names.FirstOrDefault(n => string.Equals(n, path, StringComparison.OrdinalIgnoreCase))
            ?? names.FirstOrDefault(n => Stem(n) == wanted)
            ?? names.FirstOrDefault(n => Letters(Stem(n)) == Letters(wanted));
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit));

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
