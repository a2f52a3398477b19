using System.Globalization;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Reports;
using Plimsoll.Studies;
using Plimsoll.Studies.Plans;

namespace Plimsoll.Cli.Study;

/// <summary>The result on a screen of 60 columns or more: verdict, odds, options, why, price floor, plan of use, what would flip it. Words are wrapped, never cut.</summary>
/// <param name="r">The result in the language.</param>
/// <param name="width">Columns, at least 60.</param>
/// <param name="book">The language.</param>
internal sealed class ResultScreen(StudyResult r, int width, PhraseBook book)
{
    /// <summary>Columns where the output goes into a file or a pipe.</summary>
    public const int Width = 100;

    /// <summary>Columns from which an option stands in one row.</summary>
    private const int Wide = 96;

    private readonly StringBuilder _text = new();

    /// <summary>Prints the screen.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">Where the files were written.</param>
    /// <param name="book">The language.</param>
    public static void Print(StudyResult result, string folder, PhraseBook book) =>
        Console.Out.Write(Text(result, folder, book, Terminal.Width));

    /// <summary>The screen as text in English.</summary>
    public static string Text(StudyResult result, string folder, int width = Width) =>
        Text(result, folder, PhraseBook.English, width);

    /// <summary>The screen as text.</summary>
    public static string Text(StudyResult result, string folder, PhraseBook book, int width) =>
        new ResultScreen(SpokenResult.Of(result, book), width, book).Text(folder);

    private string Text(string folder)
    {
        Wrap("", Say("screen.head", r.Name, r.Decided, book.Name("question", r.Question)));
        Wrap("", Say("report.sentence", r.CentreSaid));
        _text.Append('\n');
        Wrap(Say("screen.verdict") + "  ", r.Verdict.Headline);
        foreach (var unknown in r.Verdict.Unknown.Take(2))
        {
            Wrap("  ", Say("summary.doubt", unknown));
        }
        foreach (var warning in r.LimitsSaid.Where(l => l.Key == "report.finding.warning").Take(3))
        {
            Wrap("  ", book.Say(warning));
        }
        ToDate();
        _text.Append('\n');
        Tests();
        Unsettled();
        Options();
        Stopped();
        BreakEvens();
        Ask();
        Loans();
        Why();
        Floors();
        Tokens();
        Plan();
        Flips();
        Forecast();
        Wrap("", Say("screen.foot", r.Draws, r.Seed, Failed(), r.Market, r.GradeDShare, folder));
        return _text.ToString();
    }

    /// <summary>Facts of the months up to the decision.</summary>
    private void ToDate()
    {
        if (r.ToDate is not { } facts)
        {
            return;
        }
        _text.Append('\n');
        Wrap("", Say("todate.title"));
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
            r.Verdict.TestsOf.Length == 0
                ? Say("screen.rule")
                : Say("screen.rule.of", r.Verdict.TestsOf)
        );
        var laws = width >= Wide;
        Table(
            [
                Say("screen.test"),
                Say("screen.limit"),
                Say("screen.found"),
                Say("screen.range"),
                Say("screen.outcome"),
                .. laws ? [Say("screen.laws")] : Array.Empty<string>(),
            ],
            r.Verdict.Tests.Select(t =>
                (string[])
                    [
                        t.Name,
                        Brief(t.Limit) + " %",
                        Brief(t.Value) + " %",
                        Say("range", Brief(t.Low), Brief(t.High)),
                        book.Say(Words.Said(t.Outcome)),
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

    /// <summary>Why a test is not settled, where its interval does not tell.</summary>
    private void Unsettled()
    {
        foreach (
            var test in r.Verdict.Tests.Where(t =>
                t.Outcome == RuleOutcome.Straddles && (t.High < t.Limit || t.Low > t.Limit)
            )
        )
        {
            Wrap("  ", Say("screen.unsettled", test.Title, test.Because));
        }
    }

    private void Options()
    {
        // The table shows the value that decides: before finance for a centre that stands.
        var owner = r.Question == "owner" || r.Offer is { BeforeFinance: true };
        var value = Say(owner ? "screen.value.owner" : "screen.value");
        string Worth(OptionResult o) =>
            owner
                ? Say(
                    "screen.worth",
                    o.RobustProjectNpv.Mean,
                    1.96 * o.RobustProjectNpv.Error,
                    o.ProjectNpv.P50,
                    o.ProjectNpv.P90
                )
                : book.Amount(o.MeanEquityNpv);
        if (width < Wide)
        {
            Wrap("", Say("screen.options.narrow"));
            foreach (var o in r.Options)
            {
                Wrap(
                    "  ",
                    Say(
                        "screen.option",
                        o.Name,
                        $"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}",
                        Dash(o.Rent.P50),
                        $"{Dash(o.MinimumCover.P50)}/{Dash(o.MinimumCover.P90)}",
                        o.Breach.Value,
                        o.Default.Value,
                        Share(o.EmptyYear.Value),
                        value,
                        Worth(o)
                    )
                );
            }
            return;
        }
        if (owner)
        {
            Table(
                [
                    Say("screen.course"),
                    Say("screen.fill"),
                    Say("screen.breach"),
                    Say("screen.default"),
                    value,
                    Say("screen.half"),
                    "P50",
                    "P90",
                ],
                r.Options.Select(o =>
                    (string[])
                        [
                            o.Name,
                            $"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}",
                            book.Odds(o.Breach.Value),
                            book.Odds(o.Default.Value),
                            book.Money(o.RobustProjectNpv.Mean),
                            book.Money(1.96 * o.RobustProjectNpv.Error),
                            book.Money(o.ProjectNpv.P50),
                            book.Money(o.ProjectNpv.P90),
                        ]
                )
            );
            return;
        }
        Table(
            [
                Say("screen.options"),
                Say("screen.fill"),
                Say("screen.rent"),
                Say("screen.cover"),
                Say("screen.breach"),
                Say("screen.default"),
                Say("screen.empty"),
                value,
            ],
            r.Options.Select(o =>
                (string[])
                    [
                        o.Name,
                        $"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}",
                        Dash(o.Rent.P50),
                        $"{Dash(o.MinimumCover.P50)}/{Dash(o.MinimumCover.P90)}",
                        book.Odds(o.Breach.Value),
                        book.Odds(o.Default.Value),
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
                Say(
                    "screen.stopped",
                    book.Row(few.Select(o => Say("report.quoted", o.Name))),
                    few.Key
                )
            );
        }
    }

    /// <summary>The rents at which the courses nearest to the one followed change places with it.</summary>
    private void BreakEvens()
    {
        var near = r.BreakEvens.Where(b => double.IsFinite(b.Factor)).Take(3).ToList();
        if (near.Count == 0)
        {
            return;
        }
        Wrap("", Say("screen.breakeven"));
        foreach (var at in near)
        {
            Wrap("  ", book.Say(at.Said(r.Currency.Code)));
        }
        Wrap("  ", Say("screen.breakeven.note"));
    }

    /// <summary>What to ask of the bank.</summary>
    private void Ask()
    {
        foreach (var said in r.Bank)
        {
            Wrap("", book.Say(said));
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
            Say(
                "screen.loans",
                r.Loans.Count,
                Phrase.Of(
                    r.ContractedCapacity == r.DebtCapacity
                        ? "screen.loans.contracted"
                        : "screen.loans.asked"
                ),
                r.DebtCapacity,
                Words.Measure(r.Currency.Code)
            )
                + (
                    r.ContractedLoan is { AtCeiling: true }
                    && r.ContractedCapacity == r.DebtCapacity
                        ? Say("screen.loans.ceiling")
                        : ""
                )
        );
        if (r.ContractedBound is { } bound)
        {
            Wrap("  ", book.Say(bound.Said));
        }
        // Of the amounts tried on the same terms the largest tells all.
        var passed = r
            .Loans.Where(l => l.Outcome == RuleOutcome.Passes)
            .GroupBy(l => (l.OnContracts, (l with { Amount = 1, Tranches = [] }).Terms))
            .Select(same => same.MaxBy(l => l.Amount)!);
        foreach (var l in passed.Take(3))
        {
            Wrap(
                "  ",
                Say(
                    l.OnContracts ? "screen.loan.contracted"
                        : r.Fitted ? "screen.loan"
                        : "screen.loan.unsigned",
                    l.Said
                )
            );
        }
    }

    private void Why()
    {
        Wrap("", Say("screen.why", r.MedianDraw));
        if (width < Wide)
        {
            foreach (var s in r.Why)
            {
                Wrap("  ", Say("screen.step", s.Name, s.Value, s.Unit, s.P90, s.P10));
            }
            return;
        }
        Table(
            [Say("screen.steps"), Say("screen.draw"), Say("screen.all")],
            r.Why.Select(s =>
                (string[])
                    [
                        s.Name,
                        book.Amount(s.Value),
                        Say("range", book.Amount(s.P90), book.Amount(s.P10)) + " " + s.Unit,
                    ]
            )
        );
    }

    private void Tokens()
    {
        foreach (var said in r.Tokens?.Said(r.Currency.Code) ?? [])
        {
            Wrap("", book.Say(said));
        }
    }

    private void Floors()
    {
        var unit = book.Unit($"{r.Currency.Code}/GPU-h");
        Wrap("", Say("screen.floors") + Quoted());
        if (r.Offer is { } offer)
        {
            Wrap("  ", book.Say(offer.Said));
            foreach (var said in offer.Beside)
            {
                Wrap("  ", book.Say(said));
            }
        }
        foreach (var floors in r.Floors.GroupBy(f => f.Server, StringComparer.Ordinal))
        {
            var first = floors.First();
            var server = book.Say(first.Title);
            if (r.Question == "offer")
            {
                Wrap(
                    "  ",
                    Say(
                        "summary.floor.offer",
                        first.Title,
                        first.AgainstDark,
                        Words.Measure(r.Currency.Code)
                    )
                );
                continue;
            }
            var avoidable = first.Parts.Where(p => p.Counts && p.PerGpuHour > 0).ToList();
            Wrap(
                "  ",
                (server.Length > 0 ? Say("screen.floor.of", server) : "")
                    + Say(
                        "screen.floor.dark",
                        first.AgainstDark,
                        unit,
                        string.Join(" + ", avoidable.Select(p => Words.Round(p.PerGpuHour, 2))),
                        book.Row(avoidable.Select(p => book.Say(Cost(p)))),
                        book.Row(
                            floors
                                .Where(f => f.TenorMonths >= 12)
                                .Select(f =>
                                    Say("screen.floor.tenor", f.AgainstWaiting, f.TenorMonths)
                                )
                        )
                    )
                    + Sale(floors)
                    + Course(floors)
            );
        }
        if (r.Draws < PriceFloor.FewDraws)
        {
            Wrap("  ", Say("floor.few", r.Draws));
        }
        // Who is told to sell is told what the price rests on, and everybody what was assumed of the leases.
        foreach (
            var said in r.LimitsSaid.Where(l =>
                l.Key == "limit.assumed"
                || (l.Key == "limit.resale" && r.Question is "owner" or "offer")
            )
        )
        {
            Wrap("  ", book.Say(said));
        }
    }

    /// <summary>For an owner, the rents below which selling is better, by tenor.</summary>
    private string Sale(IEnumerable<PriceFloor> floors) =>
        r.Question != "owner"
            ? ""
            : Say(
                "screen.floor.sale",
                book.Row(
                    floors
                        .Where(f => f.TenorMonths >= 6)
                        .Select(f => Say("screen.floor.tenor", f.AgainstSale, f.TenorMonths))
                )
            ) + Closing(floors.First());

    /// <summary>What stops only when the whole centre closes: whoever sells all of it saves that too.</summary>
    private string Closing(PriceFloor floor) =>
        floor.Parts.Where(p => p.Title.Key == "floor.closing").Sum(p => p.PerGpuHour)
            is > 0.005
                and var saved
            ? Say("screen.floor.closing", saved)
            : "";

    /// <summary>For an owner, the rents below which a lease of all that is free is worth less than what is done without it, by tenor.</summary>
    private string Course(IEnumerable<PriceFloor> floors)
    {
        var asked = floors.Where(f => f.Free > 0).ToList();
        var found = asked.Where(f => double.IsFinite(f.AgainstCourse)).ToList();
        return asked.Count == 0 ? ""
            : found.Count == 0 ? Say("screen.floor.course.never", asked[0].Free)
            : Say(
                asked[0].InPlaceOf is null ? "screen.floor.course" : "screen.floor.course.instead",
                asked[0].Free,
                book.Row(
                    found.Select(f => Say("screen.floor.tenor", f.AgainstCourse, f.TenorMonths))
                ),
                asked[0].InPlaceOf ?? Phrase.Of("product.none")
            );
    }

    /// <summary>The next two spans of each fleet, or what would have to come about first; the whole plan stands in the report.</summary>
    private void Plan()
    {
        var plan = r.PlanOfUse;
        Wrap("", book.Say(PlanWords.Title(plan)));
        if (plan.What is { } what)
        {
            Wrap("  ", book.Say(what));
        }
        if (plan.Instead.Count > 0)
        {
            Wrap("  ", book.Say(Phrase.Of("plan.none")));
            foreach (var instead in plan.Instead)
            {
                Wrap("  - ", book.Say(instead));
            }
        }
        foreach (var lease in plan.Sign)
        {
            Wrap("  ", book.Say(lease.Said));
            Wrap("    ", book.Say(lease.Missed));
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
                if (PlanWords.Beside(use) is { } beside)
                {
                    Wrap("    ", book.Say(beside));
                }
                if (use.SellRather is { } sell)
                {
                    Wrap("    ", book.Say(sell));
                }
            }
            var first = fleet.First();
            if (first is { Product: not null, Serve: { } serve })
            {
                Wrap("    ", book.Say(serve));
            }
            Wrap(
                "    ",
                Say("screen.plan.else", first.Trigger, book.Row(first.IfMissed.Select(book.Say)))
            );
        }
        if (plan.Asked.Count > 0)
        {
            Wrap("  ", Say("screen.plan.asked", book.Join(plan.Asked.Select(book.Say))));
        }
    }

    /// <summary>A part of a floor by its cost alone.</summary>
    private static Phrase Cost(FloorPart part) =>
        part.Title is { Key: "floor.dark", Arguments: [Phrase cost] } ? cost : part.Title;

    private string Quoted() =>
        double.IsNaN(r.MarketQuote) ? "" : Say("screen.quote", r.MarketQuote);

    private void Flips()
    {
        if (r.Flips.Count > 0)
        {
            Wrap("", Say("screen.flips"));
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
                "",
                Say(
                    "screen.forecast",
                    f.By,
                    f.ClaimedFill,
                    f.ClaimedPrice,
                    book.Unit($"{r.Currency.Code}/GPU-h"),
                    f.OddsOfBoth,
                    f.SupportedShare,
                    f.BaseRates.Count
                )
            );
        }
    }

    private string Failed() =>
        r.Failures.Count == 0
            ? Say("screen.failed.none")
            : Say("screen.failed", r.Failures.Values.Sum(), r.Failures.Keys.First());

    private string Say(string key, params object[] arguments) => book.Say(key, arguments);

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

    private string Share(double value) =>
        double.IsNaN(value) ? "-"
        : value is > 0 and < 0.01 ? Say("screen.under")
        : book.Odds(value);

    private static string Dash(double value) => double.IsNaN(value) ? "-" : Words.Round(value, 2);

    /// <summary>Rows of which the first column is words and wraps, the others figures to the right.</summary>
    private void Table(string[] headings, IEnumerable<string[]> rows)
    {
        List<string[]> all = [headings, .. rows];
        for (var c = 1; c < headings.Length; c++)
        {
            var wide = all.Max(row => TextTable.Width(row[c]));
            foreach (var row in all)
            {
                row[c] = new string(' ', wide - TextTable.Width(row[c])) + row[c];
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
