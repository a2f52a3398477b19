using System.CommandLine;
using Plimsoll.Catalog;
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
    public static InferenceCase Read(string path) =>
        InferenceReader.Read(InputFiles.Read(path, "inference"), FactCatalog.Shipped(), path);
}
