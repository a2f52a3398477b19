using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>A model as its config.json gives it: the architecture, how the checkpoint is stored, and what makes the reading doubtful.</summary>
/// <param name="Model">The architecture.</param>
/// <param name="Stored">How its weights are stored.</param>
/// <param name="Type">The file's word for its kind; empty when it has none.</param>
internal sealed partial record PublishedModel(
    LanguageModel Model,
    ConfigPrecision Stored,
    string Type
)
{
    /// <summary>Widest first.</summary>
    private static readonly string[] _widths = ["bf16", "fp8", "int8", "int4", "fp4"];

    /// <summary>How far the parameters read may be from those in the file's name: names round, and leave out embeddings.</summary>
    private const double NameTolerance = 0.2;

    /// <summary>The precision served: as stated, else as the checkpoint is stored; null when neither tells.</summary>
    public string? Precision(string? stated) =>
        stated ?? (Stored.Served.Length > 0 ? Stored.Served : null);

    /// <summary>Whether weights alone are narrow as they are served: the checkpoint's are, and nothing else is stated.</summary>
    public bool WeightsOnly(string? stated) =>
        Stored.WeightsOnly && (stated is null || stated == Stored.Served);

    /// <summary>What was read, for a screen.</summary>
    public string Said
    {
        get
        {
            var sizes = ModelSizes.Of(Model);
            var active =
                Model.Experts > 0 ? $", {Billions(sizes.ActiveWeights)} of them used a token" : "";
            var stored =
                Stored.Method.Length > 0
                    ? $"; stored in {Stored.Published} ({Stored.Method}{(Stored.WeightsOnly ? ", weights only" : "")})"
                    : "; not quantised";
            return $"{Billions(sizes.TotalWeights)} parameters read from its config.json{active}{stored}";
        }
    }

    /// <summary>What makes it doubtful though it can be served.</summary>
    /// <param name="stated">Precision that the user states; null when silent.</param>
    public IEnumerable<Finding> Doubts(string? stated)
    {
        var path = new InputPath("model_file");
        if (!ConfigKinds.IsKnown(Type))
        {
            var near = NearestName.Several(Type, [.. ConfigKinds.Known], 3);
            yield return new Finding(
                path,
                "unknown-architecture",
                Type.Length > 0 ? $"model_type '{Type}'" : "no model_type",
                "a kind of model whose config.json is known to be read rightly",
                $"{Said}: compare with what its makers publish. An engine may refuse a kind that it does not know."
                    + (near.Count > 0 ? $" Nearest: {string.Join(", ", near)}." : "")
            );
        }
        if (NamedBillions(Model.Name) is { } named)
        {
            var read = ModelSizes.Of(Model).TotalWeights / 1e9;
            if (Math.Abs((read / named) - 1) > NameTolerance)
            {
                yield return new Finding(
                    path,
                    "parameters",
                    $"{read.ToString("0.0", CultureInfo.InvariantCulture)} billion parameters read from {Model.Name}",
                    $"about the {named.ToString("0.#", CultureInfo.InvariantCulture)} billion of its name",
                    "A field of its architecture is read wrongly or missing: compare with what its makers publish."
                );
            }
        }
        if (
            stated is not null
            && Stored.Served.Length > 0
            && Array.IndexOf(_widths, stated) < Array.IndexOf(_widths, Stored.Served)
            && Stored.Published != "mxfp4"
        )
        {
            yield return new Finding(
                new InputPath("precision"),
                "precision",
                stated,
                $"{Stored.Served}, in which the checkpoint is stored ({Stored.Method})",
                "Engines serve a checkpoint as it is stored; leave the key out, unless yours is another."
            );
        }
    }

    /// <summary>Billions of parameters in a file's or folder's name, as 7B or 0.5b; null when it has none or several.</summary>
    private static double? NamedBillions(string name)
    {
        // Of 30B-A3B or 8x7B neither number is the whole.
        var found = InName().Matches(name);
        return found.Count == 1
            ? double.Parse(found[0].Groups["n"].Value, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(
        "(?<![0-9A-Za-z.])(?<n>[0-9]{1,4}(?:\\.[0-9]{1,2})?)[bB](?![0-9A-Za-z])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex InName();

    private static string Billions(double count) =>
        $"{(count / 1e9).ToString(count >= 1e11 ? "0" : "0.0", CultureInfo.InvariantCulture)} billion";
}
