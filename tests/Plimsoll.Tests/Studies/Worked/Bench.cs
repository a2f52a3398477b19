using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Tests.Studies.Worked;

/// <summary>
/// A centre whose money can be worked out on paper: 10 servers of 8 accelerators at 100,000 each, ready at once, 24 months; no tax, no
/// energy, no rise of prices. A lit server costs 2,000 a month, standing staff 500, the hall 1,000 (100 per kW of 10 kW): lit 3,500, dark 1,500.
/// At the constant market's standard (quote 10, half full) it takes 80 x 0.5 x 730 x 10 = 292,000 a month and pays 10 x 3,500 = 35,000.
/// </summary>
internal static class Bench
{
    public static readonly Month Start = new(2025, 1);

    public static InputNumber Exactly(string path, double value) =>
        new(path, value, value, value, "1", "worked case", Grade.A, false);

    public static FleetCase Fleet(string server = "S8", double servers = 10, int online = 0) =>
        new(
            server,
            $"chip of {server}",
            8,
            servers,
            Start + online,
            Exactly("capex", 100_000),
            true
        )
        {
            Name = $"{server} of {Start + online}",
            Power = new ServerPower(8, 0, 0, 10),
            Tax = new TaxPreset(TaxTerms.None, 5, 0, 0),
        };

    public static StudyCase Case(params FleetCase[] fleets) =>
        new()
        {
            Fleets = fleets.Length > 0 ? fleets : [Fleet()],
            Plan = new CentrePlan
            {
                Name = "bench",
                Site = "here",
                Start = Start,
                Months = 24,
                Fleets = [],
                Products = [Product.SmallLease],
            },
            Site = Site("here", 2_000),
            Terms = new FinanceTerms
            {
                Currency = Currency.Cny,
                CapitalCosts = [],
                SellingCost = 0,
                LockUpCover = 0,
                RepossessionCost = 0,
            },
            Loan = null,
            Tax = new TaxPreset(TaxTerms.None, 5, 0, 0),
            Capability = Exactly("centre.operator_capability", 0.5),
            Reach = Exactly("site.reach", 1),
        };

    public static StudyCase Standing(params FleetCase[] fleets) =>
        Case(fleets) with
        {
            Standing = true,
        };

    public static SiteNumbers Site(string name, double lit) =>
        new(
            name,
            Exactly("tariff", 0),
            Exactly("demand", 0),
            Exactly("pue", 1.2),
            Exactly("fixed", 0.5),
            Exactly("load", 0.5),
            Exactly("lit", lit),
            Exactly("bandwidth", 0),
            Exactly("standing", 500),
            Exactly("colocation", 100),
            Exactly("water", 0),
            Exactly("escalation", 0),
            SiteProfile.Flat
        );

    /// <summary>Rule whose hurdle is nothing, so that values are plain sums.</summary>
    public static DecisionRule Rule(double hurdle = 0) => new(1.2, 0.1, 0.05, 0.025, hurdle, 0.35);

    public static OptionRun Run(
        ConstantMarket market,
        int draws = 2,
        double hurdle = 0,
        LendingRule? lending = null
    ) =>
        new(
            new CaseRun(market.Centre),
            new DrawInputs(1, draws, []),
            Rule(hurdle),
            [.. Enumerable.Range(0, draws).Select(d => new DrawWorld(d, ""))],
            1
        )
        {
            Lending = lending,
        };

    /// <summary>A question on 40 draws of a market, all alike.</summary>
    public static QuestionRun Question(
        IQuestion question,
        StudyCase plan,
        ConstantMarket market,
        bool fitted = true
    )
    {
        var run = Run(market, 40);
        var held = run.Physical(plan);
        return new QuestionRun
        {
            Plan = plan,
            Facts = new Facts(),
            Run = run,
            Few = run,
            First = run.Result(question.First(plan), run.Money(held, plan)),
            Held = held,
            FewHeld = held,
            Fitted = fitted,
            Currency = "CNY",
            Report = (_, _) => { },
        };
    }

    /// <summary>Value of an option in every draw, the same in all: of equity for a plan, before finance where the centre stands.</summary>
    public static double Value(StudyOption option, ConstantMarket? market = null, double hurdle = 0)
    {
        var figures = Run(market ?? new ConstantMarket(), 2, hurdle).Figures(option.Case);
        var values = option.Case.Standing ? figures.ProjectNpv : figures.EquityNpv;
        Xunit.Assert.Null(figures.Failure[0]);
        Xunit.Assert.Equal(values[0], values[1]);
        return values[0];
    }

    public static double Value(StudyCase study, ConstantMarket? market = null) =>
        Value(new StudyOption("", VerdictKind.Build, "", study), market);

    /// <summary>Facts of a world with one other site, where a lit server costs 1,000, and one other server, of 4 accelerators.</summary>
    public sealed record Facts(double QuotePerGpuHour = 10, double EquityHurdle = 0) : ICentreFacts
    {
        /// <summary>Quotes of fleets whose server is named; of the rest that of the centre.</summary>
        public IReadOnlyDictionary<string, double> Quotes { get; init; } =
            new Dictionary<string, double>(StringComparer.Ordinal);

        public double QuoteOf(FleetCase fleet) =>
            Quotes.GetValueOrDefault(fleet.Server, QuotePerGpuHour);

        public SiteNumbers SiteAt(string site) => Site(site, 1_000);

        public InputNumber Reach(string site) => Exactly("site.reach", 1);

        public FleetCase Other(FleetCase fleet, string server, InputNumber capex) =>
            fleet with
            {
                Server = server,
                PerServer = 4,
                CapexPerServer = capex,
                Power = new ServerPower(4, 0, 0, 10),
            };

        public StudyCase Refit(StudyCase plan, IReadOnlyList<FleetCase> fleets) =>
            plan with
            {
                Fleets = fleets,
            };
    }
}
