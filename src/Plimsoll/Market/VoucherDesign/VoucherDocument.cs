using System.Text.Json.Nodes;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>A voucher design's answer as the published JSON document.</summary>
public static class VoucherDocument
{
    /// <summary>The document of an answer; a figure that is none is null.</summary>
    /// <param name="result">The answer.</param>
    public static JsonObject Of(VoucherResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new JsonObject
        {
            ["kind"] = "voucher",
            ["name"] = result.File.Name,
            ["market"] = result.File.Market.Name,
            ["currency"] = result.File.Market.Currency.Code,
            ["draws"] = result.File.Market.Draws,
            ["emptyShare"] = Number(result.Empty),
            ["rentOfAnHour"] = Number(result.Rent),
            ["worthOfAnHour"] = Number(result.HourWorth),
            ["moneyOfEachForm"] = Number(result.Money),
            ["cheapest"] = result.Cheapest is null ? null : Scheme(result.Cheapest),
            ["schemes"] = new JsonArray([.. result.Schemes.Select(Scheme)]),
            ["best"] = result.Best is null ? null : Scheme(result.Best),
            ["forms"] = new JsonArray([.. result.Forms.Select(Scheme)]),
        };
    }

    private static JsonObject Scheme(SchemeResult s) =>
        new()
        {
            ["form"] = s.Form.ToString(),
            ["face"] = Number(s.Face),
            ["budgetPerYear"] = Number(s.Budget),
            ["paid"] = Number(s.Paid),
            ["mostPaidOfBudget"] = Number(s.MostPaidOfBudget),
            ["addedHours"] = Number(s.Added),
            ["addedHoursError"] = Number(s.AddedError),
            ["hoursHere"] = Number(s.Here),
            ["hoursElsewhere"] = Number(s.Elsewhere),
            ["coveredHours"] = Number(s.Covered),
            ["rentedAnyway"] = Number(s.Anyway),
            ["moneyPerAddedHour"] = Number(s.PerHour),
            ["moneyPerAddedHourLow"] = Number(s.PerHourLow),
            ["moneyPerAddedHourHigh"] = Number(s.PerHourHigh),
            ["ownersHere"] = Number(s.OwnersHere),
            ["ownersElsewhere"] = Number(s.OwnersElsewhere),
            ["tenants"] = Number(s.Tenants),
            ["emptyShare"] = Number(s.Empty),
            ["saturated"] = s.Saturated,
            ["budgetBinds"] = s.Binding,
            ["hallAccelerators"] = s.HallAccelerators,
        };

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;
}
