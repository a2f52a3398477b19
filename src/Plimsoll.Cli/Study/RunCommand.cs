using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Reports;
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
        var output = new Option<string?>("--out")
        {
            Description =
                "Folder for result.json, manifest.json, report.html and workbook.xlsx. Default: out/NAME.",
        };
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
        var command = new Command(
            "run",
            "Run a study: will the centre fill and repay its debt, with odds and evidence."
        )
        {
            file,
            output,
            json,
            seed,
            draws,
            threads,
            sobol,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(output),
                    result.GetValue(json),
                    new StudySettings
                    {
                        Draws = result.GetValue(draws),
                        Seed = result.GetValue(seed),
                        Threads = result.GetValue(threads),
                        Sobol = result.GetValue(sobol),
                    }
                )
            )
        );
        return command;
    }

    private static int Run(string file, string? folder, bool json, StudySettings settings)
    {
        var study = ShippedStudies.Open(file);
        var values = InputFiles.Read(study.Path, "study");
        var catalog = FactCatalog.Shipped();
        StudyAnswer answer;
        try
        {
            answer = RunProgress.Show(progress =>
                StudyRun.Of(values, catalog, settings with { Progress = progress })
            );
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"This study cannot be answered: {e.Message}");
            return ExitCode.Unanswerable;
        }
        var document = ResultDocument.Of(answer.Result);
        var manifest = Manifest.Of(answer.Result, catalog, study.Bytes);
        if (folder is not null || !json)
        {
            folder ??= Path.Combine("out", Path.GetFileNameWithoutExtension(study.Path));
            Directory.CreateDirectory(folder);
            JsonOutput.Write(Path.Combine(folder, "result.json"), document);
            JsonOutput.Write(Path.Combine(folder, "manifest.json"), manifest);
            using var report = File.Create(Path.Combine(folder, "report.html"));
            StudyReport.Write(answer.Result, report);
            using var workbook = File.Create(Path.Combine(folder, "workbook.xlsx"));
            Workbook.Write(
                workbook,
                $"{answer.Result.Name}, draw {answer.Median.Draw}",
                answer.Median.Model,
                answer.Median.Case.Outlook.Physical,
                answer.Median.Case.Cash,
                answer.Result.Assumptions,
                answer.Result.Conventions
            );
        }
        if (json)
        {
            JsonOutput.Print(document);
        }
        else
        {
            ResultScreen.Print(answer.Result, folder!);
        }
        return ExitCode.Success;
    }
}
