using System.Security.Cryptography;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Web.Documents;

/// <summary>A study's text, what is wrong with it, and its values by path: the form and the text are views of this.</summary>
public sealed class StudyDocument
{
    private static readonly InputTable _portfolio = PortfolioInputs.Table();

    private StudyDocument(
        string text,
        InputMapping? root,
        IReadOnlyList<LocatedFinding> findings,
        bool readable
    ) => (Text, Root, Findings, Readable) = (text, root, findings, readable);

    /// <summary>The rows of a study file.</summary>
    public static InputTable Table { get; } = StudyInputs.Table();

    /// <summary>The rows of a file by the word after <c>kind:</c>; of one that is none of the others a study's.</summary>
    public static InputTable TableOf(string kind) =>
        kind switch
        {
            PortfolioInputs.Kind => _portfolio,
            VoucherText.Kind => VoucherText.Table,
            _ => Table,
        };

    /// <summary>The rows of this file.</summary>
    public InputTable Rows => TableOf(Scalar("kind"));

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Its nodes; null where the text is no group of keys.</summary>
    public InputMapping? Root { get; }

    /// <summary>All findings at once, in file order.</summary>
    public IReadOnlyList<LocatedFinding> Findings { get; }

    /// <summary>False when the text is no YAML: then there is no form to show.</summary>
    public bool Readable { get; }

    /// <summary>True when it can be run.</summary>
    public bool Sound => Readable && Findings.All(f => f.Finding.IsWarning);

    /// <summary>SHA-256 of the text, as a manifest names it.</summary>
    public string Sha256 => Hash(Text);

    /// <summary>SHA-256 of a text in UTF-8, lower-case hexadecimal.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads and checks a text.</summary>
    public static StudyDocument Of(string text)
    {
        InputNode root;
        try
        {
            root = YamlInput.Read(VoucherText.Design(text), "study");
        }
        catch (InputException e)
        {
            return new StudyDocument(text, null, e.Findings, false);
        }
        var mapping = root as InputMapping;
        return new StudyDocument(text, mapping, Check(text, root), mapping is not null);
    }

    /// <summary>The nodes of a text that is known to be sound, as written, without checking it again; null where it is no group of keys.</summary>
    /// <param name="text">A text that was checked when it was entered.</param>
    public static InputMapping? Parsed(string text) =>
        YamlInput.Read(VoucherText.Design(text), "study") as InputMapping;

    /// <summary>The same with every name of the catalogue the entry's own, as a run reads it: the door of all that computes or looks something up.</summary>
    /// <param name="text">A text that was checked when it was entered.</param>
    public static InputMapping? Named(string text) =>
        Parsed(text) is not { } written ? null
        : PortfolioText.Is(written) || VoucherText.Is(text) ? written
        : _called.Value.In(written, Table);

    /// <summary>The name that the text gives its study; empty for none.</summary>
    public string Name => Scalar("name");

    /// <summary>True for a portfolio of centres: it is checked and run as one.</summary>
    public bool IsPortfolio => PortfolioText.Is(Root);

    /// <summary>True for a voucher design with its market.</summary>
    public bool IsVoucher => Scalar("kind") == VoucherText.Kind;

    /// <summary>The question that it asks; empty for none.</summary>
    public string Question => Scalar("question");

    /// <summary>A scalar at the top.</summary>
    public string Scalar(string key) => (Root?.Find(key)?.Value as InputScalar)?.Text ?? "";

    private static IReadOnlyList<LocatedFinding> Check(string text, InputNode root)
    {
        try
        {
            if (root is not InputMapping mapping)
            {
                return RowsOf(root);
            }
            if (VoucherText.Is(text))
            {
                return VoucherText.Read(text).Warnings;
            }
            if (PortfolioText.Is(mapping))
            {
                return PortfolioText.Read(mapping).Warnings;
            }
            mapping = _called.Value.In(mapping, Table);
            var findings = RowsOf(mapping);
            return findings.Count > 0
                ? findings
                : StudyCheck.Of(new InputValues(Table, mapping), FactCatalog.Shipped(), "study");
        }
        catch (InputException e)
        {
            return e.Findings;
        }
        catch (Exception e)
            when (e
                    is KeyNotFoundException
                        or InvalidDataException
                        or ArgumentException
                        or FileRefusedException
            )
        {
            // What a layer says without a place still stands in this file.
            return
            [
                new LocatedFinding(
                    "study",
                    1,
                    1,
                    new Finding(
                        InputPath.Root,
                        "cannot-be-run",
                        e.Message,
                        "a study that can be run",
                        "Mend what is named."
                    )
                ),
            ];
        }
    }

    private static IReadOnlyList<LocatedFinding> RowsOf(InputNode root) =>
        new InputCheck(Table, _allNames.Value.Names, "study") { Meant = _called.Value.Meant }.Run(
            root
        );

    // Names of every day: whether a name was known by the decision is judged by the study's own check.
    private static readonly Lazy<CatalogView> _allNames = new(() =>
        FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31))
    );

    private static readonly Lazy<CatalogNames> _called = new(() =>
        new CatalogNames(_allNames.Value)
    );

    /// <summary>Names of a catalogue kind, for choices.</summary>
    public static IReadOnlyCollection<string> Names(string kind) => _allNames.Value.Names(kind);
}
