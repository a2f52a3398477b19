using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>An amount of money is printed with its currency and for what it is paid, not as a pure number.</summary>
public sealed class StudyUnitsTest
{
    [Fact]
    public void An_amount_of_money_has_its_currency_and_what_it_is_paid_for()
    {
        var rows = StudyInputs.Table().Rows;
        Assert.True(rows.Count(r => r.Money is not null) >= 12);
        foreach (var row in rows.Where(r => r.Type is InputType.Number or InputType.Integer))
        {
            foreach (var item in new[] { "[0]", "[8xH100]", "[a lab [no. 2].x]" })
            {
                Assert.Equal(
                    row.Money is { } paid ? "EUR" + paid : row.Unit,
                    Unit(row.Path.Replace("[]", item, StringComparison.Ordinal), row.Unit)
                );
            }
        }
        Assert.Equal("EUR/server", Unit("fleet[8xH100].capex_per_server", "1"));
        // The catalogue's own unit stays.
        Assert.Equal("USD/server-month", Unit("site.lit_service", "USD/server-month"));
    }

    private static string Unit(string path, string unit) =>
        StudyUnits.Of(new InputNumber(path, 1, 1, 1, unit, "", Grade.D, false), "EUR");
}
