using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;

namespace Plimsoll.Cli.Portfolio;

/// <summary>The answer to a portfolio on the screen: the plan, the centres, the rules it is measured against.</summary>
internal static class PortfolioScreen
{
    private const int NameWidth = 34;

    /// <summary>Prints the screen.</summary>
    /// <param name="r">The answer.</param>
    /// <param name="folder">Where the files were written.</param>
    public static void Print(PortfolioResult r, string folder)
    {
        var o = Console.Out;
        var p = r.Portfolio;
        o.WriteLine(
            $"{InputText.OneLine(p.Name)} (decided {p.Decided}, question of the {p.Question.ToString().ToLowerInvariant()}, {p.Centres.Count} centres, {p.Centres.Sum(c => c.Accelerators):#,0} accelerators)"
        );
        o.WriteLine();
        foreach (var line in PlanVerdict.Of(r).Lines)
        {
            o.WriteLine(line);
        }
        o.WriteLine();
        Plan(o, r);
        o.WriteLine();
        Centres(o, r);
        if (r.Crowding.Count > 0)
        {
            o.WriteLine();
            Crowding(o, r);
        }
        if (r.Search is { } search)
        {
            o.WriteLine();
            Search(o, search, p.Currency.Code);
        }
        o.WriteLine();
        o.WriteLine(
            $"{r.Draws} joint draws, seed {r.Seed}, {(r.Failures.Count == 0 ? "none failed" : $"{r.Failures.Values.Sum()} failed")}; market {r.Market}. Written to {folder}."
        );
    }

    private static void Plan(TextWriter o, PortfolioResult r)
    {
        var table = new TextTable(
            0,
            "All centres",
            "worth P10/P50/P90",
            "fill",
            "useful hours",
            "lenders lose",
            "defaults",
            "cost"
        );
        foreach (var s in new[] { r.Keep, r.Plan }.OfType<PlanSummary>())
        {
            table.Add(
                s.Name,
                $"{Words.Amount(s.Value.Low)} / {Words.Amount(s.Value.Middle)} / {Words.Amount(s.Value.High)}",
                Percent(s.Fill.Mean),
                Words.Amount(s.UsefulHours.Mean),
                Words.Amount(s.LenderLoss.Mean),
                $"{s.Defaults:0.0}",
                Words.Amount(s.Cost)
            );
        }
        table.Write(o, Terminal.Width);
    }

    private static void Centres(TextWriter o, PortfolioResult r)
    {
        var planned = r.Plan is not null;
        var table = new TextTable(
            0,
            planned
                ?
                [
                    "Centre",
                    "chips",
                    "let now",
                    "fill kept P10/P50/P90",
                    "worth kept P50",
                    "action",
                    "gain on leaving it",
                    "better in",
                    "right in",
                ]
                : ["Centre", "chips", "let now", "fill P10/P50/P90", "default", "worth P10/P50/P90"]
        );
        foreach (var c in r.Centres)
        {
            var name = Cut(InputText.OneLine(c.Centre.Name), NameWidth);
            string[] first =
            [
                c.Centre.Stylised ? $"{name} *" : name,
                $"{c.Centre.Accelerators:#,0} {Cut(c.Centre.Chips, 14)}",
                c.Centre.Stage != CentreStage.Standing
                    ? c.Centre.Stage.ToString().ToLowerInvariant()
                : c.Centre.Today.Let is { } let ? Percent(let.Value)
                : c.Centre.Present is not null ? "unknown"
                : "as signed",
                $"{Percent(c.Kept.Fill.Low)}/{Percent(c.Kept.Fill.Middle)}/{Percent(c.Kept.Fill.High)}",
            ];
            table.Add(
                planned
                    ?
                    [
                        .. first,
                        Words.Amount(c.Kept.Value.Middle),
                        Cut(c.Planned.Action, 30),
                        c.Choice?.Proof is { } gain ? Words.Amount(gain.Gain) : "",
                        c.Choice?.Proof is { } proof ? Of(proof.Better) : "",
                        c.Choice is { } choice ? Of(choice.Right) : "-",
                    ]
                    :
                    [
                        .. first,
                        c.Kept.Default is { } d
                            ? Words.Odds(d.Value) + (c.Centre.DebtAssumed ? " +" : "")
                            : "no debt",
                        $"{Words.Amount(c.Kept.Value.Low)} / {Words.Amount(c.Kept.Value.Middle)} / {Words.Amount(c.Kept.Value.High)}",
                    ]
            );
        }
        table.Write(o, Terminal.Width);
        if (r.Centres.Any(c => c.Centre.Stylised))
        {
            o.WriteLine("* made up, stands for others of its kind");
        }
        if (!planned && r.Centres.Any(c => c.Centre.DebtAssumed))
        {
            o.WriteLine("+ on a debt that is not known: half of what the servers cost is assumed");
        }
    }

    private static void Crowding(TextWriter o, PortfolioResult r)
    {
        o.WriteLine("Who takes what from whom, everything else built and kept:");
        var table = new TextTable(
            0,
            "Applicant",
            "sells hours",
            "from the others here",
            "their worth lost",
            "most from",
            "its fill without/with",
            "its rent without/with"
        );
        foreach (var c in r.Crowding)
        {
            var most = c.Losers is [var first, ..] ? first : null;
            table.Add(
                Cut(InputText.OneLine(c.Applicant), NameWidth),
                Words.Amount(c.Hours),
                $"{Words.Amount(c.FromOthers)} ({Percent(c.FromOthers / c.Hours)})",
                Words.Amount(c.OthersWorth),
                most is null ? "" : Cut(InputText.OneLine(most.Centre), NameWidth),
                most is null ? "" : $"{Tenth(most.FillWithout)}/{Tenth(most.FillWith)}",
                most is null
                    ? ""
                    : $"{Words.Round3(most.RentWithout)}/{Words.Round3(most.RentWith)}"
            );
        }
        table.Write(o, Terminal.Width);
        o.WriteLine();
        o.WriteLine("What support would carry it, paid on use:");
        var support = new TextTable(
            0,
            "Applicant",
            "lacks in half of draws",
            "in nine of ten",
            "useful hours",
            "paid on use an hour",
            "an hour is worth",
            "support it"
        );
        foreach (var c in r.Crowding)
        {
            support.Add(
                Cut(InputText.OneLine(c.Applicant), NameWidth),
                Words.Amount(c.Shortfall),
                Words.Amount(c.ShortfallMostly),
                Words.Amount(c.UsefulHours),
                double.IsFinite(c.PerUsefulHour) ? Words.Round3(c.PerUsefulHour) : "-",
                Words.Round3(c.HourWorth),
                c.Shortfall <= 0 ? "not needed"
                    : c.WorthSupporting ? "on use"
                    : "no"
            );
        }
        support.Write(o, Terminal.Width);
    }

    private static string Tenth(double share) => double.IsNaN(share) ? "-" : $"{share * 100:0.0} %";

    private static void Search(TextWriter o, SearchReport search, string currency)
    {
        o.WriteLine(
            $"Searched {search.Plans} plans on {search.Draws - search.Held} draws and judged what was found on {search.Held} others; a single change could still bring {Words.Amount(search.Gap)} {currency}; knowing the future would bring {Words.Amount(search.Regret)} by adding up centres, {Words.Amount(search.RegretRerun)} when its choices are cleared together in {search.RegretDraws} draws."
        );
        foreach (var g in search.Rules)
        {
            o.WriteLine(
                $"  over '{g.Rule.Name}': {Words.Amount(g.Gain)} ({Words.Amount(g.Low)} to {Words.Amount(g.High)}), better in {g.Better} of {g.Draws} draws, {Words.Amount(g.Mean)} in the plain mean"
            );
        }
        if (search.Unknowns.Count > 0)
        {
            o.WriteLine("What is unknown and would change most:");
            foreach (var u in search.Unknowns)
            {
                o.WriteLine(
                    $"  {(u.Centre.Length > 0 ? $"{InputText.OneLine(u.Centre)}: " : "")}{u.Name}: worth {Words.Amount(u.Worth)}, changes {u.Changed:0.#} actions; taken as {u.Known}"
                );
            }
        }
    }

    private static string Of(Risk.Proportion p) => $"{p.Happened} of {p.Draws}";

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Percent(double share) => double.IsNaN(share) ? "-" : $"{share * 100:0} %";
}
