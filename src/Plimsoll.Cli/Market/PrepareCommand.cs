using System.CommandLine;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Cli.Study;
using Plimsoll.Files;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Market;

/// <summary><c>market prepare FILE...</c>: the national markets of studies, run beforehand and kept in the store.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description =
                "Study files (YAML), or names of shipped studies; studies of one day, horizon and seed share one market.",
            Arity = ArgumentArity.OneOrMore,
        };
        var draws = NumberOption.Whole(
            "--draws",
            "Draws that the studies will be run on, 30 to 100,000.",
            30,
            100_000,
            () => 2000
        );
        var seed = NumberOption.WholeOrNone<ulong>(
            "--seed",
            "Seed that the studies will be run with, in place of their own.",
            0,
            ulong.MaxValue
        );
        var command = new Command(
            "prepare",
            "Run the national markets of studies beforehand and keep them, so that the studies answer at once."
        )
        {
            files,
            draws,
            seed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(files)!, result.GetValue(draws), result.GetValue(seed))
            )
        );
        return command;
    }

    private static int Run(IReadOnlyList<string> files, int draws, ulong? seed)
    {
        if (CacheFolder.Default() is not { } folder)
        {
            Console.Error.WriteLine(
                "There is no folder to keep markets in: PLIMSOLL_CACHE is \"off\", or the user has no folder for application data. Name one with PLIMSOLL_CACHE."
            );
            return ExitCode.Unanswerable;
        }
        var store = ContentStore.In(folder);
        var catalog = FactCatalog.Shipped();
        var studies = files
            .Select(f => (File: f, Values: InputFiles.Read(ShippedStudies.Open(f), "study")))
            .ToList();
        foreach (var (file, values) in studies)
        {
            var worlds = RunProgress.Show(progress =>
                StudyRun.Prepare(
                    values,
                    catalog,
                    new StudySettings
                    {
                        Draws = draws,
                        Seed = seed,
                        Store = store,
                        Progress = progress,
                    }
                )
            );
            Console.Out.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}: {worlds} national markets stand in {folder}.\n"
                )
            );
        }
        foreach (var note in store.Notes)
        {
            Console.Error.WriteLine(note);
        }
        return store.Notes.Count == 0 ? ExitCode.Success : ExitCode.Unanswerable;
    }
}
