using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Reads the fleets of a study and the leases signed on them, each with its own server, power, tax and tenant.</summary>
/// <param name="values">The file.</param>
/// <param name="view">The catalogue as known in the month of decision.</param>
internal sealed class FleetReader(InputValues values, CatalogView view)
{
    private readonly ServedModel _model = new(values, view);
    private readonly Dictionary<string, ServedFleet?> _served = new(StringComparer.Ordinal);

    /// <summary>The fleets in file order; names are unique, and the same whatever that order is.</summary>
    public IReadOnlyList<FleetCase> Fleets()
    {
        var items = values.Items("fleet");
        var capex = InputKeys.Of(
            "fleet",
            "capex_per_server",
            [.. items.Select(i => (i.Text("server"), i.Sourced("capex_per_server")))]
        );
        return Named([
            .. items.Select(
                (item, i) =>
                    Of(
                        item.Text("server"),
                        item.Integer("servers"),
                        item.Month("online"),
                        capex[i],
                        item.Flag("training_fabric"),
                        item.TextOrNull("name") ?? ""
                    )
            ),
        ]);
    }

    /// <summary>The leases in file order.</summary>
    /// <param name="fleets">The fleets that serve them.</param>
    public IReadOnlyList<LeaseCase> Leases(IReadOnlyList<FleetCase> fleets)
    {
        var items = values.Items("signed");
        const string Key = "monthly_breach_hazard";
        // Where the file is silent the same prior holds for every tenant: one number, drawn once for all.
        var hazards = InputKeys.Of(
            "signed",
            Key,
            [.. items.Select(i => (i.Has(Key) ? i.Text("tenant") : "any tenant", i.Sourced(Key)))]
        );
        var (prices, shares) = (Ranges(items, "price_per_gpu_hour"), Ranges(items, "take_or_pay"));
        var reader = new LeaseReader(values.Month("decided") + 1, values.Text("centre.operator"));
        var behind = Behind(items);
        return
        [
            .. items.Select(
                (s, i) =>
                {
                    var fleet = s.TextOrNull("fleet");
                    var terms = reader.Lease(
                        s,
                        s.Number("servers") * LeaseCase.PerServer(fleets, fleet)
                    );
                    return new LeaseCase(
                        new SignedLease(
                            s.Text("tenant"),
                            terms.Accelerators,
                            terms.PricePerGpuHour,
                            terms.TenorMonths,
                            terms.TakeOrPayShare,
                            terms.PrepaidMonths,
                            hazards[i].Value
                        )
                        {
                            MonthsRun = terms.MonthsRun,
                            Fleet = fleet,
                            Written = terms,
                        },
                        // A class says how often its members fail; the stated hazard counts without one.
                        terms.Tenant.MonthlyHazard
                            is null
                            ? null
                            : hazards[i]
                    )
                    {
                        Behind = behind.GetValueOrDefault(s.Text("tenant")),
                        Price = prices[i],
                        TakeOrPay = shares[i],
                        Assumed = UnknownLeases.Of(s),
                    };
                }
            ),
        ];
    }

    /// <summary>A number of each lease where it is known as a range, null where it is not.</summary>
    private static InputNumber?[] Ranges(IReadOnlyList<InputValues> leases, string key) =>
        [
            .. InputKeys
                .Of("signed", key, [.. leases.Select(l => (l.Text("tenant"), l.Sourced(key)))])
                .Select(n => n.Low < n.High ? n : null),
        ];

    /// <summary>Tenants behind with their rent, with what raises their odds of failing: a tenant that owes on one lease is behind on all; of several factors the highest.</summary>
    private static Dictionary<string, InputNumber> Behind(IReadOnlyList<InputValues> leases)
    {
        const string Key = "arrears_default_factor";
        var owing = leases.Where(LeaseReader.InArrears).ToList();
        return InputKeys
            .Of("signed", Key, [.. owing.Select(l => (l.Text("tenant"), l.Sourced(Key)))])
            .Zip(owing, (factor, lease) => (Tenant: lease.Text("tenant"), Factor: factor))
            .GroupBy(t => t.Tenant, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Select(t => t.Factor).MaxBy(f => (f.Value, f.High, f.Low))!,
                StringComparer.Ordinal
            );
    }

    /// <summary>The same fleet with another server at its own capital cost.</summary>
    public FleetCase Other(FleetCase fleet, string server, InputNumber capex) =>
        Of(server, fleet.Servers, fleet.Online, capex, fleet.TrainingFabric, fleet.Name);

    /// <summary>What an accelerator of a fleet serves; null when nothing is to be served, or no layout holds the model on its server.</summary>
    /// <param name="fleets">The fleets of a centre.</param>
    /// <exception cref="InvalidDataException">No layout holds the model on any of them.</exception>
    public IReadOnlyList<FleetCase> WithServing(IReadOnlyList<FleetCase> fleets)
    {
        if (!values.Has("serving") && !values.Flag("centre.sells_inference"))
        {
            return [.. fleets.Select(f => f with { Served = null })];
        }
        InvalidDataException? refusal = null;
        ServedFleet? On(FleetCase fleet)
        {
            if (_served.TryGetValue(fleet.Server, out var known))
            {
                return known;
            }
            try
            {
                return _served[fleet.Server] = _model.On(fleet);
            }
            catch (InvalidDataException e)
            {
                // This server cannot hold the model: it is let, and serves no tokens.
                refusal ??= e;
                return null;
            }
        }
        List<FleetCase> served = [.. fleets.Select(f => f with { Served = On(f) })];
        return served.Exists(f => f.Served is not null) || refusal is null ? served : throw refusal;
    }

    private FleetCase Of(
        string server,
        double servers,
        Month online,
        InputNumber capex,
        bool fabric,
        string name
    )
    {
        var entry = view.Entry("servers", server);
        var money = values.Section("finance");
        var tax = TaxPreset.Of(
            view,
            values.Text("finance.tax"),
            online,
            capex.Value,
            money.NumberOrNull("state_tax")
        );
        return new FleetCase(
            server,
            entry.Text("accelerator"),
            entry.Number("accelerators").Value,
            servers,
            online,
            capex,
            fabric
        )
        {
            Name = name,
            Power = ServerPower.Of(view, server),
            Tax = tax with { Terms = DebtTermsReader.Tax(money.Section("tax_terms"), tax.Terms) },
        };
    }

    /// <summary>Name of a fleet that the file does not name.</summary>
    public static string NameOf(string server, Month online) => $"{server} of {online}";

    /// <summary>Fleets without a name take that of their server and month; those that share one are numbered by their content, so that order changes no name.</summary>
    private static FleetCase[] Named(IReadOnlyList<FleetCase> fleets)
    {
        var named = fleets
            .Select(f => f.Name.Length > 0 ? f : f with { Name = NameOf(f.Server, f.Online) })
            .ToArray();
        foreach (
            var same in named
                .Index()
                .GroupBy(f => f.Item.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
        )
        {
            var ordered = same.OrderBy(f => f.Item.Server, StringComparer.Ordinal)
                .ThenBy(f => f.Item.Online)
                .ThenBy(f => f.Item.Servers)
                .ThenBy(f => f.Item.CapexPerServer.Value)
                .ThenBy(f => f.Item.TrainingFabric);
            foreach (var (k, (index, fleet)) in ordered.Index())
            {
                named[index] = k == 0 ? fleet : fleet with { Name = $"{fleet.Name} ({k + 1})" };
            }
        }
        return named;
    }
}
