using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Terms of a loan that are stated and would do nothing, or that another statement puts out of force: found alike in a finance case and in a study.</summary>
/// <remarks>A key stated at its default says nothing, and contradicts nothing.</remarks>
internal static class TermRelations
{
    /// <summary>What does nothing without another key.</summary>
    private static readonly (string Key, string Other)[] _needs =
    [
        ("swap_rate", "hedged_share"),
        ("cap_premium", "cap_share"),
        ("collar_floor", "cap_share"),
        ("pik_months", "pik_share"),
        ("amortisation", "refinance_tenor"),
        ("refinance_margin", "refinance_tenor"),
        ("refinance_fee", "refinance_tenor"),
        ("refinance_ltv", "refinance_tenor"),
        ("refinance_cover", "refinance_tenor"),
        ("margin_investment_grade", "customer"),
        ("margin_below_investment_grade", "customer"),
    ];

    /// <summary>What counts under one form of repayment or draw alone.</summary>
    private static readonly (string Key, string Form, string Value)[] _forms =
    [
        ("instalments", "repayment", "instalments"),
        ("target_cover", "repayment", "sculpted"),
        ("merchant_target_cover", "repayment", "sculpted"),
        ("downside_target_cover", "repayment", "sculpted"),
        ("sculpt_every", "repayment", "sculpted"),
        ("sculpt_after_tax", "repayment", "sculpted"),
        ("interest_only", "draw", "after_acceptance"),
    ];

    /// <summary>Two ways to say one thing.</summary>
    private static readonly (string Key, string Other)[] _either =
    [
        ("base_rate", "base_rates"),
        ("margin", "customer"),
    ];

    /// <summary>Findings of a row of debt.</summary>
    public static IEnumerable<Finding> Of(InputValues tranche)
    {
        foreach (var (key, other) in _needs)
        {
            // What is written as its default, such as a hedged share of 0, is meant: the loan without it.
            if (tranche.Says(key) && !tranche.Has(other))
            {
                yield return Alone(tranche, key, $"'{other}'", $"Add '{other}'");
            }
        }
        foreach (var (key, form, value) in _forms)
        {
            if (tranche.Says(key) && tranche.Text(form) != value)
            {
                yield return Alone(tranche, key, $"'{form}: {value}'", $"Write '{form}: {value}'");
            }
        }
        foreach (var (key, other) in _either)
        {
            if (tranche.Says(key) && tranche.Says(other))
            {
                yield return Both(tranche.Path.Key(key), key, other);
            }
        }
        if (tranche.Text("draw") == "after_acceptance" && tranche.Says("first_payment"))
        {
            yield return new Finding(
                tranche.Path.Key("first_payment"),
                "contradiction",
                "a first payment of a loan that is drawn after acceptance",
                "one of the two",
                "Each of its draws is repaid from the month after its own months of interest alone: take the first payment out."
            );
        }
        if (
            !tranche.Has("base_rate")
            && tranche.Items("base_rates").Count == 0
            && !tranche.Has("swap_rate")
        )
        {
            yield return new Finding(
                tranche.Path.Key("base_rate"),
                "missing-key",
                "nothing",
                "base_rate, base_rates or swap_rate",
                "Say at which base rate it is lent: silence would be a loan at its margin alone."
            );
        }
        if (
            tranche.Text("repayment") != "sculpted"
            && !tranche.Has("amount")
            && !tranche.Has("gearing")
        )
        {
            yield return new Finding(
                tranche.Path.Key("amount"),
                "missing-key",
                "nothing",
                "amount or gearing",
                "Say what is lent, as money or as a share of what it funds: silence lends nothing."
            );
        }
    }

    /// <summary>A warning where a lock-up is stated below the covenant, stated or at its default: cash would leave while the covenant is broken.</summary>
    /// <param name="path">Of the lock-up.</param>
    /// <param name="accounts">Group of keys with the lock-up.</param>
    /// <param name="lockUp">Its key there.</param>
    /// <param name="rule">Group of keys with the covenant.</param>
    /// <param name="covenant">Its key there.</param>
    public static Finding? LockUpBelowCovenant(
        InputPath path,
        InputValues accounts,
        string lockUp,
        InputValues rule,
        string covenant
    ) =>
        accounts.Has(lockUp)
        && accounts.Number(lockUp) is > 0 and var locks
        && locks < rule.Number(covenant)
            ? new Finding(
                path,
                "contradiction",
                $"a lock-up of {locks} below the covenant of {rule.Number(covenant)}",
                $"{rule.Number(covenant)} or more, or 0 for no lock-up",
                "A loan locks up before its covenant breaks: raise the lock-up, or leave it out, and it follows the covenant."
            )
            {
                IsWarning = true,
            }
            : null;

    /// <summary>Where both are stated, a downside cover above the target cover: nine draws in ten could not keep more than half of them must.</summary>
    /// <param name="rule">Group of keys of the lender's rule.</param>
    public static Finding? DownsideAboveTarget(InputValues rule) =>
        rule.Has("downside_cover")
        && rule.Has("target_cover")
        && rule.Number("downside_cover") is var downside
        && rule.Number("target_cover") is var target
        && downside > target
            ? new Finding(
                rule.Path.Key("downside_cover"),
                "contradiction",
                $"a downside cover of {downside} above the target cover of {target}",
                $"at most {target}",
                "What nine draws in ten must keep lies below what half of them must: correct one of the two."
            )
            : null;

    /// <summary>Two ways to say one thing, both used.</summary>
    public static Finding Both(InputPath path, string key, string other) =>
        new(
            path,
            "contradiction",
            $"'{key}' beside '{other}'",
            "one of the two",
            "Leave one of the two."
        );

    /// <summary>A key that does nothing as the rest stands.</summary>
    public static Finding Alone(InputValues item, string key, string needed, string remedy) =>
        new(
            item.Path.Key(key),
            "needs-another-key",
            $"'{key}' without {needed}",
            $"{needed} beside it",
            $"{remedy}, or leave '{key}' out: alone it does nothing."
        );
}
