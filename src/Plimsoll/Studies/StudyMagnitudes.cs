using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets each amount of a study beside what the catalogue knows of its kind: far outside is a warning, absurdly far an error, both with the likely slip.</summary>
/// <param name="values">The file, with the defaults of its country.</param>
/// <param name="view">The catalogue as known at the decision.</param>
/// <param name="found">Findings.</param>
internal sealed class StudyMagnitudes(InputValues values, CatalogView view, StudyFindings found)
{
    private readonly UsualAmounts _usual = new(view);
    private readonly List<Finding> _findings = [];

    /// <summary>Adds every amount out of proportion.</summary>
    public void Add()
    {
        if (CountryDefaults.CountryOf(values, view) is not { } country)
        {
            return;
        }
        var currency = country.Currency;
        var (capital, power) = Fleets(currency);
        Prices(currency);
        Site(country);
        Compare(
            "finance.existing_debt",
            Part(capital, 0.05, 1) is { } owed ? owed with { DoubtfulAbove = 1.5 } : null,
            [new LikelySlip.Slip(10, "a digit too many"), .. LikelySlip.Money]
        );
        Size();
        Leases();
        Compare("finance.grant", Part(capital, 0.001, 1), LikelySlip.Money);
        foreach (var tranche in values.Section("finance").Items("debt"))
        {
            if (tranche.Has("amount"))
            {
                Compare(tranche.Sourced("amount"), Part(capital, 0.01, 1), LikelySlip.Money);
            }
        }
        Months(currency);
        if (values.Has("finance.power"))
        {
            Compare(
                "finance.power.contract_kw",
                power is { } kw
                    ? new UsualAmount(0.5 * kw, 2 * kw, "kW", "the fleet's power with its cooling")
                    : null,
                LikelySlip.Kilowatts
            );
            Compare(
                "finance.power.price_per_kwh",
                _usual.Tariff(country.Code, currency),
                LikelySlip.PerKilowattHour
            );
        }
        foreach (var finding in _findings)
        {
            found.Add(finding);
        }
        PlausibleBands.Add(values, found);
        PlausibleBands.AddLeases(values, found);
    }

    /// <summary>Accelerators of all fleets above which the number of servers is asked after.</summary>
    private const double LargeCentre = 60_000;

    /// <summary>A centre as large as the few largest is one, or its accelerators were written for servers.</summary>
    private void Size()
    {
        var counts = values
            .Items("fleet")
            .Select(f =>
                (
                    Fleet: f,
                    Held: f.Number("servers")
                        * (
                            view.Find("servers", f.Text("server"))
                                ?.NumberOrNull("accelerators")
                                ?.Value
                            ?? 8
                        )
                )
            )
            .ToList();
        var all = counts.Sum(c => c.Held);
        if (all <= LargeCentre)
        {
            return;
        }
        var (largest, held) = counts.MaxBy(c => c.Held);
        var servers = largest.Number("servers");
        var each = held / servers;
        found.Warn(
            largest.Path.Key("servers"),
            "magnitude",
            $"{servers:#,0} servers, with which the centre holds {all:#,0} accelerators",
            $"at most some {LargeCentre:#,0} accelerators but for the few largest sites",
            string.Create(
                CultureInfo.InvariantCulture,
                $"If accelerators are meant, write {servers / each:0.##} servers of {each:0}. If it is right it may stand; the report says that it is unusual."
            )
        );
    }

    /// <summary>Leases of a few months that a loan of years rests on: years written for months.</summary>
    private void Leases()
    {
        var loan = values.NumberOrNull("finance.tenor") ?? 0;
        var servers = values.Items("fleet").Sum(f => f.Number("servers"));
        foreach (var lease in values.Items("signed"))
        {
            var tenor = lease.NumberOrNull("tenor") ?? double.NaN;
            if (
                values.Has("finance.tenor")
                && tenor <= MostYears
                && 12 * tenor >= 0.5 * loan
                && 2 * (lease.NumberOrNull("servers") ?? 0) >= servers
            )
            {
                found.Warn(
                    lease.Path.Key("tenor"),
                    "magnitude",
                    $"{tenor:0} months, for half of the fleet or more, under a loan of {loan:0} months",
                    $"months",
                    $"Perhaps years for months: write {12 * tenor:0}. If it is right it may stand."
                );
            }
        }
    }

    /// <summary>Longest lease in years that is written for months.</summary>
    private const double MostYears = 10;

    /// <summary>Capital cost and power of all fleets; null when none is written.</summary>
    private (UsualAmount? Capital, double? Power) Fleets(Currency currency)
    {
        double low = 0,
            high = 0,
            power = 0;
        foreach (var fleet in values.Items("fleet"))
        {
            var (server, count) = (fleet.Text("server"), fleet.Number("servers"));
            var cost = fleet.Sourced("capex_per_server");
            Compare(cost, _usual.Server(server, currency), LikelySlip.PerServer);
            Compare(
                fleet.Sourced("servers"),
                AmountJudge.Fleet(
                    view.Find("servers", server)?.NumberOrNull("accelerators")?.Value ?? 8
                ),
                AmountJudge.Counts
            );
            low += count * cost.Low;
            high += count * cost.High;
            power += count * (view.Find("servers", server)?.NumberOrNull("power_busy")?.Value ?? 0);
        }
        if (values.Has("options.other_server"))
        {
            Compare(
                "options.other_capex_per_server",
                _usual.Server(values.Text("options.other_server"), currency),
                LikelySlip.PerServer
            );
        }
        return (
            low > 0
                ? new UsualAmount(low, high, currency.Code, "the capital cost of the fleet")
                : null,
            power > 0 ? power * 1.25 : null
        );
    }

    /// <summary>Times the dearest quote from which a rent cannot be meant: leases of the shortage of 2023 were signed at a few times what the same chips let for since.</summary>
    private const double AbsurdRent = 20;

    private void Prices(Currency currency)
    {
        var chips = values
            .Items("fleet")
            .Select(f => view.Find("servers", f.Text("server"))?.TextOrNull("accelerator") ?? "")
            .ToList();
        var rent = _usual.Rent(chips, currency) is { } quoted
            ? quoted with
            {
                AbsurdAbove = AbsurdRent,
            }
            : null;
        foreach (var lease in values.Items("signed"))
        {
            Compare(lease.Sourced("price_per_gpu_hour"), rent, LikelySlip.PerAcceleratorHour);
            Steps(lease, rent);
            Arrears(lease, rent, currency);
        }
        Compare("offer.price_per_gpu_hour", rent, LikelySlip.PerAcceleratorHour);
        if (values.Has("offer"))
        {
            Steps(values.Section("offer"), rent);
        }
        Compare("backstop.price_per_gpu_hour", rent, LikelySlip.PerAcceleratorHour);
        if (values.Has("forecast"))
        {
            Compare("forecast.price_per_gpu_hour", rent, LikelySlip.PerAcceleratorHour);
            var servers = values.Items("fleet").Sum(f => f.Number("servers"));
            foreach (var paper in values.Section("forecast").Items("evidence"))
            {
                Compare(
                    paper.Sourced("servers"),
                    new UsualAmount(1, servers, "servers", "the servers of the fleet"),
                    [new LikelySlip.Slip(8, "accelerators for servers of eight")]
                );
            }
        }
    }

    /// <summary>Later prices of a lease, beside what such chips are let for.</summary>
    private void Steps(InputValues lease, UsualAmount? rent)
    {
        foreach (var step in lease.Items("steps"))
        {
            Compare(step.Sourced("price_per_gpu_hour"), rent, LikelySlip.PerAcceleratorHour);
        }
    }

    /// <summary>What a tenant owes beside its own rent, or the usual where that is not known: a twentieth of a month to all that fell due.</summary>
    private void Arrears(InputValues lease, UsualAmount? usual, Currency currency)
    {
        var run = lease.Integer("months_run");
        if (!(lease.NumberOrNull("arrears") > 0) || run == 0)
        {
            return;
        }
        var price = lease.NumberOrNull("price_per_gpu_hour");
        if ((price ?? usual?.Low) is not { } low || (price ?? usual?.High) is not { } high)
        {
            return;
        }
        var month = 730 * lease.Number("servers") * ServerChips(lease);
        Compare(
            lease.Sourced("arrears"),
            new UsualAmount(
                0.05 * month * low,
                run * month * high,
                currency.Code,
                $"a twentieth of a month's rent to the rent of the {run} months run"
            )
            {
                // More than fell due is not owed; the rent of a month is not known to the day.
                DoubtfulAbove = 1.2,
            },
            LikelySlip.Money
        );
    }

    /// <summary>Accelerators of a server of the fleet that a lease is on.</summary>
    private double ServerChips(InputValues lease)
    {
        var fleet = lease.TextOrNull("fleet");
        return values
            .Items("fleet")
            .Where(f => fleet is null || f.TextOrNull("name") == fleet)
            .Select(f =>
                view.Find("servers", f.Text("server"))?.NumberOrNull("accelerators")?.Value ?? 8
            )
            .DefaultIfEmpty(8)
            .Max();
    }

    /// <summary>Revenue of the months to date beside what the whole fleet could be let for.</summary>
    private void Months(Currency currency)
    {
        var fleets = values.Items("fleet");
        var chips = new AmountJudge(values, view, found).Chips(fleets);
        var hours =
            730
            * fleets.Sum(f =>
                f.Number("servers")
                * (view.Find("servers", f.Text("server"))?.NumberOrNull("accelerators")?.Value ?? 8)
            );
        if (_usual.Rent(chips, currency) is not { } rent)
        {
            return;
        }
        var whole = new UsualAmount(
            0.01 * hours * rent.Low,
            hours * rent.High,
            $"{currency} a month",
            "1 to 100 % of what the whole fleet is let for"
        );
        var costs = values
            .Items("actuals")
            .Where(m => m.NumberOrNull("running_cost") > 0)
            .Select(m => m.Number("running_cost"))
            .Order()
            .ToList();
        var middle = costs.Count > 2 ? costs[costs.Count / 2] : 0;
        foreach (var month in values.Items("actuals"))
        {
            if (month.Has("revenue"))
            {
                Compare(month.Sourced("revenue"), whole, LikelySlip.Money);
            }
            if (middle > 0 && month.NumberOrNull("running_cost") is not null)
            {
                Compare(
                    month.Sourced("running_cost"),
                    new UsualAmount(
                        middle,
                        middle,
                        $"{currency} a month",
                        "the middle of the months to date"
                    ),
                    LikelySlip.Money
                );
            }
        }
    }

    private void Site(Country country)
    {
        Compare(
            "site.tariff",
            _usual.Tariff(country.Code, country.Currency),
            LikelySlip.PerKilowattHour
        );
        var market = view.Find("sites", values.Text("site.name"))?.TextOrNull("market") ?? "";
        // A hall is rented by the kilowatt and month, as colocation is.
        Compare(
            "hall.per_kw",
            _usual.Running(market, "colocation", country.Currency),
            LikelySlip.PerMonth
        );
        foreach (
            var key in new[] { "lit_service", "lit_bandwidth", "standing_service", "colocation" }
        )
        {
            Compare(
                $"site.{key}",
                _usual.Running(market, key, country.Currency),
                LikelySlip.PerMonth
            );
        }
    }

    private static UsualAmount? Part(UsualAmount? whole, double least, double most) =>
        whole is null
            ? null
            : whole with
            {
                Low = least * whole.Low,
                High = most * whole.High,
                Of =
                    most < 1
                        ? $"{100 * least:0.#} to {100 * most:0} % of {whole.Of}"
                        : $"{100 * least:0.#} to 100 % of {whole.Of}",
            };

    private void Compare(string path, UsualAmount? usual, IReadOnlyList<LikelySlip.Slip> slips)
    {
        if (values.Has(path))
        {
            Compare(values.Sourced(path), usual, slips);
        }
    }

    private void Compare(
        InputNumber number,
        UsualAmount? usual,
        IReadOnlyList<LikelySlip.Slip> slips
    )
    {
        if (usual?.Judge(number, slips) is { } finding)
        {
            _findings.Add(finding);
        }
    }
}
