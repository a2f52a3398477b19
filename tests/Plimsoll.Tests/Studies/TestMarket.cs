using System.Globalization;
using Plimsoll.Catalog;

namespace Plimsoll.Tests.Studies;

/// <summary>
/// The shipped catalogue with a market of some twenty centres in place of several hundred: as much capacity and as many orders, in projects
/// twenty times as large, and three of the ensemble's members for each rent law and link. Everything else of a study is as shipped.
/// </summary>
internal static class TestMarket
{
    private const double Larger = 20;
    private const int MembersOfALaw = 3;
    private const int NamedCentres = 2;

    private static readonly string[] _fewer = ["ProjectsStart", "BaseOrders", "PushOrders"];

    private static readonly Lazy<FactCatalog> _catalogue = new(() =>
        FactCatalog.FromTexts(
            FactCatalog.ShippedFiles().Select(f => (f.Path, Edited(f.Path, f.Text)))
        )
    );

    /// <summary>The catalogue.</summary>
    public static FactCatalog Catalogue => _catalogue.Value;

    private static string Edited(string path, string text) =>
        path.Contains("market-ensemble", StringComparison.Ordinal) ? Ensemble(text)
        : path.EndsWith("projects.csv", StringComparison.Ordinal) ? Projects(text)
        : text;

    private static string Ensemble(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var names = lines[0].Split(',');
        var kept = new List<string> { lines[0] };
        foreach (var members in lines.Skip(1).Select(l => l.Split(',')).GroupBy(c => (c[0], c[1])))
        {
            foreach (var cells in members.Take(MembersOfALaw))
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    var factor =
                        _fewer.Contains(names[i]) ? 1 / Larger
                        : names[i] == "ProjectSize" ? Larger
                        : 1;
                    if (factor != 1)
                    {
                        cells[i] = (
                            double.Parse(cells[i], CultureInfo.InvariantCulture) * factor
                        ).ToString("R", CultureInfo.InvariantCulture);
                    }
                }
                kept.Add(string.Join(',', cells));
            }
        }
        return string.Join('\n', kept) + "\n";
    }

    private static string Projects(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var named = lines
            .Skip(1)
            .Select(l => l.Split(',')[0])
            .Distinct(StringComparer.Ordinal)
            .Take(NamedCentres)
            .ToHashSet(StringComparer.Ordinal);
        return string.Join(
                '\n',
                lines.Take(1).Concat(lines.Skip(1).Where(l => named.Contains(l.Split(',')[0])))
            ) + "\n";
    }
}
