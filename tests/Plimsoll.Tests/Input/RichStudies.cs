namespace Plimsoll.Tests.Input;

/// <summary>Small studies that between them use every section and list of the table, one or more a question; few servers, a short horizon.</summary>
internal static class RichStudies
{
    /// <summary>Values to try for keys without a default, by path.</summary>
    public static IReadOnlyDictionary<string, double[]> Values { get; } =
        new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["horizon"] = [48, 60],
            ["chips[].bf16"] = [300, 600],
            ["chips[].fp8"] = [900, 1800],
            ["chips[].fp4"] = [1800, 3600],
            ["chips[].int8"] = [600, 1200],
            ["chips[].memory"] = [80, 141],
            ["chips[].memory_bandwidth"] = [2000, 4000],
            ["chips[].link"] = [200, 900],
            ["chips[].link_domain"] = [1, 8],
            ["chips[].board_power"] = [400, 900],
            ["servers[].accelerators"] = [4, 8],
            ["servers[].power_busy"] = [4, 8],
            ["servers[].power_idle"] = [0.5, 1.5],
            ["servers[].power_off"] = [0.02, 0.2],
            ["market.quotes[].price"] = [100_000, 140_000],
            ["market.quotes[].tax_rate"] = [0.06, 0.13],
            ["market.quotes[].quantity"] = [8, 5000],
            ["market.quotes[].tenor"] = [12, 36],
            ["market.quotes[].error"] = [0.05, 0.4],
            ["market.quotes[].per_server"] = [4, 8],
            ["site.latitude"] = [34, 40],
            ["site.longitude"] = [113, 100],
            ["site.tariff"] = [0.5, 0.8],
            ["site.lit_service"] = [3000, 5000],
            ["site.lit_bandwidth"] = [2000, 4000],
            ["site.standing_service"] = [2000, 9000],
            ["site.colocation"] = [200, 700],
            ["site.demand_charge"] = [20, 50],
            ["site.design_pue"] = [1.2, 1.5],
            ["site.mean_temperature"] = [5, 20],
            ["centre.record.months_in_operation"] = [6, 60],
            ["centre.record.accelerators_run"] = [200, 20_000],
            ["hall.exit_months"] = [1, 12],
            ["hall.per_kw"] = [200, 500],
            ["hall.kw"] = [500, 900],
            ["hall.term"] = [24, 120],
            ["fleet[].servers"] = [32, 48],
            ["fleet[].capex_per_server"] = [2_000_000, 3_000_000],
            ["signed[].servers"] = [4, 8],
            ["signed[].price_per_gpu_hour"] = [10, 20],
            ["signed[].tenor"] = [18, 30],
            ["signed[].steps[].from"] = [6, 12],
            ["signed[].steps[].price_per_gpu_hour"] = [8, 16],
            ["backstop.price_per_gpu_hour"] = [5, 15],
            ["backstop.servers"] = [8, 16],
            ["finance.existing_debt"] = [30_000_000, 50_000_000],
            ["finance.arrears"] = [0, 400_000],
            ["actuals[].cash"] = [500_000, 900_000],
            ["actuals[].revenue"] = [2_000_000, 2_500_000],
            ["actuals[].running_cost"] = [700_000, 1_100_000],
            ["actuals[].due"] = [500_000, 900_000],
            ["actuals[].paid"] = [300_000, 500_000],
            ["actuals[].fill"] = [0.2, 0.4],
            ["actuals[].distributed"] = [100_000, 200_000],
            ["finance.tenor"] = [24, 36],
            ["finance.front_months"] = [12, 20],
            ["finance.grant"] = [1_000_000, 5_000_000],
            ["finance.power.contract_kw"] = [500, 900],
            ["finance.power.price_per_kwh"] = [0.3, 0.6],
            ["finance.power.exit_after"] = [12, 24],
            ["finance.power.term"] = [12, 24],
            ["finance.closed_after"] = [12, 20, 30],
            ["finance.debt[].amount"] = [30_000_000, 20_000_000],
            ["finance.debt[].tenor"] = [24, 18],
            ["finance.grants[].month"] = [4, 8],
            ["finance.grants[].amount"] = [1_000_000, 3_000_000],
            ["finance.grants[].test_month"] = [18, 30],
            ["finance.subsidies[].test_month"] = [20, 30],
            ["finance.vouchers.test_month"] = [20, 30],
            ["finance.subsidies[].budget"] = [500_000, 5_000_000],
            ["finance.subsidies[].from"] = [4, 10],
            ["finance.subsidies[].months"] = [6, 24],
            ["finance.refresh.month"] = [24, 30],
            ["finance.refresh.cost"] = [1_000_000, 9_000_000],
            ["market.curve[].price"] = [6, 20],
            ["market.resale_curve[].price"] = [60_000, 200_000],
            ["construction.undrawn"] = [0, 20_000_000],
            ["construction.break_share"] = [0, 0.05],
            ["signed[].arrears"] = [0, 500_000],
            ["signed[].months_behind"] = [0, 1],
            ["signed[].arrears_months"] = [3, 12],
            ["signed[].arrears_default_factor"] = [1, 20],
            ["construction.spent"] = [10_000_000, 60_000_000],
            ["offer.servers"] = [4, 12],
            ["offer.price_per_gpu_hour"] = [8, 16],
            ["offer.tenor"] = [12, 24],
            ["options.other_capex_per_server"] = [1_000_000, 1_500_000],
            ["forecast.price_per_gpu_hour"] = [10, 30],
            ["forecast.evidence[].servers"] = [4, 24],
        };

    /// <summary>The studies.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Sponsor,
        Written,
        Lender,
        Balloon,
        Tranches,
        Owner,
        Told,
        ToldByRevenue,
        Building,
        HalfDrawn,
        Offered,
        TestData.Text("pins/sponsor-town.yaml"),
        TestData.Text("pins/sponsor-henan.zh.yaml"),
        TestData.Text("pins/owner-actuals.yaml"),
        TestData.Text("pins/lender-tranches.yaml"),
    ];

    private const string Head = """
        kind: study
        name: rich
        decided: 2024-06
        horizon: 42
        market:
          name: china
          quotes:
            - { date: 2024-05, chip: H800 SXM5, unit: server-month, price: 120000, tax: included, tax_rate: 0.06, quantity: 64, tenor: 12, prepaid: 0.2 }

        """;

    private const string Fleet = """
        fleet:
          - { name: first, server: 8xH800, servers: 40, online: 2024-10, capex_per_server: 2500000 }
          - { name: second, server: 8xA800, servers: 16, online: 2025-02, capex_per_server: 1500000 }

        """;

    /// <summary>A further fleet, of a server and a chip that the study writes itself.</summary>
    private const string OwnServer = """
          - server: 8xX1
            servers: 16
            online: 2024-09
            capex_per_server: 2000000
        chips:
          - name: X1
            vendor: own
            tier: D
            launch: 2023-06
            bf16: 400
            fp8: 800
            memory: 96
            memory_bandwidth: 2500
            link: 400
            board_power: 500
        servers:
          - name: 8xX1
            accelerator: X1
            power_busy: 6
            power_idle: 1.2
            power_off: 0.05

        """;

    private const string Serving = """
        serving:
          model: Llama-2 70B
          precision: fp8
          price_input: 4
          price_cached: 1
          price_output: 12

        """;

    private const string Signed = """
        operator:
          class: start-up
        signed:
          - tenant: a laboratory
            fleet: first
            servers: 10
            price_per_gpu_hour: 16
            tenor: 24
            take_or_pay: 0.8
            prepaid_months: 2
            class: start-up
            termination_months: 3
            steps:
              - { from: 12, price_per_gpu_hour: 14 }

        """;

    private const string Rights = """
        operator:
          monthly_hazard: 0.02
        signed:
          - tenant: a bank
            servers: 20
            price_per_gpu_hour: 18
            tenor: 24
            class: rated below
            index: 0.03
            ready: 2024-08
            long_stop: 9
            delay_damages: 0.1
            availability: 0.995
            availability_credit: 0.02
            availability_credit_cap: 0.3
            terminate_below: 0.9
            terminate_after: 3
            exit_after: 12
            exit_fee: 2
            extension: 6
            extension_price: 0.9
            termination_months: 2

        """;

    private const string Money = """
        finance:
          gearing: 0.6
          forward_rates:
            - { from: 2, rate: 0.04 }
          tenor: 30
          grace: 3
          repayment: instalments
          front_share: 0.6
          front_months: 14
          grant: 2000000
          grant_fill_test: 0.4
          power: { contract_kw: 700, price_per_kwh: 0.5, term: 40, ramp: 6, exit_after: 18, exit_fee: 6 }

        """;

    private const string Centre = """
        centre:
          operator: somebody
          operator_capability: 0.5
          voucher_scheme: Henan
          sells_inference: true

        """;

    private const string Sponsor =
        Head
        + "question: sponsor\n"
        + Centre
        + "site:\n  name: Zhengzhou\n  demand_charge: 30\n"
        + Fleet
        + Serving
        + Signed
        + Money
        + """
            options:
              elsewhere: Ulanqab
              other_server: 8xA800
              other_capex_per_server: 1500000
            forecast:
              fill: 0.8
              price_per_gpu_hour: 20
              evidence:
                - { kind: order, servers: 16, prepaid_share: 0.2 }

            """;

    private const string Written =
        Head
        + "question: sponsor\n"
        + Centre
        + """
            site:
              place: a town
              latitude: 34
              longitude: 112
              country: CN
              tariff: 0.6
              demand_charge: 30
              demand_ratchet: 0.5
              mean_temperature: 15
              bands:
                - { months: 6-9, hours: 10-18, ratio: 1.5 }
            hall: { per_kw: 300, kw: 700, term: 60 }

            """
        + Fleet
        + OwnServer
        + Serving
        + Money;

    private const string Lender =
        Head
        + "question: lender\n"
        + Centre
        + "site:\n  name: Zhengzhou\n"
        + Fleet
        + Rights
        + """
            backstop: { buyer: a cloud, class: rated below, price_per_gpu_hour: 8, servers: 8, from: 2024-10, until: 2026-10 }

            """
        + Money;

    private const string Balloon =
        Head
        + "question: lender\n"
        + Centre
        + "site:\n  name: Zhengzhou\n  peak_hours: 10-14\n  valley_hours: 0-6\n  peak_ratio: 1.5\n  valley_ratio: 0.5\n"
        + Fleet
        + Signed
        + """
            finance:
              gearing: 0.4
              tenor: 24
              repayment: bullet
              state_tax: 0.02

            """;

    private const string Owner =
        Head
        + """
            question: owner
            centre:
              operator: somebody
              record: { months_in_operation: 12, accelerators_run: 500 }
            site:
              name: Zhengzhou
            hall: { per_kw: 300, kw: 700, term: 30, exit_months: 6 }
            fleet:
              - { name: first, server: 8xH800, servers: 40, online: 2024-01, capex_per_server: 2500000 }
              - { name: second, server: 8xA800, servers: 16, online: 2023-10, capex_per_server: 1500000 }

            """
        + Serving
        + """
            signed:
              - tenant: a laboratory
                servers: 10
                price_per_gpu_hour: 16
                tenor: 24
                months_run: 5
                months_behind: 2
            finance:
              existing_debt: 60000000
              tenor: 15
            options:
              elsewhere: Ulanqab

            """;

    /// <summary>A standing centre that tells months as they were and no rent roll; the month of the decision stands first.</summary>
    private const string Told =
        Standing
        + "    - { month: 2024-06, cash: 800000, due: 700000, paid: 500000, fill: 0.3, distributed: 50000 }\n"
        + Earlier;

    private const string ToldByRevenue =
        Standing
        + "    - { month: 2024-06, revenue: 2100000, running_cost: 900000, due: 700000, fill: 0.3 }\n"
        + Earlier;

    private const string Earlier =
        "    - { month: 2024-05, cash: 900000, due: 700000 }\n    - { month: 2024-04, cash: 900000, due: 700000 }\n";

    private const string Standing =
        Head
        + """
            question: owner
            centre:
              operator_capability: 0.5
            site:
              name: Zhengzhou
            fleet:
              - { name: first, server: 8xH800, servers: 40, online: 2024-01, capex_per_server: 2500000 }
            finance:
              existing_debt: 40000000
              tenor: 24
            actuals:

            """;

    private const string Building =
        Head
        + "question: construction\n"
        + Centre
        + "site:\n  name: Zhengzhou\n"
        + Fleet
        + "construction: { spent: 40000000 }\n"
        + Money;

    /// <summary>A half-built centre whose loan is half drawn.</summary>
    private const string HalfDrawn =
        Head
        + "question: construction\n"
        + Centre
        + "site:\n  name: Zhengzhou\n"
        + Fleet
        + "construction: { spent: 40000000, undrawn: 20000000 }\n"
        + "finance: { existing_debt: 30000000, tenor: 24, grace: 3 }\n";

    private const string Offered =
        Head
        + "question: offer\n"
        + Centre
        + "site:\n  name: Zhengzhou\n"
        + Fleet
        + "offer: { servers: 10, price_per_gpu_hour: 12, tenor: 18, take_or_pay: 0.8, prepaid_months: 1 }\n"
        + Money;

    /// <summary>Two tranches, the prices of a curve, and all that the debt schema may add.</summary>
    private const string Tranches = """
        kind: study
        name: rich
        question: lender
        decided: 2024-06
        horizon: 48
        market:
          name: china
          curve:
            - { date: 2025-06, chip: H800 SXM5, price: 12 }
          resale_curve:
            - { date: 2025-12, chip: H800 SXM5, price: 120000 }
        centre:
          operator_capability: 0.5
        site:
          name: Zhengzhou
        fleet:
          - { name: first, server: 8xH800, servers: 40, online: 2024-10, capex_per_server: 2500000 }
        signed:
          - { tenant: a laboratory, servers: 20, price_per_gpu_hour: 16, tenor: 30, class: start-up, take_or_pay: 0.9 }
        finance:
          collection: 2
          trap_tests: 2
          default_cover: 0.9
          test_every: 3
          distribute_every: 3
          standstill: 3
          default_margin: 0.02
          sponsor_support: 5000000
          equity_cures: 3
          gearing_cap: 0.65
          debt:
            - name: senior
              gearing: 0.45
              repayment: sculpted
              tenor: 24
              target_cover: 1.4
              merchant_target_cover: 1.8
              sculpt_every: 3
              base_rates:
                - { from: 0, rate: 0.045 }
                - { from: 12, rate: 0.05 }
              floor: 0.034
              hedged_share: 0.5
              swap_rate: 0.036
              margin: 0.03
              upfront_fee: 0.01
              commitment_fee: 0.005
              sweep: 0.2
              borrowing_base: 0.9
              acceptance: 1
            - name: term
              amount: 10000000
              repayment: instalments
              tenor: 20
              base_rate: 0.035
              margin: 0.04
              payment_every: 1
              instalments:
                - { share: 0.6, months: 8 }
                - { share: 0.4, months: 12 }
          tax_terms: { income_rate: 0.2, loss_years: 3, loss_limit: 0.8, output_vat: 0.06, sale_vat: 0.13, cost_vat: 0.03, surcharge: 0.1, instalments: 3, capitalised_life: 4 }
          grants:
            - { month: 4, amount: 3000000, clawback_share: 0.5, fill_test: 0.6, test_month: 18 }
          subsidies:
            - { name: of the province, from: 4, months: 24, per_month: 100000, per_kwh: 0.05, per_gpu_hour: 0.1, budget: 5000000, clawback_share: 0.5, fill_test: 0.6, test_month: 20 }
          vouchers: { paid_after: 2, clawback_share: 0.5, fill_test: 0.6, test_month: 20 }
          refresh: { month: 30, cost: 5000000, from: 6, tax_life: 4, vat_rate: 0.1 }

        """;
}
