using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Portfolios;

/// <summary>Places as people write them: names of the catalogue in any language and spelling, and what to do about a place that it does not know.</summary>
/// <remarks>
/// A table has one column for where a centre is. What stands there under <c>site.place</c> with nothing that says where it is, and is the name of a known
/// site, is that site.
/// </remarks>
internal sealed class KnownPlaces
{
    private const string Kind = "sites";

    /// <summary>A text of fewer signs is near only to one that begins alike: of two Chinese signs one is half.</summary>
    private const int Short = 3;

    /// <summary>Keys that say where a written place is.</summary>
    private static readonly string[] _where = ["near", "latitude", "longitude", "country"];

    private readonly CatalogView _view;
    private readonly CatalogNames _names;

    /// <summary>The places of a view.</summary>
    /// <param name="view">Of all days.</param>
    public KnownPlaces(CatalogView view) => (_view, _names) = (view, new CatalogNames(view));

    /// <summary>A file in which every name of the catalogue is the entry's own, and a known place is the catalogue's site.</summary>
    /// <param name="root">The file as written.</param>
    /// <param name="table">Its table.</param>
    public InputMapping In(InputMapping root, InputTable table)
    {
        var named = _names.In(root, table);
        return named with
        {
            Entries =
            [
                .. named.Entries.Select(e =>
                    e.Key == PortfolioInputs.Centres && e.Value is InputSequence list
                        ? e with
                        {
                            Value = list with { Items = [.. list.Items.Select(Centre)] },
                        }
                        : e
                ),
            ],
        };
    }

    /// <summary>What is wrong with a file, with what to do about places that nobody knows.</summary>
    /// <param name="root">The file.</param>
    /// <param name="table">Its table.</param>
    /// <param name="file">Name of the file for messages.</param>
    public IReadOnlyList<LocatedFinding> Check(InputMapping root, InputTable table, string file) =>
        [
            .. new InputCheck(table, _view.Names, file) { Meant = _names.Meant }
                .Run(root)
                .Select(f => f with { Finding = Hinted(f.Finding, null) }),
        ];

    /// <summary>A finding on a place, with the nearest known one and how a place of one's own is written; any other as it is.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="province">The centre's province; null where it is not given.</param>
    public Finding Hinted(Finding finding, string? province) =>
        finding.Rule switch
        {
            "not-a-choice" when finding.Path.Text.EndsWith("site.name", StringComparison.Ordinal) =>
                finding with
                {
                    Remedy =
                        $"{finding.Remedy} A place that the catalogue does not know is written under 'site.place', with 'site.near' or its latitude, longitude and country.",
                },
            "place-unknown" => finding with
            {
                Remedy = Nearest(finding.Found.Trim('\''), province) + finding.Remedy,
            },
            _ => finding,
        };

    private InputNode Centre(InputNode node) =>
        node is InputMapping centre
            ? centre with
            {
                Entries =
                [
                    .. centre.Entries.Select(e =>
                        e is { Key: "site", Value: InputMapping site }
                            ? e with
                            {
                                Value = Site(site),
                            }
                            : e
                    ),
                ],
            }
            : node;

    private InputMapping Site(InputMapping site) =>
        site.Find("place") is { Value: InputScalar place } entry
        && site.Find("name") is null
        && _where.All(k => site.Find(k) is null)
        && _names.Find(Kind, place.Text) is { } name
            ? site with
            {
                Entries =
                [
                    .. site.Entries.Select(e =>
                        e == entry ? e with { Key = "name", Value = place with { Text = name } } : e
                    ),
                ],
            }
            : site;

    /// <summary>The known site spelt most like a text, or those of its province; empty where none is.</summary>
    private string Nearest(string text, string? province)
    {
        var near = NearestName.Of(
            text,
            _view
                .Entries(Kind)
                .SelectMany(e => new[] { e.Name, e.TextOrNull("name_zh") })
                .OfType<string>()
                .Where(n => text.Length >= Short || n[0] == text[0])
        );
        var site = near is null ? null : _names.Find(Kind, near);
        if (site is not null)
        {
            return site == near ? $"Did you mean '{site}'? " : $"Did you mean '{near}' ({site})? ";
        }
        var around = province is null ? [] : _names.Meant(Kind, province);
        return around.Count > 0
            ? $"Of its province the catalogue knows {string.Join(", ", around)}. "
            : "";
    }
}
