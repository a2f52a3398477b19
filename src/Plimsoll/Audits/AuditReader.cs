using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>Reads an audit from a checked file and reports all that contradicts itself.</summary>
public static class AuditReader
{
    private const string NoTenant = "not named";

    /// <summary>Reads a file.</summary>
    /// <param name="values">The checked file of kind audit.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InputException">Names twice, a claim that is not there, a paper of after the decision: all at once.</exception>
    public static AuditFile Read(InputValues values, string file)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<(InputPath Path, string Rule, string Found, string Expected)>();
        var decided = values.Month("decided");
        var claims = values.Items("claims").Select(Claim).ToList();
        Twice(values, "claims", found);
        Twice(values, "parties", found);
        Twice(values, "capacities", found);
        var groups = values
            .Items("parties")
            .GroupBy(p => p.Text("name"), StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.First().TextOrNull("group") ?? g.Key,
                StringComparer.Ordinal
            );
        var papers = new List<AuditPaper>();
        foreach (var e in values.Items("evidence"))
        {
            var claim = Number(e, claims, found);
            if (e.MonthOrNull("signed") is { } signed && signed > decided)
            {
                found.Add(
                    (
                        e.Path.Key("signed"),
                        "after-the-decision",
                        signed.ToString(),
                        $"a month up to {decided}, the decision"
                    )
                );
            }
            if (claim >= 0)
            {
                papers.Add(Paper(e, claim, claims[claim], groups));
            }
        }
        Named(values, claims, found);
        if (found.Count > 0)
        {
            throw new InputException([
                .. found
                    .Select(f =>
                    {
                        var (line, column) = values.Place(f.Path);
                        return new LocatedFinding(
                            file,
                            line,
                            column,
                            new Finding(
                                f.Path,
                                f.Rule,
                                f.Found,
                                f.Expected,
                                "Mend the name or the month."
                            )
                        );
                    })
                    .OrderBy(f => f.Line)
                    .ThenBy(f => f.Column),
            ]);
        }
        return new AuditFile
        {
            Name = values.Text("name"),
            Explanation = values.TextOrNull("explanation") ?? "",
            Decided = decided,
            ForLender = values.Text("for") == "lender",
            Country = values.Text("country"),
            Asset = values.Text("asset"),
            Unit = values.Text("unit"),
            Currency = new Currency(values.Text("currency")),
            Recovery = values.Number("recovery"),
            Draws = values.Integer("draws"),
            Seed = (ulong)values.Number("seed"),
            Claims = claims,
            Papers = papers,
            Needs = Needs(values, groups),
            Capacities = values
                .Items("capacities")
                .ToDictionary(c => c.Text("name"), c => c.Number("amount"), StringComparer.Ordinal),
        };
    }

    private static AuditClaim Claim(InputValues c) =>
        new(
            c.Text("name"),
            c.Text("by"),
            c.TextOrNull("group") ?? c.Text("by"),
            c.Number("amount"),
            c.Integer("months"),
            c.Number("subsidy")
        )
        {
            Market = c.NumberOrNull("market") ?? double.PositiveInfinity,
        };

    private static AuditPaper Paper(
        InputValues e,
        int claim,
        AuditClaim of,
        Dictionary<string, string> groups
    )
    {
        var tenant = e.Text("tenant");
        var named = tenant != NoTenant;
        var group = groups.GetValueOrDefault(tenant, tenant);
        return new AuditPaper(
            claim,
            e.Text("kind"),
            tenant,
            named,
            named ? group : "",
            e.Number("amount"),
            e.TextOrNull("capacity") ?? "",
            e.Flag("additional"),
            e.Flag("names_chip"),
            e.Flag("names_delivery_date"),
            e.Number("prepaid_share"),
            e.Flag("termination_fee"),
            named && (group == of.Group || tenant == of.By)
        );
    }

    /// <summary>Needs of companies of one group add up; where one of them is not known, neither is the group's.</summary>
    private static Dictionary<string, double> Needs(
        InputValues values,
        Dictionary<string, string> groups
    ) =>
        values
            .Items("parties")
            .GroupBy(p => groups[p.Text("name")], StringComparer.Ordinal)
            .Where(g => g.All(p => p.NumberOrNull("need") is not null))
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Number("need")), StringComparer.Ordinal);

    private static int Number(
        InputValues e,
        List<AuditClaim> claims,
        List<(InputPath, string, string, string)> found
    )
    {
        if (e.TextOrNull("claim") is not { } name)
        {
            if (claims.Count == 1)
            {
                return 0;
            }
            found.Add(
                (
                    e.Path,
                    "no-claim",
                    "a paper without a claim",
                    $"claim: one of {string.Join(", ", claims.Select(c => InputText.Cut(c.Name)))}"
                )
            );
            return -1;
        }
        var at = claims.FindIndex(c => c.Name == name);
        if (at < 0)
        {
            var near = NearestName.Of(name, [.. claims.Select(c => c.Name)]);
            found.Add(
                (
                    e.Path.Key("claim"),
                    "no-such-claim",
                    $"'{InputText.Cut(name)}'",
                    near is null
                        ? $"one of {string.Join(", ", claims.Select(c => InputText.Cut(c.Name)))}"
                        : $"a claim of this file; the nearest is '{InputText.Cut(near)}'"
                )
            );
        }
        return at;
    }

    /// <summary>A company or a capacity that stands in a list and to which nothing refers counts nowhere: its name is likely written in two ways.</summary>
    private static void Named(
        InputValues values,
        List<AuditClaim> claims,
        List<(InputPath, string, string, string)> found
    )
    {
        var papers = values.Items("evidence");
        var companies = papers
            .Select(e => e.Text("tenant"))
            .Concat(claims.Select(c => c.By))
            .Concat(claims.Select(c => c.Group))
            .ToList();
        var capacities = papers.Select(e => e.TextOrNull("capacity")).OfType<string>().ToList();
        foreach (var (list, used) in new[] { ("parties", companies), ("capacities", capacities) })
        {
            var names = values.Items(list).Select(i => i.Text("name")).ToList();
            foreach (var item in values.Items(list).Where(i => !used.Contains(i.Text("name"))))
            {
                // Only a name that no other entry of the list explains is offered.
                var near = NearestName.Of(
                    item.Text("name"),
                    [.. used.Where(u => !names.Contains(u)).Distinct(StringComparer.Ordinal)]
                );
                found.Add(
                    (
                        item.Path.Key("name"),
                        "refers-to-nothing",
                        $"'{InputText.Cut(item.Text("name"))}', which no paper names",
                        near is null
                            ? list == "parties"
                                ? "a tenant of a paper, or who claims"
                                : "a capacity that a paper names"
                            : $"a name of the papers; the nearest is '{InputText.Cut(near)}'"
                    )
                );
            }
        }
    }

    private static void Twice(
        InputValues values,
        string list,
        List<(InputPath, string, string, string)> found
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in values.Items(list))
        {
            if (!seen.Add(item.Text("name")))
            {
                found.Add(
                    (
                        item.Path.Key("name"),
                        "name-twice",
                        $"'{InputText.Cut(item.Text("name"))}' a second time",
                        "each name once"
                    )
                );
            }
        }
    }
}
