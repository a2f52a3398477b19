using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Web.Documents;

/// <summary>A voucher design and the market that it is tried in, in one text: a workspace has no folder, so the file of kind market follows the design behind a line <c>---</c>.</summary>
/// <remarks>The two parts are the two files of the command line, the second under the name that the first gives.</remarks>
internal static class VoucherText
{
    /// <summary>The word after <c>kind:</c>.</summary>
    public const string Kind = "voucher";

    private const string Line = "---";

    private static readonly InputTable _market = MarketInputs.Table();

    /// <summary>The table of the design.</summary>
    public static InputTable Table { get; } = VoucherInputs.Table();

    /// <summary>True when a text says that it is one.</summary>
    public static bool Is(string text) => Says(Split(text).Design);

    private static bool Says(string design) =>
        design
            .Split('\n')
            .Any(l => l.StartsWith("kind:", StringComparison.Ordinal) && l[5..].Trim() == Kind);

    /// <summary>The design of such a text; any other text as it is.</summary>
    public static string Design(string text) =>
        Split(text) is var parts && Says(parts.Design) ? parts.Design : text;

    /// <summary>The text with another design before the same market.</summary>
    public static string With(string text, string design)
    {
        var parts = Split(text);
        return parts.Market.Length == 0
            ? design
            : $"{design.TrimEnd('\n')}\n{Line}\n{parts.Market}";
    }

    /// <summary>The file of kind market; empty where none follows.</summary>
    public static string Market(string text) => Split(text).Market;

    /// <summary>The design with its market, and what its page must warn of.</summary>
    /// <param name="text">Both.</param>
    /// <exception cref="InputException">One of them is not sound: every finding at its line of the text.</exception>
    public static (VoucherFile File, IReadOnlyList<LocatedFinding> Warnings) Read(string text)
    {
        var (design, market, before) = Split(text);
        var values = Checked(design, Table, Kind);
        if (market.Length == 0)
        {
            throw new InputException([
                new LocatedFinding(
                    Kind,
                    values.Place(InputPath.Root.Key("market")).Line,
                    1,
                    new Finding(
                        new InputPath("market"),
                        "no-folder",
                        "the name of a market alone",
                        "the market in this text",
                        "A workspace has no folder from which a file could be read: write the market behind a line '---'."
                    )
                ),
            ]);
        }
        MarketFile read;
        try
        {
            read = MarketFileReader.Read(
                Checked(market, _market, "market"),
                "market",
                StudyFolder.None
            );
        }
        catch (InputException e)
        {
            throw new InputException([
                .. e.Findings.Select(f => f with { Line = f.Line + before }),
            ]);
        }
        var file = VoucherFile.Read(values, Kind, read);
        var found = FileMagnitudes.OfVoucher(values, read.Currency, FactCatalog.Shipped(), Kind);
        return found.Any(f => !f.Finding.IsWarning)
            ? throw new InputException(found)
            : (file, found);
    }

    private static InputValues Checked(string text, InputTable table, string name)
    {
        var root = YamlInput.Read(text, name);
        var everything = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        var names = new CatalogNames(everything);
        var called = root is InputMapping mapping
            ? names.In(FileVersion.Read(mapping, table, name).Root, table)
            : root;
        var findings = new InputCheck(table, everything.Names, name) { Meant = names.Meant }.Run(
            called
        );
        return findings.Count > 0
            ? throw new InputException(findings)
            : new InputValues(table, (InputMapping)called);
    }

    /// <summary>The two parts, and the lines before the second.</summary>
    private static (string Design, string Market, int Before) Split(string text)
    {
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, 1, l => l.TrimEnd() == Line);
        return at < 0
            ? (text, "", 0)
            : (string.Join('\n', lines[..at]) + "\n", string.Join('\n', lines[(at + 1)..]), at + 1);
    }
}
