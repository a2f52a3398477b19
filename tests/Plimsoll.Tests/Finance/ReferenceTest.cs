using System.Text.Json;
using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Published cases with known answers; see Data/CREDITS.md.</summary>
public sealed class ReferenceTest
{
    private static JsonElement Read(string file) =>
        JsonDocument
            .Parse(
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Finance", file))
            )
            .RootElement;

    private static double[] Row(JsonElement outputs, string name) =>
        [.. outputs.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    public static TheoryData<int> XirrCases =>
        [.. Enumerable.Range(0, Read("xirr_cases.json").GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(XirrCases))]
    public void Xirr_and_xnpv(int index)
    {
        var c = Read("xirr_cases.json").GetProperty("cases")[index];
        var dates = new List<DateOnly>();
        var flow = new List<double>();
        foreach (var pair in c.GetProperty("cashflows").EnumerateArray())
        {
            dates.Add(DateOnly.Parse(pair[0].GetString()!));
            flow.Add(pair[1].GetDouble());
        }
        var kind = c.GetProperty("kind").GetString()!;
        var expected = c.GetProperty("expected");
        if (kind.StartsWith("xnpv@", StringComparison.Ordinal))
        {
            var value = Returns.NetPresentValue(flow.ToArray(), dates.ToArray(), 0.1);
            Assert.Equal(expected.GetDouble(), value, 1e-6);
            return;
        }
        var rates = Returns.AllRates(flow.ToArray(), dates.ToArray());
        var figure = Returns.InternalRate(flow.ToArray(), dates.ToArray());
        if (expected.ValueKind == JsonValueKind.Null && FirstAndLastDiffer(dates, flow))
        {
            // The source gives up on two flows whose first and last amounts differ in sign; such a flow has a rate by the intermediate value theorem.
            Assert.Single(rates);
            Assert.True(rates[0] < -0.8);
            return;
        }
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.False(figure.HasValue);
            Assert.Equal("no rate makes the value zero", figure.Refusal);
            return;
        }
        var roots = new List<double> { expected.GetDouble() };
        if (c.TryGetProperty("other_root", out var others))
        {
            roots.AddRange(others.EnumerateArray().Select(e => e.GetDouble()));
        }
        Assert.All(
            roots,
            r => Assert.Contains(rates, found => Math.Abs(found - r) <= 1e-8 * (1 + Math.Abs(r)))
        );
        Assert.True(figure.HasValue, figure.Refusal);
        if (rates.Count > 1)
        {
            // The rate that the spreadsheet gives, and a word that others fit.
            Assert.Equal(expected.GetDouble(), figure.Value, 1e-8 * (1 + Math.Abs(figure.Value)));
            Assert.Contains($"{rates.Count} rates make its value zero", figure.Note);
        }
        else
        {
            Assert.Single(roots);
        }
    }

    private static bool FirstAndLastDiffer(List<DateOnly> dates, List<double> flow)
    {
        var first = flow[dates.IndexOf(dates.Min())];
        var last = flow[dates.IndexOf(dates.Max())];
        return first * last < 0;
    }

    [Fact]
    public void Xirr_cases_with_a_second_root_say_so()
    {
        var several = 0;
        foreach (var c in Read("xirr_cases.json").GetProperty("cases").EnumerateArray())
        {
            several += c.TryGetProperty("other_root", out var o) && o.GetArrayLength() > 0 ? 1 : 0;
        }
        Assert.True(several >= 1);
    }

    public static TheoryData<int> NumpyCases =>
        [
            .. Enumerable.Range(
                0,
                Read("numpy_financial_vectors.json").GetProperty("cases").GetArrayLength()
            ),
        ];

    [Theory]
    [MemberData(nameof(NumpyCases))]
    public void Numpy_financial(int index)
    {
        var c = Read("numpy_financial_vectors.json").GetProperty("cases")[index];
        var a = c.GetProperty("args");
        double Arg(string name) => a.TryGetProperty(name, out var v) ? v.GetDouble() : 0;
        var begin = Arg("when") == 1;
        var function = c.GetProperty("fn").GetString();
        double[] Values() => Row(a, "values");
        var figure = function switch
        {
            "pv" => Figure.Of(
                TimeValue.PresentValue(Arg("rate"), Arg("nper"), Arg("pmt"), Arg("fv"), begin)
            ),
            "fv" => Figure.Of(
                TimeValue.FutureValue(Arg("rate"), Arg("nper"), Arg("pmt"), Arg("pv"), begin)
            ),
            "pmt" => Figure.Of(
                TimeValue.Payment(Arg("rate"), Arg("nper"), Arg("pv"), Arg("fv"), begin)
            ),
            "ipmt" => TimeValue.InterestPart(
                Arg("rate"),
                (int)Arg("per"),
                Arg("nper"),
                Arg("pv"),
                Arg("fv"),
                begin
            ),
            "ppmt" => TimeValue.PrincipalPart(
                Arg("rate"),
                (int)Arg("per"),
                Arg("nper"),
                Arg("pv"),
                Arg("fv"),
                begin
            ),
            "nper" => TimeValue.Periods(Arg("rate"), Arg("pmt"), Arg("pv"), Arg("fv"), begin),
            "rate" => TimeValue.Rate((int)Arg("nper"), Arg("pmt"), Arg("pv"), Arg("fv"), begin),
            "npv" => Figure.Of(PeriodValue.NetPresentValue(Values(), Arg("rate"))),
            "mirr" => Returns.ModifiedInternalRate(Values(), Arg("finance"), Arg("reinvest")),
            _ => Returns.InternalRatePerPeriod(Values()),
        };
        var expected = c.GetProperty("out");
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.False(figure.HasValue);
            return;
        }
        var value = expected.GetDouble();
        var tolerance =
            c.TryGetProperty("rtol", out var r) ? r.GetDouble() * Math.Abs(value)
            : c.TryGetProperty("atol", out var t) ? t.GetDouble()
            : Math.Max(1e-7 * Math.Abs(value), Digits(expected.GetRawText()));
        if (function == "irr" && figure.Note.Length > 0)
        {
            Assert.Contains("rates make its value zero", figure.Note);
            Assert.Contains(
                Returns.AllRatesPerPeriod(Values()),
                found => Math.Abs(found - value) <= tolerance
            );
            return;
        }
        Assert.True(figure.HasValue, figure.Refusal);
        Assert.Equal(value, figure.Value, tolerance);
    }

    [Fact]
    public void Profast_simple_value()
    {
        var c = Read("h2integrate_profast_cases.json");
        var costs = c.GetProperty("costs");
        double Sum(string name) =>
            costs.GetProperty(name).EnumerateObject().Sum(p => p.Value.GetDouble());
        var simple = c.GetProperty("simple_npv");
        var flow = new double[costs.GetProperty("life").GetInt32() + 1];
        Array.Fill(
            flow,
            (
                costs.GetProperty("production_kWh_per_year").GetDouble()
                * simple.GetProperty("sell_price_per_kWh").GetDouble()
            )
                - Sum("opex_per_year")
                - Sum("variable_opex_per_year")
        );
        flow[0] = -Sum("capex");
        Assert.Equal(
            simple.GetProperty("NPV").GetDouble(),
            PeriodValue.NetPresentValue(flow, simple.GetProperty("discount").GetDouble()),
            0.01
        );
    }

    private static (JsonElement Inputs, JsonElement Outputs, double Nominal) Sam(string file)
    {
        var root = Read(file);
        var i = root.GetProperty("inputs");
        var real = i.GetProperty("real_discount_rate").GetDouble() / 100;
        var inflation = i.GetProperty("inflation_rate").GetDouble() / 100;
        return (i, root.GetProperty("outputs"), PeriodValue.NominalRate(real, inflation));
    }

    [Fact]
    public void Sam_single_owner_value_and_rate_from_the_after_tax_flow()
    {
        var (_, o, nominal) = Sam("sam_single_owner.json");
        var flow = Row(o, "cf_project_return_aftertax");
        var npv = o.GetProperty("project_return_aftertax_npv").GetDouble();
        Assert.Equal(npv, PeriodValue.NetPresentValue(flow, nominal), 1e-9 * npv);
        Assert.Equal(
            o.GetProperty("project_return_aftertax_irr").GetDouble() / 100,
            Returns.InternalRatePerPeriod(flow).Value,
            1e-5
        );
    }

    [Fact]
    public void Sam_single_owner_debt_sculpted_to_cover_from_cash_available()
    {
        var (i, o, _) = Sam("sam_single_owner.json");
        var cover = i.GetProperty("dscr").GetDouble();
        var rate = i.GetProperty("term_int_rate").GetDouble() / 100;
        var tenor = i.GetProperty("term_tenor").GetInt32();
        double[] service = [.. Row(o, "cf_cash_for_ds").Skip(1).Take(tenor).Select(c => c / cover)];
        double[] rates = [.. Enumerable.Repeat(rate, tenor)];
        var size = Sculpting.Size(service, rates);
        Assert.Equal(o.GetProperty("size_of_debt").GetDouble(), size, 1e-9 * size);
        var principal = Sculpting.Principal(service, rates, size);
        var expected = Row(o, "cf_debt_payment_principal");
        for (var k = 0; k < tenor; k++)
        {
            Assert.Equal(expected[k + 1], principal[k], 1e-9 * size);
        }
    }

    [Theory]
    [InlineData("sam_single_owner.json", "cf_annual_costs")]
    [InlineData("sam_cashloan.json", "cf_after_tax_net_equity_cost_flow")]
    public void Sam_levelised_cost_has_energy_sold_in_the_denominator(string file, string costs)
    {
        var (i, o, nominal) = Sam(file);
        double[] cost = [.. Row(o, costs).Select(c => -c)];
        var sold = Row(o, "cf_energy_sales");
        var real = i.GetProperty("real_discount_rate").GetDouble() / 100;
        Assert.Equal(
            o.GetProperty("lcoe_nom").GetDouble(),
            100 * PeriodValue.LevelisedCost(cost, sold, nominal, nominal).Value,
            1e-9
        );
        Assert.Equal(
            o.GetProperty("lcoe_real").GetDouble(),
            100 * PeriodValue.LevelisedCost(cost, sold, nominal, real).Value,
            1e-9
        );
    }

    [Fact]
    public void Sam_cash_loan_value_annuity_and_payback()
    {
        var (i, o, nominal) = Sam("sam_cashloan.json");
        var npv = o.GetProperty("npv").GetDouble();
        Assert.Equal(
            npv,
            PeriodValue.NetPresentValue(Row(o, "cf_after_tax_cash_flow"), nominal),
            1e-9 * npv
        );
        var rate = i.GetProperty("loan_rate").GetDouble() / 100;
        var term = i.GetProperty("loan_term").GetInt32();
        var loan = o.GetProperty("loan_amount").GetDouble();
        var interest = Row(o, "cf_debt_payment_interest");
        var principal = Row(o, "cf_debt_payment_principal");
        for (var k = 1; k <= term; k++)
        {
            Assert.Equal(interest[k], -TimeValue.InterestPart(rate, k, term, loan).Value, 1e-4);
            Assert.Equal(principal[k], -TimeValue.PrincipalPart(rate, k, term, loan).Value, 1e-4);
        }
        Assert.Equal(
            o.GetProperty("payback").GetDouble(),
            PeriodValue.Payback(Row(o, "cf_payback_with_expenses")).Value,
            1e-9
        );
    }

    [Fact]
    public void Sam_write_off_tables()
    {
        var (_, o, _) = Sam("sam_single_owner.json");
        foreach (
            var (table, row) in new[]
            {
                (WriteOffTables.Macrs5, "macrs_5"),
                (WriteOffTables.Macrs15, "macrs_15"),
            }
        )
        {
            var depreciation = Row(o, $"cf_feddepr_{row}");
            var basis = o.GetProperty($"depr_fedbas_{row}").GetDouble();
            for (var year = 0; year < table.Count; year++)
            {
                Assert.Equal(depreciation[year + 1], basis * table[year], 1e-6 * basis);
            }
            Assert.Equal(1, table.Sum(), 1e-12);
        }
    }

    private static double Digits(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? 1e-9 : 1.0 * Math.Pow(10, -(text.Length - dot - 1));
    }
}
