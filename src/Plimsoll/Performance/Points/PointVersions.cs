using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;

namespace Plimsoll.Performance.Points;

/// <summary>Tells versions that an engine's maker may have released from those that cannot be.</summary>
/// <param name="view">The catalogue, whose calibration knows the versions that were measured.</param>
/// <remarks>
/// A user measures what is newer than anything known here, so a version need not be known: it must be numbered as its maker numbers them, and not be further on than two years of monthly
/// releases beyond the newest known. Names without a number are builds from a branch; those that were measured are known.
/// </remarks>
internal sealed partial class PointVersions(CatalogView view)
{
    // vLLM came from 0.6 to 0.19 in nineteen months; every maker counts its first number up by one.
    private const int MonthlyReleases = 24;

    private readonly Lazy<Calibration> _calibration = new(() => Calibration.Of(view));

    /// <summary>What is wrong with a version; empty where nothing is, or none is named.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="version">As written.</param>
    public string Fault(ServingEngine engine, string version)
    {
        if (version.Length == 0)
        {
            return "";
        }
        var known = _calibration.Value.VersionsOf(engine, DateOnly.MaxValue);
        var newest = known.LastOrDefault(EngineVersion.IsNumbered);
        var example = newest ?? "0.6.4";
        if (known.Contains(version, StringComparer.Ordinal))
        {
            return "";
        }
        if (Form().Match(version) is not { Success: true } form)
        {
            return $"found '{version}'; expected a number as {engine.Word()} has them, such as {example}";
        }
        if (newest is null || Form().Match(newest) is not { Success: true } last)
        {
            return "";
        }
        var (major, minor) = Numbers(form);
        var (lastMajor, lastMinor) = Numbers(last);
        var most = major == lastMajor ? lastMinor + MonthlyReleases : MonthlyReleases;
        return major < lastMajor || (major <= lastMajor + 1 && minor <= most)
            ? ""
            : $"found '{version}'; expected a version that {engine.Word()} has reached: the newest measured is {newest}";
    }

    private static (int Major, int Minor) Numbers(Match form) =>
        (Number(form.Groups["major"].Value), Number(form.Groups["minor"].Value));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^v?(?<major>\d{1,4})\.(?<minor>\d{1,4})(\.\d{1,4})?([.+-]?[a-z][a-z0-9.+-]{0,40})?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
