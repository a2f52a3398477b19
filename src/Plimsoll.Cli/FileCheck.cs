using Plimsoll.Cli.Inference;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;

namespace Plimsoll.Cli;

/// <summary>Everything that running a file of any kind would refuse, and what its report would warn of.</summary>
internal static class FileCheck
{
    /// <summary>All findings of a file, in file order; empty when it is sound.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<LocatedFinding> Of(string path)
    {
        InputValues values;
        try
        {
            values = InputFiles.Read(path);
        }
        catch (InputException e)
        {
            return e.Findings;
        }
        try
        {
            return [.. InputFiles.Renamed(path), .. Read(path, values)];
        }
        catch (InputException e)
        {
            return e.Findings;
        }
        catch (FileRefusedException e)
        {
            return [e.Located()];
        }
        catch (InvalidDataException e) when (TableFault.Of(e) is { } fault)
        {
            return [fault];
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
            // What a layer says without a place still stands in this file.
            return
            [
                new LocatedFinding(
                    path,
                    1,
                    1,
                    new Finding(
                        InputPath.Root,
                        "cannot-be-run",
                        e.Message,
                        "a file that can be run",
                        "Mend what is named."
                    )
                ),
            ];
        }
    }

    /// <summary>Reads the file as its run does, up to where the run begins to compute.</summary>
    private static IReadOnlyList<LocatedFinding> Read(string path, InputValues values)
    {
        switch (values.Table.Kind)
        {
            case "study":
                return InputFiles.Warnings(path, values);
            case "finance":
                var terms = Finance.RunCommand.Warnings(path);
                return [.. InputFiles.Warnings(path, values), .. terms];
            case "inference":
                var installation = InferenceFile.Read(path);
                return
                [
                    .. InputFiles.Warnings(path, values),
                    .. installation.Warnings,
                    .. installation.Workload.Trace is null
                        ? []
                        : Serving.Cases.RequestCheck.Of(installation, values, path),
                ];
            case "market":
                _ = MarketFileReader.Read(values, path, InputFiles.FolderOf(path));
                return InputFiles.Warnings(path, values);
            case Portfolios.PortfolioInputs.Kind:
                return Portfolio.PortfolioFile.Read(InputFiles.Open(path)).Warnings;
            case "training":
                return
                [
                    .. InputFiles.Warnings(path, values),
                    .. Training.EstimateCommand.Check(path, values),
                ];
            case "sweep":
                _ = Sweep.SweepStudies.Read(path);
                return [];
            case "audit":
                _ = Audits.AuditReader.Read(values, path);
                return InputFiles.Warnings(path, values);
            case "voucher":
                return Voucher.VoucherCommand.Warnings(
                    values,
                    path,
                    Voucher.VoucherCommand.Read(values, path, out _)
                );
            case "book":
                var book = Books.BookReader.Read(values, path);
                return
                [
                    .. InputFiles.Warnings(path, values),
                    .. Book.BookCommand.Unknown(path, values, book),
                ];
            default:
                throw new NotSupportedException(
                    $"No check is known for the kind '{values.Table.Kind}'."
                );
        }
    }
}
