using System.Text;
using Plimsoll.Cli.Inference;
using Plimsoll.Performance.Training.Fitting;

namespace Plimsoll.Cli.Training;

/// <summary>Writes the ledger of the training model for one table of measurements.</summary>
internal static class TrainingLedger
{
    /// <summary>Replaces the table's part of the file, or adds it at the end.</summary>
    public static void Write(LedgerPlace place, string table, TrainingValidation validation)
    {
        var text = new StringBuilder();
        text.Append($"### Training: {table}\n\n");
        text.Append(
            $"Made by `plimsoll training validate --points FILE --ledger OUT` on {place.Date}, commit {place.Commit}, {place.Machine}.\n"
        );
        text.Append(
            "Errors of the iteration time, |predicted / measured - 1|; bias above 0 means predicted too slow. Sizes that were fitted are left out of the fit that predicts them.\n\n"
        );
        text.Append(
            "| | n | mean | median | p90 | bias | in 80 % |\n|---|---|---|---|---|---|---|\n"
        );
        if (validation.Overall is { } overall)
        {
            Row(text, overall);
        }
        foreach (var group in validation.Groups().Where(g => g.By is not "chip"))
        {
            Row(text, group);
        }
        foreach (var (reason, count) in validation.Unresolved)
        {
            text.Append($"| left out: {reason} | {count} | | | | | |\n");
        }
        text.Append('\n');
        place.Replace($"training {table}", text.ToString());
    }

    private static void Row(StringBuilder text, TrainingErrors e) =>
        text.Append(
            $"| {e.By}: {e.Name} | {e.Count} | {e.Mean:P1} | {e.Median:P1} | {e.P90:P1} | {e.Bias:P1} | {(double.IsNaN(e.Coverage80) ? "" : e.Coverage80.ToString("P0"))} |\n"
        );
}
