using System.Text;
using Plimsoll.Performance;
using Plimsoll.Performance.Fitting;

namespace Plimsoll.Cli.Inference;

/// <summary>Writes the ledger of the inference model: measured errors against the targets, by split and by group.</summary>
internal static class InferenceLedger
{
    /// <summary>Replaces what stands between the markers, or adds it at the end.</summary>
    /// <param name="place">The file and what it says of its making.</param>
    /// <param name="validation">What was scored.</param>
    /// <param name="rows">Rows that can be predicted as rows, when those of the validation went through files; else null.</param>
    public static void Write(LedgerPlace place, Validation validation, int? rows) =>
        place.Replace("inference", Text(place, validation, rows));

    private static string Text(LedgerPlace place, Validation validation, int? rows)
    {
        var text = new StringBuilder();
        text.Append(
            $"Made by `plimsoll inference validate --points FILE {(rows is null ? "" : "--through-files ")}--ledger OUT` on {place.Date}, commit {place.Commit}, {place.Machine}.\n"
        );
        if (rows is { } all)
        {
            text.Append(
                $"Every row was written as a YAML file of `kind: inference` and read through the door of a user's files: {validation.Points.Count} of the {all} rows that can be predicted as rows.\n"
            );
        }
        text.Append(
            "Errors are |predicted / measured - 1|; bias above 0 means predicted too slow. Whatever is scored was left out of its fit.\n\n"
        );
        Targets(text, validation);
        Section(
            text,
            "Splits",
            validation.Splits.Select(s => ErrorSummary.OfSplit(Words(s.Key), s.Key, s.Value))
        );
        if (validation.Splits.TryGetValue(Novelty.NewModel, out var families))
        {
            Section(text, "Each model family left out", ByGroup(families));
        }
        if (validation.Splits.TryGetValue(Novelty.NewChip, out var chips))
        {
            Section(text, "Each chip left out", ByGroup(chips));
        }
        if (validation.Splits.TryGetValue(Novelty.ChipWithoutData, out var designs))
        {
            Section(text, "Each family of chips left out", ByGroup(designs));
        }
        Section(text, "New deployments by group", validation.Groups());
        text.Append("\n### Rows left out\n\n| reason | rows |\n|---|---|\n");
        foreach (var (reason, count) in validation.Unresolved)
        {
            text.Append($"| {reason} | {count} |\n");
        }
        text.Append('\n');
        return text.ToString();
    }

    private static IEnumerable<ErrorSummary> ByGroup(IReadOnlyList<HeldOut> held) =>
        held.GroupBy(h => h.Group, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
            {
                var summary = ErrorSummary.OfSplit(g.Key, Novelty.NewModel, [.. g]);
                return summary with { By = "left out" };
            });

    private static void Targets(StringBuilder text, Validation validation)
    {
        text.Append("### Targets\n\n| what | target | measured | |\n|---|---|---|---|\n");
        void Row(string what, double target, double measured) =>
            text.Append(
                $"| {what} | <= {target:P0} | {measured:P1} | {(measured <= target ? "met" : "missed")} |\n"
            );
        if (validation.Splits.TryGetValue(Novelty.NewDeployment, out var deployments))
        {
            var agg = Summary(deployments.Where(h => h.Point.Point.Disaggregated is null));
            var split = Summary(deployments.Where(h => h.Point.Point.Disaggregated is not null));
            Row(
                "deployments left out, aggregated, TPOT median",
                0.08,
                agg.TimePerOutputToken.Median
            );
            Row("... TPOT p90", 0.25, agg.TimePerOutputToken.P90);
            Row("... TTFT median", 0.20, agg.TimeToFirstToken.Median);
            if (split.Count > 0)
            {
                Row(
                    "... disaggregated with known workers, TPOT median",
                    0.12,
                    split.TimePerOutputToken.Median
                );
                Row("... disaggregated, TTFT median", 0.45, split.TimeToFirstToken.Median);
            }
        }
        if (validation.Splits.TryGetValue(Novelty.NewModel, out var models))
        {
            var medians = models
                .Where(h => h.Point.Point.Disaggregated is null)
                .GroupBy(h => h.Group, StringComparer.Ordinal)
                .Select(g => Summary(g).TimePerOutputToken.Median)
                .ToList();
            Row(
                "a model family left out, aggregated, mean of TPOT medians",
                0.18,
                medians.Average()
            );
            Row("... worst family", 0.35, medians.Max());
        }
        if (validation.Splits.TryGetValue(Novelty.NewChip, out var chips))
        {
            var agg = Summary(chips.Where(h => h.Point.Point.Disaggregated is null));
            Row("a chip left out, aggregated, TPOT median", 0.15, agg.TimePerOutputToken.Median);
        }
        foreach (var (kind, held) in validation.Splits)
        {
            var s = ErrorSummary.OfSplit("", kind, held);
            foreach (
                var (name, e) in new[]
                {
                    ("TPOT", s.TimePerOutputToken),
                    ("TTFT", s.TimeToFirstToken),
                }
            )
            {
                text.Append(
                    $"| 80 % interval of {Words(kind)}, {name} | 75-87 % | {e.Coverage80:P0} | {(e.Coverage80 is >= 0.75 and <= 0.87 ? "met" : "missed")} |\n"
                );
            }
        }
    }

    private static ErrorSummary Summary(IEnumerable<HeldOut> held)
    {
        var list = held.ToList();
        return list.Count == 0
            ? new ErrorSummary("", "", 0, new(0, 0, 0, 0), new(0, 0, 0, 0))
            : ErrorSummary.OfSplit("", Novelty.NewModel, list);
    }

    private static string Words(Novelty kind) =>
        kind switch
        {
            Novelty.KnownDeployment => "known deployments",
            Novelty.NewDeployment => "new deployments",
            Novelty.NewModel => "new models",
            Novelty.NewChip => "new chips",
            _ => "chips without data",
        };

    private static void Section(StringBuilder text, string title, IEnumerable<ErrorSummary> rows)
    {
        text.Append(
            $"\n### {title}\n\n| | n | TPOT median | p90 | bias | in 80 % | TTFT median | p90 | bias | in 80 % |\n|---|---|---|---|---|---|---|---|---|---|\n"
        );
        foreach (var g in rows)
        {
            var t = g.TimePerOutputToken;
            var f = g.TimeToFirstToken;
            text.Append(
                $"| {g.By} {g.Name} | {g.Count} | {t.Median:P1} | {t.P90:P1} | {t.Bias:P1} | {Share(t.Coverage80)} | {f.Median:P1} | {f.P90:P1} | {f.Bias:P1} | {Share(f.Coverage80)} |\n"
            );
        }
    }

    private static string Share(double share) => double.IsNaN(share) ? "" : share.ToString("P0");
}
