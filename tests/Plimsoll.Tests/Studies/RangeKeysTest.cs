using System.Globalization;
using System.Text;
using Plimsoll.Audits;
using Plimsoll.Books;
using Plimsoll.Catalog;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Performance.Training;
using Plimsoll.Portfolios;
using Plimsoll.Serving.Cases;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A range on any number of any file enters the answer, or it is said that it does not.</summary>
public sealed class RangeKeysTest
{
    private static InputTable[] Tables =>
        [
            StudyInputs.Table(),
            PortfolioInputs.Table(),
            FinanceCaseInputs.Table(),
            InferenceInputs.Table(),
            TrainingInputs.Table(),
            MarketInputs.Table(),
            BookInputs.Table(),
            VoucherInputs.Table(),
            AuditInputs.Table(),
        ];

    private static string Written(string path, string value)
    {
        var text = new StringBuilder();
        var indent = "";
        var keys = path.Split('.');
        foreach (var (i, key) in keys.Index())
        {
            var list = key.EndsWith("[]", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{indent}{key.TrimEnd('[', ']')}:");
            text.Append(i == keys.Length - 1 ? $" {value}\n" : "\n");
            indent = indent.Replace("- ", "  ", StringComparison.Ordinal) + (list ? "  - " : "  ");
        }
        return text.ToString();
    }

    private static IReadOnlyList<LocatedFinding> Warned(InputTable table, string text) =>
        RangeWarnings.Of(new InputValues(table, (InputMapping)YamlInput.Read(text, "x")), "x");

    [Fact]
    public void A_range_that_enters_nothing_is_said_to()
    {
        var kinds = 0;
        foreach (var table in Tables)
        {
            var silent = table
                .Rows.Where(r => r is { Type: InputType.Number, OneValue: false, Ranged: false })
                .ToList();
            kinds += silent.Count > 0 ? 1 : 0;
            foreach (var row in silent)
            {
                var found = Assert.Single(
                    Warned(table, Written(row.Path, "{ value: 2, low: 1, high: 3 }"))
                );
                Assert.Equal("range-not-taken", found.Finding.Rule);
                Assert.True(found.Finding.IsWarning);
                Assert.Equal(
                    row.Path,
                    found.Finding.Path.Text.Replace("[0]", "[]", StringComparison.Ordinal)
                );
            }
        }
        Assert.Equal(5, kinds);
    }

    [Fact]
    public void A_range_of_one_end_is_said_to_be_one()
    {
        const string Key = "site.tariff";
        IReadOnlyList<LocatedFinding> Of(string range) =>
            Warned(StudyInputs.Table(), Written(Key, range));
        var found = Assert.Single(Of("{ value: 2, low: 1 }"));
        Assert.Equal("range-of-one-end", found.Finding.Rule);
        Assert.Contains("'high'", found.Finding.Found, StringComparison.Ordinal);
        Assert.Empty(Of("{ value: 2, low: 1, high: 2 }"));
        Assert.Empty(Of("{ value: 2 }"));
    }

    /// <summary>A study with a range on every key whose range a plan of its own draws.</summary>
    private static StudyCase Plan()
    {
        static string Range(double value, double low, double high) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{ value: {value}, low: {low}, high: {high} }}"
            );
        var site = string.Concat(
            StudyRanges
                .Drawn.Where(k => k.StartsWith("site.", StringComparison.Ordinal))
                .Select(k =>
                    $"  {k["site.".Length..]}: "
                    + (
                        k == "site.design_pue" ? Range(1.3, 1.2, 1.5)
                        : k == "site.escalation" ? Range(0.02, 0, 0.04)
                        : Range(0.5, 0.4, 0.6)
                    )
                    + "\n"
                )
        );
        var text = SmallStudy.With(
            ("operator_capability: 0.5", $"operator_capability: {Range(0.5, 0.4, 0.6)}"),
            ("  name: Zhengzhou\n", "  name: Zhengzhou\n" + site),
            ("2800000", Range(2.8e6, 2.5e6, 3e6)),
            (
                "finance:\n",
                $"""
                signed:
                  - tenant: a
                    servers: 20
                    price_per_gpu_hour: {Range(14, 10, 16)}
                    take_or_pay: {Range(0.9, 0.3, 1)}
                    monthly_breach_hazard: {Range(0.01, 0.005, 0.03)}
                    months_behind: 2
                    arrears_default_factor: {Range(3, 2, 5)}
                    tenor: 36
                operator: {"{"} monthly_hazard: {Range(0.01, 0.005, 0.02)} {"}"}
                serving:
                  model: Llama-2 70B
                  precision: bf16
                  tensor_parallel: 4
                  software_growth: {Range(0.2, 0.1, 0.3)}
                finance:

                """.ReplaceLineEndings("\n")
            )
        );
        var values = SmallStudy.Read(text);
        return StudyReader.Of(values, FactCatalog.Shipped().AsOf(values.Month("decided"))).Plan();
    }

    [Fact]
    public void A_range_that_is_taken_stands_among_the_uncertain_numbers()
    {
        var drawn = Plan().Uncertain.Select(n => n.Path).ToList();
        // The other server and the lease on the table are drawn by the courses that have them.
        string[] elsewhere = ["options.other_capex_per_server", "offer.monthly_breach_hazard"];
        Assert.All(
            StudyRanges.Drawn.Except(elsewhere),
            key => Assert.Contains(drawn, d => Bare(d) == Bare(key))
        );
        var marked = StudyInputs.Table().Rows.Where(r => r.Ranged).Select(r => r.Path);
        Assert.Equal(
            [
                .. StudyRanges
                    .Drawn.Concat(UncertainTerms.Keys.Select(k => "finance." + k))
                    .Append("market.quotes[].price")
                    .Order(StringComparer.Ordinal),
            ],
            marked.Order(StringComparer.Ordinal)
        );
    }

    private static string Bare(string path) =>
        path.IndexOf('[', StringComparison.Ordinal) is >= 0 and var from
            ? path[..from] + path[(path.IndexOf(']', StringComparison.Ordinal) + 1)..]
            : path;

    [Fact]
    public void Price_and_share_of_a_lease_are_those_of_the_draw_beside_what_a_course_has_moved()
    {
        var lease = Plan().Leases[0];
        var low = lease.In(n => n.Low);
        Assert.Equal(10, low.Terms.PricePerGpuHour, 1e-12);
        Assert.Equal(0.3, low.Terms.TakeOrPayShare, 1e-12);
        var cut = lease with { Terms = lease.Terms with { PricePerGpuHour = 12 } };
        Assert.Equal(8, cut.In(n => n.Low).Terms.PricePerGpuHour, 1e-12);
        Assert.Equal(12, cut.In(n => n.Value).Terms.PricePerGpuHour, 1e-12);
    }
}
