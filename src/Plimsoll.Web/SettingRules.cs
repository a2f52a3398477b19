using System.Globalization;
using System.Net;
using System.Reflection;
using Npgsql;
using Plimsoll.Inputs;
using Plimsoll.Jobs;

namespace Plimsoll.Web;

/// <summary>What each setting may be; what none can mean ends the start.</summary>
internal static class SettingRules
{
    private const string Section = "Workbench";

    /// <summary>One rule.</summary>
    /// <param name="Name">The setting.</param>
    /// <param name="Expected">What it may be.</param>
    /// <param name="Holds">True when it is.</param>
    private sealed record Rule(string Name, string Expected, Func<WorkbenchSettings, bool> Holds);

    private static readonly Rule[] _rules =
    [
        new(
            nameof(WorkbenchSettings.Database),
            "sqlite or postgresql",
            s => s.Database is "sqlite" or "postgresql"
        ),
        new(
            nameof(WorkbenchSettings.Connection),
            "a connection string as Host=...;Database=...;Username=... with postgresql, and nothing with sqlite",
            s => s.Database == "postgresql" ? Connects(s.Connection) : s.Connection.Length == 0
        ),
        new(
            nameof(WorkbenchSettings.RunThreads),
            "a whole number from 0 to 1024",
            s => s.RunThreads is >= 0 and <= 1024
        ),
        new(
            nameof(WorkbenchSettings.RunsAtOnce),
            "a whole number from 0 to 1024",
            s => s.RunsAtOnce is >= 0 and <= 1024
        ),
        new(
            nameof(WorkbenchSettings.RunsPerUser),
            "a whole number of at least 1",
            s => s.RunsPerUser >= 1
        ),
        new(
            nameof(WorkbenchSettings.MostDraws),
            "a whole number from 30 to 100000",
            s => s.MostDraws is >= 30 and <= 100_000
        ),
        new(
            nameof(WorkbenchSettings.MostMonths),
            "a whole number of at least 1",
            s => s.MostMonths >= 1
        ),
        new(
            nameof(WorkbenchSettings.MostMegabytes),
            "a number greater than 0",
            s => Positive(s.MostMegabytes)
        ),
        new(
            nameof(WorkbenchSettings.MostMinutes),
            "a number greater than 0",
            s => Positive(s.MostMinutes)
        ),
        new(
            nameof(WorkbenchSettings.MostPortfolioMinutes),
            "a number greater than 0, at most 40000",
            s => Positive(s.MostPortfolioMinutes) && s.MostPortfolioMinutes <= 40_000
        ),
        new(
            nameof(WorkbenchSettings.MostStudyBytes),
            "a whole number from 1000 to 100000000",
            s => s.MostStudyBytes is >= 1000 and <= 100_000_000
        ),
        new(
            nameof(WorkbenchSettings.MostStudies),
            "a whole number of at least 1",
            s => s.MostStudies >= 1
        ),
        new(
            nameof(WorkbenchSettings.HeldStudies),
            "a whole number of at least 1",
            s => s.HeldStudies >= 1
        ),
        new(
            nameof(WorkbenchSettings.RequestsPerSecond),
            "a whole number of at least 1",
            s => s.RequestsPerSecond >= 1
        ),
        new(
            nameof(WorkbenchSettings.RequestBurst),
            "a whole number of at least 1",
            s => s.RequestBurst >= 1
        ),
        new(
            nameof(WorkbenchSettings.FirstUser),
            "a name of 1 to 100 characters",
            s => s.FirstUser.Length is > 0 and <= 100
        ),
        new(
            nameof(WorkbenchSettings.FirstPassword),
            "a password of at least 12 characters",
            s => s.FirstPassword.Length is 0 or >= 12
        ),
        new(
            nameof(WorkbenchSettings.Telemetry),
            "an address as http://host:4317",
            s => s.Telemetry.Length == 0 || Address(s.Telemetry)
        ),
        new(
            nameof(WorkbenchSettings.OpenIdAuthority),
            "an address that begins with https://",
            s =>
                s.OpenIdAuthority.Length == 0
                || (
                    Address(s.OpenIdAuthority)
                    && s.OpenIdAuthority.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                )
        ),
        new(
            nameof(WorkbenchSettings.OpenIdClient),
            "this program's name at the issuer that Workbench:OpenIdAuthority names",
            s => s.OpenIdAuthority.Length == 0 || s.OpenIdClient.Length > 0
        ),
        new(
            nameof(WorkbenchSettings.AllowedHosts),
            "names of hosts without a port, separated by commas",
            s =>
                Array.TrueForAll(
                    WorkbenchSettings.List(s.AllowedHosts),
                    h => Uri.CheckHostName(h) != UriHostNameType.Unknown
                )
        ),
        new(
            nameof(WorkbenchSettings.KnownProxies),
            "addresses as 10.0.0.5 or networks as 10.0.0.0/24, separated by commas",
            s =>
                Array.TrueForAll(
                    WorkbenchSettings.List(s.KnownProxies),
                    p => IPAddress.TryParse(p, out _) || IPNetwork.TryParse(p, out _)
                )
        ),
        new(
            nameof(WorkbenchSettings.KeyCertificate),
            "a certificate with its private key (PFX) that Workbench:KeyCertificatePassword opens",
            s => s.KeyCertificate.Length == 0 || Access.KeyCertificate.Opens(s)
        ),
        new(
            nameof(WorkbenchSettings.FourEyes),
            "true only with Workbench:Accounts",
            s => !s.FourEyes || s.Accounts
        ),
        new(
            nameof(WorkbenchSettings.BaseMap),
            "an image (.png, .jpg, .webp), or a folder of tiles ROW_COLUMN.png without a gap",
            s => s.BaseMap.Length == 0 || Charts.BaseMap.Tiles(s.BaseMap).Count > 0
        ),
        new(
            nameof(WorkbenchSettings.BaseMapBounds),
            "degrees west, south, east, north of the base map, such as 73,18,135,54",
            s => s.BaseMap.Length == 0 || Charts.BaseMap.Bounds(s.BaseMapBounds) is not null
        ),
        new(
            nameof(WorkbenchSettings.BaseMapCredit),
            "whose the base map is and under which number it was approved",
            s => s.BaseMap.Length == 0 || s.BaseMapCredit.Length is > 0 and <= 300
        ),
    ];

    /// <summary>The settings of a configuration.</summary>
    /// <exception cref="SettingException">One is unknown, or nothing that it can be.</exception>
    public static WorkbenchSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        foreach (var given in section.GetChildren())
        {
            var property = Array.Find(
                typeof(WorkbenchSettings).GetProperties(
                    BindingFlags.Public | BindingFlags.Instance
                ),
                p => p.CanWrite && p.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase)
            );
            if (property is null)
            {
                throw new SettingException(
                    $"{Section}:{InputText.Cut(given.Key)} is no setting; docs/workbench.md lists those there are."
                );
            }
            if (Kind(property.PropertyType, given.Value ?? "") is { } kind)
            {
                throw Wrong(section, property.Name, kind);
            }
        }
        var settings = section.Get<WorkbenchSettings>() ?? new WorkbenchSettings();
        return Array.Find(_rules, r => !r.Holds(settings)) is { } broken
            ? throw Wrong(section, broken.Name, broken.Expected)
            : settings;
    }

    private static SettingException Wrong(IConfiguration section, string name, string expected) =>
        // What is secret is not shown.
        name
            is nameof(WorkbenchSettings.Connection)
                or nameof(WorkbenchSettings.FirstPassword)
                or nameof(WorkbenchSettings.OpenIdSecret)
                or nameof(WorkbenchSettings.KeyCertificatePassword)
            ? new SettingException($"{Section}:{name} cannot be used: expected {expected}.")
            : new SettingException(
                $"{Section}:{name} is '{InputText.Cut(section[name] ?? "")}': expected {expected}."
            );

    /// <summary>What a value must be to be of a type; null when it is.</summary>
    private static string? Kind(Type type, string value) =>
        type == typeof(bool) && !bool.TryParse(value, out _) ? "true or false"
        : type == typeof(int) && !int.TryParse(value, CultureInfo.InvariantCulture, out _)
            ? "a whole number"
        : type == typeof(double) && !double.TryParse(value, CultureInfo.InvariantCulture, out _)
            ? "a number"
        : null;

    private static bool Positive(double value) => double.IsFinite(value) && value > 0;

    private static bool Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static bool Connects(string value)
    {
        try
        {
            return RunLedger.IsPostgres(value)
                && new NpgsqlConnectionStringBuilder(value).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
