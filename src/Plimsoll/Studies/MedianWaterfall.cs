using Plimsoll.Finance;

namespace Plimsoll.Studies;

/// <summary>The waterfall of one draw by calendar year.</summary>
internal static class MedianWaterfall
{
    private const double Cent = 0.005;

    /// <summary>Names of lines that are sums of lines above them.</summary>
    public static IReadOnlyList<string> Sums { get; } = ["cash available for debt service"];

    /// <summary>Amounts by year, in the order of the waterfall; what is paid out is negative. Lines up to cash available for debt service add up to it, and it and the lines below to 0.</summary>
    public static IReadOnlyList<WaterfallYear> Of(CashFlow cash)
    {
        var years = new List<WaterfallYear>();
        for (var m = 0; m < cash.Months; )
        {
            var year = (cash.Start + m).Year;
            var from = m;
            while (m < cash.Months && (cash.Start + m).Year == year)
            {
                m++;
            }
            // What cancels over the months of a year leaves rounding, which is nothing.
            double Sum(double[] line) =>
                line[from..m].Sum() is var sum && Math.Abs(sum) < Cent ? 0 : sum;
            var tied = Sum(cash.Earmarked) + Sum(cash.GrantsToCapital);
            years.Add(
                new WaterfallYear(
                    year,
                    [
                        ("revenue", Sum(cash.Revenue)),
                        ("running cost", -Sum(cash.RunningCost)),
                        ("working capital", -Sum(cash.WorkingCapital)),
                        ("value added tax recovered", Sum(cash.VatRecovered)),
                        ("income tax", -Sum(cash.Tax)),
                        ("grants", Sum(cash.Grants)),
                        ("of it for debt or assets alone", -tied),
                        ("cash available for debt service", Sum(cash.Cfads)),
                        ("for debt or assets alone", tied),
                        ("bills left unpaid", Sum(cash.PutOff())),
                        ("debt service paid", -Sum(cash.DebtPaid)),
                        ("capital cost", -Sum(cash.CapitalCost)),
                        ("sale of accelerators", Sum(cash.Proceeds)),
                        ("debt drawn", Sum(cash.DebtDrawn)),
                        ("repaid early", -Sum(cash.Prepaid)),
                        ("equity paid in", Sum(cash.EquityIn)),
                        ("paid out to equity", -(Sum(cash.Distributed) + Sum(cash.BridgeReturned))),
                        ("into accounts", -Sum(cash.IntoAccounts())),
                    ]
                )
            );
        }
        return years;
    }
}
