using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Quantity;

public sealed class SourcedTest
{
    [Fact]
    public void A_rising_function_carries_range_and_evidence_over()
    {
        var kilowatts = new Sourced<double>(
            10.2,
            9,
            11.4,
            "kW",
            new DateOnly(2022, 10, 1),
            new DateOnly(2022, 10, 31),
            "data sheet",
            Grade.A,
            Evidence.Seen,
            "all-in"
        );
        var watts = kilowatts.Map(k => k * 1000, "W");
        Assert.Equal(
            (10_200, 9_000, 11_400, "W"),
            (watts.Value, watts.Low, watts.High, watts.Unit)
        );
        Assert.Equal(
            (kilowatts.Source, kilowatts.Published, Grade.A, Evidence.Seen, "all-in"),
            (watts.Source, watts.Published, watts.Grade, watts.Evidence, watts.Note)
        );
        Assert.True(Units.Known.ContainsKey(watts.Unit));
    }
}
