using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Market.MarketFiles;

/// <summary>The inputs of a market file: any market, from two halls to a nation.</summary>
public static class MarketInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>The table of <c>kind: market</c>.</summary>
    public static InputTable Table() =>
        new(
            "market",
            "A market for rented accelerators: its centres, its demand, its rules; rents and fill come out of it.",
            [
                .. Head(),
                .. Rents(),
                .. DemandRows(),
                .. Centres(),
                .. Building(),
                .. Events(),
                .. Prices(),
            ]
        );

    /// <summary>Money of the national market that a file is built on; null for one built on nothing.</summary>
    /// <param name="values">A checked file of kind market.</param>
    internal static Currency? HomeOf(InputValues values) =>
        values.Text("base") is var name && name != "none" ? MarketLink.Of(name).Currency : null;

    /// <summary>Money of the file's amounts: as written, else that of its base, else yuan.</summary>
    /// <param name="values">A checked file of kind market.</param>
    internal static Currency CurrencyOf(InputValues values) =>
        values.TextOrNull("currency") is { } written
            ? new Currency(written)
            : HomeOf(values) ?? Currency.Cny;

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the market, used in titles.") { Required = true },
            new(
                "explanation",
                InputType.Text,
                "What the market is and where its figures come from."
            )
            {
                MaxLength = 32_000,
            },
            new(
                "base",
                InputType.Choice,
                "What it is built on: nothing but this file, or a national market whose demand, rules and new building it takes over."
            )
            {
                Default = "none",
                Choices = ["none", "china", "us"],
            },
            new(
                "start",
                InputType.Month,
                "First month reported; for a national base also the day of the view: nothing published later is seen."
            )
            {
                Required = true,
            },
            new("months", InputType.Integer, "Months reported.")
            {
                Default = "36",
                Min = 6,
                Max = 180,
                Unit = "months",
            },
            new(
                "currency",
                InputType.Choice,
                "Currency of every amount in the file: that of the base, which alone may be written beside one; CNY where nothing is written and there is no base."
            )
            {
                Choices = ["CNY", "USD", "EUR"],
            },
            new("draws", InputType.Integer, "Histories drawn.")
            {
                Default = "120",
                Min = 1,
                Max = 5000,
            },
            new("seed", InputType.Integer, "Seed of all random numbers.")
            {
                Default = "1",
                Min = 0,
                Max = 1e9,
            },
            new(
                "law",
                InputType.Choice,
                "Rent law: change and level follow vacancy, excess-demand clears the market; all takes them in turn."
            )
            {
                Default = "all",
                Choices = ["all", "change", "level", "excess-demand"],
            },
            new(
                "uncertain",
                InputType.Boolean,
                "Whether parameters that this file leaves out are drawn from their priors; if not, they stand at the middle."
            )
            {
                Default = "true",
            },
        ];

    private static IEnumerable<InputRow> Rents() =>
        [
            new("rents", InputType.Section, "How rent stands at the start and what bounds it."),
            Money("rents.start", "Rent of a server of eight H accelerators at the start."),
            Money("rents.reference", "Rent that pays for a new server of eight H accelerators."),
            new(
                "rents.server_price",
                InputType.Number,
                "Price of such a server, in the file's currency."
            )
            {
                Min = 1,
            },
            Money("rents.world", "World rent of such a server; its pull acts on the H tier."),
            new(
                "rents.world_growth",
                InputType.Number,
                "Change of the world rent a year, as a fraction."
            )
            {
                Default = "0",
                Min = -0.9,
                Max = 2,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
            new(
                "parameters",
                InputType.List,
                "Parameters of the model set to a value; see docs/model/market.md."
            ),
            new("parameters[].name", InputType.Choice, "Which parameter.")
            {
                Required = true,
                Choices = Enum.GetNames<Parameter>(),
            },
            new("parameters[].value", InputType.Number, "Its value, in the parameter's unit.")
            {
                Required = true,
            },
        ];

    private static InputRow Money(string path, string description) =>
        new(path, InputType.Number, description + " Money a server-month, in the file's currency.")
        {
            Min = 1,
        };

    private static IEnumerable<InputRow> DemandRows() =>
        [
            new(
                "demand",
                InputType.List,
                "Who wants to rent; on top of the base's demand, if any."
            ),
            new(
                "demand[].need",
                InputType.Choice,
                "training: large leases with a fabric; small: a few servers; inference: serving of tokens."
            )
            {
                Required = true,
                Choices = ["training", "small", "inference"],
            },
            new(
                "demand[].servers",
                InputType.Number,
                "Servers of eight H accelerators wanted at the reference rent when it begins."
            )
            {
                Required = true,
                Min = 0,
                Max = 1e7,
                Unit = "servers",
            },
            new("demand[].growth", InputType.Number, "Growth a year, as a fraction.")
            {
                Default = "0",
                Min = -0.95,
                Max = 20,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
            new("demand[].from", InputType.Month, "First month; from the start when left out."),
            new("demand[].until", InputType.Month, "First month without it; never when left out."),
        ];

    private static IEnumerable<InputRow> Centres() =>
        [
            new("centres", InputType.List, "Centres known by name."),
            new("centres[].name", InputType.Text, "Its name.") { Required = true },
            new(
                "centres[].tier",
                InputType.Choice,
                "H: H100 and its like; A: A100 and its like; D: home-made accelerators."
            )
            {
                Required = true,
                Choices = ["H", "A", "D"],
            },
            new(
                "centres[].servers",
                InputType.Number,
                "Servers of eight accelerators on offer when complete."
            )
            {
                Required = true,
                Min = 1,
                Max = 1e6,
                Unit = "servers",
            },
            new(
                "centres[].online",
                InputType.Month,
                "Month of coming into service; from the start when left out."
            ),
            Share(
                "centres[].capability",
                "Capability of its operator: 0 has never run such a fleet, 1 is the best known."
            ),
            Share(
                "centres[].reach",
                "Share of latency-bound demand within reach; near from a half on."
            ),
            Share("centres[].fabric", "Fitness of its network for one job over many servers."),
            Share("centres[].eligible", "Share of its accelerators that can be let at all."),
            new("centres[].minimum_lot", InputType.Integer, "Smallest lot offered.")
            {
                Default = "8",
                Min = 1,
                Max = 1e5,
                Unit = "GPU",
            },
            Money("centres[].avoidable_cost", "Cost that darkness saves on a lit server."),
            new(
                "centres[].ask",
                InputType.Number,
                "Its price over the market's; drawn when left out."
            )
            {
                Min = 0.1,
                Max = 10,
                Unit = "1",
            },
            new(
                "centres[].voucher",
                InputType.Text,
                "Voucher scheme of this file whose tenants may rent here."
            ),
        ];

    private static InputRow Share(string path, string description) =>
        new(path, InputType.Number, description + " Drawn when left out.")
        {
            Min = 0,
            Max = 1,
            Unit = "1",
        };

    private static IEnumerable<InputRow> Building() =>
        [
            new(
                "building",
                InputType.Section,
                "New centres without a name; a national base brings its own."
            ),
            new(
                "building.projects",
                InputType.Number,
                "Projects begun a month at the reference rent."
            )
            {
                Default = "0",
                Min = 0,
                Max = 60,
                Source = OwnPrior,
            },
            new(
                "building.servers",
                InputType.Number,
                "Mean servers of a project, H servers or their like in work."
            )
            {
                Min = 1,
                Max = 1e5,
                Unit = "servers",
            },
            new("building.lag", InputType.Number, "Mean months from order to service.")
            {
                Min = 1,
                Max = 60,
                Unit = "months",
            },
            new(
                "building.power",
                InputType.Number,
                "Energised power, as the servers of eight H accelerators that it feeds: what is finished beyond it waits, be rents as high as they may; unbounded when left out."
            )
            {
                Min = 1,
                Max = 1e7,
                Unit = "servers",
            },
        ];

    private static IEnumerable<InputRow> Events() =>
        [
            new(
                "shocks",
                InputType.List,
                "Efficiency shocks: work that from a month on needs less compute."
            ),
            new("shocks[].month", InputType.Month, "When.") { Required = true },
            new("shocks[].need", InputType.Choice, "Whose compute is saved.")
            {
                Default = "all",
                Choices = ["all", "training", "small", "inference"],
            },
            new(
                "shocks[].saved",
                InputType.Number,
                "Share of compute saved; negative where more is needed."
            )
            {
                Required = true,
                Min = -10,
                Max = 0.99,
            },
            new(
                "vouchers",
                InputType.List,
                "Voucher schemes: part of a tenant's rent is paid within a yearly budget."
            ),
            new("vouchers[].name", InputType.Text, "Its name.") { Required = true },
            new(
                "vouchers[].share",
                InputType.Number,
                "Face value: share of a contract's first year that is paid."
            )
            {
                Required = true,
                Min = 0,
                Max = 1,
            },
            new("vouchers[].cap_per_user", InputType.Number, "Most that one contract draws.")
            {
                Min = 0,
            },
            new(
                "vouchers[].budget_per_year",
                InputType.Number,
                "Most that the scheme pays in a calendar year."
            )
            {
                Required = true,
                Min = 0,
            },
            new("vouchers[].from", InputType.Month, "First month; from the start when left out."),
            new(
                "vouchers[].until",
                InputType.Month,
                "First month without it; never when left out."
            ),
        ];

    private static IEnumerable<InputRow> Prices() =>
        [
            new(
                "price_curve",
                InputType.Text,
                "CSV file with date, basis, tenor and price (money per accelerator-hour): rents follow it, and the gap to the model's own path is reported."
            )
            {
                MaxLength = 1_000,
            },
        ];
}
