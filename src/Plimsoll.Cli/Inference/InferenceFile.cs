using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Cli.Inference;

/// <summary>Reads files of <c>kind: inference</c> for the inference commands.</summary>
internal static class InferenceFile
{
    /// <summary>The file argument.</summary>
    public static Argument<string> Argument() =>
        new("file")
        {
            Description =
                "A YAML file of kind: inference; see examples/inference, and 'plimsoll study schema inference' for its keys.",
        };

    /// <summary>Reads a case, with everything wrong reported at once.</summary>
    public static InferenceCase Read(string path)
    {
        var values = InputFiles.Read(path, "inference");
        var catalog = FactCatalog.Shipped();
        var view = values.MonthOrNull("as_of") is { } month
            ? catalog.AsOf(month)
            : catalog.AsOf(new DateOnly(9999, 12, 31));
        var installation = InferenceReader.Read(values, view, path, InputFiles.FolderOf(path));
        // A trace is read as it is served; clients are looked at before, as the check does.
        return
            installation.Workload.Trace is null
            && RequestCheck.Of(installation, values, path) is { Count: > 0 } findings
            ? throw new InputException(findings)
            : installation;
    }
}
