using Plimsoll.Finance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Income tax, value added tax and write-off, worked by hand.</summary>
public sealed class TaxTest
{
    private static CashFlow Run(
        TaxTerms tax,
        Func<int, double> revenue,
        CapitalCost? cost = null,
        int months = 73
    ) =>
        ProjectModel.Run(
            new FinanceTerms
            {
                Currency = Currency.Cny,
                Start = new Month(2024, 1),
                CapitalCosts = [cost ?? new CapitalCost("servers", 0, 60e6, 0, 5, 0, 0)],
                Tax = tax,
            },
            Outlook.Of(revenue, _ => 0, months, currency: Currency.Cny)
        );

    [Fact]
    public void Input_tax_inside_307_2_million_of_servers_is_35_3_million_and_part_is_stranded()
    {
        var net = 307.2e6 / 1.13;
        var flow = Run(
            new TaxTerms(0, 5, 1, 0.13),
            _ => 2e6,
            new CapitalCost("128 servers", 0, net, 1, 3, 0, 0.13)
        );
        Assert.Equal(307.2e6, flow.CapitalCost[0], 1);
        Assert.Equal(35.3e6, flow.InputVat[0], 0.05e6);
        var recovered = 0.13 * 72 * 2e6;
        Assert.Equal(recovered, flow.VatRecovered.Sum(), 1);
        Assert.Equal(flow.InputVat[0] - recovered, flow.StrandedVat, 1);
    }

    [Fact]
    public void Input_tax_comes_back_month_by_month_while_sales_bear_it()
    {
        var flow = Run(
            new TaxTerms(0, 5, 1, 0.13),
            _ => 10e6,
            new CapitalCost("servers", 0, 100e6, 1, 3, 0, 0.13)
        );
        Assert.All(flow.VatRecovered[1..11], v => Assert.Equal(1.3e6, v, 1e-3));
        Assert.All(flow.VatRecovered[11..], v => Assert.Equal(0, v, 1e-3));
    }

    [Fact]
    public void A_refund_returns_the_credit_in_the_next_month()
    {
        var flow = Run(
            new TaxTerms(0, 5, 1, 0.13) { VatRefund = true },
            _ => 0,
            new CapitalCost("servers", 0, 100e6, 1, 3, 0, 0.13)
        );
        Assert.Equal(13e6, flow.VatRecovered[1], 1e-3);
        Assert.Equal(0, flow.StrandedVat);
    }

    [Fact]
    public void Losses_are_carried_forward_used_oldest_first_and_expire()
    {
        // Write-off 12 million a year for five years from January 2024. Income 0 in 2024 and 2025, then 20 million a year.
        Func<int, double> revenue = m => m < 24 ? 0 : 20e6 / 12;
        double[] Years(CashFlow f) =>
            [.. Enumerable.Range(0, 6).Select(y => f.Tax[(12 * y)..((12 * y) + 12)].Sum())];
        var kept = Years(Run(new TaxTerms(0.25, 5, 1, 0), revenue));
        // 2026: 8 - 8 of 12; 2027: 8 - 4 - 4 of the second 12; 2028: 8 - 8; 2029: 20.
        Assert.Equal([0, 0, 0, 0, 0, 0.25 * 20e6], kept, Near);
        var expiring = Years(Run(new TaxTerms(0.25, 1, 1, 0), revenue));
        // One year only: 2026 uses 8 of 2025's 12, the rest is lost.
        Assert.Equal([0, 0, 0, 0.25 * 8e6, 0.25 * 8e6, 0.25 * 20e6], expiring, Near);
        var limited = Years(Run(new TaxTerms(0.25, 99, 0.8, 0), revenue));
        Assert.Equal(
            [0, 0, 0.25 * 1.6e6, 0.25 * 1.6e6, 0.25 * 1.6e6, 0.25 * (20e6 - 4.8e6)],
            limited,
            Near
        );
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1;

    [Fact]
    public void Instalments_follow_the_year_so_far_and_are_settled_in_december()
    {
        // No write-off left to speak of; income falls to a loss in the second half.
        var flow = Run(
            new TaxTerms(0.25, 5, 1, 0),
            m => (m % 12) < 6 ? 4e6 : 0,
            new CapitalCost("servers", 0, 60e6, 0, 5, 0, 0)
        );
        var year = flow.Tax[12..24];
        Assert.Equal(0.25 * 3 * (4e6 - 1e6), year[2], 1);
        Assert.Equal(0.25 * 3 * (4e6 - 1e6), year[5], 1);
        Assert.Equal(0, year[8], 1);
        Assert.True(year[11] < 0);
        Assert.Equal(0.25 * (24e6 - 12e6), year.Sum(), 1);
    }

    [Fact]
    public void Immediate_deduction_writes_all_off_in_the_first_month()
    {
        var flow = Run(TaxTerms.None, _ => 1e6, new CapitalCost("servers", 0, 60e6, 3, 5, 1, 0));
        Assert.Equal(60e6, flow.WriteOff[3]);
        Assert.Equal(60e6, flow.WriteOff.Sum(), 1e-3);
    }

    [Fact]
    public void A_table_gives_the_first_share_to_the_calendar_year_of_the_online_month()
    {
        var flow = Run(
            TaxTerms.None,
            _ => 1e6,
            new CapitalCost("servers", 0, 60e6, 9, 5, 0, 0)
            {
                WriteOffTable = WriteOffTables.Macrs5,
            }
        );
        Assert.Equal(0.2 * 60e6, flow.WriteOff[..12].Sum(), 1e-3);
        Assert.Equal(0.32 * 60e6, flow.WriteOff[12..24].Sum(), 1e-3);
        Assert.Equal(0.0576 * 60e6, flow.WriteOff[60..72].Sum(), 1e-3);
    }

    [Fact]
    public void What_is_sold_is_written_off_no_further()
    {
        var outlook = Outlook.Of(_ => 1e6, _ => 0, 73, currency: Currency.Cny);
        var sold = new double[73];
        var proceeds = new double[73];
        (sold[24], proceeds[24]) = (500, 9e6);
        var installed = outlook.Installed.ToArray();
        Array.Fill(installed, 500, 24, 49);
        outlook = outlook with { Sold = sold, SaleProceeds = proceeds, Installed = installed };
        var flow = ProjectModel.Run(
            new FinanceTerms
            {
                Currency = Currency.Cny,
                CapitalCosts = [new CapitalCost("servers", 0, 60e6, 0, 5, 0, 0)],
            },
            outlook
        );
        Assert.Equal(1e6, flow.WriteOff[24], 1e-3);
        Assert.Equal(0.5e6, flow.WriteOff[25], 1e-3);
        Assert.Equal(0.5 * 35e6, flow.BookSold[24], 1e-3);
        Assert.Equal(60e6, flow.WriteOff.Sum() + flow.BookSold.Sum(), 1e-3);
    }
}
