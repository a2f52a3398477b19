using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>The calibration of what was measured by the end of 2025: in force on its days, and blind to what came later.</summary>
public sealed class Calibration2025Test
{
    private static readonly DateOnly _last = new(2025, 12, 31);

    private static Calibration On(DateOnly day) => Calibration.Of(FactCatalog.Shipped().AsOf(day));

    [Fact]
    public void No_row_of_it_rests_on_data_of_2026()
    {
        var table = Served.View.Derived($"{Calibration.TableName}-2025")!;
        Assert.True(table.Rows.Count > 100);
        Assert.All(
            table.Rows,
            row =>
                Assert.True(
                    DateOnly.ParseExact(
                        table.Cell(row, "data_to"),
                        "yyyy-MM-dd",
                        System.Globalization.CultureInfo.InvariantCulture
                    ) <= _last
                )
        );
        Assert.All(CalibrationFile.Read(table, 1).Versions, v => Assert.True(v.Value <= _last));
    }

    [Fact]
    public void It_holds_from_its_last_measurement_until_the_next_calibration()
    {
        Assert.False(On(new DateOnly(2025, 12, 1)).IsFitted);
        var held = On(_last);
        Assert.True(held.IsFitted);
        var later = On(new DateOnly(9999, 12, 31));
        Assert.True(later.Versions.Count > held.Versions.Count);
        var step = new BatchShape(64, 64 * 700, 0, 0);
        double Seconds(Calibration of) =>
            ServedLaw
                .Of(of, _last, Served.On("H100 SXM5", Served.Llama8B), InputPath.Root)
                .Law!.Seconds(step);
        Assert.NotEqual(Seconds(later), Seconds(held));
        Assert.NotEqual(Seconds(Calibration.Prior), Seconds(held));
    }

    [Fact]
    public void Its_interval_is_narrower_than_the_assumed_one_where_it_was_measured()
    {
        var law = ServedLaw
            .Of(On(_last), _last, Served.On("H100 SXM5", Served.Llama8B), InputPath.Root)
            .Law!;
        Assert.True(law.LogError < PredictionError.Prior.LogError);
    }
}
