using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Yaml;

namespace Plimsoll.Cli;

/// <summary>Reads and checks a file of any kind.</summary>
internal static class InputFiles
{
    /// <summary>The tables of all kinds of file, by the word after <c>kind:</c>.</summary>
    public static IReadOnlyDictionary<string, InputTable> Kinds { get; } =
        new[]
        {
            // One line a kind; each layer owns its table.
            Studies.StudyInputs.Table(),
            Plimsoll.Market.MarketFiles.MarketInputs.Table(),
            Serving.Cases.InferenceInputs.Table(),
            Performance.Training.TrainingInputs.Table(),
            Plimsoll.Finance.FinanceCaseInputs.Table(),
            Sweeps.SweepInputs.Table(),
            Portfolios.PortfolioInputs.Table(),
            Audits.AuditInputs.Table(),
            Plimsoll.Market.VoucherDesign.VoucherInputs.Table(),
            Books.BookInputs.Table(),
        }.ToDictionary(t => t.Kind, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> _readers = new(StringComparer.Ordinal)
    {
        ["study"] = "study run",
        ["market"] = "market run",
        ["inference"] = "inference simulate",
        ["training"] = "training estimate",
        ["finance"] = "finance run",
        ["sweep"] = "sweep",
        ["portfolio"] = "portfolio run",
        ["audit"] = "audit",
        ["voucher"] = "voucher",
        ["book"] = "book",
    };

    /// <summary>Folders below which any file may name others, beside its own folder: those listed in PLIMSOLL_FOLDERS, parted as in PATH.</summary>
    public static IReadOnlyList<string> FurtherFolders =>
        (Environment.GetEnvironmentVariable("PLIMSOLL_FOLDERS") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>The folders below which a file may name others: its own and <see cref="FurtherFolders"/>.</summary>
    /// <param name="path">The file.</param>
    public static StudyFolder FolderOf(string path) => StudyFolder.Of(path, FurtherFolders);

    /// <summary>Reads a file as it stands and finds its kind.</summary>
    /// <param name="file">Its name and bytes.</param>
    /// <param name="table">Table of its kind.</param>
    /// <param name="kind">The kind it must have; null for any.</param>
    /// <exception cref="InputException">It is no YAML, or of no such kind.</exception>
    public static InputNode Written(InputFile file, out InputTable table, string? kind = null)
    {
        var path = file.Name;
        var root = YamlInput.Read(file.Bytes, path);
        var entry = (root as InputMapping)?.Find("kind");
        var word = (entry?.Value as InputScalar)?.Text;
        var allowed = kind is null ? string.Join(", ", Kinds.Keys) : kind;
        if (
            word is null
            || !Kinds.TryGetValue(word, out table!)
            || (kind is not null && word != kind)
        )
        {
            var near = word is null ? null : NearestName.Of(word, Kinds.Keys);
            var finding = new Finding(
                new InputPath("kind"),
                "kind",
                word is null ? "no kind" : $"'{InputText.Cut(word)}'",
                $"one of {allowed}",
                word is not null && Kinds.ContainsKey(word)
                        ? $"'plimsoll {_readers[word]}' reads a file of kind '{word}'."
                    : near is null ? $"Begin the file with 'kind: {kind ?? "study"}'."
                    : $"Did you mean '{near}'?"
            );
            throw new InputException([
                new LocatedFinding(
                    path,
                    entry?.Value.Line ?? root.Line,
                    entry?.Value.Column ?? root.Column,
                    finding
                ),
            ]);
        }
        return root;
    }

    /// <summary>The bytes of a file, within the size that a study may have.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static InputFile Open(string path)
    {
        try
        {
            return InputFile.Read(path, YamlInput.MaxBytes);
        }
        catch (FileRefusedException refusal)
        {
            throw new InputException([refusal.Located()]);
        }
    }

    /// <summary>Reads a file, finds its kind and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The kind it must have; null for any.</param>
    /// <exception cref="InputException">Anything wrong, all at once.</exception>
    public static InputValues Read(string path, string? kind = null) => Read(Open(path), kind);

    /// <summary>Finds the kind of a file that was read, and checks it.</summary>
    /// <param name="file">Its name and bytes.</param>
    /// <param name="kind">The kind it must have; null for any.</param>
    /// <exception cref="InputException">Anything wrong, all at once.</exception>
    public static InputValues Read(InputFile file, string? kind = null)
    {
        var path = file.Name;
        var root = Written(file, out var table, kind);
        var catalog = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        var names = new CatalogNames(catalog);
        if (root is InputMapping written)
        {
            // What was renamed is warned of by the check; a run reads it as before.
            root = names.In(FileVersion.Read(written, table, path).Root, table);
            if (table.Kind == "study")
            {
                var folder = FolderOf(path);
                root = Studies.ServingProfile.Read(
                    Studies.ActualsTable.Read((InputMapping)root, path, folder),
                    path,
                    folder
                );
            }
            if (table.Kind == Portfolios.PortfolioInputs.Kind)
            {
                root = Portfolios.UnknownWords.LeftOut((InputMapping)root, table);
            }
        }
        var findings = new InputCheck(table, catalog.Names, path) { Meant = names.Meant }.Run(root);
        if (findings.Count > 0)
        {
            throw new InputException(
                table.Kind == "study" && root is InputMapping rest
                    ? Studies.StudyCheck.Beside(findings, rest, table, catalog.Names, path)
                    : findings
            );
        }
        var values = new InputValues(table, (InputMapping)root);
        var faults = Warnings(path, values);
        if (faults.Any(f => !f.Finding.IsWarning))
        {
            throw new InputException(faults);
        }
        return values;
    }

    /// <summary>What is wrong with a file whose every value is sound: what contradicts itself in a study, amounts out of proportion in any kind; and what its report must warn of.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Its values.</param>
    public static IReadOnlyList<LocatedFinding> Warnings(string path, InputValues values) =>
        values.Table.Kind == "study"
            ? Studies.StudyCheck.Of(values, FactCatalog.Shipped(), path)
            : Studies.FileMagnitudes.Of(values, FactCatalog.Shipped(), path, Table(path, values));

    /// <summary>Says what a report would warn of where the kind of file has no place for it.</summary>
    /// <param name="warnings">Warnings.</param>
    /// <param name="book">The language; English when left out.</param>
    public static void Say(IEnumerable<LocatedFinding> warnings, Decisions.PhraseBook? book = null)
    {
        foreach (var warning in warnings)
        {
            ToldFinding.Tell(warning, book);
        }
    }

    /// <summary>The table of a finance case's outlook; null without one, or when it cannot be read, which its reader says.</summary>
    private static CsvTable? Table(string path, InputValues values)
    {
        if (
            values.Table.Kind != "finance"
            || values.Section("outlook").TextOrNull("csv") is not { } name
        )
        {
            return null;
        }
        try
        {
            return CsvTable.Parse(FolderOf(path).Read(name, FileBounds.Table).Text(), name);
        }
        catch (Exception e) when (e is FileRefusedException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The keys of a file that are read although they have been renamed.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<LocatedFinding> Renamed(string path) =>
        Written(Open(path), out var table) is InputMapping root
            ? FileVersion.Read(root, table, path).Warnings
            : [];
}
