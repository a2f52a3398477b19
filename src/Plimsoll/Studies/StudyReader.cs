using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;

namespace Plimsoll.Studies;

/// <summary>Turns a checked study file into cases.</summary>
/// <param name="file">The file.</param>
/// <param name="view">The catalogue as known in the month of decision.</param>
public sealed class StudyReader(InputValues file, CatalogView view)
{
    private readonly InputValues _values = CountryDefaults.Of(file, view);
    private readonly FleetReader _fleets = new(CountryDefaults.Of(file, view), view);

    /// <summary>The file, with the defaults of its site's country.</summary>
    public InputValues Values => _values;

    /// <summary>The catalogue of the decision.</summary>
    public CatalogView View => view;

    /// <summary>Currency of the study, the market's.</summary>
    public Currency Currency => _values.Text("market.name") == "us" ? Currency.Usd : Currency.Cny;

    /// <summary>The case as planned, or as it stands.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    /// <exception cref="InvalidDataException">No layout holds the model on any server.</exception>
    public StudyCase Plan() => Grown(On(_fleets.WithServing(Fleets())));

    /// <summary>The fleets of the file, in file order.</summary>
    public IReadOnlyList<FleetCase> Fleets() => _fleets.Fleets();

    /// <summary>The case as planned before what it serves is simulated.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    public StudyCase Unserved() => On(Fleets());

    private StudyCase On(IReadOnlyList<FleetCase> fleets)
    {
        var start = _values.Month("decided") + 1;
        var lastOnline = Math.Max(0, fleets.Max(f => f.Online - start));
        var decision = Rule();
        return new StudyCase
        {
            Fleets = fleets,
            Leases = _fleets.Leases(fleets),
            Plan = Centre(start),
            Site = Site(),
            Terms = FinanceInputs.Terms(_values, Currency, lastOnline) with
            {
                CovenantCover = decision.CovenantCover,
                EquityHurdle = decision.EquityHurdle,
            },
            Loan =
                FinanceInputs.Loan(_values, lastOnline) is { } loan
                && (loan.Amount > 0 || loan.Gearing > 0)
                    ? loan
                    : null,
            MoneyNumbers = UncertainTerms.Of(_values),
            Tax = TaxOf(fleets),
            Capability = _values.Sourced("centre.operator_capability"),
            Reach = Reach(_values.Text("site.name")),
            Standing = _values.Text("question") == "owner",
        };
    }

    /// <summary>The rule of the verdict.</summary>
    public DecisionRule Rule()
    {
        var d = _values.Section("decision");
        return new DecisionRule(
            d.Number("covenant_dscr"),
            d.Number("max_breach_probability"),
            d.Number("max_default_probability"),
            d.Number("risk_margin"),
            d.Number("equity_hurdle"),
            d.Number("max_equity_loss_probability")
        );
    }

    /// <summary>The same case with other fleets: site power, tax and what inference earns follow each server.</summary>
    /// <param name="plan">The case.</param>
    /// <param name="fleets">Its new fleets.</param>
    public StudyCase Refit(StudyCase plan, IReadOnlyList<FleetCase> fleets)
    {
        var refitted = plan with { Fleets = fleets, Tax = TaxOf(fleets) };
        try
        {
            return Grown(refitted with { Fleets = _fleets.WithServing(fleets) });
        }
        catch (InvalidDataException)
        {
            // No server can hold the model: they are let, and serve no tokens.
            return Grown(
                refitted with
                {
                    Fleets = [.. fleets.Select(f => f with { Served = null })],
                    Plan = refitted.Plan with
                    {
                        Products = [.. refitted.Plan.Products.Where(p => p != Product.Inference)],
                    },
                }
            );
        }
    }

    /// <summary>The rent at which the plan pays for itself at 70 % fill, money per accelerator-hour: running cost and an annuity of its capital cost at the equity hurdle over five years.</summary>
    public double TriggerRent(StudyCase plan)
    {
        var sites = new FleetSites(plan, n => n.Value);
        var capital = plan.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value) / plan.Accelerators;
        var yearly = capital * 12 * DebtPlan.AnnuityFactor(Rule().EquityHurdle, 60);
        var running = sites.MeanPartsPerLetHour().Sum(p => p.PerHour);
        return running + (yearly / (8760 * 0.7));
    }

    /// <summary>The case with the growth of what its accelerators serve, where any serves.</summary>
    private StudyCase Grown(StudyCase plan) =>
        plan with
        {
            SoftwareGrowth = plan.Serves
                ? _values.Section("serving").Sourced("software_growth")
                : null,
        };

    /// <summary>Tax of a centre: as in force when the first of its fleets comes.</summary>
    private TaxPreset TaxOf(IReadOnlyList<FleetCase> fleets) => fleets.MinBy(f => f.Online)!.Tax;

    /// <summary>A fleet of another server, everything else the same.</summary>
    public FleetCase Other(FleetCase fleet, string server, InputNumber capex) =>
        _fleets.Other(fleet, server, capex);

    /// <summary>The site numbers of another place, with the study's own service costs.</summary>
    public SiteNumbers SiteAt(string site)
    {
        var here = Site();
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
    private double LatencyBudget => Math.Min(120, 0.04 * _values.Number("serving.ttft"));

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

    private CentrePlan Centre(Month start)
    {
        var products = new List<Product>();
        void Add(string key, Product product)
        {
            if (_values.Flag(key))
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
            Name = _values.Text("name"),
            Site = _values.Text("site.name"),
            Start = start,
            Months = _values.Integer("horizon"),
            Fleets = [],
            Products = products,
            CaptiveShare = _values.Number("centre.captive_share"),
            MinimumLot = _values.Number("centre.minimum_lot"),
            VoucherScheme = _values.TextOrNull("centre.voucher_scheme"),
            TakeoverCapability = _values.Number("options.takeover_capability"),
        };
    }

    private SiteNumbers Site()
    {
        var s = _values.Section("site");
        return new SiteNumbers(
            s.Text("name"),
            SiteInputs.Tariff(_values, view),
            s.Sourced("demand_charge"),
            SiteInputs.DesignPue(_values, view),
            s.Sourced("fixed_overhead_share"),
            s.Sourced("let_load"),
            SiteInputs.Running(_values, view, "lit_service"),
            SiteInputs.Running(_values, view, "lit_bandwidth"),
            SiteInputs.Running(_values, view, "standing_service"),
            SiteInputs.Running(_values, view, "colocation"),
            s.Sourced("water"),
            s.Sourced("escalation"),
            SiteProfile.Of(view, s.Text("name"))
        );
    }
}
