using Plimsoll.Contracts;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Finds leases and offers that contradict themselves, or name a fleet that the study does not have or that is too small for them.</summary>
internal static class ContractCheck
{
    /// <summary>Adds what is found.</summary>
    /// <param name="values">The study.</param>
    /// <param name="found">Where to.</param>
    public static void Add(InputValues values, StudyFindings found)
    {
        foreach (var finding in LeaseCheck.Of(values.Items("signed")))
        {
            found.Add(finding);
        }
        var fleets = values.Items("fleet");
        Backstop(values, fleets.Sum(f => f.Number("servers")), found);
        var names = fleets.Select(Name).ToList();
        Unique(fleets, found);
        var room = fleets
            .GroupBy(Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(f => f.Number("servers")), StringComparer.Ordinal);
        IEnumerable<InputValues> leases = values.Items("signed");
        if (values.Has("offer"))
        {
            leases = leases.Append(values.Section("offer"));
        }
        foreach (var lease in leases)
        {
            if (lease.TextOrNull("fleet") is not { } fleet)
            {
                continue;
            }
            if (!room.TryGetValue(fleet, out var left))
            {
                found.Refuse(
                    lease.Path.Key("fleet"),
                    "unknown-fleet",
                    $"'{InputText.Cut(fleet)}'",
                    $"one of {string.Join(", ", names)}",
                    NearestName.Of(fleet, names) is { } near
                        ? $"Did you mean '{near}'?"
                        : "Name the fleet as in its 'name', or leave the key out."
                );
                continue;
            }
            room[fleet] = left - lease.Number("servers");
            if (room[fleet] < 0 && left >= 0 && fleets.Count > 1)
            {
                found.Refuse(
                    lease.Path.Key("servers"),
                    "more-than-the-fleet",
                    $"{lease.Number("servers")} servers of '{fleet}', of which {left} are free",
                    $"at most what is free of it",
                    "No server is let twice: correct the leases or the fleet."
                );
            }
        }
    }

    /// <summary>A promise to buy unsold hours that ends before it begins, or is for more servers than there are.</summary>
    private static void Backstop(InputValues values, double servers, StudyFindings found)
    {
        if (!values.Has("backstop"))
        {
            return;
        }
        var promise = values.Section("backstop");
        if (!promise.Has("class") && !promise.Has("monthly_hazard"))
        {
            found.Refuse(
                promise.Path.Key("buyer"),
                "needs-another-key",
                $"'buyer' without 'class' or 'monthly_hazard'",
                $"one of the two beside it",
                "Say what the buyer is as a credit: silence would be a buyer that never fails."
            );
        }
        if (promise.Month("until") <= promise.Month("from"))
        {
            found.Refuse(
                promise.Path.Key("until"),
                "ends-before-it-begins",
                $"{promise.Month("until")}",
                $"after {promise.Month("from")}",
                "Let the last month come after the first."
            );
        }
        if (promise.Number("servers") > servers)
        {
            found.Refuse(
                promise.Path.Key("servers"),
                "more-than-the-fleet",
                $"{promise.Number("servers")} servers bought, of {servers}",
                $"at most {servers}",
                "Correct the number of servers or the fleet."
            );
        }
    }

    /// <summary>A fleet's name, as leases refer to it.</summary>
    private static string Name(InputValues fleet) =>
        fleet.TextOrNull("name") ?? FleetReader.NameOf(fleet.Text("server"), fleet.Month("online"));

    private static void Unique(IReadOnlyList<InputValues> fleets, StudyFindings found)
    {
        foreach (
            var again in fleets
                .Where(f => f.Has("name"))
                .GroupBy(f => f.Text("name"), StringComparer.Ordinal)
                .SelectMany(g => g.Skip(1))
        )
        {
            found.Refuse(
                again.Path.Key("name"),
                "name-twice",
                $"'{InputText.Cut(again.Text("name"))}' a second time",
                $"a name of its own",
                "Leases refer to a fleet by its name: give each its own, or leave the key out."
            );
        }
    }
}
