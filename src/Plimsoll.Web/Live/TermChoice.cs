using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Live;

/// <summary>A term that may be moved on held draws.</summary>
/// <param name="Path">Its key.</param>
/// <param name="Row">Its row.</param>
/// <param name="Now">Value in the study.</param>
/// <param name="Low">Lowest value offered.</param>
/// <param name="High">Highest.</param>
/// <param name="Step">Step between.</param>
internal sealed record TermChoice(
    string Path,
    InputRow Row,
    double Now,
    double Low,
    double High,
    double Step
)
{
    /// <summary>What it is about: <c>debt</c>, <c>tax</c>, <c>rule</c> or <c>site</c>.</summary>
    public string Group =>
        Path switch
        {
            "finance.state_tax" or "finance.sales_tax" => "tax",
            _ when HeldStudy.SiteCosts.Contains(Path) => "site",
            _ when Path.StartsWith("decision.", StringComparison.Ordinal) => "rule",
            _ => "debt",
        };

    /// <summary>False where a run of the changed study would let the market see the change, so that its figures may differ a little.</summary>
    public bool Exact { get; init; } = true;

    // Rates by which the prices of a site rise.
    private static readonly (string, double, double, double)[] _rises =
    [
        ("site.escalation", -0.05, 0.15, 0.005),
        ("hall.escalator", -0.05, 0.15, 0.005),
    ];

    // Terms of a loan that is still to be lent: one outstanding has them behind it.
    private static readonly (string, double, double, double)[] _lent =
    [
        ("finance.gearing", 0, 0.95, 0.005),
        ("finance.grace", 0, 36, 1),
        ("finance.upfront_fee", 0, 0.05, 0.0005),
    ];

    // Terms of any loan that stands in the file as one.
    private static readonly (string, double, double, double)[] _loan =
    [
        ("finance.margin", 0, 0.12, 0.0005),
        ("finance.base_rate", 0, 0.12, 0.0005),
        ("finance.sweep", 0, 1, 0.05),
    ];

    private static readonly (string, double, double, double)[] _tenor =
    [
        ("finance.tenor", 12, 120, 1),
    ];

    private static readonly (string, double, double, double)[] _anyDebt =
    [
        ("finance.reserve", 0, 12, 1),
        ("finance.lock_up", 0, 3, 0.05),
        ("decision.covenant_dscr", 0.8, 2.5, 0.05),
    ];

    // Covers by which a lender's loan is judged.
    private static readonly (string, double, double, double)[] _covers =
    [
        ("decision.target_cover", 0.8, 2.5, 0.05),
        ("decision.downside_cover", 0.5, 2.5, 0.05),
    ];

    // Limits of chances: of a lender in force only where the study states them, of all others always.
    private static readonly (string, double, double, double)[] _chances =
    [
        ("decision.max_breach_probability", 0, 0.5, 0.005),
        ("decision.max_default_probability", 0, 0.5, 0.01),
    ];

    private static readonly (string, double, double, double)[] _always =
    [
        ("decision.equity_hurdle", 0, 0.4, 0.005),
    ];

    /// <summary>The terms that concern who asks a study: those of the debt that there is or, before it is lent, may be; a slider that would move nothing is not shown, nor a limit that is not in force.</summary>
    /// <param name="values">A sound study.</param>
    public static IReadOnlyList<TermChoice> Of(InputValues values)
    {
        var standing =
            values.Text("question") == "owner"
            || (
                values.Text("question") == "offer"
                && values.Items("fleet").All(f => f.Month("online") <= values.Month("decided") + 1)
            );
        var lender = values.Text("question") == "lender";
        var owed = values.Number("finance.existing_debt");
        var tranches = values.Section("finance").Items("debt").Count > 0;
        // A centre that stands is not lent anew: its costs are sunk, whatever gearing the file has.
        var one = !tranches && (owed > 0 || !standing);
        (string, double, double, double)[] terms =
        [
            .. one && owed > 0
                ?
                [
                    (
                        "finance.existing_debt",
                        0,
                        2 * owed,
                        Math.Pow(10, Math.Floor(Math.Log10(owed)) - 2)
                    ),
                ]
                : Array.Empty<(string, double, double, double)>(),
            .. one && owed <= 0 ? _lent : [],
            .. one ? _loan : [],
            .. one && values.MonthOrNull("finance.maturity") is null ? _tenor : [],
            .. one || tranches ? _anyDebt : [],
            .. (one || tranches) && lender ? _covers : [],
            .. one || tranches ? _chances.Where(t => !lender || values.Has(t.Item1)) : [],
            .. _always,
        ];
        // Where the file is silent the catalogue speaks, or months that are told.
        var known = HeldStudy
            .InForce(values, FactCatalog.Shipped())
            .ToDictionary(n => n.Path, n => n.Value, StringComparer.Ordinal);
        double? Now(string path) =>
            values.NumberOrNull(path) ?? (known.TryGetValue(path, out var now) ? now : null);
        terms =
        [
            .. terms,
            ("finance.state_tax", 0, 0.2, 0.005),
            .. standing
                ? Array.Empty<(string, double, double, double)>()
                : [("finance.sales_tax", 0, 0.2, 0.005)],
            .. Costs(values.Has("hall"), Now),
        ];
        return
        [
            .. terms
                .Select(t =>
                    (
                        Term: t,
                        Row: StudyDocument.Table.Rows.FirstOrDefault(r => r.Path == t.Item1),
                        Now: Now(t.Item1)
                    )
                )
                .Where(t => t.Row is not null && t.Now is not null)
                .Select(t => new TermChoice(
                    t.Term.Item1,
                    t.Row!,
                    t.Now!.Value,
                    Math.Min(t.Term.Item2, t.Now.Value),
                    Math.Max(t.Term.Item3, t.Now.Value),
                    t.Term.Item4
                )
                {
                    Exact = HeldStudy.MoneyAlone(values, t.Term.Item1),
                }),
        ];
    }

    /// <summary>Costs of the site, from nothing to twice what they are; a hall that is rented stands in place of the site's.</summary>
    private static IEnumerable<(string, double, double, double)> Costs(
        bool hall,
        Func<string, double?> now
    )
    {
        foreach (var path in HeldStudy.SiteCosts)
        {
            if (
                path == "site.colocation"
                    ? hall
                    : path.StartsWith("hall.", StringComparison.Ordinal) && !hall
            )
            {
                continue;
            }
            if (path == "site.design_pue")
            {
                yield return (path, 1.05, 2, 0.01);
            }
            else if (_rises.FirstOrDefault(r => r.Item1 == path) is { Item1: not null } rise)
            {
                yield return rise;
            }
            else if (now(path) is > 0 and var cost)
            {
                var step = Math.Pow(10, Math.Floor(Math.Log10(cost)) - 2);
                yield return (path, 0, Math.Round(2 * cost / step) * step, step);
            }
        }
    }
}
