using System.Globalization;
using Plimsoll.Catalog;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study sees nothing that was published after its decision.</summary>
public sealed class LookAheadTest
{
    private static readonly DateOnly _decided = new(2024, 3, 31);

    [Fact]
    public void Altering_every_later_fact_and_fitted_artefact_leaves_the_result_byte_identical()
    {
        var (doctored, changed) = Doctored(after: true);
        Assert.True(changed > 500, $"only {changed} later rows were altered");
        Assert.NotEqual(FactCatalog.Shipped().Hash, doctored.Hash);
        Assert.Equal(
            SmallStudy.Json(SmallStudy.Plain),
            SmallStudy.Json(SmallStudy.Run(SmallStudy.Text, catalog: doctored))
        );
    }

    /// <summary>The test above can fail: the same alteration of earlier rows changes the result.</summary>
    [Fact]
    public void Altering_earlier_facts_changes_the_result()
    {
        var (doctored, _) = Doctored(after: false);
        Assert.NotEqual(
            SmallStudy.Json(SmallStudy.Plain),
            SmallStudy.Json(SmallStudy.Run(SmallStudy.Text, catalog: doctored))
        );
    }

    /// <summary>Every number published after (or, for rents, tokens and tariffs, before) the decision is multiplied.</summary>
    private static (FactCatalog Catalog, int Changed) Doctored(bool after)
    {
        var changed = 0;
        var files = FactCatalog
            .ShippedFiles()
            .Select(f =>
            {
                if (
                    !after
                    && f.Path is not ("rents.csv" or "tokens.csv" or "sites.csv" or "targets.csv")
                )
                {
                    return f;
                }
                var (text, n) = f.Path.StartsWith("derived/", StringComparison.Ordinal)
                    ? Derived(f.Text, f.Path)
                    : Facts(f.Text, f.Path, after);
                changed += n;
                return (f.Path, text);
            })
            .ToList();
        return (FactCatalog.FromTexts(files), changed);
    }

    private static (string Text, int Changed) Facts(string text, string file, bool after)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var kind = Path.GetFileNameWithoutExtension(file);
        var changed = 0;
        foreach (var fact in CatalogReader.Read(kind, text, file))
        {
            if (
                fact.Text.Published > _decided != after
                || fact.Number is not { Value: not 0 } number
                || fact.Text.Unit is "deg" or "fraction"
                || lines[fact.Line - 1].Contains('"', StringComparison.Ordinal)
                    && !Plain(lines[fact.Line - 1])
            )
            {
                continue;
            }
            var cells = lines[fact.Line - 1].Split(',');
            var start = Array.FindIndex(cells, c => c == fact.Text.Value);
            if (start < 0 || start + 2 >= cells.Length)
            {
                continue;
            }
            for (var i = start; i < start + 3; i++)
            {
                if (
                    double.TryParse(
                        cells[i],
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var value
                    )
                )
                {
                    cells[i] = (value * 1.4).ToString("R", CultureInfo.InvariantCulture);
                }
            }
            lines[fact.Line - 1] = string.Join(',', cells);
            changed++;
        }
        return (string.Join('\n', lines) + "\n", changed);
    }

    /// <summary>A line whose value stands before any quoted cell.</summary>
    private static bool Plain(string line)
    {
        var before = line[..line.IndexOf('"', StringComparison.Ordinal)];
        return before.Count(c => c == ',') >= 5;
    }

    private static (string Text, int Changed) Derived(string text, string file)
    {
        var derived = DerivedTable.Read(Path.GetFileNameWithoutExtension(file), text, file);
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var changed = 0;
        foreach (var (row, to) in derived.Table.Rows.Zip(derived.DataTo))
        {
            if (to <= _decided)
            {
                continue;
            }
            var cells = lines[row.Line - 1].Split(',');
            for (var i = 0; i < cells.Length; i++)
            {
                if (
                    cells[i].Contains('.', StringComparison.Ordinal)
                    && double.TryParse(
                        cells[i],
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var value
                    )
                )
                {
                    cells[i] = (value * 1.1).ToString("R", CultureInfo.InvariantCulture);
                }
            }
            lines[row.Line - 1] = string.Join(',', cells);
            changed++;
        }
        return (string.Join('\n', lines) + "\n", changed);
    }
}
