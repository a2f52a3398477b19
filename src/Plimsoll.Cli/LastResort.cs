using System.Security.Cryptography;
using System.Text;
using Plimsoll.Files;

namespace Plimsoll.Cli;

/// <summary>What is said of a fault in our own code: one sentence and an id; a crash file only when it was asked for.</summary>
internal static class LastResort
{
    /// <summary>Names the folder that crash files go to; unset for none.</summary>
    public const string Folder = "PLIMSOLL_CRASH_FOLDER";

    /// <summary>Reports a fault.</summary>
    /// <returns>1: the question was not answered.</returns>
    public static int Report(Exception fault)
    {
        if (fault is OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted; nothing was written.");
            return ExitCode.Unanswerable;
        }
        if (fault is OutOfMemoryException)
        {
            Console.Error.WriteLine(
                "This needs more memory than the machine has; ask for fewer draws, requests or months. Nothing was written."
            );
            return ExitCode.Unanswerable;
        }
        var id = Id(fault);
        var kept = Keep(fault, id);
        Console.Error.WriteLine(
            $"Plimsoll failed in its own code (id {id}); the question is not answered and nothing was written. "
                + (
                    kept is null
                        ? $"Set {Folder} to a folder to keep a crash file to report."
                        : $"See {kept}."
                )
        );
        return ExitCode.Unanswerable;
    }

    /// <summary>The same fault in the same place has the same id, whatever the input held.</summary>
    private static string Id(Exception fault) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{fault.GetType()} {fault.StackTrace}"))
        )[..8];

    private static string? Keep(Exception fault, string id)
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
        {
            return null;
        }
        try
        {
            var path = Path.Combine(folder, $"plimsoll-crash-{id}.txt");
            OutputFile.Write(path, $"{fault}\n");
            return path;
        }
        catch (OutputException)
        {
            return null;
        }
    }
}
