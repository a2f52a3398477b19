using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Outlooks;
using Plimsoll.Studies;

namespace Plimsoll.Cli.Study;

/// <summary><c>study run FILE</c>: from a study file to a verdict.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A study file (YAML), or the name of a shipped study such as zhengzhou-2024.",
        };
        var output = OutputOptions.Folder(
            string.Join(", ", StudyFiles.Names),
            "Default: out/NAME-HASH, the first digits of the file's SHA-256; none with --json."
        );
        var replace = OutputOptions.Replace();
        var allowed = WorkLimit.Option();
        var json = CommonOptions.Json();
        var seed = NumberOption.WholeOrNone<ulong>(
            "--seed",
            "Seed of all random numbers, in place of the study's own.",
            0,
            ulong.MaxValue
        );
        var draws = NumberOption.Whole(
            "--draws",
            "Joint draws of the world, 30 to 100,000.",
            30,
            100_000,
            () => 2000
        );
        var threads = NumberOption.Whole(
            "--threads",
            "Threads; the answer is the same on any number.",
            1,
            1024,
            () => Environment.ProcessorCount
        );
        var sobol = new Option<bool>("--sobol")
        {
            Description = "Also compute Sobol sensitivity indices (takes up to a minute longer).",
        };
        var language = CommonOptions.Language(
            "Language of report, memo and screen: en, or zh (Chinese; the workbook stays in English)."
        );
        var command = new Command(
            "run",
            "Run a study: will the centre fill and repay its debt, with odds and evidence."
        )
        {
            file,
            output,
            replace,
            json,
            seed,
            draws,
            threads,
            sobol,
            language,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(
                () =>
                    Run(
                        result.GetValue(file)!,
                        result.GetValue(output),
                        result.GetValue(replace),
                        result.GetValue(json),
                        PhraseBook.Of(result.GetValue(language)!),
                        result.GetValue(allowed),
                        new StudySettings
                        {
                            Draws = result.GetValue(draws),
                            Seed = result.GetValue(seed),
                            Threads = result.GetValue(threads),
                            Sobol = result.GetValue(sobol),
                            Store = ContentStore.Default(),
                        }
                    ),
                PhraseBook.Of(result.GetValue(language)!)
            )
        );
        return command;
    }

    private static int Run(
        string file,
        string? folder,
        bool replace,
        bool json,
        PhraseBook book,
        double minutes,
        StudySettings settings
    )
    {
        var study = ShippedStudies.Open(file);
        var values = InputFiles.Read(study, "study");
        if (!WorkLimit.Allows(StudyWork.Of(values, settings), minutes))
        {
            return ExitCode.Unanswerable;
        }
        if (folder is null && !json)
        {
            folder = DefaultFolder(study);
        }
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner("study", values.Text("name"), StudyFiles.Names),
                replace
            );
        var catalog = FactCatalog.Shipped();
        StudyAnswer answer;
        try
        {
            answer = RunProgress.Show(progress =>
                StudyRun.Of(values, catalog, settings with { Progress = progress })
            );
        }
        catch (UnanswerableException e)
        {
            Console.Error.WriteLine($"This study cannot be answered: {e.Message}");
            return ExitCode.Unanswerable;
        }
        foreach (var note in settings.Store?.Notes ?? [])
        {
            Console.Error.WriteLine(note);
        }
        var document = ResultDocument.Of(answer.Result);
        if (output is not null)
        {
            StudyFiles.Write(output, answer, document, book);
            output.Commit(Manifest.Of(answer.Result, catalog, study), JsonOutput.Text);
        }
        if (json)
        {
            JsonOutput.Print(document);
        }
        else
        {
            ResultScreen.Print(answer.Result, folder!, book);
        }
        return ExitCode.Success;
    }

    /// <summary>A folder of its own for each study and each version of it.</summary>
    private static string DefaultFolder(InputFile study) =>
        Path.Combine("out", $"{Path.GetFileNameWithoutExtension(study.Name)}-{study.Sha256[..8]}");
}
