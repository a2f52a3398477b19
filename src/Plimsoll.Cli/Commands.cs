using System.CommandLine;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;

namespace Plimsoll.Cli;

/// <summary>The tree of commands.</summary>
internal static class Commands
{
    /// <summary>All commands under their group.</summary>
    public static RootCommand Root() =>
        new(
            "Will an AI data centre fill and repay its debt, and if it stands empty, what then? Start with: plimsoll study new --like zhengzhou"
        )
        {
            Study.StudyCommands.Create(),
            Portfolio.PortfolioCommands.Create(),
            Inference.InferenceCommands.Create(),
            Training.TrainingCommands.Create(),
            Market.MarketCommands.Create(),
            Finance.FinanceCommands.Create(),
            Sweep.SweepCommands.Create(),
            Catalog.CatalogCommands.Create(),
            Audit.AuditCommands.Create(),
            Voucher.VoucherCommand.Create(),
            Book.BookCommand.Create(),
            MigrateCommand.Create(),
            WorkbenchCommand.Create(),
            WorkbenchCommand.CreateMcp(),
        };

    /// <summary>Runs a command's work; bad input ends in exit 2 with every finding on standard error, a question without answer in exit 1.</summary>
    /// <param name="work">The work, to its exit code.</param>
    /// <param name="book">Language in which what was found is told; English when left out.</param>
    public static int Guard(Func<int> work, PhraseBook? book = null)
    {
        book ??= PhraseBook.English;
        try
        {
            return work();
        }
        catch (InputException e)
        {
            foreach (var finding in e.Findings)
            {
                ToldFinding.Tell(finding, book);
            }
            return ExitCode.BadInput;
        }
        catch (FileRefusedException e)
        {
            ToldFinding.Tell(e.Located(), book);
            return ExitCode.BadInput;
        }
        catch (InvalidDataException e) when (TableFault.Of(e) is { } fault)
        {
            ToldFinding.Tell(fault, book);
            return ExitCode.BadInput;
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            Console.Error.WriteLine(reason);
            return ExitCode.Unanswerable;
        }
        catch (OutputException e)
        {
            Console.Error.WriteLine(e.Message);
            return e.Fault == OutputFault.HoldsAnother ? ExitCode.BadInput : ExitCode.Unanswerable;
        }
        catch (Exception e)
            when (e
                    is KeyNotFoundException
                        or InvalidDataException
                        or FileNotFoundException
                        or DirectoryNotFoundException
                        or UnauthorizedAccessException
            )
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.BadInput;
        }
    }

    /// <summary>Why a question has no answer; null when that is not what was thrown, on whatever thread.</summary>
    private static string? Reason(Exception e) =>
        e switch
        {
            UnanswerableException => e.Message,
            AggregateException many => many.Flatten()
                .InnerExceptions.OfType<UnanswerableException>()
                .FirstOrDefault()
                ?.Message,
            _ => null,
        };
}
