using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Cli.Study;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;

namespace Plimsoll.Cli.Portfolio;

/// <summary><c>portfolio run FILE</c>: from a list of centres to a plan for all of them.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "A portfolio file (YAML), or the name of a shipped portfolio such as henan-40.",
        };
        var output = OutputOptions.Folder(
            string.Join(", ", PortfolioFiles.Names),
            "Default: out/NAME-HASH, the first digits of the file's SHA-256; none with --json."
        );
        var replace = OutputOptions.Replace();
        var json = CommonOptions.Json();
        var seed = NumberOption.WholeOrNone<ulong>(
            "--seed",
            "Seed of all random numbers, in place of the portfolio's own.",
            0,
            ulong.MaxValue
        );
        var draws = NumberOption.Whole(
            "--draws",
            "Joint draws on which plans are scored, 30 to 100,000.",
            30,
            100_000,
            () => 500
        );
        var search = NumberOption.Whole(
            "--search-draws",
            "Other joint draws on which plans are searched, 8 to 2,000.",
            8,
            2000,
            () => 96
        );
        var threads = NumberOption.Whole(
            "--threads",
            "Threads; the answer is the same on any number.",
            1,
            1024,
            () => Environment.ProcessorCount
        );
        var allowed = WorkLimit.Option();
        var keep = new Option<bool>("--keep")
        {
            Description = "Keep every centre as it is: odds without a plan.",
        };
        var only = new Option<string?>("--only")
        {
            Description =
                $"Kinds of action that are tried beside keeping, parted by commas: {string.Join(", ", Kinds)}. Default: all.",
        };
        var language = CommonOptions.Language(
            "Language of screen, report, workbook and findings: en, or zh (Chinese; portfolio.json stays in English)."
        );
        var command = new ExampleCommand(
            "run",
            "Run a portfolio: what becomes of every centre, and what to do with each, cleared together in one market.",
            "portfolio run henan-40",
            "portfolio run henan-40 --keep --draws 100",
            "portfolio run my-centres.yaml --out out/mine",
            "portfolio run my-centres.yaml --language zh"
        )
        {
            file,
            output,
            replace,
            json,
            seed,
            draws,
            search,
            threads,
            keep,
            only,
            language,
            allowed,
        };
        command.SetAction(result =>
        {
            var book = PhraseBook.Of(result.GetValue(language)!);
            return Commands.Guard(
                () =>
                    Run(
                        result.GetValue(file)!,
                        result.GetValue(output),
                        result.GetValue(replace),
                        result.GetValue(json),
                        result.GetValue(threads),
                        result.GetValue(allowed),
                        book,
                        new PortfolioSettings
                        {
                            Draws = result.GetValue(draws),
                            SearchDraws = result.GetValue(search),
                            Seed = result.GetValue(seed),
                            KeepOnly = result.GetValue(keep),
                            Only = Only(result.GetValue(only)),
                        }
                    ),
                book
            );
        });
        return command;
    }

    private static IEnumerable<string> Kinds =>
        Enum.GetNames<ActionKind>()
            .Where(n => n != nameof(ActionKind.Keep))
            .Select(n => n.ToLowerInvariant());

    private static HashSet<ActionKind>? Only(string? words)
    {
        if (words is null)
        {
            return null;
        }
        var kinds = new HashSet<ActionKind>();
        foreach (
            var word in words.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (!Kinds.Contains(word) || !Enum.TryParse<ActionKind>(word, true, out var kind))
            {
                var near = NearestName.Of(word, Kinds);
                throw new InvalidDataException(
                    $"--only: found '{InputText.Cut(word)}'; expected some of {string.Join(", ", Kinds)}."
                        + (near is null ? "" : $" Did you mean '{near}'?")
                );
            }
            kinds.Add(kind);
        }
        return kinds;
    }

    private static int Run(
        string name,
        string? folder,
        bool replace,
        bool json,
        int threads,
        double minutes,
        PhraseBook book,
        PortfolioSettings settings
    )
    {
        var file = ShippedStudies.Open(name, PortfolioInputs.Kind);
        var (portfolio, warnings) = PortfolioFile.Read(file);
        if (!WorkLimit.Allows(PortfolioWork.Of(portfolio, settings), minutes))
        {
            return ExitCode.Unanswerable;
        }
        if (folder is null && !json)
        {
            folder = Path.Combine(
                "out",
                $"{Path.GetFileNameWithoutExtension(file.Name)}-{file.Sha256[..8]}"
            );
        }
        using var output = folder is null
            ? null
            : OutputFolder.Open(
                folder,
                new OutputOwner(PortfolioInputs.Kind, portfolio.Name, PortfolioFiles.Names),
                replace
            );
        PortfolioResult result;
        try
        {
            result = RunProgress.Show(progress =>
                PortfolioRun.Of(
                    portfolio,
                    settings,
                    new RunContext
                    {
                        Threads = threads,
                        Progress = (stage, share) =>
                            progress(PortfolioWords.Stage(stage, book), share),
                    },
                    warnings
                )
            );
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(book.Say("portfolio.unanswerable", e.Message));
            return ExitCode.Unanswerable;
        }
        var document = PortfolioDocument.Of(result);
        if (output is not null)
        {
            PortfolioFiles.Write(output, result, document, book);
            output.Commit(
                PortfolioFiles.Manifest(result, FactCatalog.Shipped(), file),
                JsonOutput.Text
            );
        }
        if (json)
        {
            JsonOutput.Print(document);
        }
        else
        {
            PortfolioScreen.Print(result, folder!, book);
        }
        return ExitCode.Success;
    }
}
