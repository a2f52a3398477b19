using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>A voucher design as its file states it.</summary>
public sealed record VoucherFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Explanation { get; init; }

    /// <summary>The market, without vouchers.</summary>
    public required MarketFile Market { get; init; }

    /// <summary>Names of the centres where vouchers may be used.</summary>
    public required IReadOnlyList<string> Centres { get; init; }

    /// <summary>Tenants that may use them; empty for all.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>First month of the market with them, from 0.</summary>
    public required int From { get; init; }

    /// <summary>First month without them.</summary>
    public required int Until { get; init; }

    /// <summary>Face values tried, rising.</summary>
    public required IReadOnlyList<double> FaceValues { get; init; }

    /// <summary>Budgets tried, rising, 0 first.</summary>
    public required IReadOnlyList<double> Budgets { get; init; }

    /// <summary>Most that one contract draws.</summary>
    public required double CapPerUser { get; init; }

    /// <summary>Most that may be spent a year.</summary>
    public required double Limit { get; init; }

    /// <summary>Most that an added hour is worth, money; null for one and a half times the rent of an hour without a scheme.</summary>
    public double? HourWorth { get; init; }

    /// <summary>Share of a server's price that a grant on building pays.</summary>
    public required double BuildShare { get; init; }

    /// <summary>Months until a hall built with it opens.</summary>
    public required int BuildMonths { get; init; }

    /// <summary>Share of a clawback got back.</summary>
    public required double Recovery { get; init; }

    /// <summary>Years that the scheme stands within the market's months.</summary>
    public double Years => Math.Max(0, Math.Min(Until, Market.Months) - From) / 12.0;

    /// <summary>Reads a file.</summary>
    /// <param name="values">The checked file of kind voucher.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="market">The market file it names.</param>
    /// <exception cref="InputException">A centre that is not there, a scheme outside the market's months, a national market: all at once.</exception>
    public static VoucherFile Read(InputValues values, string file, MarketFile market)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(market);
        var found = new List<Finding>();
        if (market.Base != "none")
        {
            found.Add(
                new Finding(
                    values.Path.Key("market"),
                    "national-market",
                    $"a market on base {market.Base}",
                    "a market made of its file alone",
                    "What one province's vouchers add drowns in the luck of a nation's draws; describe the province with 'base: none'."
                )
            );
        }
        var names = values.Items("centres").Select(c => c.Text("name")).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (!market.Centres.Any(c => c.Name == names[i]))
            {
                var near = NearestName.Of(names[i], market.Centres.Select(c => c.Name));
                found.Add(
                    new Finding(
                        values.Path.Key("centres").Item(i).Key("name"),
                        "unknown-centre",
                        $"'{InputText.Cut(names[i])}'",
                        "the name of a centre of the market",
                        near is null ? "Name one of its centres." : $"Did you mean '{near}'?"
                    )
                );
            }
        }
        int At(string key, int otherwise) =>
            values.MonthOrNull(key) is { } month ? month - market.Start : otherwise;
        var (from, until) = (At("from", 0), At("until", int.MaxValue));
        if (from < 0 || from >= market.Months || until <= from)
        {
            found.Add(
                new Finding(
                    values.Path.Key(values.Has("from") ? "from" : "until"),
                    "outside-the-market",
                    values.Text(values.Has("from") ? "from" : "until"),
                    $"months within {market.Start} to {market.Start + (market.Months - 1)}, 'until' after 'from'",
                    "Mend the months."
                )
            );
        }
        foreach (var (key, most) in new[] { ("face_values", 1.0), ("budgets", 1e13) })
        {
            if (values.Numbers(key).Any(x => !(x >= 0 && x <= most)))
            {
                found.Add(
                    new Finding(
                        values.Path.Key(key),
                        "out-of-range",
                        string.Join(", ", values.Numbers(key)),
                        $"numbers from 0 to {InputText.Plain(most)}",
                        "Mend the number."
                    )
                );
            }
        }
        if (found.Count > 0)
        {
            throw new InputException([
                .. found
                    .Select(f =>
                    {
                        var (line, column) = values.Place(f.Path);
                        return new LocatedFinding(file, line, column, f);
                    })
                    .OrderBy(f => f.Line)
                    .ThenBy(f => f.Column),
            ]);
        }
        // What the limit allows is always tried: of what was not tried nothing can be said.
        double[] budgets =
        [
            .. values
                .Numbers("budgets")
                .Append(0)
                .Append(values.NumberOrNull("limit") ?? 0)
                .Distinct()
                .Order(),
        ];
        return new VoucherFile
        {
            Name = values.Text("name"),
            Explanation = values.TextOrNull("explanation") ?? "",
            Market = market with
            {
                Vouchers = [],
                Draws = values.NumberOrNull("draws") is { } draws ? (int)draws : market.Draws,
            },
            Centres = names.Count > 0 ? names : [.. market.Centres.Select(c => c.Name)],
            Needs = values.Text("who") switch
            {
                "small" => [Need.Small],
                "training" => [Need.Training],
                "inference" => [Need.Inference],
                _ => [],
            },
            From = from,
            Until = until,
            FaceValues = [.. values.Numbers("face_values").Distinct().Order()],
            Budgets = budgets,
            CapPerUser = values.NumberOrNull("cap_per_user") ?? double.PositiveInfinity,
            Limit = values.NumberOrNull("limit") ?? budgets[^1],
            HourWorth = values.NumberOrNull("hour_worth"),
            BuildShare = values.Number("build_share"),
            BuildMonths = values.Integer("build_months"),
            Recovery = values.Number("recovery"),
        };
    }
}
