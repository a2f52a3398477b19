using System.Globalization;
using System.Text;
using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary>The result on one screen of 100 columns: verdict first, then odds, options and why.</summary>
internal static class ResultScreen
{
    private const int Width = 100;

    public static void Print(StudyResult r, string folder)
    {
        var text = new StringBuilder();
        Lines(text, r, folder);
        Console.Out.Write(text.ToString());
    }

    private static void Lines(StringBuilder text, StudyResult r, string folder)
    {
        Wrap(text, "", r.Name);
        Wrap(text, "", $"Decided {r.Decided}, asked by the {r.Question}. {r.Centre}.");
        text.AppendLine();
        Wrap(text, "", r.Verdict.Headline.ToUpperInvariant());
        foreach (var unknown in r.Verdict.Unknown.Take(3))
        {
            Wrap(text, "  would resolve it: ", unknown);
        }
        text.AppendLine();
        Wrap(text, "Rule: ", RuleWords(r));
        foreach (var test in r.Verdict.Tests)
        {
            Wrap(text, "  ", Words.Sentence(test));
        }
        text.AppendLine();
        Options(text, r);
        text.AppendLine();
        Why(text, r);
        text.AppendLine();
        Wrap(
            text,
            "",
            $"{r.Draws:#,0} joint draws, seed {r.Seed}; {Failed(r)} Market: {r.Market}. Written to {folder}."
        );
    }

    private static string RuleWords(StudyResult r) =>
        $"P(trailing cover < {r.Rule.CovenantCover:0.00}) <= {Words.Percent(r.Rule.MaxBreach)}, P(default) <= {Words.Percent(r.Rule.MaxDefault)}, expected loss <= {Words.Percent(r.Rule.RiskMargin)} a year, P(equity below {Words.Percent(r.Rule.EquityHurdle)} a year) <= {Words.Percent(r.Rule.MaxEquityLoss)}";

    private static string Failed(StudyResult r) =>
        r.Failures.Count == 0
            ? "none failed."
            : $"{r.Failures.Values.Sum()} failed ({r.Failures.Keys.First()}).";

    private static void Options(StringBuilder text, StudyResult r)
    {
        text.AppendLine(
            $"{"Options, same draws", -26}{"fill P50", 9}{"P90", 6}{"rent P50", 10}{"cover P50", 10}{"P90", 7}{"breach", 8}{"default", 8}{"NPV mean", 16}"
        );
        foreach (var o in r.Options)
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Cut(o.Name, 26), -26}{Share(o.Fill.P50), 9}{Share(o.Fill.P90), 6}{Words.Round3(o.Rent.P50), 10}{Words.Round3(o.MinimumCover.P50), 10}{Words.Round3(o.MinimumCover.P90), 7}{Words.Odds(o.Breach.Value), 8}{Words.Odds(o.Default.Value), 8}{Words.Amount(o.MeanEquityNpv), 16}"
                )
            );
        }
    }

    private static void Why(StringBuilder text, StudyResult r)
    {
        text.AppendLine($"{$"Why (draw {r.MedianDraw}, P90 to P10 over all draws)", -58}");
        foreach (var step in r.Why)
        {
            text.AppendLine(
                $"  {Cut(step.Name, 38), -38}{Words.Amount(step.Value), 14}  {Words.Amount(step.P90)} to {Words.Amount(step.P10)} {step.Unit}"
            );
        }
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : Words.Percent(value);

    private static string Cut(string text, int width) =>
        text.Length < width ? text : text[..(width - 2)] + "~";

    private static void Wrap(StringBuilder text, string lead, string words)
    {
        var line = new StringBuilder(lead);
        var indent = new string(' ', lead.Length - lead.TrimStart().Length + 2);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length + 1 > Width && line.Length > lead.Length)
            {
                text.AppendLine(line.ToString().TrimEnd());
                line.Clear().Append(indent);
            }
            line.Append(word).Append(' ');
        }
        text.AppendLine(line.ToString().TrimEnd());
    }
}
