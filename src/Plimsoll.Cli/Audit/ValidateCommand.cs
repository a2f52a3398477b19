using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;

namespace Plimsoll.Cli.Audit;

/// <summary><c>audit validate</c>: the ledger of the base rates, every case foretold from the others.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var asOf = CommonOptions.AsOf();
        var command = new Command(
            "validate",
            "Foretell every case from all the others and print the log score beside one rate for all and the weights used before: docs/validation/audit.md is its output."
        )
        {
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.Day(asOf), result.GetValue(json)))
        );
        return command;
    }

    private static int Run(DateOnly day, bool json)
    {
        var known = BaseRateCase.KnownOn(FactCatalog.Shipped().AsOf(day));
        if (known.Count(c => c.Counted) < 2)
        {
            Console.Error.WriteLine(
                "Fewer than two sourced cases were known by then; there is nothing to foretell one from."
            );
            return ExitCode.Unanswerable;
        }
        var score = BaseRateScore.Of(known);
        if (json)
        {
            JsonOutput.Print(Document(score));
        }
        else
        {
            Console.Out.Write(Ledger(known, score).ReplaceLineEndings(Environment.NewLine));
        }
        return ExitCode.Success;
    }

    private static JsonObject Document(BaseRateScore s) =>
        new()
        {
            ["cases"] = s.Cases.Count,
            ["logScore"] = s.Rates,
            ["logScoreOneRate"] = s.Pooled,
            ["logScoreOldWeights"] = s.Old,
            ["gainOverOneRate"] = s.OverPooled,
            ["gainOverOneRateError"] = s.OverPooledError,
            ["gainOverOldWeights"] = s.OverOld,
            ["gainOverOldWeightsError"] = s.OverOldError,
            ["enough"] = s.Cases.Count >= PooledRates.Enough,
        };

    /// <summary>The ledger as a page of Markdown.</summary>
    internal static string Ledger(IReadOnlyList<BaseRateCase> known, BaseRateScore s)
    {
        var page = new StringBuilder();
        page.Append("# The forecast audit's base rates: ledger\n\n");
        page.Append("Made by `plimsoll audit validate`. ");
        page.Append(
            $"{s.Cases.Count} sourced cases enter the rates, {known.Count - s.Cases.Count} more are shown and not counted. Each is foretold from all the others; the score of a case is `y ln p + (1 - y) ln(1 - p)`, y the share of the claim that came true, p the rate foretold; 0 is best.\n\n"
        );
        page.Append("| rule | mean log score | gain of the rates by class | standard error |\n");
        page.Append("|---|---|---|---|\n");
        page.Append($"| rates by class, partial pooling | {Number(s.Rates)} | | |\n");
        page.Append(
            $"| one rate for all | {Number(s.Pooled)} | {Number(s.OverPooled)} | {Number(s.OverPooledError)} |\n"
        );
        page.Append(
            $"| the five weights used before | {Number(s.Old)} | {Number(s.OverOld)} | {Number(s.OverOldError)} |\n\n"
        );
        page.Append(Verdict(s));
        page.Append("\n## Rates\n\n");
        page.Append(
            "Mean, 80 % range and cases (of the class / of the asset / as firm). Rates never fall with firmness: neighbours that say otherwise are pooled.\n\n"
        );
        page.Append("| asset, country | bare claim | intention | commitment | secured |\n");
        page.Append("|---|---|---|---|---|\n");
        var rates = new PooledRates(known);
        foreach (
            var (asset, country) in rates.Cases.Select(c => (c.Asset, c.Country)).Distinct().Order()
        )
        {
            page.Append($"| {asset}, {country} |");
            foreach (var firmness in Enum.GetValues<Firmness>())
            {
                var r = rates.Of(firmness, asset, country);
                page.Append(
                    $" {Words.Percent(r.Mean)} ({Words.Percent(r.Low)} to {Words.Percent(r.High)}; {r.Matched}/{r.SameAsset}/{r.SameFirmness}) |"
                );
            }
            page.Append('\n');
        }
        page.Append("\n## Cases\n\n");
        page.Append("| case | class | came true | foretold | one rate | before |\n");
        page.Append("|---|---|---|---|---|---|\n");
        foreach (var f in s.Cases)
        {
            page.Append(
                $"| {f.Case.Name} | {f.Case.Kind}, {f.Case.Asset}, {f.Case.Country} | {Words.Percent(f.Case.Share)} | {Words.Percent(f.Rate)} | {Words.Percent(f.Pooled)} | {Words.Percent(f.Old)} |\n"
            );
        }
        page.Append("\nShown, not counted:\n\n");
        foreach (var c in known.Where(c => !c.Counted))
        {
            page.Append($"* {c.Name} ({Words.Percent(c.Share)}): {c.NotCounted}.\n");
        }
        return page.ToString();
    }

    private static string Verdict(BaseRateScore s)
    {
        if (s.Cases.Count < PooledRates.Enough)
        {
            return $"Too few: {s.Cases.Count} sourced cases, fewer than {PooledRates.Enough}; no win is claimed.\n";
        }
        static string Against(string rule, double gain, double error) =>
            gain > 2 * error ? $"better than {rule}, by more than two standard errors"
            : gain < -2 * error ? $"worse than {rule}, by more than two standard errors"
            : $"not told apart from {rule}";
        return $"The rates by class are {Against("the weights used before", s.OverOld, s.OverOldError)}, and {Against("one rate for all", s.OverPooled, s.OverPooledError)}.\n";
    }

    private static string Number(double value) =>
        value.ToString("0.000", CultureInfo.InvariantCulture);
}
