using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Tenants behind with their rent in a study: read, checked, marked, and without effect where nothing is owed.</summary>
public sealed class TenantArrearsTest
{
    private const string Bank =
        "  - { tenant: a bank, servers: 16, price_per_gpu_hour: 15, tenor: 24, months_run: 6 }\n";

    private const string Lab =
        "  - { tenant: a laboratory, class: start-up, servers: 8, price_per_gpu_hour: 14, tenor: 24, months_run: 4, months_behind: 2 }\n";

    private static string With(params IEnumerable<string> leases) =>
        """
            kind: study
            name: standing
            question: owner
            decided: 2024-03
            horizon: 48
            market:
              name: china
            centre:
              operator_capability: 0.5
            site:
              name: Zhengzhou
            fleet:
              - server: 8xH800
                servers: 64
                online: 2023-04
                capex_per_server: 2800000
            finance:
              existing_debt: 60000000
              tenor: 36
            signed:

            """ + string.Concat(leases);

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        StudyCheck.Of(SmallStudy.Read(text), FactCatalog.Shipped(), "standing.yaml");

    private static Plimsoll.Studies.Model.StudyCase Plan(string text) =>
        StudyReader
            .Of(SmallStudy.Read(text), FactCatalog.Shipped().AsOf(new Month(2024, 3)))
            .Plan();

    /// <summary>Two months of 64 accelerators at 14 an hour: 2 x 64 x 730 x 14 = 1,308,160.</summary>
    [Fact]
    public void Months_behind_are_money_and_raise_the_odds()
    {
        var plan = Plan(With(Bank, Lab));
        Assert.Equal(0, plan.Leases[0].Terms.Terms.Arrears);
        Assert.Null(plan.Leases[0].Behind);
        var lab = plan.Leases[1];
        Assert.Equal(1_308_160, lab.Terms.Terms.Arrears, 1e-6);
        Assert.Equal((1.5, 3, 6), (lab.Behind!.Low, lab.Behind.Value, lab.Behind.High));
        Assert.Contains(lab.Behind, plan.Uncertain);
        Assert.Equal(4, lab.In(_ => 4).Terms.Tenant.FirstYearFactor);
        var owing = Assert.Single(TenantInArrears.Of(plan));
        Assert.Equal(("a laboratory", 2.0, 3.0), (owing.Tenant, owing.Months, owing.Factor));
        Assert.Contains(CovenantsToDate.Of(plan)!.Said, p => p.Key == "todate.tenant");
    }

    /// <summary>A tenant that owes on one of its leases is behind on both, in whatever order they stand.</summary>
    [Fact]
    public void A_tenant_is_behind_as_a_whole()
    {
        var other = Lab.Replace(", months_behind: 2", ", name: second", StringComparison.Ordinal);
        foreach (var text in new[] { With(Lab, other), With(other, Lab) })
        {
            Assert.All(Plan(text).Leases, l => Assert.Equal(3, l.Behind!.Value));
        }
    }

    [Theory]
    [InlineData("months_behind: 2, arrears: 5", "contradiction")]
    [InlineData("months_behind: 5", "beyond-the-term")]
    [InlineData("arrears_months: 3", "needs-another-key")]
    [InlineData("arrears_default_factor: 2", "needs-another-key")]
    public void What_contradicts_itself_is_refused(string told, string rule) =>
        Assert.Contains(
            Found(With(Lab.Replace("months_behind: 2", told, StringComparison.Ordinal))),
            f => f.Finding.Rule == rule && !f.Finding.IsWarning
        );

    [Fact]
    public void A_contract_that_has_not_begun_owes_nothing() =>
        Assert.Contains(
            Found(With(Lab.Replace("months_run: 4, ", "", StringComparison.Ordinal))),
            f => f.Finding.Rule == "needs-another-key"
        );

    [Fact]
    public void Nothing_owed_changes_nothing_and_order_neither()
    {
        const int Draws = 30;
        var before = PlanOnly.Run(With(Bank), Draws).Figures;
        var none = PlanOnly
            .Run(
                With(
                    Bank.Replace(
                        "months_run: 6",
                        "months_run: 6, arrears: 0",
                        StringComparison.Ordinal
                    )
                ),
                Draws
            )
            .Figures;
        Assert.Equal(before.ProjectNpv, none.ProjectNpv);
        Assert.Equal(before.Fill, none.Fill);
        var one = PlanOnly.Run(With(Bank, Lab), Draws).Figures;
        var other = PlanOnly.Run(With(Lab, Bank), Draws).Figures;
        for (var d = 0; d < Draws; d++)
        {
            Assert.Equal(
                one.ProjectNpv[d],
                other.ProjectNpv[d],
                1e-9 * Math.Abs(one.ProjectNpv[d])
            );
        }
    }
}
