using System.Globalization;
using CsCheck;
using Plimsoll.Cli.Study;
using Plimsoll.Decisions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A lease written as two halves of one tenant is the lease: whatever share of the site it takes, whatever presses the tenant and whatever else ends in the same month.</summary>
public sealed class SplitLeaseTest
{
    private const int Draws = 30;
    private const double Tolerance = 1e-9;

    /// <summary>A lease as drawn: every second one far above the market, so that it is broken, re-priced or left.</summary>
    private sealed record Drawn(
        int Servers,
        int Price,
        int Tenor,
        string Class,
        double TakeOrPay,
        bool Promised
    )
    {
        public string Text(string tenant, double servers) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"  - {{ tenant: {tenant}, name: {tenant} {servers}, servers: {servers}, price_per_gpu_hour: {Price}, tenor: {Tenor}, class: {Class}, take_or_pay: {TakeOrPay}, termination_months: 2{Availability} }}\n"
            );

        private string Availability =>
            Promised
                ? ", availability: 0.97, availability_credit: 0.05, terminate_below: 0.95"
                : "";
    }

    private static readonly string[] _classes = ["start-up", "rated below", "affiliate"];

    private static readonly Gen<Drawn> _lease = Gen.Select(
        Gen.Int[2, 20],
        Gen.Int[8, 40],
        Gen.Int[6, 40],
        Gen.Int[0, 2].Select(i => _classes[i]),
        Gen.Int[0, 2].Select(i => i / 2.0),
        Gen.Bool,
        (servers, price, tenor, of, paid, promised) =>
            new Drawn(2 * servers, price, tenor, of, paid, promised)
    );

    [Fact]
    public void Two_halves_are_the_whole() =>
        Gen.Select(_lease, _lease, Gen.Int[0, 1])
            .Sample(
                (one, other, apart) =>
                {
                    // One fleet, or two of different kinds that both leases draw on; servers enough for both leases.
                    var fleets = Fleets(one.Servers + other.Servers, apart == 1);
                    var half = one.Servers / 2.0;
                    Assert.InRange(
                        Distance(
                            Run(
                                fleets,
                                one.Text("a", one.Servers) + other.Text("b", other.Servers)
                            ),
                            Run(
                                fleets,
                                one.Text("a", half)
                                    + other.Text("b", other.Servers)
                                    + one.Text("a", half)
                                        .Replace("name: a ", "name: a second ", Ordinal)
                            )
                        ),
                        0,
                        Tolerance
                    );
                },
                iter: 20,
                threads: 1
            );

    /// <summary>The case that was found: most of the site under one start-up at 40 an hour, in one contract or in two.</summary>
    [Fact]
    public void A_tenant_of_most_of_the_site_is_one_in_however_many_contracts()
    {
        var lease = new Drawn(40, 40, 36, "start-up", 0.8, false);
        var fleets = Fleets(60, false);
        var whole = Run(fleets, lease.Text("a", 40));
        Assert.InRange(
            Distance(whole, Run(fleets, lease.Text("a", 25) + lease.Text("a", 15))),
            0,
            Tolerance
        );
        // Two tenants are not one.
        Assert.True(Distance(whole, Run(fleets, lease.Text("a", 20) + lease.Text("c", 20))) > 1e-4);
    }

    /// <summary>The whole screen: courses, what is bought out, what stands to date, plan, floors and flips.</summary>
    [Theory]
    [InlineData(
        "owner-actuals",
        "servers: 8,",
        "servers: 4,",
        "arrears: 400000",
        "arrears: 200000"
    )]
    [InlineData("half-built", "servers: 14,", "servers: 7,", "", "")]
    [InlineData("lender-texas", "servers: 90,", "servers: 45,", "", "")]
    public void The_answer_does_not_know_in_how_many_contracts_a_tenant_is_written(
        string name,
        string whole,
        string half,
        string owed,
        string halfOwed
    )
    {
        var text = TestData.Text($"pins/{name}.yaml").ReplaceLineEndings("\n");
        var line = Assert.Single(text.Split('\n'), l => l.Contains(whole, Ordinal));
        var own = line.Replace(whole, half, Ordinal);
        own = owed.Length > 0 ? own.Replace(owed, halfOwed, Ordinal) : own;
        var other = own.Replace("{ tenant", "{ name: another, tenant", Ordinal);
        Assert.Equal(
            Screen(text.Replace(line, line + "\n  # As many lines as of two.", Ordinal)),
            Screen(text.Replace(line, own + "\n" + other, Ordinal))
        );
    }

    private static string Screen(string text) =>
        ResultScreen.Text(
            StudyRun
                .Of(
                    SmallStudy.Read(text),
                    TestMarket.Catalogue,
                    new StudySettings
                    {
                        Draws = 10,
                        Threads = 2,
                        Trial = true,
                    }
                )
                .Result,
            "out"
        );

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Fleets(int servers, bool two) =>
        two
            ? $"  - {{ server: 8xH800, servers: {servers}, online: 2024-10, capex_per_server: 2800000 }}\n  - {{ server: 8xA800, servers: 12, online: 2024-12, capex_per_server: 1500000 }}\n"
            : $"  - {{ server: 8xH800, servers: {servers}, online: 2024-10, capex_per_server: 2800000 }}\n";

    private static OptionResult Run(string fleets, string leases)
    {
        var text = SmallStudy.Text;
        var at = text.IndexOf("fleet:\n", Ordinal);
        var end = text.IndexOf("finance:\n", Ordinal);
        return PlanOnly.Run($"{text[..at]}fleet:\n{fleets}signed:\n{leases}{text[end..]}", Draws);
    }

    private static double[][] Figures(OptionResult result)
    {
        var f = result.Figures;
        return
        [
            f.Fill,
            f.Rent,
            f.MinimumCover,
            f.EquityNpv,
            f.ProjectNpv,
            f.LossGivenDefault,
            [.. f.Default.Select(b => b ? 1.0 : 0)],
        ];
    }

    private static double Distance(OptionResult one, OptionResult other) =>
        Figures(one)
            .Zip(Figures(other))
            .SelectMany(f => f.First.Zip(f.Second))
            .Max(v =>
                double.IsNaN(v.First) && double.IsNaN(v.Second)
                    ? 0
                    : Math.Abs(v.First - v.Second) / Math.Max(1, Math.Abs(v.First))
            );
}
