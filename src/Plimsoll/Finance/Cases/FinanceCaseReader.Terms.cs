namespace Plimsoll.Finance;

/// <content>The terms.</content>
public sealed partial class FinanceCaseReader
{
    private FinanceTerms ReadTerms()
    {
        var t = values.Section("terms");
        var preset = Preset();
        var terms = new FinanceTerms
        {
            Currency = _currency,
            Start = _start,
            CapitalCosts = [.. values.Items("capital").Select(c => Capital(c, preset))],
            Tranches = DebtTermsReader.Tranches(values),
            Tax = values.Has("tax")
                ? DebtTermsReader.Tax(values.Section("tax"), preset?.Terms ?? TaxTerms.None)
                : TaxTerms.None,
            CovenantCover = t.Number("covenant"),
            EquityHurdle = t.Number("equity_hurdle"),
            Opening = values.Has("opening") ? Opening(values.Section("opening")) : null,
            Before = ServiceToDate.Of([
                .. values
                    .Items("before")
                    .Select(b => new ServiceMonth(
                        b.Number("cash"),
                        b.Number("due"),
                        b.NumberOrNull("paid") ?? b.Number("due")
                    )),
            ]),
            Power = values.Has("power") ? DebtTermsReader.Power(values.Section("power")) : null,
        };
        return DebtTermsReader.Support(values, DebtTermsReader.Accounts(t, terms));
    }

    private static OpeningPosition Opening(Inputs.InputValues o) =>
        new()
        {
            Revenue = o.NumberOrNull("revenue"),
            RunningCost = o.NumberOrNull("running_cost"),
            AccountsFunded = o.Flag("accounts_funded"),
            Assets =
            [
                .. o.Items("assets")
                    .Select(a => new OpeningAsset(
                        a.Text("name"),
                        a.Number("cost"),
                        a.Number("book"),
                        a.Integer("from"),
                        a.Integer("months_left")
                    )),
            ],
        };

    private TaxPreset? Preset()
    {
        if (values.Section("tax").TextOrNull("preset") is not { } name)
        {
            return null;
        }
        var first = values.Items("capital")[0];
        return TaxPreset.Of(
            view,
            name,
            _start + first.Integer("online"),
            first.NumberOrNull("unit_price") ?? 0,
            values.Section("tax").NumberOrNull("state_rate")
        );
    }

    private CapitalCost Capital(Inputs.InputValues c, TaxPreset? preset) =>
        new(
            c.Text("name"),
            c.Integer("month"),
            c.Number("amount") * (1 + c.Number("sales_tax")),
            c.Integer("online"),
            c.NumberOrNull("tax_life") ?? preset?.EquipmentLifeYears ?? 5,
            c.NumberOrNull("immediate_share") ?? preset?.ImmediateShare ?? 0,
            c.NumberOrNull("vat_rate") ?? preset?.InputVatRate ?? 0
        )
        {
            WriteOffTable = c.Text("write_off") switch
            {
                "macrs5" => WriteOffTables.Macrs5,
                "macrs15" => WriteOffTables.Macrs15,
                _ => [],
            },
            SalesTaxRate = c.Number("sales_tax"),
            DebtStanding = c.Flag("debt_standing"),
            Expensed = c.Flag("expensed"),
            SoldWithAccelerators = c.Flag("sold_with_accelerators"),
            ResidualShare = c.Number("residual_share"),
        };
}
