using System.Globalization;

namespace Plimsoll.Files;

/// <summary>Largest files read, by what they hold; each far above what its kind needs, and small enough to be refused before it fills the memory.</summary>
public static class FileBounds
{
    /// <summary>A YAML file of any kind, bytes: a study is some 10 kB, the largest portfolio of 2,000 centres some 2 MB.</summary>
    public const long Yaml = 4_000_000;

    /// <summary>A table read whole (price curve, outlook, points, tariffs), bytes: 240 months of 1,000 columns fit.</summary>
    public const long Table = 16_000_000;

    /// <summary>A trace of requests, read as a stream, bytes on disk: a week of a large service, compressed.</summary>
    public const long Trace = 16_000_000_000;

    /// <summary>A mixture of clients, unpacked, bytes: the published ones are below 100 MB.</summary>
    public const long Mixture = 1_000_000_000;

    /// <summary>Most files in a mixture.</summary>
    public const int MixtureFiles = 20_000;

    /// <summary>A size in words.</summary>
    public static string Words(long bytes) =>
        bytes >= 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0.#} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes");
}
