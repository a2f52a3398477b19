using System.Text.Json.Nodes;
using Plimsoll.Finance;

namespace Plimsoll.Cli.Finance;

/// <summary>A run of <c>finance</c> as one JSON document.</summary>
internal static class FinanceJson
{
    public static JsonObject Of(
        FinanceCase finance,
        ProjectModel model,
        CashFlow flow,
        ProjectFigures figures
    )
    {
        var stated = new JsonObject();
        foreach (var f in figures.All())
        {
            stated[f.Key] = new JsonObject
            {
                ["name"] = f.Name,
                ["value"] = f.Figure.HasValue ? f.Figure.Value : null,
                ["note"] = f.Figure.Note.Length > 0 ? f.Figure.Note : null,
                ["refused"] = f.Figure.HasValue ? null : f.Figure.Refusal,
                ["unit"] = f.Unit,
                ["convention"] = f.Convention,
            };
        }
        var rows = new JsonObject();
        foreach (var (name, row) in CashFlowTable.Rows(model, flow))
        {
            rows[name] = Array(row);
        }
        return new JsonObject
        {
            ["name"] = finance.Name,
            ["currency"] = flow.Currency.Code,
            ["start"] = flow.Start.ToString(),
            ["months"] = flow.Months,
            ["figures"] = stated,
            ["tests"] = new JsonArray([
                .. Enumerable
                    .Range(0, flow.Months)
                    .Where(m => flow.Tested[m])
                    .Select(m => new JsonObject
                    {
                        ["month"] = m,
                        ["date"] = (flow.Start + m).ToString(),
                        ["trailing_cover"] = Value(flow.TrailingCover[m]),
                        ["forward_cover"] = Value(flow.ForwardCover[m]),
                        ["locked"] = flow.Locked[m],
                    }),
            ]),
            ["loan_to_value"] = new JsonArray([
                .. figures
                    .LoanToValue()
                    .Select(q => new JsonObject
                    {
                        ["month"] = q.Month,
                        ["date"] = (flow.Start + q.Month).ToString(),
                        ["value"] = Value(q.Figure.Value),
                    }),
            ]),
            ["debt"] = new JsonArray([
                .. model.Debt.Tranches.Select(
                    (t, i) =>
                        new JsonObject
                        {
                            ["name"] = t.Name,
                            ["lent"] = model.Debt.Lent[i],
                            ["drawn"] = flow.TrancheDrawn[i].Sum(),
                            ["first_payment"] = model.Debt.FirstPayment[i],
                            ["maturity"] = model.Debt.Maturity[i],
                            ["margin"] = t.MarginInForce,
                            ["sculpted_cover"] =
                                model.Debt.SculptedCover[i] > 0
                                    ? model.Debt.SculptedCover[i]
                                    : null,
                        }
                ),
            ]),
            ["notes"] = new JsonArray([
                .. FinanceScreen.Notes(model, flow).Select(n => (JsonNode)n),
            ]),
            ["months_table"] = rows,
        };
    }

    private static JsonNode? Value(double value) => double.IsFinite(value) ? value : null;

    private static JsonArray Array(double[] row) => [.. row.Select(Value)];
}
