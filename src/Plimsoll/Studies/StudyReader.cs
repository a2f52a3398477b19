using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;

namespace Plimsoll.Studies;

/// <summary>Turns a checked study file into cases.</summary>
/// <param name="values">The file.</param>
/// <param name="view">The catalogue as known in the month of decision.</param>
public sealed class StudyReader(InputValues values, CatalogView view)
{
    /// <summary>The file.</summary>
    public InputValues Values => values;

    /// <summary>The catalogue of the decision.</summary>
    public CatalogView View => view;

    /// <summary>Currency of the study, the market's.</summary>
    public Currency Currency => values.Text("market.name") == "us" ? Currency.Usd : Currency.Cny;

    /// <summary>The case as planned, or as it stands.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    public StudyCase Plan()
    {
        var start = values.Month("decided") + 1;
        var fleets = values.Items("fleet").Select(Fleet).ToList();
        var lastOnline = Math.Max(0, fleets.Max(f => f.Online - start));
        var signed = values.Items("signed");
        var tax = TaxPreset.Of(
            view,
            values.Text("finance.tax"),
            fleets[^1].Online,
            fleets[0].CapexPerServer.Value,
            values.Section("finance").NumberOrNull("state_tax")
        );
        var decision = Rule();
        return WithServing(
            new StudyCase
            {
                Fleets = fleets,
                Plan = Centre(start, fleets, signed),
                Site = Site(fleets[0].Server),
                Terms = FinanceInputs.Terms(values, Currency, lastOnline) with
                {
                    CovenantCover = decision.CovenantCover,
                    EquityHurdle = decision.EquityHurdle,
                },
                Loan =
                    FinanceInputs.Loan(values, lastOnline) is { } loan
                    && (loan.Amount > 0 || loan.Gearing > 0)
                        ? loan
                        : null,
                Tax = tax,
                Capability = values.Sourced("centre.operator_capability"),
                Reach = Reach(values.Text("site.name")),
                BreachHazard = signed.Count > 0 ? signed[0].Sourced("monthly_breach_hazard") : null,
                Standing = values.Text("question") == "owner",
            }
        );
    }

    /// <summary>The rule of the verdict.</summary>
    public DecisionRule Rule()
    {
        var d = values.Section("decision");
        return new DecisionRule(
            d.Number("covenant_dscr"),
            d.Number("max_breach_probability"),
            d.Number("max_default_probability"),
            d.Number("risk_margin"),
            d.Number("equity_hurdle"),
            d.Number("max_equity_loss_probability")
        );
    }

    /// <summary>The same case with other fleets: site power, tax and what inference earns follow the server.</summary>
    /// <param name="plan">The case.</param>
    /// <param name="fleets">Its new fleets.</param>
    public StudyCase Refit(StudyCase plan, IReadOnlyList<FleetCase> fleets)
    {
        var refitted = plan with
        {
            Fleets = fleets,
            Site = Site(fleets[0].Server) with
            {
                Name = plan.Site.Name,
                Tariff = plan.Site.Tariff,
                DesignPue = plan.Site.DesignPue,
            },
            Tax = TaxPreset.Of(
                view,
                values.Text("finance.tax"),
                fleets[^1].Online,
                fleets[0].CapexPerServer.Value,
                values.Section("finance").NumberOrNull("state_tax")
            ),
        };
        try
        {
            return WithServing(refitted);
        }
        catch (InvalidDataException)
        {
            // This server cannot hold the model: it is let, and serves no tokens.
            return refitted with
            {
                Goodput = null,
                SoftwareGrowth = null,
                Plan = refitted.Plan with
                {
                    Products = [.. refitted.Plan.Products.Where(p => p != Product.Inference)],
                },
            };
        }
    }

    /// <summary>The rent at which the plan pays for itself at 70 % fill, money per accelerator-hour: running cost and an annuity of its capital cost at the equity hurdle over five years.</summary>
    public double TriggerRent(StudyCase plan)
    {
        var site = CaseRun.Site(plan, n => n.Value);
        var capital = plan.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value) / plan.Accelerators;
        var yearly = capital * 12 * DebtPlan.AnnuityFactor(Rule().EquityHurdle, 60);
        var running = site.PartsPerLetHour().Sum(p => p.PerHour);
        return running + (yearly / (8760 * 0.7));
    }

    /// <summary>The case with what its accelerator serves in inference at the promise.</summary>
    /// <exception cref="InvalidDataException">No layout holds the model on this server.</exception>
    public StudyCase WithServing(StudyCase plan)
    {
        var fleet = plan.Fleets[0];
        if (!values.Has("serving") && !values.Flag("centre.sells_inference"))
        {
            return plan with { Goodput = null, SoftwareGrowth = null };
        }
        var served = new ServedModel(values, view).On(fleet);
        return plan with
        {
            Goodput = served.Goodput,
            Served = served.Words,
            SoftwareGrowth = values.Section("serving").Sourced("software_growth"),
        };
    }

    /// <summary>A fleet of another server, everything else the same.</summary>
    public FleetCase Other(FleetCase fleet, string server, InputNumber capex)
    {
        var entry = view.Entry("servers", server);
        return fleet with
        {
            Server = server,
            Accelerator = entry.Text("accelerator"),
            PerServer = entry.Number("accelerators").Value,
            CapexPerServer = capex,
        };
    }

    /// <summary>The site numbers of another place, with the study's own service costs.</summary>
    public SiteNumbers SiteAt(string site, string server)
    {
        var here = Site(server);
        var entry = view.Entry("sites", site);
        InputNumber Of(string attribute) =>
            entry.Number(attribute) is var n
                ? new InputNumber(
                    $"elsewhere.{attribute}",
                    n.Value,
                    n.Low,
                    n.High,
                    n.Unit,
                    $"{n.Source} ({site})",
                    n.Grade,
                    true
                )
                : throw new KeyNotFoundException(attribute);
        return here with
        {
            Name = site,
            Tariff = Of("tariff"),
            DesignPue = Of("design_pue"),
            Profile = SiteProfile.Of(view, site),
        };
    }

    /// <summary>Share of its country's latency-bound demand within the promise from a site: best, with the longest and with the shortest round trips.</summary>
    public InputNumber Reach(string site)
    {
        var hubs = Hubs(site);
        var all = hubs.Sum(h => h.Weight);
        double Share(Func<HubReach, double> trip) =>
            all > 0 ? hubs.Where(h => trip(h) <= LatencyBudget).Sum(h => h.Weight) / all : 1;
        var best = Share(h => h.Milliseconds);
        return new InputNumber(
            "site.reach",
            best,
            Math.Min(best, Share(h => h.High)),
            Math.Max(best, Share(h => h.Low)),
            "fraction",
            "computed from coordinates and the latency rule of the catalogue",
            Grade.D,
            true
        );
    }

    /// <summary>Round trip that leaves the promise intact: a twenty-fifth of the promised time to first token, at most 120 ms.</summary>
    private double LatencyBudget => Math.Min(120, 0.04 * values.Number("serving.ttft"));

    /// <summary>Where a site stands, with the round trip that the promise leaves room for.</summary>
    public SitePlace Place(string site)
    {
        var entry = view.Entry("sites", site);
        return new SitePlace(
            site,
            entry.Number("latitude").Value,
            entry.Number("longitude").Value,
            LatencyBudget
        );
    }

    /// <summary>Share of latency-bound demand within the promise from a site, by hub.</summary>
    public IReadOnlyList<HubReach> Hubs(string site)
    {
        var budget = LatencyBudget;
        return
        [
            .. Latency
                .ToHubs(view, site)
                .Select(h => new HubReach(
                    h.Hub,
                    h.Latitude,
                    h.Longitude,
                    h.Milliseconds,
                    h.Low,
                    h.High,
                    h.Weight,
                    h.Milliseconds <= budget
                )),
        ];
    }

    private FleetCase Fleet(InputValues item)
    {
        var server = item.Text("server");
        var entry = view.Entry("servers", server);
        return new FleetCase(
            server,
            entry.Text("accelerator"),
            entry.Number("accelerators").Value,
            item.Integer("servers"),
            item.Month("online"),
            item.Sourced("capex_per_server"),
            item.Flag("training_fabric")
        );
    }

    private CentrePlan Centre(
        Month start,
        List<FleetCase> fleets,
        IReadOnlyList<InputValues> signed
    )
    {
        var products = new List<Product>();
        void Add(string key, Product product)
        {
            if (values.Flag(key))
            {
                products.Add(product);
            }
        }
        Add("centre.sells_training_leases", Product.TrainingLease);
        Add("centre.sells_small_leases", Product.SmallLease);
        Add("centre.sells_spot", Product.Spot);
        Add("centre.sells_inference", Product.Inference);
        return new CentrePlan
        {
            Name = values.Text("name"),
            Site = values.Text("site.name"),
            Start = start,
            Months = values.Integer("horizon"),
            Fleets = [],
            Products = products,
            CaptiveShare = values.Number("centre.captive_share"),
            MinimumLot = values.Number("centre.minimum_lot"),
            VoucherScheme = values.TextOrNull("centre.voucher_scheme"),
            TakeoverCapability = values.Number("options.takeover_capability"),
            Signed =
            [
                .. signed.Select(s => new SignedLease(
                    s.Text("tenant"),
                    s.Number("servers") * fleets[0].PerServer,
                    s.Number("price_per_gpu_hour"),
                    s.Integer("tenor"),
                    s.Number("take_or_pay"),
                    s.Number("prepaid_months"),
                    s.Number("monthly_breach_hazard")
                )),
            ],
        };
    }

    private SiteNumbers Site(string server)
    {
        var s = values.Section("site");
        var e = view.Entry("servers", server);
        var power = new ServerPower(
            e.Number("accelerators").Value,
            e.Number("power_off").Value,
            e.Number("power_idle").Value,
            e.Number("power_busy").Value
        );
        return new SiteNumbers(
            s.Text("name"),
            SiteInputs.Tariff(values, view),
            s.Sourced("demand_charge"),
            SiteInputs.DesignPue(values, view),
            s.Sourced("fixed_overhead_share"),
            s.Sourced("let_load"),
            SiteInputs.Running(values, view, "lit_service"),
            SiteInputs.Running(values, view, "lit_bandwidth"),
            SiteInputs.Running(values, view, "standing_service"),
            SiteInputs.Running(values, view, "colocation"),
            s.Sourced("water"),
            s.Sourced("escalation"),
            power,
            SiteProfile.Of(view, s.Text("name"))
        );
    }
}
