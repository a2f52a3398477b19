using System.CommandLine;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Quantities;

namespace Plimsoll.Cluster;

/// <summary>The tool <c>plimsoll-cluster</c>: sweeps on many machines.</summary>
internal static class Program
{
    private const int Failed = 1;
    private const int BadInput = 2;

    private static async Task<int> Main(string[] args)
    {
        using var culture = InvariantCulture.Begin();
        var root = new RootCommand(
            "Run sweeps of Plimsoll on many machines: silos of Microsoft Orleans share out the work, a ledger in PostgreSQL holds what is to be run and what it came to."
        )
        {
            SiloCommand.Create(),
            SubmitCommand.Create(),
            StatusCommand.Create(),
            CancelCommand.Create(),
            WorkerCommand.Create(),
        };
        try
        {
            return await root.Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (LedgerException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.Fault is LedgerFault.Unreachable or LedgerFault.Busy or LedgerFault.DiskFull
                ? Failed
                : BadInput;
        }
        catch (InputException e)
        {
            foreach (var finding in e.Findings)
            {
                await Console.Error.WriteLineAsync(finding.ToString());
            }
            return BadInput;
        }
        catch (FileRefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; what was held goes to others.");
            return Failed;
        }
    }
}
