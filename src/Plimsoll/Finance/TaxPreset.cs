using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>Tax of a country as dated catalogue rows.</summary>
/// <param name="Terms">Income tax and tax on sales.</param>
/// <param name="EquipmentLifeYears">Tax life of servers.</param>
/// <param name="ImmediateShare">Share of equipment deducted at once.</param>
/// <param name="InputVatRate">Value added tax paid on equipment.</param>
public sealed record TaxPreset(
    TaxTerms Terms,
    double EquipmentLifeYears,
    double ImmediateShare,
    double InputVatRate
)
{
    /// <summary>Rate of two income taxes together.</summary>
    /// <param name="corporate">Rate of the country, 0 to 1.</param>
    /// <param name="state">Rate of the state or the town, 0 to 1.</param>
    /// <param name="deductible">True when the second lowers the income on which the first is reckoned, as in the United States; false as in Germany since 2008.</param>
    /// <returns>A share of income: 21 % and a deductible 5 % are 24.95 %.</returns>
    public static double IncomeRate(double corporate, double state, bool deductible) =>
        corporate + state - (deductible ? corporate * state : 0);

    /// <summary>Reads a preset as in force when equipment comes into use, as far as known on the day of the view.</summary>
    /// <param name="view">The catalogue.</param>
    /// <param name="name">Name of the preset.</param>
    /// <param name="online">Month in which the equipment comes into use.</param>
    /// <param name="unitPrice">Price of one server, to test limits of immediate deduction.</param>
    /// <param name="stateRate">Rate of the state or town in place of the preset's, 0 to 1; null for the preset's.</param>
    public static TaxPreset Of(
        CatalogView view,
        string name,
        Month online,
        double unitPrice,
        double? stateRate = null
    )
    {
        var entry = view.Entry("tax", name);
        double At(string attribute, double fallback) =>
            entry.FindAt(attribute, online.FirstDay)?.Number?.Value ?? fallback;
        var until = entry.TextOrNull("immediate_deduction_until");
        var immediate =
            until is not null
            && online.FirstDay <= DateOnly.Parse(until)
            && unitPrice <= At("immediate_deduction_limit", 0);
        return new TaxPreset(
            new TaxTerms(
                IncomeRate(
                    At("corporate_rate", 0),
                    stateRate ?? At("state_rate", 0),
                    At("state_deductible", 0) > 0
                ),
                (int)At("loss_years", 99),
                At("loss_limit", 1),
                At("vat_rate_services", At("vat_rate", 0))
            )
            {
                SaleVatRate = At("vat_rate", 0),
                SurchargeRate = At("surcharge_on_vat", 0),
                VatRefund = At("vat_refund", 0) > 0,
                CapitalisedLifeYears = At("equipment_life", 5),
            },
            At("equipment_life", 5),
            immediate ? 1 : At("bonus_depreciation", 0),
            At("vat_rate", 0)
        );
    }
}
