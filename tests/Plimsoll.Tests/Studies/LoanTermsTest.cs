using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Finance;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>Terms of a loan that hang together: a lock-up no lower than its covenant, a rate in every month that bears interest, ranges that are drawn.</summary>
public sealed class LoanTermsTest
{
    private static InputValues Read(string finance, string decision = "") =>
        SmallStudy.Read(
            SmallStudy.With(("  gearing: 0.6\n  tenor: 36\n", finance + "\n"))
                + (decision.Length > 0 ? $"decision: {{ {decision} }}\n" : "")
        );

    private static IReadOnlyList<Finding> Found(string finance, string decision = "") =>
        [
            .. StudyCheck
                .Of(Read(finance, decision), FactCatalog.Shipped(), "small.yaml")
                .Select(f => f.Finding),
        ];

    [Theory]
    [InlineData("", 1.2, "own")]
    [InlineData("covenant_dscr: 1.3", 1.3, "as 'decision.covenant_dscr' is stated")]
    [InlineData("covenant_dscr: { value: 1.4, low: 1.4, high: 1.4 }", 1.4, "as 'decision.")]
    [InlineData("covenant_dscr: 1.02", 1.02, "as 'decision.")]
    public void A_silent_lock_up_is_the_covenant(string decision, double lockUp, string source)
    {
        var found = Read("  gearing: 0.6", decision).Sourced("finance.lock_up");
        Assert.Equal(lockUp, found.Value);
        Assert.True(found.FromDefault);
        Assert.StartsWith(source, found.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1", "covenant_dscr: 1.2", true)]
    [InlineData("1.2", "covenant_dscr: 1.2", false)]
    [InlineData("0", "covenant_dscr: 1.2", false)]
    [InlineData("1.1", "max_breach_probability: 0.1", true)]
    [InlineData("1.2", "max_breach_probability: 0.1", false)]
    public void A_lock_up_stated_below_its_covenant_stated_or_silent_is_warned_of(
        string lockUp,
        string decision,
        bool warned
    )
    {
        var found = Found($"  gearing: 0.6\n  lock_up: {lockUp}", decision)
            .Where(f => f.Path.Text == "finance.lock_up")
            .ToList();
        Assert.Equal(warned, found.Count == 1);
        Assert.All(found, f => Assert.True(f is { IsWarning: true, Rule: "contradiction" }));
    }

    [Theory]
    [InlineData("risk_margin: 0.057", true)]
    [InlineData("risk_margin: 0.025", false)]
    public void A_risk_margin_that_a_lenders_study_does_not_test_is_warned_of(
        string decision,
        bool warned
    )
    {
        IReadOnlyList<Finding> Of(string question) =>
            [
                .. StudyCheck
                    .Of(
                        SmallStudy.Read(
                            SmallStudy.With(("question: sponsor\n", $"question: {question}\n"))
                                + $"decision: {{ {decision} }}\n"
                        ),
                        FactCatalog.Shipped(),
                        "small.yaml"
                    )
                    .Select(f => f.Finding)
                    .Where(f => f.Path.Text == "decision.risk_margin"),
            ];
        var found = Of("lender");
        Assert.Empty(Of("sponsor"));
        Assert.Equal(warned, found.Count == 1);
        Assert.All(found, f => Assert.True(f is { IsWarning: true, Rule: "without-effect" }));
    }

    [Theory]
    [InlineData("target_cover: 1.3, downside_cover: 1.5", true)]
    [InlineData("target_cover: 1.3, downside_cover: 1.3", false)]
    [InlineData("downside_cover: 1.5", false)]
    public void A_downside_cover_above_the_target_cover_is_refused(string decision, bool refused)
    {
        var found = Found("  gearing: 0.6", decision)
            .Where(f => f.Path.Text == "decision.downside_cover")
            .ToList();
        Assert.Equal(refused, found.Count == 1);
        Assert.All(found, f => Assert.False(f.IsWarning));
    }

    /// <summary>Both silent, a program's own terms hold back cash while the covenant is broken, wherever it lies.</summary>
    [Fact]
    public void Silent_terms_lock_up_at_the_covenant()
    {
        var terms = new FinanceTerms { Currency = Currency.Usd, CapitalCosts = [] };
        Assert.Equal(1.2, terms.LockUpCover);
        Assert.Equal(1.4, (terms with { CovenantCover = 1.4 }).LockUpCover);
        Assert.Equal(1.1, (terms with { LockUpCover = 1.1 }).LockUpCover);
    }

    [Fact]
    public void A_case_reads_its_lock_up_alike()
    {
        const string Neocloud = "injection/formula-tranche-name";
        double LockUp(string terms) =>
            CaseFile
                .Read(
                    Neocloud,
                    t => t.Replace("  lock_up: 0", "  " + terms, StringComparison.Ordinal)
                )
                .Terms.LockUpCover;
        Assert.Equal(1.2, LockUp("cure: 3"));
        Assert.Equal(1.25, LockUp("covenant: 1.25"));
        Assert.Equal(1.05, LockUp("covenant: 1.25\n  lock_up: 1.05"));
    }

    /// <summary>Of a case it is a warning, which stops nothing; both at their defaults, as a study's silence is written, say nothing.</summary>
    [Theory]
    [InlineData("lock_up: 1.05\n  covenant: 1.25", true)]
    [InlineData("lock_up: 1.2\n  covenant: 1.2", false)]
    public void A_case_with_a_lock_up_below_its_covenant_runs_with_a_warning(
        string terms,
        bool warned
    )
    {
        using var folder = new TempFolder();
        var file = folder.File(
            "x.yaml",
            TestData
                .Text("cases/injection/formula-tranche-name.yaml")
                .Replace("lock_up: 0", terms, StringComparison.Ordinal)
        );
        var (exit, _, error) = CommandLine.Run("finance", "run", file, "--json");
        Assert.True(exit == 0, error);
        Assert.Equal(
            warned,
            error.Contains("a lock-up of 1.05 below the covenant", StringComparison.Ordinal)
        );
    }

    /// <summary>The fleet comes in month 6 and is paid for in month 5: the first interest is that of month 6.</summary>
    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void Rates_of_a_study_begin_with_its_first_draw(int from, bool refused)
    {
        var found = Found(
            $"  debt: [{{ name: a, gearing: 0.6, tenor: 36, base_rates: [{{ from: {from}, rate: 0.04 }}] }}]"
        );
        var missing = found.Where(f => f.Rule == "rate-missing").ToList();
        Assert.Equal(refused, missing.Count == 1);
        Assert.All(missing, f => Assert.Equal("finance.debt[0].base_rates", f.Path.Text));
    }

    [Theory]
    [InlineData(DrawRule.ProRata, 0, 6, false)]
    [InlineData(DrawRule.ProRata, 2, 8, false)]
    [InlineData(DrawRule.ProRata, 2, 9, true)]
    [InlineData(DrawRule.EquityFirst, 2, 7, true)]
    [InlineData(DrawRule.AfterAcceptance, 3, 9, false)]
    public void One_place_says_when_a_loan_is_drawn(
        DrawRule draw,
        int acceptance,
        int from,
        bool refused
    )
    {
        var loan = new DebtTranche
        {
            Name = "a",
            TenorMonths = 24,
            FirstPaymentMonth = 7,
            Draw = draw,
            AcceptanceMonths = acceptance,
            BaseRates = [new RateStep(from, 0.04)],
        };
        var terms = new FinanceTerms
        {
            Currency = Currency.Usd,
            CapitalCosts =
            [
                new CapitalCost("late", 9, 1e6, 9, 5, 0, 0),
                new CapitalCost("first", 5, 1e6, 6, 5, 0, 0),
            ],
        };
        var at = new InputPath("debt[0]");
        Assert.Equal(refused, LoanDraws.RateMissing(terms, loan, at, false) is not null);
        // A loan that funds nothing is never drawn, and bears no interest.
        var idle = loan with
        {
            Funds = ["nothing"],
        };
        Assert.Empty(LoanDraws.Of(terms, idle));
        Assert.Null(LoanDraws.RateMissing(terms, idle, at, false));
    }

    [Theory]
    [InlineData("operator.fee")]
    [InlineData("operator.tenant_stays")]
    [InlineData("operator.dark_months")]
    public void What_is_not_drawn_prints_no_range(string path)
    {
        var row = StudyInputs.Table().Row(path);
        Assert.Null(row.DefaultLow);
        Assert.Null(row.DefaultHigh);
    }
}
