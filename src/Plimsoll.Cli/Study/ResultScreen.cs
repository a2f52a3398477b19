using System.Globalization;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Plans;

namespace Plimsoll.Cli.Study;

/// <summary>The result on one screen of 100 columns and 55 lines: verdict, odds, options, why, price floor, plan of use, what would flip it.</summary>
internal static class ResultScreen
{
    /// <summary>Columns used at most.</summary>
    public const int Width = 100;

    /// <summary>Prints the screen.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">Where the files were written.</param>
    public static void Print(StudyResult result, string folder) =>
        Console.Out.Write(Text(result, folder));

    /// <summary>The screen as text.</summary>
    public static string Text(StudyResult r, string folder)
    {
        var text = new StringBuilder();
        Line(text, $"{r.Name} (decided {r.Decided}, question of the {r.Question})");
        Wrap(text, "", r.Centre + ".", 2);
        text.Append('\n');
        Wrap(text, "VERDICT  ", r.Verdict.Headline, 4);
        foreach (var unknown in r.Verdict.Unknown.Take(2))
        {
            Wrap(text, "  not known: ", unknown, 2);
        }
        text.Append('\n');
        Tests(text, r);
        Options(text, r);
        Loans(text, r);
        Why(text, r);
        Floors(text, r);
        Plan(text, r);
        Flips(text, r);
        Forecast(text, r);
        Wrap(
            text,
            "",
            $"{r.Draws} joint draws, seed {r.Seed}, {Failed(r)}; market {r.Market}; {Words.Odds(r.GradeDShare)} of the spread from grade D. Written to {folder}.",
            2
        );
        return text.ToString();
    }

    private static void Tests(StringBuilder text, StudyResult r)
    {
        var of =
            r.Verdict.TestsOf.Length == 0
                ? "The rule"
                : $"The rule, for '{Cut(r.Verdict.TestsOf, 31)}'";
        Line(
            text,
            $"{of, -48}{"limit", 6}{"found", 7}{"95 % range", 13}  {"outcome", -9}  by rent law"
        );
        foreach (var t in r.Verdict.Tests)
        {
            var laws = string.Concat(
                t.ByLaw.Where(l => !l.Key.Contains(' ', StringComparison.Ordinal))
                    .Select(l => $"{Brief(l.Value), 5}")
            );
            Line(
                text,
                $"  {Cut(t.Name, 46), -46}{Brief(t.Limit) + " %", 6}{Brief(t.Value) + " %", 7}{$"{Brief(t.Low)} to {Brief(t.High)}", 13}  {t.Outcome.ToString().ToLowerInvariant(), -9}{laws}"
            );
        }
    }

    private static void Options(StringBuilder text, StudyResult r)
    {
        var owner = r.Question == "owner";
        Line(
            text,
            $"{"Options, same draws", -24}{"fill P50/P90", 12}{"rent P50", 9}{"cover P50/P90", 14}{"breach", 10}{"default", 10}{"empty", 6}{(owner ? "before finance" : "equity value"), 15}"
        );
        foreach (var o in r.Options)
        {
            Line(
                text,
                $"  {Cut(o.Name, 21), -22}{$"{Share(o.Fill.P50)}/{Share(o.Fill.P90)}", 12}{Dash(o.Rent.P50), 9}{$"{Dash(o.MinimumCover.P50)}/{Dash(o.MinimumCover.P90)}", 14}{Words.Odds(o.Breach.Value), 10}{Words.Odds(o.Default.Value), 10}{Share(o.EmptyYear.Value), 6}{Words.Amount(owner ? o.MeanProjectNpv : o.MeanEquityNpv), 15}"
            );
        }
        foreach (var few in r.Options.Where(o => o.Stopped).GroupBy(o => o.Figures.Draws))
        {
            Wrap(
                text,
                "  ",
                $"{string.Join(", ", few.Select(o => $"'{o.Name}'"))}: on the first {few.Key} draws, which leave no doubt that the rule fails; not run further.",
                3
            );
        }
    }

    private static void Loans(StringBuilder text, StudyResult r)
    {
        if (r.Loans.Count == 0)
        {
            return;
        }
        Line(
            text,
            $"Loans tried: {r.Loans.Count}; debt capacity on the terms asked {Words.Amount(r.DebtCapacity)} {r.Currency.Code}"
        );
        foreach (var l in r.Loans.Where(l => l.Outcome == RuleOutcome.Passes).Take(3))
        {
            Line(text, Cut($"  passes: {l.Terms}", Width - 1));
        }
    }

    private static void Why(StringBuilder text, StudyResult r)
    {
        Line(
            text,
            $"{$"Why (one real draw, number {r.MedianDraw})", -44}{"draw", 13}  {"P90 to P10 of all draws"}"
        );
        foreach (var s in r.Why)
        {
            Line(
                text,
                $"  {Cut(s.Name, 41), -42}{Words.Amount(s.Value), 13}  {Words.Amount(s.P90)} to {Words.Amount(s.P10)} {s.Unit}"
            );
        }
    }

    private static void Floors(StringBuilder text, StudyResult r)
    {
        if (r.Floors.Count == 0)
        {
            return;
        }
        var unit = $"{r.Currency.Code}/GPU-h";
        var lead = "Price floor  ";
        foreach (var floors in r.Floors.GroupBy(f => f.Server, StringComparer.Ordinal))
        {
            var first = floors.First();
            var leases = floors
                .Where(f => f.TenorMonths >= 12)
                .Select(f => $"{Words.Round(f.AgainstWaiting, 2)} ({f.TenorMonths} months)");
            var avoidable = first.Parts.Where(p => p.Counts && p.PerGpuHour > 0).ToList();
            var server = floors.Key.Length > 0 ? $"{floors.Key}: " : Quoted(r);
            Wrap(
                text,
                lead,
                $"{server}dark is better below {Words.Round(first.AgainstDark, 2)} {unit} ({string.Join(" + ", avoidable.Select(p => Words.Round(p.PerGpuHour, 2)))}: {string.Join(", ", avoidable.Select(p => p.Name.Split(' ')[0]))}); waiting is better below {string.Join(", ", leases)}",
                2
            );
            lead = "             ";
        }
    }

    /// <summary>The next two quarters of each fleet, or what would have to come about first; the whole plan stands in the report.</summary>
    private static void Plan(StringBuilder text, StudyResult r)
    {
        var book = PhraseBook.English;
        var plan = r.PlanOfUse;
        Wrap(text, "", book.Say(PlanWords.Title(plan)), 1);
        if (plan.Instead.Count > 0)
        {
            var none = book.Say(Phrase.Of("plan.none"));
            Wrap(text, "  ", $"{none} {string.Join("; ", plan.Instead.Select(book.Say))}", 3);
        }
        foreach (var fleet in plan.Uses.GroupBy(u => u.Fleet, StringComparer.Ordinal).Take(3))
        {
            foreach (var use in fleet.Take(2))
            {
                Wrap(text, "  ", book.Say(PlanWords.Use(use)), 2);
            }
            Wrap(
                text,
                "    ",
                $"{book.Say(fleet.First().Trigger)}; else {string.Join(", ", fleet.First().IfMissed.Select(book.Say))}",
                2
            );
        }
        if (plan.Asked.Count > 0)
        {
            Wrap(text, "  to ask for: ", string.Join("; ", plan.Asked.Select(book.Say)), 3);
        }
    }

    private static string Quoted(StudyResult r) =>
        double.IsNaN(r.MarketQuote) ? "" : $"market quote {Words.Round(r.MarketQuote, 2)}; ";

    private static void Flips(StringBuilder text, StudyResult r)
    {
        if (r.Flips.Count > 0)
        {
            Line(text, "What would flip it, nearest first");
        }
        foreach (var flip in r.Flips.Take(3))
        {
            Line(text, Cut($"  {flip.Meaning}", Width - 1));
        }
    }

    private static void Forecast(StringBuilder text, StudyResult r)
    {
        if (r.Forecast is { } f)
        {
            Wrap(
                text,
                "Forecast  ",
                $"{f.By} claims {Words.Percent(f.ClaimedFill)} at {Words.Round(f.ClaimedPrice, 2)} {r.Currency.Code}/GPU-h: both in {Words.Odds(f.OddsOfBoth)} of draws; its evidence supports {Words.Percent(f.SupportedShare)} of the servers it needs; {f.BaseRates.Count} base rates known by then",
                2
            );
        }
    }

    private static string Failed(StudyResult r) =>
        r.Failures.Count == 0
            ? "none failed"
            : $"{r.Failures.Values.Sum()} failed ({Cut(r.Failures.Keys.First(), 40)})";

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

    private static string Cut(string text, int width) =>
        text.Length <= width ? text : text[..(width - 2)].TrimEnd() + "..";

    private static void Line(StringBuilder text, string line) =>
        text.Append(line.Length > Width ? line[..Width] : line.TrimEnd()).Append('\n');

    private static void Wrap(StringBuilder text, string lead, string words, int most)
    {
        var line = new StringBuilder(lead);
        var lines = 0;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > Width)
            {
                if (++lines == most)
                {
                    Line(text, Cut(line.ToString().TrimEnd(), Width - 3) + "..");
                    return;
                }
                Line(text, line.ToString());
                line.Clear().Append("    ");
            }
            line.Append(word).Append(' ');
        }
        Line(text, line.ToString());
    }
}
