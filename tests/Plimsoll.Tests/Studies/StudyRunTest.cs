using NJsonSchema;
using Plimsoll.Catalog;
using Plimsoll.Cli.Study;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study from text to verdict.</summary>
public sealed class StudyRunTest
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_and_two_threads() =>
        Assert.Equal(
            SmallStudy.Json(SmallStudy.Run(SmallStudy.Text, threads: 1, sobol: true)),
            SmallStudy.Json(SmallStudy.WithSobol)
        );

    [Fact]
    public async Task The_document_follows_its_published_schema()
    {
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(TestData.Repository(), "docs", "result-schema.json"),
            TestContext.Current.CancellationToken
        );
        var document = SmallStudy.Json(SmallStudy.WithSobol);
        Assert.Empty(schema.Validate(document));
        Assert.NotEmpty(
            schema.Validate(
                document.Replace("\"verdict\"", "\"veredict\"", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void The_screen_fits_a_hundred_columns_and_says_what_the_document_says()
    {
        var result = SmallStudy.Plain.Result;
        var lines = ResultScreen.Text(result, "out/small").TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 10, 75);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, ResultScreen.Width));
        Assert.Contains(lines, l => l.Contains("VERDICT", StringComparison.Ordinal));
        foreach (var option in result.Options)
        {
            var line = Assert.Single(
                lines,
                l =>
                    l.StartsWith(
                        $"  {option.Name[..Math.Min(option.Name.Length, 18)]}",
                        StringComparison.Ordinal
                    ) && l.Contains('/', StringComparison.Ordinal)
            );
            Assert.Contains(Words.Odds(option.Breach.Value), line, StringComparison.Ordinal);
            Assert.Contains(Words.Amount(option.MeanEquityNpv), line, StringComparison.Ordinal);
        }
    }

    /// <summary>The same words on any width, all of them: only where lines break differs.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(132)]
    public void The_screen_fits_narrower_and_wider_and_cuts_no_word(int width)
    {
        var result = SmallStudy.Plain.Result;
        var shown = ResultScreen.Text(result, "out/small", width);
        Assert.All(shown.Split('\n'), l => Assert.InRange(l.Length, 0, width));
        Assert.DoesNotContain("..", shown, StringComparison.Ordinal);
        var words = shown.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        foreach (
            var said in result
                .Options.Select(o => o.Name)
                .Concat(result.Verdict.Tests.Select(t => t.Name))
                .Concat(result.Flips.Take(3).Select(f => f.Meaning))
                .Append(result.Verdict.Headline)
        )
        {
            Assert.All(
                said.Split(' '),
                w => Assert.Contains(words, x => x.TrimEnd(':') == w.TrimEnd(':'))
            );
        }
    }

    /// <summary>A reader of Chinese alone is told the verdict, its odds, the floors and the plan.</summary>
    [Fact]
    public void The_answer_is_told_in_Chinese_too()
    {
        var result = SmallStudy.Plain.Result;
        var said = StudySummary.Lines(result, PhraseBook.Chinese);
        Assert.Equal(said.Count, StudySummary.Lines(result, PhraseBook.English).Count);
        Assert.Contains(said, l => l.StartsWith("结论：", StringComparison.Ordinal));
        Assert.Contains(said, l => l.Contains("拖欠债务的概率", StringComparison.Ordinal));
        Assert.Contains(said, l => l.Contains("不低于", StringComparison.Ordinal));
        foreach (var kind in Enum.GetValues<VerdictKind>())
        {
            Assert.NotEmpty(PhraseBook.Chinese.Say(Quantities.Phrase.Of($"verdict.{kind}")));
        }
    }

    [Fact]
    public void A_failed_draw_is_counted_shown_and_left_out()
    {
        var figures = new DrawFigures(3);
        figures.Fail(1, "no rent");
        Assert.Equal([0, 2], figures.Sound);
        var result = SmallStudy.Plain.Result;
        var failed = result.Options.Sum(o => o.Figures.Draws - o.Figures.Sound.Length);
        Assert.Equal(failed, result.Failures.Values.Sum());
        var shown = ResultScreen.Text(
            result with
            {
                Failures = new Dictionary<string, int>(StringComparer.Ordinal) { ["no rent"] = 7 },
            },
            "out"
        );
        Assert.Contains("7 failed (no rent)", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_median_case_is_one_real_draw()
    {
        var answer = SmallStudy.Plain;
        var plan = answer.Result.Options[0].Figures;
        Assert.Equal(
            plan.MinimumCover[answer.Result.MedianDraw],
            DrawFigures.LowestCover(answer.Median.Case.Cash)
        );
        Assert.Equal(
            plan.EquityNpv[answer.Result.MedianDraw],
            Finance.NetPresentValue(
                answer.Median.Case.Cash.EquityFlow(),
                answer.Result.Rule.EquityHurdle
            )
        );
        var spread = answer.Result.Options[0].MinimumCover;
        Assert.InRange(plan.MinimumCover[answer.Result.MedianDraw], spread.P90, spread.P10);
    }

    [Fact]
    public void The_forecast_is_weighed_by_base_rates_known_at_the_decision_and_never_used()
    {
        var with = SmallStudy.Plain.Result;
        var without = SmallStudy
            .Run(SmallStudy.Text[..SmallStudy.Text.IndexOf("forecast:", StringComparison.Ordinal)])
            .Result;
        Assert.Null(without.Forecast);
        Assert.Equal(with.Options[0].Figures.EquityNpv, without.Options[0].Figures.EquityNpv);
        var audit = with.Forecast!;
        Assert.Equal(51.2, audit.ClaimedServers, 1e-9);
        // The letter covers 32 of the 51.2 servers at the rate of intentions, the rest is a bare claim; few cases were known in March 2024, and the page says so.
        var rates = new PooledRates(
            BaseRateCase.KnownOn(FactCatalog.Shipped().AsOf(new Quantities.Month(2024, 3)))
        );
        var letter = rates.Mean(Firmness.Intention, "compute lease", "China");
        var bare = rates.Mean(Firmness.Bare, "compute lease", "China");
        Assert.Equal(bare + (32 * (letter - bare) / 51.2), audit.SupportedShare, 1e-9);
        Assert.True(rates.TooFew);
        Assert.StartsWith("Too few: ", audit.BaseRates[0], StringComparison.Ordinal);
        Assert.All(audit.BaseRates, b => Assert.DoesNotMatch("2024-(0[4-9]|1)|2025|2026", b));
        Assert.InRange(audit.OddsOfBoth, 0, Math.Min(audit.OddsOfFill, audit.OddsOfPrice));
    }

    [Fact]
    public void Every_assumption_names_its_source_grade_and_place()
    {
        var result = SmallStudy.Plain.Result;
        Assert.True(result.Assumptions.Count > 50);
        Assert.All(
            result.Assumptions,
            a =>
            {
                Assert.NotEmpty(a.Source);
                Assert.NotEmpty(a.Place);
            }
        );
        Assert.Contains(
            result.Assumptions,
            a => a.Place.StartsWith("servers.csv:", StringComparison.Ordinal) && a.Dated.Length > 0
        );
        Assert.InRange(result.GradeDShare, 0, 1);
    }

    [Fact]
    public void A_loan_question_without_a_loan_ends_with_the_reason()
    {
        var text = SmallStudy.With(
            ("question: sponsor", "question: lender"),
            ("gearing: 0.6", "gearing: 0")
        );
        var error = Assert.Throws<UnanswerableException>(() => SmallStudy.Run(text, 30));
        Assert.Contains("no loan", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zhengzhou-2024")]
    [InlineData("zhengzhou-2025")]
    [InlineData("neocloud-15mw")]
    [InlineData("ohio-80mw")]
    public void A_shipped_study_is_sound_and_a_new_one_made_from_it_too(string name)
    {
        var (found, text) = ShippedStudies.Find(name)!.Value;
        Assert.Equal(name, found);
        SmallStudy.Read(text);
        SmallStudy.Read(NewCommand.Text(name, text));
        var chinese = NewCommand.Text(name, text, PhraseBook.Chinese);
        SmallStudy.Read(chinese);
        Assert.Contains("# 决策月份\n", chinese, StringComparison.Ordinal);
        Assert.All(
            chinese.Split('\n').Where(l => l.StartsWith("# ", StringComparison.Ordinal)).Take(2),
            l => Assert.Matches("[\u4e00-\u9fff]", l)
        );
        // Of a silent input the key and its default are the file's own words; unit and name are the reader's.
        var silent = chinese
            .Split('\n')
            .Where(l => l.StartsWith("#   ", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(" -- ", StringComparison.Ordinal) + 4)..])
            .ToList();
        Assert.True(silent.Count > 50);
        Assert.All(silent, l => Assert.Matches("[\u4e00-\u9fff]", l));
        Assert.DoesNotMatch("(?m)^#   .* (months|fraction|servers|years)(/yr)? -- ", chinese);
    }

    /// <summary>The Chinese screen fits every width, by the columns that its characters take, and holds no sentence of English.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void The_screen_is_Chinese_throughout(int width)
    {
        var shown = ResultScreen.Text(
            SmallStudy.Plain.Result,
            "out/small",
            PhraseBook.Chinese,
            width
        );
        var lines = shown.TrimEnd('\n').Split('\n');
        Assert.All(lines, l => Assert.InRange(Plimsoll.Cli.TextTable.Width(l), 0, width));
        // Names of chips, sites and studies stay; three English words in a row are a sentence.
        static bool Bare(string word) => word.Length > 0 && word.All(char.IsAsciiLetterLower);
        Assert.DoesNotContain(
            lines.Skip(2).Select(l => l.Split(' ')),
            words =>
                words
                    .Zip(words.Skip(1), words.Skip(2))
                    .Any(w => Bare(w.First) && Bare(w.Second) && Bare(w.Third))
        );
    }

    [Fact]
    public void The_commands_write_check_and_run_a_study()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "mine.yaml");
            var made = CommandLine.Run("study", "new", "--like", "zhengzhou-2024", "--out", file);
            Assert.Equal(0, made.Exit);
            Assert.Equal(2, CommandLine.Run("study", "new", "--out", file).Exit);
            Assert.Equal(0, CommandLine.Run("study", "check", file).Exit);
            string[] run = ["study", "run", file, "--draws", "30", "--out", folder, "--json"];
            var json = CommandLine.Run(run);
            Assert.Equal(0, json.Exit);
            Assert.Equal(
                File.ReadAllText(Path.Combine(folder, "result.json")),
                json.Out.ReplaceLineEndings("\n")
            );
            Assert.Contains(
                "VERDICT",
                File.ReadAllText(Path.Combine(folder, "report.html")).ToUpperInvariant(),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "catalogSha256",
                File.ReadAllText(Path.Combine(folder, "manifest.json")),
                StringComparison.Ordinal
            );
            Assert.Equal(2, CommandLine.Run("study", "run", "no-such-study").Exit);
            Assert.Equal(2, CommandLine.Run("study", "run", file, "--draws", "3").Exit);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static class Finance
    {
        public static double NetPresentValue(double[] flow, double rate) =>
            Plimsoll.Finance.Returns.NetPresentValue(flow, rate);
    }
}
