using Plimsoll.Catalog;
using Plimsoll.Market.Filling;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>What is observed of an operator decides how a centre fills, and its size beside its stock.</summary>
public sealed class OperatorCapabilityTest
{
    private static readonly FillLaw _law = FillLaw.Of(
        FactCatalog.Shipped().AsOf(new DateOnly(2025, 12, 31))
    );

    /// <summary>The middle merchant stands in the middle of the market's own scale.</summary>
    [Fact]
    public void The_middle_operator_is_the_markets()
    {
        double At(bool known) =>
            OperatorCapability
                .Of(
                    _law,
                    new FillObservables
                    {
                        MonthsInOperation = 12,
                        AcceleratorsRun = 1000,
                        ServiceRecord = known,
                        SalesChannel = known,
                    }
                )
                .Value;
        Assert.Equal(0.45, (At(false) + At(true)) / 2, 9);
    }

    /// <summary>Every observable moves it the right way, and its range holds it.</summary>
    [Fact]
    public void Every_observable_moves_it()
    {
        var plain = new FillObservables { MonthsInOperation = 6, AcceleratorsRun = 100 };
        var start = OperatorCapability.Of(_law, plain);
        Assert.InRange(start.Value, start.Low, start.High);
        Assert.True(start.High - start.Low > 0.1, "the interval is wide: some twenty centres");
        foreach (
            var better in new[]
            {
                plain with
                {
                    MonthsInOperation = 36,
                },
                plain with
                {
                    AcceleratorsRun = 10_000,
                },
                plain with
                {
                    ServiceRecord = true,
                },
                plain with
                {
                    SalesChannel = true,
                },
            }
        )
        {
            Assert.True(OperatorCapability.Of(_law, better).Value > start.Value);
        }
        Assert.True(
            OperatorCapability.Of(_law, plain with { Unpowered = true }).Value < start.Value
        );
    }
}
