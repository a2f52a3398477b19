using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>What is legal and absurd: a run survives it, and its report must say what a practitioner would.</summary>
internal static class StudySanity
{
    /// <summary>Adds a warning for each.</summary>
    /// <param name="values">The file.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, StudyFindings found)
    {
        var cost = Cost(values, found);
        Grant(values, cost, found);
        Offers(values, found);
        Lot(values, found);
        Past(values, found);
    }

    /// <summary>Capital cost of all fleets; a fleet without one is named.</summary>
    private static double Cost(InputValues values, StudyFindings found)
    {
        var sum = 0.0;
        foreach (var fleet in values.Items("fleet"))
        {
            if (fleet.NumberOrNull("capex_per_server") is not { } each)
            {
                continue;
            }
            sum += each * fleet.Number("servers");
            if (each == 0)
            {
                found.Warn(
                    fleet.Path.Key("capex_per_server"),
                    "free-servers",
                    $"servers that cost nothing",
                    $"what they cost, or cost whoever gave them",
                    "Every test of return passes where nothing was spent; the verdict then says nothing about building."
                );
            }
        }
        return sum;
    }

    private static void Grant(InputValues values, double cost, StudyFindings found)
    {
        var grant = values.Number("finance.grant");
        if (grant > 0 && grant >= cost)
        {
            found.Warn(
                new InputPath("finance.grant"),
                "grant-above-cost",
                $"a grant of {grant:#,0} on servers of {cost:#,0}",
                $"a part of what is spent",
                "No equity is at risk, so its return has no meaning; grants are claimed back. See what the state pays instead."
            );
        }
    }

    private static void Offers(InputValues values, StudyFindings found)
    {
        if (values.Number("centre.captive_share") >= 1)
        {
            found.Warn(
                new InputPath("centre.captive_share"),
                "nothing-for-sale",
                $"all accelerators kept for the owner's own use",
                $"a part of them, below 1",
                "A centre that offers nothing earns nothing, whatever the market."
            );
            return;
        }
        string[] ways = ["training_leases", "small_leases", "spot", "inference"];
        if (!ways.Any(w => values.Flag($"centre.sells_{w}")) && values.Items("signed").Count == 0)
        {
            found.Warn(
                new InputPath("centre"),
                "nothing-for-sale",
                $"no way of selling and no lease",
                $"at least one of {string.Join(", ", ways.Select(w => $"centre.sells_{w}"))}",
                "A centre that offers nothing earns nothing, whatever the market."
            );
        }
    }

    private static void Lot(InputValues values, StudyFindings found)
    {
        const int CardsOfAServer = 8;
        var cards = CardsOfAServer * values.Items("fleet").Sum(f => f.Number("servers"));
        var lot = values.Number("centre.minimum_lot");
        if (lot > cards)
        {
            found.Warn(
                new InputPath("centre.minimum_lot"),
                "lot-above-fleet",
                $"{lot:#,0} accelerators",
                $"at most the {cards:#,0} that there are",
                "Nobody can rent so many here, so nothing is let."
            );
        }
    }

    private static void Past(InputValues values, StudyFindings found)
    {
        if (values.Text("question") != "sponsor")
        {
            return;
        }
        foreach (var fleet in values.Items("fleet"))
        {
            if (fleet.Month("online") <= values.Month("decided"))
            {
                found.Warn(
                    fleet.Path.Key("online"),
                    "planned-in-the-past",
                    $"a planned fleet online in {fleet.Month("online")}, decided in {values.Month("decided")}",
                    $"a month after the decision",
                    "What stands already is asked about with 'question: owner', in a portfolio with 'state: standing'."
                );
            }
        }
    }
}
