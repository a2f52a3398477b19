using System.CommandLine;

namespace Plimsoll.Cli;

/// <summary>Options about where outputs go, spelled the same everywhere.</summary>
internal static class OutputOptions
{
    /// <summary><c>--out</c>.</summary>
    /// <param name="holds">What the folder will hold.</param>
    /// <param name="otherwise">What happens without the option.</param>
    public static Option<string?> Folder(string holds, string otherwise) =>
        new("--out")
        {
            Description =
                $"Folder for {holds}; written whole or not at all, with a manifest of hashes. {otherwise}",
        };

    /// <summary><c>--replace</c>.</summary>
    public static Option<bool> Replace() =>
        new("--replace")
        {
            Description = "Overwrite a folder that holds another study or another's files.",
        };
}
