using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market.Curves;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Market.Tokens;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Construction;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>Turns a checked study file into cases.</summary>
/// <param name="values">The file.</param>
/// <param name="view">The catalogue as known in the month of decision.</param>
public sealed class StudyReader(InputValues values, CatalogView view)
{
    private readonly FleetReader _fleets = new(values, view);
    private MeasuredCosts? _measured;

    /// <summary>A reader in whose view the study's own site and tariff stand, with the defaults of the site's country.</summary>
    /// <param name="file">The file as it stands.</param>
    /// <param name="known">The catalogue as known in the month of decision.</param>
    public static StudyReader Of(InputValues file, CatalogView known)
    {
        var view = WrittenSite.In(file, WrittenHardware.In(file, known));
        return new StudyReader(CountryDefaults.Of(file, view), view);
    }

    /// <summary>The file.</summary>
    public InputValues Values => values;

    /// <summary>The catalogue of the decision.</summary>
    public CatalogView View => view;

    /// <summary>Currency of the study, the market's.</summary>
    public Currency Currency => MarketLink.Of(values.Text("market.name")).Currency;

    /// <summary>The case as planned, or as it stands.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    public StudyCase Plan() => Plan(_fleets.WithServing(_fleets.Fleets()));

    /// <summary>What running a standing centre has cost by its own months; null where they tell too little.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    internal MeasuredCosts? Measured() =>
        values.Items("actuals").Count > 0 ? Plan(_fleets.Fleets()).MeasuredCosts : null;

    /// <summary>The numbers in force where the file may be silent: what its site costs, and the income tax of its state or town.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    internal IReadOnlyList<InputNumber> InForce()
    {
        var plan = Bare();
        var own = values.NumberOrNull("finance.state_tax");
        var first = plan.Fleets.Min(f => f.Online);
        var preset = view.Entry("tax", values.Text("finance.tax"));
        var rate = own ?? preset.FindAt("state_rate", first.FirstDay)?.Number?.Value ?? 0;
        return
        [
            .. plan.Site.All,
            new InputNumber(
                "finance.state_tax",
                rate,
                rate,
                rate,
                "fraction",
                "",
                Grade.D,
                own is null
            ),
        ];
    }

    /// <summary>The case without what its fleets serve: enough where only costs are asked for.</summary>
    /// <exception cref="KeyNotFoundException">Something named is not known on the day of the decision.</exception>
    internal StudyCase Bare() => Plan(_fleets.Fleets());

    private StudyCase Plan(IReadOnlyList<FleetCase> fleets)
    {
        var start = values.Month("decided") + 1;
        var lastOnline = Math.Max(0, fleets.Max(f => f.Online - start));
        var decision = Rule();
        var standing = QuestionKind.Of(values).Standing(values);
        var actuals = standing ? ActualMonths.Of(values) : ActualMonths.None;
        var tranches = StudyDebt.Tranches(values, lastOnline, actuals.Service.Arrears);
        // An owner who owes nothing is lent nothing for what a course costs.
        if (values.Text("question") == "owner" && tranches.Sum(t => t.Amount) <= 0)
        {
            tranches = [];
        }
        var plan = Grown(
            new StudyCase
            {
                Fleets = fleets,
                Leases =
                [
                    .. _fleets.Leases(fleets),
                    .. TenantsOfTheDay.Of(
                        values,
                        actuals,
                        fleets,
                        () =>
                            new LeaseRents(
                                values,
                                view,
                                values.Text("market.name"),
                                Currency
                            ).Median(fleets.Select(f => (f.Accelerator, f.Accelerators)))
                    ),
                ],
                Plan = Centre(start, fleets),
                Site = Site(),
                Terms = Standing(
                    StudyDebt.Terms(values, Currency, lastOnline),
                    standing,
                    actuals
                ) with
                {
                    Start = start,
                    Before = actuals.Service,
                    CovenantCover = decision.CovenantCover,
                    EquityHurdle = decision.EquityHurdle,
                },
                Loan = tranches.Count > 0 ? tranches[0] : null,
                Junior = [.. tranches.Skip(1)],
                Rates = new BaseRatePath(
                    values.NumberOrNull("finance.rate_volatility")
                        ?? BaseRatePath.Fitted(view, Currency),
                    values.Number("finance.rate_half_life"),
                    (ulong)values.Integer("seed")
                ),
                SalesTaxRate = values.Number("finance.sales_tax"),
                MoneyNumbers = UncertainTerms.Of(values),
                Tax = TaxOf(fleets),
                Capability = OperatorRecord.Capability(values, view),
                OperatorHazard = new LeaseReader(
                    start,
                    values.Text("centre.operator")
                ).OperatorHazard(values),
                Reach = Reach(values.Text("site.name")),
                Lending = Decisions.Lending.LendingInputs.Read(values),
                Standing = standing,
                Building =
                    values.Text("question") == "construction"
                        ? BuildingState.Debt(values, start, lastOnline)
                        : null,
                Actuals = actuals,
            }
        );
        plan = HallLease.On(plan, values);
        _measured = MeasuredCosts.Of(plan);
        return _measured is null
            ? plan
            : plan with
            {
                Site = _measured.On(plan.Site),
                MeasuredCosts = _measured,
            };
    }

    /// <summary>Terms with what a standing centre brings with it: rent of the months before still to come in, bills still to pay, and accounts that hold what the file states; an owner's accounts hold the months that are stated, and nothing is paid in anew.</summary>
    private FinanceTerms Standing(FinanceTerms terms, bool standing, ActualMonths actuals)
    {
        if (!standing)
        {
            return terms;
        }
        return terms with
        {
            Opening = new OpeningPosition
            {
                Revenue = actuals.Last?.Revenue,
                RunningCost = actuals.Last?.RunningCost,
                // A lender's loan is new: its reserve is paid in with it.
                AccountsFunded = QuestionKind.LoanStands(values),
            },
        };
    }

    /// <summary>The terms of finance at best estimates, each capital cost named as its fleet: for the check of what they say.</summary>
    public FinanceTerms MoneyTerms()
    {
        var start = values.Month("decided") + 1;
        var fleets = _fleets.Fleets();
        var lastOnline = Math.Max(0, fleets.Max(f => f.Online - start));
        return StudyDebt.Terms(values, Currency, lastOnline) with
        {
            Start = start,
            Tax = TaxOf(fleets).Terms,
            Tranches = StudyDebt.Tranches(values, lastOnline),
            CapitalCosts =
            [
                .. fleets.Select(f => new CapitalCost(
                    f.Name,
                    Math.Max(0, f.Online - start - 1),
                    f.Servers * f.CapexPerServer.Value,
                    Math.Max(0, f.Online - start),
                    f.Tax.EquipmentLifeYears,
                    0,
                    0
                )),
            ],
        };
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

    /// <summary>The case with the growth of what its accelerators serve, where any serves.</summary>
    private StudyCase Grown(StudyCase plan) =>
        plan with
        {
            SoftwareGrowth = plan.Serves
                ? values.Section("serving").Sourced("software_growth")
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
        var here = _measured?.On(Site()) ?? Site();
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

    /// <summary>Prices to come that the study holds to be right.</summary>
    /// <param name="key">curve or resale_curve.</param>
    public IReadOnlyList<ForwardPoint> Curve(string key) =>
        CurveInputs.Read(values.Section("market"), key);

    /// <summary>Rents that the study has seen, in money per accelerator-hour; those that cannot be meant are left to the check.</summary>
    public IReadOnlyList<Quote> Quotes() =>
        OwnQuotes
            .Check(
                view,
                values.Text("market.name"),
                QuoteInputs.Read(values.Section("market"), "quotes", "")
            )
            .Quotes;

    /// <summary>What an output token of the model served brings with the input that comes with it: the study's prices, else the list of the day; null where tokens are neither sold nor priced.</summary>
    public TokenMix? Tokens()
    {
        var s = values.Section("serving");
        var list = TokenList.Of(view, s.Text("model"), Currency);
        var output = s.NumberOrNull("price_output") ?? list?.Output;
        var input = s.NumberOrNull("price_input") ?? list?.Input;
        if (output is null || input is null)
        {
            return null;
        }
        return new TokenMix(
            s.Number("input_tokens") / s.Number("output_tokens"),
            s.Number("cache_hit_share"),
            input.Value,
            s.NumberOrNull("price_cached") ?? list?.Cached ?? input.Value,
            output.Value,
            s.Number("token_discount")
        );
    }

    /// <summary>What a plan's draws came to in tokens; null when no fleet serves any.</summary>
    internal ServedTokens? Served(ServedTokensRun run)
    {
        if (!run.Serves)
        {
            return null;
        }
        var s = values.Section("serving");
        return run.Result(
            s.Text("model"),
            TokenList.Of(view, s.Text("model"), Currency),
            s.Has("price_output"),
            s.Number("input_tokens") / s.Number("output_tokens"),
            s.Number("cache_hit_share")
        );
    }

    private CentrePlan Centre(Month start, IReadOnlyList<FleetCase> fleets)
    {
        var contracts = new LeaseReader(start, values.Text("centre.operator"));
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
            Tokens = Tokens(),
            Operator = contracts.Operator(values),
            Backstop = contracts.Backstop(values, LeaseCase.PerServer(fleets, null)),
        };
    }

    private SiteNumbers Site()
    {
        var s = values.Section("site");
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
            SiteProfile.Of(view, s.Text("name"))
        );
    }
}
