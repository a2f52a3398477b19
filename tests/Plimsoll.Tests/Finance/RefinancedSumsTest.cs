using Plimsoll.Finance;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A mini-perm of 36 months of which 70 % of the fleet's value is lent anew, less than is owed: the payment is missed, and made good within its cure.</summary>
public sealed class RefinancedSumsTest
{
    private const string Short = "lenders-cash/mini_perm_short";

    [Fact]
    public void What_was_lent_anew_is_told_with_the_limit_that_bound()
    {
        var (model, flow) = CaseFile.Run(Short);
        var month = model.Debt.RefinanceMonth[0];
        var said = Assert.Single(RefinancedSums.Of(model, flow));
        Assert.Equal(0.7 * flow.FleetValue[month], flow.Refinanced[month], 1.0);
        Assert.Contains(
            $"{flow.Refinanced[month]:0} is lent anew, 70 % of a fleet value",
            said,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"The payment of {flow.Start + month} was short by ",
            RefinancedSums.Missed(flow),
            StringComparison.Ordinal
        );
        Assert.Contains(", made good by ", RefinancedSums.Missed(flow), StringComparison.Ordinal);
    }

    [Fact]
    public void The_closing_line_says_what_was_missed()
    {
        var (exit, said, error) = CommandLine.Run(
            "finance",
            "run",
            TestData.Path($"cases/{Short}.yaml")
        );
        Assert.True(exit == 0, error);
        Assert.Contains("Debt is repaid, though not on time", said, StringComparison.Ordinal);
        Assert.Contains("was short by 1,113,9", said, StringComparison.Ordinal);
    }

    /// <summary>A loan that is repaid on its schedule has nothing to say.</summary>
    [Fact]
    public void A_plain_loan_says_nothing()
    {
        var (model, flow) = CaseFile.Run("lenders-cash/gpu_grant");
        Assert.Empty(RefinancedSums.Of(model, flow));
    }
}
