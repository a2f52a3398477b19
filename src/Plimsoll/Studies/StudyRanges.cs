using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Which numbers of a study may be given with a range that enters the answer, those of <c>finance</c> aside.</summary>
internal static class StudyRanges
{
    /// <summary>Drawn, listed among the assumptions and swung by the tornado.</summary>
    internal static readonly string[] Drawn =
    [
        "centre.operator_capability",
        "site.tariff",
        "site.demand_charge",
        "site.design_pue",
        "site.fixed_overhead_share",
        "site.let_load",
        "site.lit_service",
        "site.lit_bandwidth",
        "site.standing_service",
        "site.colocation",
        "site.water",
        "site.escalation",
        "fleet[].capex_per_server",
        "serving.software_growth",
        "signed[].price_per_gpu_hour",
        "signed[].take_or_pay",
        "signed[].monthly_breach_hazard",
        "signed[].arrears_default_factor",
        "operator.monthly_hazard",
        "options.other_capex_per_server",
        "offer.monthly_breach_hazard",
    ];

    /// <summary>The rows with those marked whose range is taken.</summary>
    /// <param name="rows">Of a study.</param>
    public static IEnumerable<InputRow> Marked(IEnumerable<InputRow> rows) =>
        rows.Select(r =>
            Drawn.Contains(r.Path, StringComparer.Ordinal) ? r with { Ranged = true } : r
        );
}
