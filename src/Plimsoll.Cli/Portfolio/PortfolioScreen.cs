using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;

namespace Plimsoll.Cli.Portfolio;

/// <summary>The answer to a portfolio on the screen: the plan, the centres, the rules it is measured against.</summary>
/// <param name="o">Where to.</param>
/// <param name="r">The answer in the language.</param>
/// <param name="verdict">What the plan comes to.</param>
/// <param name="width">Columns of text.</param>
/// <param name="book">The language.</param>
internal sealed class PortfolioScreen(
    TextWriter o,
    PortfolioResult r,
    PlanVerdict verdict,
    int width,
    PhraseBook book
)
{
    private const int NameWidth = 34;

    /// <summary>The smallest coin: what is less in size than half of it is nothing.</summary>
    private const double Coin = 0.01;

    /// <summary>Prints the screen.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="folder">Where the files were written.</param>
    /// <param name="book">The language.</param>
    public static void Print(PortfolioResult result, string folder, PhraseBook book) =>
        Write(Console.Out, result, folder, Terminal.Width, book);

    /// <summary>Writes the screen.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The answer.</param>
    /// <param name="folder">Where the files were written.</param>
    /// <param name="width">Columns of text.</param>
    /// <param name="book">The language.</param>
    public static void Write(
        TextWriter output,
        PortfolioResult result,
        string folder,
        int width,
        PhraseBook book
    ) =>
        new PortfolioScreen(
            output,
            SpokenPortfolio.Of(result, book),
            PlanVerdict.Of(result, book),
            width,
            book
        ).Whole(folder);

    private void Whole(string folder)
    {
        var p = r.Portfolio;
        Wrap(
            Say(
                "portfolio.screen.head",
                InputText.OneLine(p.Name),
                p.Decided,
                book.Name("portfolio.question", PortfolioWords.Word(p.Question)),
                p.Centres.Count,
                p.Centres.Sum(c => c.Accelerators)
            )
        );
        o.WriteLine();
        foreach (var line in verdict.Lines)
        {
            Wrap(line);
        }
        o.WriteLine();
        Wrap(Say("portfolio.report.baseline"));
        o.WriteLine();
        Plan();
        o.WriteLine();
        Centres();
        if (r.Crowding.Count > 0)
        {
            o.WriteLine();
            Crowding();
        }
        if (r.Search is { } search)
        {
            o.WriteLine();
            Search(search);
        }
        o.WriteLine();
        Wrap(
            Say(
                "portfolio.screen.foot",
                (double)r.Draws,
                r.Seed,
                r.Failures.Count == 0
                    ? Say("portfolio.screen.failed.none")
                    : Say("portfolio.screen.failed", r.Failures.Values.Sum()),
                r.Market,
                folder
            )
        );
    }

    private void Plan()
    {
        var table = new TextTable(
            0,
            Heads(
                "portfolio.screen.all",
                "portfolio.screen.worth",
                "portfolio.screen.fill",
                "portfolio.screen.useful",
                "portfolio.screen.loss",
                "portfolio.screen.defaults",
                "portfolio.screen.cost"
            )
        );
        foreach (var s in new[] { r.Keep, r.Plan }.OfType<PlanSummary>())
        {
            table.Add(
                s.Name,
                Money(s.Value),
                Percent(s.Fill.Mean),
                book.Amount(s.UsefulHours.Mean),
                Money(s.LenderLoss.Mean),
                s.Defaults.ToString("0.0", CultureInfo.InvariantCulture),
                Money(s.Cost)
            );
        }
        table.Write(o, width);
    }

    private void Centres()
    {
        var planned = r.Plan is not null;
        var table = new TextTable(
            0,
            planned
                ? Heads(
                    "portfolio.screen.centre",
                    "portfolio.screen.chips",
                    "portfolio.screen.let",
                    "portfolio.screen.fill.base",
                    "portfolio.screen.worth.base",
                    "portfolio.report.action",
                    "portfolio.screen.gain",
                    "portfolio.report.better",
                    "portfolio.report.right"
                )
                : Heads(
                    "portfolio.screen.centre",
                    "portfolio.screen.chips",
                    "portfolio.screen.let",
                    "portfolio.screen.fill.base",
                    "portfolio.screen.default",
                    "portfolio.screen.worth"
                )
        );
        foreach (var c in r.Centres)
        {
            table.Add([.. Known(c), .. planned ? Advised(c) : Expected(c)]);
        }
        table.Write(o, width);
        Note(r.Centres.Any(c => c.Centre.Stylised), "portfolio.screen.stylised");
        Note(r.Centres.Any(c => c.Centre.SizeAssumed), "portfolio.screen.assumed");
        Note(!planned && r.Centres.Any(c => c.Centre.DebtAssumed), "portfolio.screen.debt");
    }

    private void Note(bool holds, string key)
    {
        if (holds)
        {
            Wrap(Say(key));
        }
    }

    private string[] Known(CentreAdvice c)
    {
        var name = Cut(InputText.OneLine(c.Centre.Name), NameWidth);
        var chips = Say(
            "portfolio.screen.chip",
            c.Centre.Accelerators,
            Cut(PortfolioWords.Chips(c.Centre, book), 14)
        );
        return
        [
            c.Centre.Stylised ? $"{name} *" : name,
            c.Centre.SizeAssumed ? $"{chips} ?" : chips,
            c.Centre.Stage switch
            {
                CentreStage.Building => Say("portfolio.screen.building"),
                CentreStage.Planned => Say("portfolio.screen.planned"),
                var _ => c.Centre.Today.Let is { } let ? Percent(let.Value)
                : c.Centre.Present is not null ? Say("portfolio.report.let.unknown")
                : Say("portfolio.report.signed"),
            },
            $"{Percent(c.Kept.Fill.Low)}/{Percent(c.Kept.Fill.Middle)}/{Percent(c.Kept.Fill.High)}",
        ];
    }

    private string[] Advised(CentreAdvice c) =>
        [
            Money(c.Kept.Value.Middle),
            Cut(PortfolioWords.Action(c.Planned.Action, book), 30),
            c.Choice?.Proof is { } gain ? Money(gain.Gain) : "",
            c.Choice?.Proof is { } proof ? Of(proof.Better) : "",
            c.Choice is { } choice ? Of(choice.Right) : "-",
        ];

    private string[] Expected(CentreAdvice c) =>
        [
            c.Kept.Default is { } d
                ? book.Odds(d.Value) + (c.Centre.DebtAssumed ? " +" : "")
                : Say("portfolio.report.debt.none"),
            Money(c.Kept.Value),
        ];

    private void Crowding()
    {
        Wrap(Say("portfolio.screen.takes"));
        var table = new TextTable(
            0,
            Heads(
                "portfolio.screen.applicant",
                "portfolio.screen.sells",
                "portfolio.screen.from",
                "portfolio.screen.lost",
                "portfolio.screen.most",
                "portfolio.screen.losers.fill",
                "portfolio.screen.losers.rent"
            )
        );
        foreach (var c in r.Crowding)
        {
            var most = c.Losers is [var first, ..] ? first : null;
            table.Add(
                Cut(InputText.OneLine(c.Applicant), NameWidth),
                book.Amount(c.Hours),
                Say("report.named", book.Amount(c.FromOthers), Percent(c.FromOthers / c.Hours)),
                Money(c.OthersWorth),
                most is null ? "" : Cut(InputText.OneLine(most.Centre), NameWidth),
                most is null ? "" : $"{Tenth(most.FillWithout)}/{Tenth(most.FillWith)}",
                most is null
                    ? ""
                    : $"{Words.Round3(most.RentWithout)}/{Words.Round3(most.RentWith)}"
            );
        }
        table.Write(o, width);
        if (PortfolioWords.MoreApplicants(r, book) is { Length: > 0 } more)
        {
            Wrap(more);
        }
        o.WriteLine();
        Support();
    }

    private void Support()
    {
        Wrap(Say("portfolio.screen.support"));
        var support = new TextTable(
            0,
            Heads(
                "portfolio.screen.applicant",
                "portfolio.support.half",
                "portfolio.support.most",
                "portfolio.screen.useful",
                "portfolio.support.paid",
                "portfolio.support.worth",
                "portfolio.support.it"
            )
        );
        foreach (var c in r.Crowding)
        {
            support.Add(
                Cut(InputText.OneLine(c.Applicant), NameWidth),
                Money(c.Shortfall),
                Money(c.ShortfallMostly),
                book.Amount(c.UsefulHours),
                double.IsFinite(c.PerUsefulHour) ? Words.Round3(c.PerUsefulHour) : "-",
                Words.Round3(c.HourWorth),
                PortfolioWords.Support(c, book)
            );
        }
        support.Write(o, width);
    }

    private void Search(SearchReport search)
    {
        var code = book.Unit(r.Portfolio.Currency.Code);
        Wrap(
            Say(
                "portfolio.screen.search",
                search.Plans,
                search.Draws - search.Held,
                search.Held,
                search.Gap,
                code
            )
        );
        if (!double.IsNaN(search.Regret))
        {
            Wrap(
                Say(
                    "portfolio.search.regret",
                    search.Regret,
                    search.RegretRerun,
                    search.RegretDraws,
                    code
                )
            );
        }
        foreach (var g in search.Rules)
        {
            Wrap(
                "  "
                    + Say(
                        "portfolio.screen.rule",
                        g.Rule.Name,
                        g.Gain,
                        g.Low,
                        g.High,
                        g.Better,
                        g.Draws,
                        g.Mean
                    )
            );
        }
        if (search.Unknowns.Count > 0)
        {
            Wrap(Say("portfolio.screen.unknowns"));
        }
        foreach (var u in search.Unknowns)
        {
            var name =
                u.Centre.Length > 0
                    ? Say("portfolio.of", InputText.OneLine(u.Centre), u.Name)
                    : u.Name;
            Wrap("  " + Say("portfolio.screen.unknown", name, u.Worth, u.Changed, u.Known));
        }
    }

    /// <summary>Words over as many lines as they take, those after the first set in.</summary>
    private void Wrap(string words)
    {
        var text = words.TrimStart(' ');
        var lead = words[..(words.Length - text.Length)];
        foreach (var (i, line) in TextTable.Wrap(text, width - lead.Length - 2).Index())
        {
            o.WriteLine((lead + (i == 0 ? "" : "  ") + line).TrimEnd());
        }
    }

    private string[] Heads(params string[] keys) => [.. keys.Select(k => Say(k))];

    private string Say(string key, params object[] arguments) => book.Say(key, arguments);

    private string Of(Risk.Proportion p) => Say("portfolio.report.draws.of", p.Happened, p.Draws);

    /// <summary>An amount of money; less than half a cent is nothing.</summary>
    private string Money(double value) => book.Amount(Math.Abs(value) < Coin / 2 ? 0 : value);

    private string Money(DrawSpread s) => $"{Money(s.Low)} / {Money(s.Middle)} / {Money(s.High)}";

    private string Tenth(double share) => InPercent(share, 1);

    private string Percent(double share) => InPercent(share, 0);

    private string InPercent(double share, int places) =>
        double.IsNaN(share)
            ? "-"
            // No minus stands before nothing.
            : (Math.Round(100 * share, places) + 0.0).ToString(
                places == 0 ? "0" : "0.0",
                CultureInfo.InvariantCulture
            ) + Say("figure.percent");

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(most - 1)] + "…";
}
