using System.Globalization;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Plans;

namespace Plimsoll.Cli.Study;

/// <summary>The result on a screen of 60 columns or more: verdict, odds, options, why, price floor, plan of use, what would flip it. Words are wrapped, never cut.</summary>
/// <param name="r">The result.</param>
/// <param name="width">Columns, at least 60.</param>
internal sealed class ResultScreen(StudyResult r, int width)
{
    /// <summary>Columns where the output goes into a file or a pipe.</summary>
    public const int Width = 100;

    /// <summary>Columns from which an option stands in one row.</summary>
    private const int Wide = 96;

    private readonly StringBuilder _text = new();

    /// <summary>Prints the screen.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">Where the files were written.</param>
    public static void Print(StudyResult result, string folder) =>
        Console.Out.Write(Text(result, folder, Terminal.Width));

    /// <summary>The screen as text.</summary>
    public static string Text(StudyResult result, string folder, int width = Width) =>
        new ResultScreen(result, width).Text(folder);

    private string Text(string folder)
    {
        Wrap("", $"{r.Name} (decided {r.Decided}, question of the {r.Question})");
        Wrap("", r.Centre + ".");
        _text.Append('\n');
        Wrap("VERDICT  ", r.Verdict.Headline);
        foreach (var unknown in r.Verdict.Unknown.Take(2))
        {
            Wrap("  not known: ", unknown);
        }
        ToDate();
        _text.Append('\n');
        Tests();
        Options();
        Stopped();
        Loans();
        Why();
        Floors();
        Tokens();
        Plan();
        Flips();
        Forecast();
        Wrap(
            "",
            $"{r.Draws} joint draws, seed {r.Seed}, {Failed()}; market {r.Market}; {Words.Odds(r.GradeDShare)} of the spread from grade D. Written to {folder}."
        );
        return _text.ToString();
    }

    /// <summary>Facts of the months up to the decision.</summary>
    private void ToDate()
    {
        if (r.ToDate is not { } facts)
        {
            return;
        }
        var book = PhraseBook.English;
        _text.Append('\n');
        Wrap("", book.Say(Phrase.Of("todate.title")));
        foreach (var fact in facts.Said)
        {
            Wrap("  ", book.Say(fact));
        }
    }

    private void Tests()
    {
        if (r.Verdict.Tests.Count == 0)
        {
            return;
        }
        Wrap(
            "",
            r.Verdict.TestsOf.Length == 0 ? "The rule" : $"The rule, for '{r.Verdict.TestsOf}'"
        );
        var laws = width >= Wide;
        Table(
            [
                "test",
                "limit",
                "found",
                "95 % range",
                "outcome",
                .. laws ? ["by rent law"] : Array.Empty<string>(),
            ],
            r.Verdict.Tests.Select(t =>
                (string[])
                    [
                        t.Name,
                        Brief(t.Limit) + " %",
                        Brief(t.Value) + " %",
                        $"{Brief(t.Low)} to {Brief(t.High)}",
                        PhraseBook.English.Say(Words.Said(t.Outcome)),
                        .. laws
                            ?
                            [
                                string.Join(
                                    "  ",
                                    t.ByLaw.Where(l =>
                                            !l.Key.Contains(' ', StringComparison.Ordinal)
                                        )
                                        .Select(l => Brief(l.Value))
                                ),
                            ]
                            : Array.Empty<string>(),
                    ]
            )
        );
    }

    private void Options()
    {
        var owner = r.Question == "owner";
        var value = owner ? "before finance" : "equity value";
        string Worth(OptionResult o) =>
            owner
                ? $"{Words.Money(o.RobustProjectNpv.Mean)} give or take {Words.Money(1.96 * o.RobustProjectNpv.Error)}, {Words.Money(o.ProjectNpv.P50)} in the middle"
                : Words.Amount(o.MeanEquityNpv);
        if (width < Wide)
        {
            Wrap("", "Options, same draws: P50/P90");
            foreach (var o in r.Options)
            {
                Wrap(
                    $"  {o.Name}: ",
                    $"fill {Share(o.Fill.P50)}/{Share(o.Fill.P90)}, rent {Dash(o.Rent.P50)}, cover {Dash(o.MinimumCover.P50)}/{Dash(o.MinimumCover.P90)}, breach {Words.Odds(o.Breach.Value)}, default {Words.Odds(o.Default.Value)}, empty {Share(o.EmptyYear.Value)}, {value} {Worth(o)}"
                );
            }
            return;
        }
        if (owner)
        {
            Table(
                [
                    "course, same draws",
                    "fill P50/P90",
                    "breach",
                    "default",
                    value,
                    "95 %: ±",
                    "P50",
                ],
                r.Options.Select(o =>
                    (string[])
                        [
                            o.Name,
                            $"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}",
                            Words.Odds(o.Breach.Value),
                            Words.Odds(o.Default.Value),
                            Words.Money(o.RobustProjectNpv.Mean),
                            Words.Money(1.96 * o.RobustProjectNpv.Error),
                            Words.Money(o.ProjectNpv.P50),
                        ]
                )
            );
            return;
        }
        Table(
            [
                "option, same draws",
                "fill P50/P90",
                "rent",
                "cover P50/P90",
                "breach",
                "default",
                "empty",
                value,
            ],
            r.Options.Select(o =>
                (string[])
                    [
                        o.Name,
                        $"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}",
                        Dash(o.Rent.P50),
                        $"{Dash(o.MinimumCover.P50)}/{Dash(o.MinimumCover.P90)}",
                        Words.Odds(o.Breach.Value),
                        Words.Odds(o.Default.Value),
                        Share(o.EmptyYear.Value),
                        Worth(o),
                    ]
            )
        );
    }

    private void Stopped()
    {
        foreach (var few in r.Options.Where(o => o.Stopped).GroupBy(o => o.Figures.Draws))
        {
            Wrap(
                "  ",
                $"{string.Join(", ", few.Select(o => $"'{o.Name}'"))}: on the first {few.Key} draws, which leave no doubt that the rule fails; not run further."
            );
        }
    }

    private void Loans()
    {
        if (r.Loans.Count == 0)
        {
            return;
        }
        Wrap(
            "",
            $"Loans tried: {r.Loans.Count}; debt capacity {(r.ContractedCapacity == r.DebtCapacity ? "on signed contracts alone" : "on the terms asked")} {Words.Money(r.DebtCapacity)} {r.Currency.Code}{(r.ContractedLoan is { AtCeiling: true } && r.ContractedCapacity == r.DebtCapacity ? ", as much as the centre costs or may be lent of it: no more was looked for" : "")}"
        );
        foreach (var l in r.Loans.Where(l => l.Outcome == RuleOutcome.Passes).Take(3))
        {
            Wrap(
                "  passes: ",
                l.Terms
                    + (
                        l.OnContracts ? ", on signed contracts alone"
                        : r.Fitted ? ""
                        : ", counting rents that nobody has signed"
                    )
            );
        }
    }

    private void Why()
    {
        Wrap("", $"Why (one real draw, number {r.MedianDraw}; means over its months in operation)");
        if (width < Wide)
        {
            foreach (var s in r.Why)
            {
                Wrap(
                    $"  {s.Name}: ",
                    $"{Words.Amount(s.Value)} {s.Unit}; all draws {Words.Amount(s.P90)} to {Words.Amount(s.P10)} (P90 to P10)"
                );
            }
            return;
        }
        Table(
            ["step", "draw", "P90 to P10 of all draws"],
            r.Why.Select(s =>
                (string[])
                    [
                        s.Name,
                        Words.Amount(s.Value),
                        $"{Words.Amount(s.P90)} to {Words.Amount(s.P10)} {s.Unit}",
                    ]
            )
        );
    }

    private void Tokens()
    {
        foreach (var said in r.Tokens?.Said(r.Currency.Code) ?? [])
        {
            Wrap("", PhraseBook.English.Say(said));
        }
    }

    private void Floors()
    {
        var unit = $"{r.Currency.Code}/GPU-h";
        var lead = "Price floor  ";
        foreach (var floors in r.Floors.GroupBy(f => f.Server, StringComparer.Ordinal))
        {
            var first = floors.First();
            var leases = floors
                .Where(f => f.TenorMonths >= 12)
                .Select(f => $"{Words.Round(f.AgainstWaiting, 2)} ({f.TenorMonths} months)");
            var avoidable = first.Parts.Where(p => p.Counts && p.PerGpuHour > 0).ToList();
            var server = floors.Key.Length > 0 ? $"{floors.Key}: " : Quoted();
            Wrap(
                lead,
                $"{server}dark is better below {Words.Round(first.AgainstDark, 2)} {unit} ({string.Join(" + ", avoidable.Select(p => Words.Round(p.PerGpuHour, 2)))}: {string.Join(", ", avoidable.Select(p => p.Name.Split(' ')[0]))}); waiting is better below {string.Join(", ", leases)}{Sale(floors)}"
            );
            lead = "             ";
        }
    }

    /// <summary>For an owner, the rents below which selling is better, by tenor.</summary>
    private string Sale(IEnumerable<PriceFloor> floors) =>
        r.Question != "owner"
            ? ""
            : $"; selling is better below {string.Join(", ", floors.Where(f => f.TenorMonths >= 6).Select(f => $"{Words.Round(f.AgainstSale, 2)} ({f.TenorMonths} months)"))}";

    /// <summary>The next two spans of each fleet, or what would have to come about first; the whole plan stands in the report.</summary>
    private void Plan()
    {
        var book = PhraseBook.English;
        var plan = r.PlanOfUse;
        Wrap("", book.Say(PlanWords.Title(plan)));
        if (plan.Instead.Count > 0)
        {
            Wrap("  ", book.Say(Phrase.Of("plan.none")));
            foreach (var instead in plan.Instead)
            {
                Wrap("  - ", book.Say(instead));
            }
        }
        foreach (
            var fleet in PlanWords
                .Merged(plan.Uses)
                .GroupBy(u => u.Fleet, StringComparer.Ordinal)
                .Take(3)
        )
        {
            foreach (var use in fleet.Take(2))
            {
                Wrap("  ", book.Say(PlanWords.Use(use)));
            }
            var first = fleet.First();
            if (first is { Product: not null, Serve: { } serve })
            {
                Wrap("    ", book.Say(serve));
            }
            Wrap(
                "    ",
                $"{book.Say(first.Trigger)}; else {string.Join(", ", first.IfMissed.Select(book.Say))}"
            );
        }
        if (plan.Asked.Count > 0)
        {
            Wrap("  to ask for: ", string.Join("; ", plan.Asked.Select(book.Say)));
        }
    }

    private string Quoted() =>
        double.IsNaN(r.MarketQuote) ? "" : $"market quote {Words.Round(r.MarketQuote, 2)}; ";

    private void Flips()
    {
        if (r.Flips.Count > 0)
        {
            Wrap("", "What would flip it, nearest first");
        }
        foreach (var flip in r.Flips.Take(3))
        {
            Wrap("  ", flip.Meaning);
        }
    }

    private void Forecast()
    {
        if (r.Forecast is { } f)
        {
            Wrap(
                "Forecast  ",
                $"{f.By} claims {Words.Percent(f.ClaimedFill)} at {Words.Round(f.ClaimedPrice, 2)} {r.Currency.Code}/GPU-h: both in {Words.Odds(f.OddsOfBoth)} of draws; its evidence supports {Words.Percent(f.SupportedShare)} of the servers it needs; {f.BaseRates.Count} base rates known by then"
            );
        }
    }

    private string Failed() =>
        r.Failures.Count == 0
            ? "none failed"
            : $"{r.Failures.Values.Sum()} failed ({r.Failures.Keys.First()})";

    /// <summary>A share in percent, in at most four characters.</summary>
    private static string Brief(double share) =>
        double.IsNaN(share)
            ? "-"
            : (share * 100).ToString(
                Math.Abs(share) switch
                {
                    >= 0.0995 => "0",
                    >= 0.00995 => "0.#",
                    _ => "0.##",
                },
                CultureInfo.InvariantCulture
            );

    private static string Share(double value) =>
        double.IsNaN(value) ? "-"
        : value is > 0 and < 0.01 ? "<1 %"
        : Words.Odds(value);

    private static string Dash(double value) => double.IsNaN(value) ? "-" : Words.Round(value, 2);

    /// <summary>Rows of which the first column is words and wraps, the others figures to the right.</summary>
    private void Table(string[] headings, IEnumerable<string[]> rows)
    {
        List<string[]> all = [headings, .. rows];
        for (var c = 1; c < headings.Length; c++)
        {
            var wide = all.Max(row => row[c].Length);
            foreach (var row in all)
            {
                row[c] = row[c].PadLeft(wide);
            }
        }
        var table = new TextTable(0, headings) { Rule = false };
        foreach (var row in all.Skip(1))
        {
            table.Add(row);
        }
        var written = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        table.Write(written, width - 2);
        foreach (var line in written.ToString().TrimEnd('\n').Split('\n'))
        {
            _text.Append("  ").Append(line).Append('\n');
        }
    }

    /// <summary>Words over as many lines as they take, those after the first set in by four.</summary>
    private void Wrap(string lead, string words)
    {
        const string In = "    ";
        var first = lead.TrimStart(' ');
        var before = lead[..(lead.Length - first.Length)];
        var lines = TextTable.Wrap(first + words, width - In.Length - before.Length);
        for (var i = 0; i < lines.Count; i++)
        {
            _text.Append(i == 0 ? before : before + In).Append(lines[i].TrimEnd()).Append('\n');
        }
    }
}
