using System.CommandLine;
using Plimsoll.Jobs;

namespace Plimsoll.Cluster;

/// <summary>What the commands share.</summary>
internal static class ClusterCommandOptions
{
    /// <summary><c>--ledger</c>.</summary>
    public static Option<string?> Ledger() =>
        new("--ledger")
        {
            Description =
                $"The ledger, postgres://user@host:5432/database; password in PGPASSWORD. Default: {RunLedger.Variable}.",
        };

    /// <summary><c>--workers</c>.</summary>
    public static Option<int> Workers() =>
        new("--workers")
        {
            Description = "Runs computed at the same time, one thread each.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };

    /// <summary>A port, 1 to 65535.</summary>
    public static Option<int> Port(string name, string description, int standard)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(r =>
        {
            if (
                r.Tokens is [var token]
                && (!int.TryParse(token.Value, out var port) || port is < 1 or > 65535)
            )
            {
                r.AddError($"{name}: expected a port from 1 to 65535.");
            }
        });
        return option;
    }

    /// <summary>The address of the ledger, which many machines can reach.</summary>
    /// <exception cref="LedgerException">None is named, or it names a file.</exception>
    public static string Address(string? given)
    {
        var address = given ?? Environment.GetEnvironmentVariable(RunLedger.Variable) ?? "";
        return RunLedger.IsPostgres(address) ? address
            : address.Length == 0
                ? throw new LedgerException(
                    LedgerFault.Refused,
                    $"No ledger is named: give --ledger, or set {RunLedger.Variable}."
                )
            : throw new LedgerException(
                LedgerFault.Refused,
                "A cluster needs a ledger in PostgreSQL, postgres://user@host:5432/database; a file serves one machine, see 'plimsoll sweep'."
            );
    }

    /// <summary>Opens and prepares a ledger: one try first, so that what is wrong is told at once.</summary>
    public static async Task<IRunLedger> Open(
        string address,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        await using (var first = RunLedger.Open(address))
        {
            await first.Prepare(cancellation);
        }
        return RunLedger.Open(address, patience);
    }
}
