using Plimsoll.Contracts;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Contracts;

/// <summary>Leases in a file: today's keys still read, terms that contradict each other are found with their key.</summary>
public sealed class LeaseInputsTest
{
    private static readonly InputTable _table = new(
        "leases",
        "Leases alone.",
        [.. LeaseInputs.Rows(), .. LeaseInputs.OperatorRows(), .. LeaseInputs.BackstopRows()]
    );

    private const string Short = """
        - tenant: anchor
          servers: 4
          price_per_gpu_hour: 2.5
          tenor: 24
        """;

    [Fact]
    public void The_keys_of_before_read_as_before_and_a_silent_file_keeps_its_hazard()
    {
        var lease = One(
            """
              take_or_pay: 0.8
              prepaid_months: 6
              monthly_breach_hazard: 0.002
            """
        );
        Assert.Equal(
            ("anchor", 32.0, 2.5, 24, 0.8, 6.0),
            (
                lease.Id,
                lease.Accelerators,
                lease.PricePerGpuHour,
                lease.TenorMonths,
                lease.TakeOrPayShare,
                lease.PrepaidMonths
            )
        );
        Assert.Equal((null, 0.002), (lease.Tenant.Class, lease.Tenant.MonthlyHazard));
        Assert.Equal(MarketPressure.None, lease.Tenant.UnderPressure);
        Assert.Equal(0.01, One("").Tenant.MonthlyHazard);
    }

    [Fact]
    public void A_class_governs_unless_a_rate_or_hazard_is_stated_beside_it()
    {
        var start = One("  class: start-up").Tenant;
        Assert.Equal((CreditClass.StartUp, (double?)null), (start.Class, start.MonthlyHazard));
        Assert.Equal(CreditTerms.Of(CreditClass.StartUp).Pressure, start.UnderPressure);
        Assert.Equal(0.15, CounterpartyOdds.Of(start).Within(12), 1e-9);
        var stated = One("  class: start-up\n  default_rate: 0.05").Tenant;
        Assert.Equal(0.05, CounterpartyOdds.Of(stated).Within(12), 1e-9);
        var hazard = One("  class: start-up\n  monthly_breach_hazard: 0.001").Tenant;
        Assert.Equal(0.001, CounterpartyOdds.Of(hazard).Within(1), 1e-9);
        var own = One("  class: start-up\n  reprice_per_log: 0.5\n  recovery: 0.3").Tenant;
        Assert.Equal(new MarketPressure(0.03, 0.5), own.UnderPressure);
        Assert.Equal(0.3, own.CollectedShare);
    }

    [Fact]
    public void Every_written_term_reaches_the_contract()
    {
        var lease = One(
            """
              name: tranche A
              class: funded lab
              guarantor: a hyperscaler
              guarantor_class: investment grade
              months_run: 3
              steps: [{ from: 12, price_per_gpu_hour: 2.2 }, { from: 18, price_per_gpu_hour: 2.0 }]
              index: 0.02
              ready: 2026-03
              long_stop: 6
              delay_damages: 0.5
              availability: 0.99
              availability_credit: 0.02
              availability_credit_cap: 0.3
              terminate_below: 0.9
              terminate_after: 2
              exit_after: 12
              exit_fee: 6
              extension: 12
              extension_price: 0.9
              termination_months: 9
            """
        );
        Assert.Equal(
            ("tranche A", 3, 9.0, 0.02),
            (lease.Id, lease.MonthsRun, lease.TerminationMonths, lease.IndexPerYear)
        );
        Assert.Equal(CreditClass.InvestmentGrade, lease.Tenant.Standing);
        Assert.Equal([new PriceStep(12, 2.2), new PriceStep(18, 2)], lease.Steps);
        Assert.Equal(new DeliveryTerms(2, 6, 0.5), lease.Delivery);
        Assert.Equal(new AvailabilityTerms(0.99, 0.02, 0.3, 0.9, 2), lease.Availability);
        Assert.Equal(new ConvenienceExit(12, 6), lease.Exit);
        Assert.Equal(new ExtensionTerms(12, 0.9), lease.Extension);
    }

    [Fact]
    public void An_affiliate_that_names_no_parent_falls_with_the_operator()
    {
        Assert.Equal("Hudson Compute", One("  class: affiliate").Tenant.Parent?.Name);
        Assert.Equal("group", One("  class: affiliate\n  parent: group").Tenant.Parent?.Name);
    }

    [Fact]
    public void Operator_and_backstop_are_read_and_absent_sections_are_none()
    {
        var values = Values(
            """
            operator: { class: rated below, dark_months: 2, tenant_stays: 0.5 }
            backstop: { buyer: chip maker, class: investment grade, price_per_gpu_hour: 1.2, servers: 3, from: 2026-03, until: 2032-04 }
            """
        );
        var reader = Reader;
        var run = reader.Operator(values)!;
        Assert.Equal(
            (CreditClass.RatedBelow, 2, 0.1, 0.5),
            (run.Operator.Class, run.DarkMonths, run.FeeShare, run.TenantStays)
        );
        var backstop = reader.Backstop(values, 8)!;
        Assert.Equal(
            (24.0, 2, 75),
            (backstop.Accelerators, backstop.FromMonth, backstop.UntilMonth)
        );
        var silent = Values("");
        Assert.Null(reader.Operator(silent));
        Assert.Null(reader.Backstop(silent, 8));
    }

    /// <summary>A check before the catalogue is asked sees no figure in place of what is unknown.</summary>
    [Fact]
    public void A_tenor_that_nobody_knows_contradicts_nothing()
    {
        var values = Values(
            "signed:\n  - { tenant: a, servers: 1, price_per_gpu_hour: 1, tenor: unknown, months_run: 4, steps: [{ from: 6, price_per_gpu_hour: 2 }] }\n"
        );
        Assert.Empty(LeaseCheck.Of(values.Items("signed")));
    }

    /// <summary>Where tenants are rated by class, an operator of which nothing is said is one too, with the range of the class; stated hazards govern alone, and 0 is never.</summary>
    [Fact]
    public void A_silent_operator_is_rated_where_its_tenants_are()
    {
        var rated = Values($"signed:\n{Indent(Short)}\n    class: investment grade\n");
        Assert.Equal(LeaseReader.SilentOperator, Reader.Operator(rated)!.Operator.Class);
        var hazard = Reader.OperatorHazard(rated)!;
        var credit = CreditTerms.Of(LeaseReader.SilentOperator);
        // Twelve months survived one after the other are the year survived.
        Assert.Equal(1 - credit.YearlyDefaultRate, Math.Pow(1 - hazard.Value, 12), 1e-12);
        Assert.Equal(1 - credit.Low, Math.Pow(1 - hazard.Low, 12), 1e-12);
        Assert.Equal(1 - credit.High, Math.Pow(1 - hazard.High, 12), 1e-12);
        Assert.Equal(("operator.monthly_hazard", true), (hazard.Path, hazard.FromDefault));
        var hazards = Values($"signed:\n{Indent(Short)}\n    monthly_breach_hazard: 0\n");
        Assert.Null(Reader.Operator(hazards));
        Assert.Null(Reader.OperatorHazard(hazards));
        var never = Values(
            $"signed:\n{Indent(Short)}\n    class: investment grade\noperator: {{ monthly_hazard: 0 }}\n"
        );
        Assert.Null(Reader.Operator(never)!.Operator.Class);
        Assert.Equal(0, Reader.OperatorHazard(never)!.Value);
    }

    [Theory]
    [InlineData("months_run: 24", "months_run", "beyond-the-term")]
    [InlineData("exit_after: 24", "exit_after", "beyond-the-term")]
    [InlineData("prepaid_months: 25", "prepaid_months", "beyond-the-term")]
    [InlineData("steps: [{ from: 24, price_per_gpu_hour: 1 }]", "steps[0].from", "beyond-the-term")]
    [InlineData(
        "steps: [{ from: 6, price_per_gpu_hour: 1 }, { from: 6, price_per_gpu_hour: 2 }]",
        "steps[1].from",
        "duplicate"
    )]
    [InlineData("long_stop: 6", "long_stop", "needs-another-key")]
    [InlineData("delay_damages: 1", "delay_damages", "needs-another-key")]
    [InlineData("availability_credit: 0.1", "availability_credit", "needs-another-key")]
    [InlineData("terminate_below: 0.5", "terminate_below", "needs-another-key")]
    [InlineData("exit_fee: 3", "exit_fee", "needs-another-key")]
    [InlineData("extension_price: 0.9", "extension_price", "needs-another-key")]
    [InlineData("guarantor: a parent", "guarantor", "needs-another-key")]
    [InlineData("guarantor_class: start-up", "guarantor_class", "needs-another-key")]
    [InlineData("parent: anchor", "parent", "contradiction")]
    [InlineData("availability: 0.9\n  terminate_below: 0.95", "terminate_below", "contradiction")]
    [InlineData("monthly_breach_hazard: 0.1\n  default_rate: 0.1", "default_rate", "contradiction")]
    public void Terms_that_contradict_each_other_are_found_at_their_key(
        string lines,
        string key,
        string rule
    )
    {
        var found = LeaseCheck.Of(Values(File("  " + lines)).Items("signed"));
        var one = Assert.Single(found);
        Assert.Equal(($"signed[0].{key}", rule), (one.Path.Text, one.Rule));
        Assert.NotEmpty(one.Remedy);
    }

    [Fact]
    public void A_sound_lease_has_no_finding_and_two_of_one_tenant_need_names_and_one_credit()
    {
        Assert.Empty(LeaseCheck.Of(Values(File("  prepaid_months: 24")).Items("signed")));
        var twice = LeaseCheck.Of(
            Values($"signed:\n{Indent(Short)}\n{Indent(Short)}").Items("signed")
        );
        Assert.Equal("duplicate", Assert.Single(twice).Rule);
        var named =
            $"signed:\n{Indent(Short)}\n{Indent(Short)}\n    name: second\n    class: start-up";
        Assert.Equal(
            "one-name-two-credits",
            Assert.Single(LeaseCheck.Of(Values(named).Items("signed"))).Rule
        );
    }

    private static LeaseReader Reader { get; } = new(Month.Parse("2026-01"), "Hudson Compute");

    private static LeaseTerms One(string lines) =>
        Reader.Lease(Values(File(lines)).Items("signed")[0], 32);

    private static string File(string lines) => $"signed:\n{Indent(Short)}\n{Indent(lines)}";

    private static string Indent(string lines) =>
        string.Join('\n', lines.Split('\n').Select(l => "  " + l));

    private static InputValues Values(string text)
    {
        var root = YamlInput.Read("kind: leases\n" + text, "leases.yaml");
        Assert.Empty(new InputCheck(_table, _ => [], "leases.yaml").Run(root));
        return new InputValues(_table, (InputMapping)root);
    }
}
