using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Web.Charts;

/// <summary>The ground of the maps that a setting names: an image or tiles in degrees evenly across and up; nothing is fetched from elsewhere.</summary>
internal sealed partial class BaseMap
{
    /// <summary>Where its images are asked for.</summary>
    public const string Place = "/base-map/";

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>A ground as it is set up; none where no setting names one.</summary>
    public BaseMap(WorkbenchSettings settings)
    {
        Credit = settings.BaseMapCredit;
        if (settings.BaseMap.Length == 0 || Bounds(settings.BaseMapBounds) is not { } bounds)
        {
            return;
        }
        var tiles = Tiles(settings.BaseMap);
        if (tiles.Count == 0)
        {
            return;
        }
        var (rows, columns) = (tiles.Max(t => t.Row) + 1, tiles.Max(t => t.Column) + 1);
        var (wide, high) = (
            (bounds.East - bounds.West) / columns,
            (bounds.North - bounds.South) / rows
        );
        foreach (var tile in tiles)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{tile.Row}_{tile.Column}{Path.GetExtension(tile.File).ToLowerInvariant()}"
            );
            _files[name] = tile.File;
            Images.Add(
                new Image(
                    Place + name,
                    bounds.West + 180 + (tile.Column * wide),
                    90 - bounds.North + (tile.Row * high),
                    wide,
                    high
                )
            );
        }
    }

    /// <summary>One image on the ground, 360 wide and 180 high: degrees east + 180, 90 - degrees north.</summary>
    internal sealed record Image(string Address, double X, double Y, double Width, double Height);

    /// <summary>A tile of a folder, from the north-west.</summary>
    internal sealed record Tile(int Row, int Column, string File);

    /// <summary>The images; none where outlines of land are drawn.</summary>
    public List<Image> Images { get; } = [];

    /// <summary>Whose it is.</summary>
    public string Credit { get; }

    /// <summary>The file of an image; null for a name that is none of them.</summary>
    public string? File(string name) => _files.GetValueOrDefault(name);

    /// <summary>Type of an image by its name; null for what is none.</summary>
    public static string? MediaType(string name) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".webp" => "image/webp",
            _ => null,
        };

    /// <summary>What a setting covers; null where it is no such box.</summary>
    /// <param name="setting">Degrees west, south, east, north.</param>
    public static (double West, double South, double East, double North)? Bounds(string setting)
    {
        double[] degrees =
        [
            .. WorkbenchSettings
                .List(setting)
                .Select(p =>
                    double.TryParse(p, CultureInfo.InvariantCulture, out var d) ? d : double.NaN
                ),
        ];
        return
            degrees
                is [
                    >= -180
                    and var west,
                    >= -90
                    and var south,
                    <= 180
                    and var east,
                    <= 90
                    and var north,
                ]
            && west < east
            && south < north
            ? (west, south, east, north)
            : null;
    }

    /// <summary>The tiles of a folder, or the one image; none where something else stands there or a tile is missing.</summary>
    public static IReadOnlyList<Tile> Tiles(string path)
    {
        if (System.IO.File.Exists(path))
        {
            return MediaType(path) is null ? [] : [new Tile(0, 0, Path.GetFullPath(path))];
        }
        if (!Directory.Exists(path))
        {
            return [];
        }
        var tiles = Directory
            .EnumerateFiles(path)
            .Where(f => MediaType(f) is not null)
            .Select(f => (File: f, Match: Name().Match(Path.GetFileNameWithoutExtension(f))))
            .Where(f => f.Match.Success)
            .Select(f => new Tile(
                int.Parse(f.Match.Groups["row"].Value, CultureInfo.InvariantCulture),
                int.Parse(f.Match.Groups["column"].Value, CultureInfo.InvariantCulture),
                Path.GetFullPath(f.File)
            ))
            .OrderBy(t => t.Row)
            .ThenBy(t => t.Column)
            .ToList();
        return
            tiles.Count > 0
            && tiles.DistinctBy(t => (t.Row, t.Column)).Count() == tiles.Count
            && tiles.Count == (tiles.Max(t => t.Row) + 1) * (tiles.Max(t => t.Column) + 1)
            ? tiles
            : [];
    }

    [GeneratedRegex(@"^(?<row>\d{1,3})[_-](?<column>\d{1,3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
