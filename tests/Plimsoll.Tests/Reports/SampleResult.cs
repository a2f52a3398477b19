using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Sampling;
using Plimsoll.Studies;

namespace Plimsoll.Tests.Reports;

/// <summary>A made-up result with everything in it, long names and Chinese included; no figure in it is a finding.</summary>
internal static class SampleResult
{
    public const int Draws = 400;

    private static readonly string[] _laws = ["gap", "utilisation", "cost floor"];

    private static readonly DecisionRule _rule = new(1.20, 0.10, 0.05, 0.02, 0.15, 0.5);

    /// <summary>The sample for one asker and verdict.</summary>
    public static StudyResult Of(string question, VerdictKind kind)
    {
        var options = Options(question);
        return new StudyResult
        {
            Name = "Zhengzhou 郑州 training centre, 1,024 H800",
            Explanation =
                "A made-up sample for looking at the page. It has 1,024 accelerators in 128 servers, a letter of intent & a framework <no order>.",
            Question = question,
            Decided = new Month(2024, 3),
            Start = new Month(2024, 4),
            Months = 60,
            Currency = Currency.Cny,
            Centre =
                "1,024 H800 in 128 servers at Zhengzhou 郑州, Henan 河南省, run by a first-time operator of capability 0.3.",
            Market =
                "China's merchant market, 240 members of a fitted ensemble over three rent laws, vintage March 2024.",
            Fitted = kind != VerdictKind.Unresolved,
            Verdict = Verdict(kind, options),
            Rule = _rule,
            Options = options,
            Loans = question == "lender" ? Loans(options[0]) : [],
            DebtCapacity = question == "lender" ? 8.64e7 : double.NaN,
            Loss = new LossAnatomy(212, 0.618, 61_234, 243_500, 7.4, 0.0731),
            Why = Why(),
            Fans =
            [
                Fan("fill", "fraction", 0.12, 0.35, 0.7, 1),
                Fan("rent", "CNY/GPU-hour", 5.2, 9.4, 14.8, -1),
            ],
            CoverByYear =
            [
                new(2024, double.NaN, double.NaN, double.NaN),
                new(2025, -0.31, 0.42, 1.61),
                new(2026, -0.12, 0.66, 2.24),
                new(2027, 0.05, 0.81, 2.83),
                new(2028, 0.21, 1.37, 7.40),
                new(2029, 0.33, 1.55, 3.02),
            ],
            Waterfall = Waterfall(),
            WaterfallSums = ["cash available for debt service"],
            MedianDraw = 217,
            Tornado = Tornado(),
            DecisiveFigure = "chance that trailing cover falls below 1.20",
            Sobol = new SobolTable(
                ["market ensemble (一组)", "capability of the operator", "price of a server"],
                new SobolIndices(
                    [0.62, 0.11, -0.004],
                    [0.71, 0.19, 0.02],
                    [0.03, 0.02, 0.01],
                    [0.04, 0.02, 0.01],
                    0.81,
                    0.15,
                    2560
                )
            ),
            Stresses = Stresses(),
            Floors = Floors(),
            Flips =
            [
                new(
                    "rent of a training lease",
                    9.42,
                    16.8,
                    "CNY/GPU-hour",
                    "Rents 80 % above what the draws give would bring the chance of a breach under 10 %."
                ),
                new(
                    "price of one server",
                    2.4e6,
                    9.1e5,
                    "CNY",
                    "At under a million yuan a server the plan passes."
                ),
                new(
                    "contracted share",
                    0,
                    double.NaN,
                    "fraction",
                    "No contracted share up to 100 % with this counterparty passes."
                ),
            ],
            Forecast = new ForecastAudit(
                "the promoter 郑州某智算公司",
                0.9,
                24.6,
                0.0125,
                0,
                0,
                0.004,
                115,
                [
                    new(
                        "letter of intent",
                        "a model builder, not named",
                        64,
                        64,
                        0.1,
                        1,
                        3,
                        "a letter binds nobody; own prior, grade D"
                    ),
                    new(
                        "framework agreement",
                        "某云服务商",
                        64,
                        51,
                        0.2,
                        1,
                        3,
                        "frameworks carried no order in the cases known"
                    ),
                ],
                0.17,
                0.05,
                0.4,
                42,
                [
                    "330 servers ordered for 693 million yuan, 12 delivered (ITBear, retelling 36Kr 智能涌现, grade A).",
                    "11 of 50.9 GW in a queue committed (utility filing, grade A).",
                ]
            ),
            Assumptions = Assumptions(),
            Hubs =
            [
                new("Zhengzhou 郑州", 34.75, 113.62, 2.0, 1.2, 4.0, 0.05, true),
                new("Beijing 北京", 39.9, 116.4, 10.9, 8.1, 16, 0.26, true),
                new("Shanghai 上海", 31.23, 121.47, 13.8, 10.2, 20, 0.24, true),
                new("Hangzhou 杭州", 30.27, 120.15, 13.4, 9.9, 19, 0.12, true),
                new("Shenzhen 深圳", 22.54, 114.06, 21.3, 15.6, 31, 0.2, false),
                new("Guangzhou 广州", 23.13, 113.26, 20.4, 14.9, 30, 0.08, false),
                new("Chengdu 成都", 30.57, 104.07, 16.5, 12.1, 24, 0.05, true),
            ],
            Site = new SitePlace("Zhengzhou 郑州", 34.75, 113.62, 20),
            Conventions =
            [
                "Monthly flows at month end, nominal; NPV at the equity hurdle to the start of month 0.",
                "Cover is trailing twelve months, tested every three months.",
            ],
            Limits =
            [
                "Rents of 2025 and later are no part of what was fitted.",
                "The operator's capability is a prior; no measured scale of it exists.",
            ],
            Draws = Draws + 3,
            Failures = new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["served tokens exceed the usable national compute"] = 3,
            },
            Seed = 20240301,
        };
    }

    private static Verdict Verdict(VerdictKind kind, IReadOnlyList<OptionResult> options)
    {
        IReadOnlyList<RuleTest> tests = [.. options[0].Credit, .. options[0].Equity];
        var (headline, option) = kind switch
        {
            VerdictKind.Unresolved => (
                "Unresolved: no option clearly passes, and 'half the fleet now' is not clearly ruled out.",
                options[1].Name
            ),
            VerdictKind.LendLess => ("Lend less: 86 million.", "36 % of the loan"),
            VerdictKind.ConvertToInference => (
                "Convert to inference: 'serve tokens from the empty half' is worth most in the mean, clearly and under every rent law.",
                options[2].Name
            ),
            _ => ("Do not build: the plan and every alternative compared fail the rule.", ""),
        };
        return new Verdict(
            kind,
            headline,
            option,
            [
                $"As planned, {Words.Odds(options[0].EmptyYear.Value)} of the draws stand below 30 % full for a year or more.",
                .. tests.Select(Words.Sentence),
            ],
            ["The ensemble holds no centre of a first-time operator with a signed anchor tenant."],
            tests
        );
    }

    private static IReadOnlyList<OptionResult> Options(string question)
    {
        (string Name, VerdictKind Kind, double Fill, double Npv)[] options =
            question == "owner"
                ?
                [
                    ("hold the price", VerdictKind.HoldPrice, 0.2, -6e7),
                    ("cut the price to 80 % of the quote", VerdictKind.CutPrice, 0.3, -5e7),
                    (
                        "serve tokens from the empty half 推理",
                        VerdictKind.ConvertToInference,
                        0.45,
                        -1e7
                    ),
                    (
                        "sell 512 accelerators over eight months",
                        VerdictKind.SellAccelerators,
                        0.35,
                        -3e7
                    ),
                ]
                :
                [
                    ("as planned", VerdictKind.Build, 0.35, -1.4e8),
                    ("half the fleet now", VerdictKind.Resize, 0.45, -5e7),
                    (
                        "build in Beijing 北京 with the same chips, twelve months later, for small leases",
                        VerdictKind.Relocate,
                        0.5,
                        2e6
                    ),
                    (
                        "wait for a quote of 18 CNY/GPU-hour and decide again",
                        VerdictKind.Wait,
                        0.1,
                        0
                    ),
                ];
        return [.. options.Select(o => Option(o.Name, o.Kind, o.Fill, o.Npv))];
    }

    private static OptionResult Option(string name, VerdictKind kind, double fill, double npv)
    {
        var figures = new DrawFigures(Draws + 3);
        for (var i = 0; i < figures.Draws; i++)
        {
            var stream = RandomStream.Keyed(7, i, EntityId.Of("sample"), Purpose.Inputs);
            var good = stream.NextOpenUniform();
            var own = RandomStream.Keyed(7, i, EntityId.Of(name), Purpose.Inputs).NextOpenUniform();
            figures.Fill[i] = Math.Clamp(fill * (0.3 + (1.4 * good)), 0, 1);
            figures.Rent[i] = 5 + (9 * good) + own;
            figures.EmptyMonths[i] = good < 0.5 ? 24 : 3;
            figures.MinimumCover[i] = (2.2 * good) - 0.4 + (0.1 * own);
            figures.Default[i] = figures.MinimumCover[i] < 0.7;
            figures.Breach[i] = figures.MinimumCover[i] < 1.2;
            figures.EquityNpv[i] = npv + (2.4e8 * (good - 0.5)) + (2e7 * own);
            figures.EquityIrr[i] = good < 0.2 ? double.NaN : (0.5 * good) - 0.2;
            figures.ProjectNpv[i] = figures.EquityNpv[i];
            figures.LossGivenDefault[i] = figures.Default[i] ? 0.9 - good : 0;
            figures.Law[i] = _laws[i % 3];
            figures.Link[i] = i % 2 == 0 ? "with the world link" : "without the world link";
            figures.World[i] = i;
            figures.Built[i] = true;
            figures.Failure[i] =
                i >= Draws ? "served tokens exceed the usable national compute" : null;
        }
        return new OptionResult
        {
            Name = name,
            Kind = kind,
            Description = $"What '{name}' means, in one sentence.",
            Figures = figures,
            Credit = _rule.Credit(figures, 2.6),
            Equity = _rule.Equity(figures),
        };
    }

    private static IReadOnlyList<LoanOffer> Loans(OptionResult plan) =>
        [
            new("the loan as asked", 2.4e8, [], plan.Credit),
            new(
                "36 % of the loan",
                8.64e7,
                [],
                [
                    .. plan.Credit.Select(t =>
                        t with
                        {
                            Value = t.Limit / 2,
                            Outcome = RuleOutcome.Passes,
                        }
                    ),
                ]
            ),
            new(
                "as asked, half of it contracted",
                2.4e8,
                [
                    "half of the fleet let for three years before the first draw",
                    "six months of debt service in reserve",
                ],
                plan.Credit
            ),
        ];

    private static IReadOnlyList<WhyStep> Why() =>
        [
            new(
                "demand in the market",
                61_234,
                41_000,
                88_000,
                "accelerators",
                "Training and inference demand of the segment.",
                ["growth of training demand"]
            ),
            new(
                "reachable from the site",
                49_800,
                33_000,
                71_000,
                "accelerators",
                "Within the latency promise and the rules.",
                ["route factor", "tariff"]
            ),
            new(
                "eligible for this fleet",
                20_100,
                11_000,
                33_000,
                "accelerators",
                "Chip, fabric and lot size fit.",
                ["peak of the H800"]
            ),
            new(
                "won by this centre",
                301,
                122,
                716,
                "accelerators",
                "Share won by price, fit and trust of the operator.",
                ["capability of the operator"]
            ),
            new(
                "hours sold",
                0.29,
                0.12,
                0.7,
                "fraction",
                "Share of installed hours sold after repair and darkness.",
                []
            ),
            new(
                "rent",
                9.42,
                5.2,
                14.8,
                "CNY/GPU-hour",
                "What tenants pay, tax excluded.",
                ["scale of the rent law"]
            ),
            new("revenue", 2.01e6, 5.1e5, 7.4e6, "CNY a month", "Hours sold times rent.", []),
            new(
                "cash available for debt service",
                -3.4e5,
                -2.1e6,
                4.9e6,
                "CNY a month",
                "Revenue less running cost, tax and working capital.",
                ["tariff", "service of a server"]
            ),
            new(
                "debt service cover",
                0.81,
                -0.3,
                2.8,
                "times",
                "Cash available over debt service due.",
                ["margin of the loan"]
            ),
        ];

    private static Fan Fan(
        string name,
        string unit,
        double low,
        double middle,
        double high,
        int sign
    )
    {
        double Path(double level, int m) =>
            m < 4 ? double.NaN : level * (1 + (sign * 0.35 * (1 - Math.Exp(-(m - 4) / 14.0))));
        double[] Series(double level) => [.. Enumerable.Range(0, 60).Select(m => Path(level, m))];
        return new Fan(
            name,
            unit,
            Series(high),
            Series(middle),
            Series(low),
            [
                .. Enumerable
                    .Range(0, 60)
                    .Select(m => Path(middle, m) * (1 + (0.15 * Math.Sin(m / 3.0)))),
            ]
        );
    }

    private static IReadOnlyList<WaterfallYear> Waterfall() =>
        [
            .. Enumerable
                .Range(2024, 6)
                .Select(y => new WaterfallYear(
                    y,
                    [
                        ("revenue", 2.31e7 + (4.4e6 * (y - 2024))),
                        ("running cost", -2.63e7),
                        ("working capital", -9.1e5 + (1e5 * (y - 2024))),
                        ("input tax recovered", 1.2e6),
                        ("income tax", y < 2028 ? 0 : -4.3e5),
                        ("cash available for debt service", -2.9e6 + (4.5e6 * (y - 2024))),
                        ("interest", -1.9e7 + (3e6 * (y - 2024))),
                        ("principal", y == 2024 ? 0 : -4.8e7),
                        ("paid to equity", y < 2029 ? 0 : -1.1e6),
                    ]
                )),
        ];

    private static IReadOnlyList<TornadoBar> Tornado() =>
        [
            new("scale of the rent law", 0.7, 1.4, 0.97, 0.42, "times", Grade.B, "fitted ensemble"),
            new("capability of the operator", 0.1, 0.6, 0.93, 0.55, "1", Grade.D, "own prior"),
            new(
                "price of a server with eight accelerators, network and storage included",
                2.1e6,
                2.9e6,
                0.66,
                0.9,
                "CNY",
                Grade.C,
                "trade press, 每经网"
            ),
            new("tariff", 0.52, 0.68, 0.79, 0.83, "CNY/kWh", Grade.D, "own prior"),
            new("PUE at full load", 1.18, 1.4, 0.80, 0.82, "1", Grade.D, "own prior"),
        ];

    private static IReadOnlyList<StressCase> Stresses() =>
        [
            new(
                "efficiency shock",
                "Training needs half the compute from month 9 on.",
                0.21,
                0.31,
                0.96,
                0.81,
                -2.1e8
            ),
            new(
                "anchor tenant defaults",
                "The largest tenant leaves in month 18.",
                0.26,
                0.4,
                0.93,
                0.7,
                -1.9e8
            ),
            new("rent -30 %", "Every rent 30 % lower.", 0.35, 0.22, 0.98, 0.9, -2.4e8),
        ];

    private static IReadOnlyList<PriceFloor> Floors() =>
        [
            new(
                "training lease",
                36,
                1.42,
                6.8,
                [
                    new("energy", 0.81, true),
                    new("lit service", 0.41, true),
                    new("bandwidth", 0.2, true),
                    new("colocation minimum", 2.3, false),
                ]
            ),
            new(
                "small lease",
                6,
                1.61,
                9.2,
                [
                    new("energy", 0.81, true),
                    new("lit service", 0.6, true),
                    new("bandwidth", 0.2, true),
                    new("colocation minimum", 2.3, false),
                ]
            ),
        ];

    private static IReadOnlyList<Assumption> Assumptions() =>
        [
            new(
                "growth of training demand",
                "0.8",
                "0.3 to 1.6",
                "a year",
                Grade.D,
                "own prior",
                "2024-02",
                "market prior"
            ),
            new(
                "route factor",
                "1.45",
                "1.2 to 1.9",
                "1",
                Grade.C,
                "operators' tables",
                "2023-06",
                "rules / latency"
            ),
            new(
                "tariff",
                "0.6",
                "0.52 to 0.68",
                "CNY/kWh",
                Grade.D,
                "own prior: two-part 110-220 kV agent purchase, all-in",
                "2023-12",
                "sites / Zhengzhou"
            ),
            new(
                "peak of the H800",
                "989",
                "",
                "TFLOP/s",
                Grade.A,
                "https://www.nvidia.com/datasheet",
                "2023-03",
                "accelerators / H800"
            ),
            new(
                "capability of the operator",
                "0.3",
                "0.1 to 0.6",
                "1",
                Grade.D,
                "the study",
                "",
                "operator.capability"
            ),
            new(
                "scale of the rent law",
                "1",
                "0.7 to 1.4",
                "times",
                Grade.B,
                "fitted on rents in 财新 and 36Kr",
                "2024-03",
                "catalog/derived"
            ),
            new(
                "service of a server",
                "9,000",
                "6,000 to 14,000",
                "CNY a month",
                Grade.C,
                "trade press <b>not bold</b>",
                "2024-01",
                "sites / Zhengzhou"
            ),
            new("margin of the loan", "3", "", "% a year", Grade.A, "the study", "", "loan.margin"),
        ];
}
