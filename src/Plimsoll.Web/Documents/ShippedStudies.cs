using System.Reflection;
using System.Text;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Documents;

/// <summary>The studies and portfolios inside the program.</summary>
internal static class ShippedStudies
{
    private const string Prefix = "studies/";

    /// <summary>A province's vouchers, with the market that they are tried in.</summary>
    private const string Province = "province-vouchers";

    /// <summary>A portfolio to be written: one centre to begin with.</summary>
    public const string NewPortfolio = "new-portfolio";

    // Read and checked once: what ships does not change while the program runs.
    private static readonly Lazy<IReadOnlyDictionary<string, StudyDocument>> _documents = new(() =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^".yaml".Length])
            .Concat([Province, NewPortfolio])
            .ToDictionary(n => n, n => StudyDocument.Of(Text(n)!), StringComparer.Ordinal)
    );

    /// <summary>Names of the studies.</summary>
    public static IReadOnlyList<string> Names { get; } = Of("study");

    /// <summary>Names of the portfolios.</summary>
    public static IReadOnlyList<string> Portfolios { get; } = Of("portfolio");

    /// <summary>Names of the voucher designs.</summary>
    public static IReadOnlyList<string> Vouchers { get; } = Of(VoucherText.Kind);

    /// <summary>All that can be begun from.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names, .. Portfolios, .. Vouchers];

    /// <summary>One as it ships, checked.</summary>
    public static StudyDocument Document(string name) => _documents.Value[name];

    /// <summary>The text of one; null when there is none of this name.</summary>
    public static string? Text(string name) =>
        name switch
        {
            Province =>
                $"{Resource("vouchers/province.yaml")}---\n{Resource("vouchers/two-halls.yaml")}",
            NewPortfolio => _begun,
            _ => Resource($"{Prefix}{name}.yaml"),
        };

    private const string _begun = """
        kind: portfolio
        name: A portfolio
        decided: 2025-12
        market:
          name: china
        centres:
          - name: "1"
            province: Henan
            site:
              name: Zhengzhou
            fleet:
              - server: 8xH800
                servers: 64
                online: 2024-10
            today:
              let: unknown

        """;

    private static string? Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The text of one with name and explanation in a language, where it is told in it: a copy is its reader's. Null when there is none of this name.</summary>
    /// <param name="name">Its name among those that ship.</param>
    /// <param name="language">The reader's.</param>
    public static string? In(string name, Language language)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        foreach (
            var (key, phrase) in new[]
            {
                ("name", "shipped." + name),
                ("explanation", $"shipped.{name}.what"),
            }
        )
        {
            text = language.Keys.Contains(phrase)
                ? YamlEdit.Set(text, key, language[phrase], words: true)
                : text;
        }
        return text;
    }

    private static IReadOnlyList<string> Of(string kind) =>
        [
            .. _documents
                .Value.Where(d => d.Key != NewPortfolio && d.Value.Scalar("kind") == kind)
                .Select(d => d.Key)
                .Order(StringComparer.Ordinal),
        ];
}
