using System.Reflection;
using System.Text;

namespace Plimsoll.Web.Charts;

/// <summary>Outlines of land, 360 wide and 180 high: degrees east + 180, 90 - degrees north. From world-atlas 2.0.2 (ISC), made of Natural Earth's land at 1:110 million.</summary>
internal static class Land
{
    private static readonly Lazy<string> _path = new(() =>
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("assets/land.txt")!,
            Encoding.UTF8
        );
        return reader.ReadToEnd().Trim();
    });

    /// <summary>The path of an SVG.</summary>
    public static string Path => _path.Value;
}
