using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plimsoll.Decisions;
using Plimsoll.Reports;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Reports;

public partial class ReportTest
{
    private static readonly XNamespace _x = "http://www.w3.org/1999/xhtml";

    public static TheoryData<string, VerdictKind> Askers =>
        new()
        {
            { "sponsor", VerdictKind.DoNotBuild },
            { "sponsor", VerdictKind.Unresolved },
            { "lender", VerdictKind.LendLess },
            { "owner", VerdictKind.ConvertToInference },
        };

    [Theory]
    [MemberData(nameof(Askers))]
    public void Every_figure_is_the_results_own(string question, VerdictKind kind)
    {
        var result = SampleResult.Of(question, kind);
        var figures = Figures(Page(result)).ToList();
        Assert.True(figures.Count > 150, $"only {figures.Count} figures");
        foreach (var (of, value, _) in figures)
        {
            var expected = ResultPath.Read(result, of);
            var found =
                value.Length == 0 ? double.NaN : double.Parse(value, CultureInfo.InvariantCulture);
            Assert.True(
                expected.Equals(found) || (!double.IsFinite(expected) && double.IsNaN(found)),
                $"{of}: page {found}, result {expected}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void The_figures_that_decide_are_all_there(string question, VerdictKind kind)
    {
        var result = SampleResult.Of(question, kind);
        var found = Figures(Page(result)).Select(f => f.Of).ToHashSet(StringComparer.Ordinal);
        string[] wanted =
        [
            .. result.Flips.SelectMany(
                (f, i) =>
                    (string[])
                        [
                            $"flips[{i}].now",
                            .. double.IsNaN(f.AtFlip) ? [] : (string[])[$"flips[{i}].atFlip"],
                        ]
            ),
            .. result.Floors.SelectMany(
                (_, i) => (string[])[$"floors[{i}].againstDark", $"floors[{i}].againstSale"]
            ),
            .. result.Options.SelectMany(
                (_, i) =>
                    new[] { "fill", "rent", "minimumCover", "equityIrr", "equityNpv" }.SelectMany(
                        n => new[] { "p90", "p50", "p10" }.Select(p => $"options[{i}].{n}.{p}")
                    )
            ),
            .. result.Options.SelectMany(
                (_, i) =>
                    new[] { "breach", "default", "emptyYear" }.Select(n =>
                        $"options[{i}].{n}.value"
                    )
            ),
            .. result.Why.Select((_, i) => $"why[{i}].value"),
            .. result.Verdict.Tests.SelectMany(
                (_, i) =>
                    new[] { "value", "low", "high", "limit" }.Select(n => $"verdict.tests[{i}].{n}")
            ),
            .. result.Stresses.SelectMany(
                (_, i) =>
                    new[] { "fill", "minimumCover", "breach", "default", "equityNpv" }.Select(n =>
                        $"stresses[{i}].{n}"
                    )
            ),
            .. result.Waterfall.SelectMany(
                (y, i) => y.Lines.Select((_, k) => $"waterfall[{i}].lines[{k}].amount")
            ),
            .. result.Tornado.SelectMany(
                (_, i) => new[] { "atLow", "atHigh" }.Select(n => $"tornado[{i}].{n}")
            ),
            .. result.Loans.SelectMany(
                (l, i) => l.Tests.Select((_, k) => $"loans[{i}].tests[{k}].value")
            ),
            "loss.lossGivenDefault",
            "loss.expectedLossPerYear",
            "loss.resaleAtDefault",
            "loss.monthsToSell",
            "forecast.claimedFill",
            "forecast.oddsOfBoth",
            "forecast.supportedShare",
            .. question == "lender" ? (string[])["debtCapacity"] : [],
        ];
        Assert.Empty(wanted.Except(found));
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void No_number_stands_without_a_unit(string question, VerdictKind kind)
    {
        var page = Page(SampleResult.Of(question, kind));
        foreach (var data in page.Descendants(_x + "data"))
        {
            var text = data.Value;
            var of = data.Attribute("data-of")!.Value;
            var table = data.Ancestors(_x + "table").FirstOrDefault();
            var caption = table?.Element(_x + "caption")?.Value ?? "";
            var pure =
                of.StartsWith("sobol.", StringComparison.Ordinal)
                || of.StartsWith("tornado", StringComparison.Ordinal);
            Assert.True(
                WithUnit().IsMatch(text)
                    || text is "none" or "all" or "no figure"
                    || caption.Contains("million CNY", StringComparison.Ordinal)
                    || pure,
                $"'{text}' of {of} has no unit"
            );
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9]{5}", text);
        }
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void Nothing_is_loaded_and_nothing_runs(string question, VerdictKind kind)
    {
        var html = StudyReport.Html(SampleResult.Of(question, kind));
        var page = Page(SampleResult.Of(question, kind));
        string[] loading =
        [
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "image",
            "use",
            "audio",
            "video",
            "source",
        ];
        Assert.DoesNotContain(page.Descendants(), e => loading.Contains(e.Name.LocalName));
        Assert.DoesNotContain(
            page.Descendants().SelectMany(e => e.Attributes()),
            a =>
                a.Name.LocalName is "src" or "srcset" or "action"
                || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url\((?!#)", html);
        foreach (var link in page.Descendants(_x + "a").Select(a => a.Attribute("href")!.Value))
        {
            Assert.True(
                link.StartsWith('#')
                    ? page.Descendants().Any(e => e.Attribute("id")?.Value == link[1..])
                    : link.StartsWith("https://", StringComparison.Ordinal),
                link
            );
        }
        var ids = page.Descendants()
            .Select(e => e.Attribute("id")?.Value)
            .OfType<string>()
            .ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        const string Bad = "</p><script>alert(1)</script>\" onload='x' & \u0001\ufffe 郑州 𠮷 <b>";
        var sample = SampleResult.Of("lender", VerdictKind.LendLess);
        var result = sample with
        {
            Name = Bad,
            Explanation = Bad,
            Centre = Bad,
            Market = Bad,
            DecisiveFigure = Bad,
            Limits = [Bad],
            Conventions = [Bad],
            Site = sample.Site! with { Name = Bad },
            Options = [.. sample.Options.Select(o => o with { Name = Bad, Description = Bad })],
            Hubs = [.. sample.Hubs.Select(h => h with { Hub = Bad })],
            Fans = [.. sample.Fans.Select(f => f with { Name = Bad })],
            Flips =
            [
                .. sample.Flips.Select(f => f with { Input = Bad, Meaning = Bad, Unit = Bad }),
            ],
            Floors = [.. sample.Floors.Select(f => f with { Product = Bad })],
            Assumptions =
            [
                .. sample.Assumptions.Select(a =>
                    a with
                    {
                        Name = Bad,
                        Source = "javascript:" + Bad,
                        Value = Bad,
                    }
                ),
            ],
            Tornado = [.. sample.Tornado.Select(t => t with { Input = Bad, Unit = Bad })],
            Loans = [.. sample.Loans.Select(l => l with { Name = Bad, Conditions = [Bad] })],
            Forecast = sample.Forecast! with { By = Bad, BaseRates = [Bad] },
        };
        var page = Page(result);
        Assert.Empty(page.Descendants(_x + "script"));
        Assert.DoesNotContain(
            page.Descendants(_x + "a"),
            a =>
                a.Attribute("href")!
                    .Value.StartsWith("javascript", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(
            Bad.Replace("\u0001", "", StringComparison.Ordinal)
                .Replace("\ufffe", "", StringComparison.Ordinal),
            page.Descendants(_x + "h1").Single().Value
        );
    }

    [Fact]
    public void Same_result_same_bytes()
    {
        static byte[] Write()
        {
            using var stream = new MemoryStream();
            StudyReport.Write(SampleResult.Of("owner", VerdictKind.ConvertToInference), stream);
            return stream.ToArray();
        }
        var first = Write();
        Assert.Equal(first, Write());
        Assert.NotEqual(0xEF, first[0]);
        Assert.DoesNotContain((byte)'\r', first);
    }

    [Fact]
    public void Chinese_names_are_words_in_page_and_charts()
    {
        var page = Page(SampleResult.Of("sponsor", VerdictKind.DoNotBuild));
        XNamespace svg = "http://www.w3.org/2000/svg";
        var words = page.Descendants(svg + "text").Select(t => t.Value).ToList();
        Assert.Contains(words, w => w.Contains("北京", StringComparison.Ordinal));
        Assert.Contains(words, w => w.Contains("成都", StringComparison.Ordinal));
        Assert.Contains(
            "郑州",
            page.Descendants(_x + "h1").Single().Value,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Noto Sans CJK SC",
            page.Descendants(_x + "style").Single().Value,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void Charts_are_read_out_and_have_named_axes(string question, VerdictKind kind)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var charts = Page(SampleResult.Of(question, kind)).Descendants(svg + "svg").ToList();
        Assert.True(charts.Count >= 8, $"{charts.Count} charts");
        foreach (var chart in charts)
        {
            Assert.Equal("img", chart.Attribute("role")?.Value);
            var label = chart.Attribute("aria-label")!.Value;
            Assert.True(label.Length > 10);
            Assert.Null(chart.Attribute("width"));
            if (!label.StartsWith("Demand hubs", StringComparison.Ordinal))
            {
                Assert.Contains(
                    chart.Descendants(svg + "text"),
                    t => t.Attribute("class")?.Value == "axis"
                );
            }
        }
    }

    [Fact]
    public void Low_grades_are_marked_and_their_share_is_said()
    {
        var page = Page(SampleResult.Of("sponsor", VerdictKind.DoNotBuild));
        var section = page.Descendants(_x + "section")
            .Single(s => s.Attribute("id")?.Value == "assumptions");
        Assert.Contains("3 of 8 numbers, 38 %", section.Value, StringComparison.Ordinal);
        Assert.Equal(
            3,
            section.Descendants(_x + "tr").Count(r => r.Attribute("class")?.Value == "low")
        );
    }

    [Fact]
    public void A_result_with_next_to_nothing_in_it_still_prints()
    {
        var sample = SampleResult.Of("sponsor", VerdictKind.Unresolved);
        var bare = sample with
        {
            Options = [],
            Loans = [],
            Why = [],
            Fans = [],
            CoverByYear = [],
            Waterfall = [],
            Tornado = [],
            Sobol = null,
            Stresses = [],
            Floors = [],
            Flips = [],
            Forecast = null,
            Assumptions = [],
            Hubs = [],
            Site = null,
            Loss = new LossAnatomy(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN),
            Verdict = sample.Verdict with { Tests = [], Grounds = [] },
        };
        Assert.Contains(
            "Unresolved",
            Page(bare).Descendants(_x + "main").Single().Value,
            StringComparison.Ordinal
        );
    }

    internal static XDocument Page(StudyResult result)
    {
        var html = StudyReport.Html(result);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        return XDocument.Parse(html["<!DOCTYPE html>".Length..]);
    }

    private static IEnumerable<(string Of, string Value, string Text)> Figures(XDocument page) =>
        page.Descendants(_x + "data")
            .Select(d => (d.Attribute("data-of")!.Value, d.Attribute("value")!.Value, d.Value));

    [GeneratedRegex(
        @"^(under |over )?-?[0-9][0-9.,]*( (thousand|million|billion))?(×| ?%| [^0-9]+)$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex WithUnit();
}
