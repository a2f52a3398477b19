using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Contracts;

/// <summary>Finds terms of leases that contradict each other though each is sound by itself.</summary>
public static class LeaseCheck
{
    private static readonly string[] _words =
    [
        "class",
        "guarantor",
        "guarantor_class",
        "parent",
        "parent_class",
    ];

    private static readonly string[] _rates =
    [
        "monthly_breach_hazard",
        "default_rate",
        "credit_loading",
        "recovery",
    ];

    /// <summary>All contradictions, in file order; empty when there is none.</summary>
    /// <param name="leases">Items of the list.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<InputValues> leases)
    {
        var found = new List<Finding>();
        var names = new Dictionary<string, InputPath>(StringComparer.Ordinal);
        var credits = new Dictionary<string, (string Says, InputPath At)>(StringComparer.Ordinal);
        foreach (var lease in leases)
        {
            Term(lease, found);
            Steps(lease, found);
            Needs(lease, "long_stop", "ready", found);
            Needs(lease, "delay_damages", "ready", found);
            Needs(lease, "availability_credit", "availability", found);
            Needs(lease, "availability_credit_cap", "availability", found);
            Needs(lease, "terminate_below", "availability", found);
            Needs(lease, "terminate_after", "terminate_below", found);
            Needs(lease, "exit_fee", "exit_after", found);
            Needs(lease, "extension_price", "extension", found);
            Needs(lease, "guarantor_class", "guarantor", found);
            Needs(lease, "guarantor", "guarantor_class", found);
            Needs(lease, "parent_class", "parent", found);
            Trigger(lease, found);
            Behind(lease, "guarantor", found);
            Behind(lease, "parent", found);
            Rates(lease, found);
            Arrears(lease, found);
            Names(lease, names, credits, found);
        }
        return found;
    }

    private static void Term(InputValues lease, List<Finding> found)
    {
        // A tenor that nobody knows contradicts nothing.
        if (lease.NumberOrNull("tenor") is not { } tenor)
        {
            return;
        }
        foreach (var key in new[] { "months_run", "exit_after", "prepaid_months" })
        {
            // Prepaying the whole term is sound; having run it or leaving after it is not.
            if (
                lease.NumberOrNull(key) is { } months
                && (key == "prepaid_months" ? months > tenor : months >= tenor)
            )
            {
                Add(
                    found,
                    lease,
                    key,
                    "beyond-the-term",
                    $"{Plain(months)} months of a contract of {Plain(tenor)}",
                    key == "prepaid_months"
                        ? $"at most {Plain(tenor)} months"
                        : $"fewer than {Plain(tenor)} months",
                    "Correct this figure or the tenor: it lies outside the contract."
                );
            }
        }
    }

    private static void Steps(InputValues lease, List<Finding> found)
    {
        var tenor = lease.NumberOrNull("tenor") ?? double.PositiveInfinity;
        var seen = new HashSet<int>();
        foreach (var step in lease.Items("steps"))
        {
            var from = step.Integer("from");
            if (from >= tenor)
            {
                Add(
                    found,
                    step,
                    "from",
                    "beyond-the-term",
                    $"a price from month {from} of a contract of {Plain(tenor)}",
                    $"a month from 0 to {Plain(tenor - 1)}",
                    "Correct the month or the tenor: this price would never hold."
                );
            }
            if (!seen.Add(from))
            {
                Add(
                    found,
                    step,
                    "from",
                    "duplicate",
                    $"a second price from month {from}",
                    "one price from each month on",
                    "Leave one of the two."
                );
            }
        }
    }

    private static void Needs(InputValues lease, string key, string other, List<Finding> found)
    {
        if (lease.Has(key) && !lease.Has(other))
        {
            Add(
                found,
                lease,
                key,
                "needs-another-key",
                $"'{key}' without '{other}'",
                $"'{other}' beside it",
                $"Add '{other}', or leave '{key}' out: alone it does nothing."
            );
        }
    }

    private static void Trigger(InputValues lease, List<Finding> found)
    {
        if (
            lease.NumberOrNull("availability") is { } promised
            && lease.NumberOrNull("terminate_below") is { } trigger
            && trigger > promised
        )
        {
            Add(
                found,
                lease,
                "terminate_below",
                "contradiction",
                $"a right to leave below {Plain(trigger)} where {Plain(promised)} is promised",
                $"at most the {Plain(promised)} promised",
                "A tenant cannot leave while the promise is kept: correct one of the two."
            );
        }
    }

    private static void Behind(InputValues lease, string key, List<Finding> found)
    {
        if (lease.TextOrNull(key) is { } behind && behind.Trim() == lease.Text("tenant").Trim())
        {
            Add(
                found,
                lease,
                key,
                "contradiction",
                $"the tenant itself as its {key}",
                "another company",
                $"Name who stands behind the tenant, or leave '{key}' out."
            );
        }
    }

    private static void Rates(InputValues lease, List<Finding> found)
    {
        if (lease.Has("monthly_breach_hazard") && lease.Has("default_rate"))
        {
            Add(
                found,
                lease,
                "default_rate",
                "contradiction",
                "a default rate a year beside a hazard a month",
                "one of the two",
                "Leave one of them out: each alone says how often the tenant fails."
            );
        }
    }

    private static void Arrears(InputValues lease, List<Finding> found)
    {
        if (lease.Number("arrears") > 0 && lease.Number("months_behind") > 0)
        {
            Add(
                found,
                lease,
                "months_behind",
                "contradiction",
                "arrears as money and as months",
                "one of the two",
                "Leave one of them out: each alone says what the tenant owes."
            );
        }
        if (LeaseReader.InArrears(lease) && lease.Integer("months_run") == 0)
        {
            Add(
                found,
                lease,
                lease.Number("arrears") > 0 ? "arrears" : "months_behind",
                "needs-another-key",
                "arrears of a tenant whose contract has not begun",
                "'months_run' beside it",
                "Say how many months of the contract have run; rent is owed of months that were."
            );
        }
        if (
            lease.Number("months_behind") > lease.Integer("months_run")
            && lease.Integer("months_run") > 0
        )
        {
            Add(
                found,
                lease,
                "months_behind",
                "beyond-the-term",
                $"{Plain(lease.Number("months_behind"))} months of rent owed of a contract that has run {lease.Integer("months_run")}",
                $"at most {lease.Integer("months_run")}",
                "No more rent is owed than fell due: correct one of the two."
            );
        }
        foreach (var key in new[] { "arrears_months", "arrears_default_factor" })
        {
            if (lease.Has(key) && !LeaseReader.InArrears(lease))
            {
                Add(
                    found,
                    lease,
                    key,
                    "needs-another-key",
                    $"'{key}' of a tenant that owes nothing",
                    "'arrears' or 'months_behind' beside it",
                    $"Say what it owes, or leave '{key}' out: alone it does nothing."
                );
            }
        }
    }

    private static void Names(
        InputValues lease,
        Dictionary<string, InputPath> names,
        Dictionary<string, (string Says, InputPath At)> credits,
        List<Finding> found
    )
    {
        var tenant = lease.Text("tenant").Trim();
        var id = lease.TextOrNull("name") ?? tenant;
        if (!names.TryAdd(id, lease.Path))
        {
            var key = lease.Has("name") ? "name" : "tenant";
            Add(
                found,
                lease,
                key,
                "duplicate",
                $"a second contract called '{id}'",
                "contracts of different names",
                "Give each contract of the same tenant a 'name' of its own."
            );
        }
        var says = string.Join('|', Credit(lease));
        if (credits.TryGetValue(tenant, out var first) && first.Says != says)
        {
            Add(
                found,
                lease,
                "tenant",
                "one-name-two-credits",
                $"'{tenant}' with other credit terms than at {first.At}",
                "the same company with the same terms",
                "A counterparty fails once, wherever it appears: give it the same class, rate and backing everywhere, or another name."
            );
        }
        credits.TryAdd(tenant, (says, lease.Path));
    }

    private static IEnumerable<string> Credit(InputValues lease) =>
        _words
            .Select(k => lease.TextOrNull(k) ?? "")
            .Concat(
                _rates.Select(k =>
                    lease.Has(k) ? lease.Number(k).ToString("R", CultureInfo.InvariantCulture) : ""
                )
            );

    private static string Plain(double number) =>
        number.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Add(
        List<Finding> found,
        InputValues at,
        string key,
        string rule,
        string what,
        string expected,
        string remedy
    ) => found.Add(new Finding(at.Path.Key(key), rule, what, expected, remedy));
}
