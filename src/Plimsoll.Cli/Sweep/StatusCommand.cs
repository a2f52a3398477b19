using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Jobs;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep status</c>: the jobs of a ledger and how far they are.</summary>
internal static class StatusCommand
{
    private const int MostJobs = 100;

    public static Command Create()
    {
        var ledger = SweepOptions.Ledger("none: one must be named");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "status",
            "The jobs of a ledger and how far they are, the latest first.",
            "sweep status --ledger out/sweep-0123456789abcdef/ledger.db"
        )
        {
            ledger,
            json,
        };
        command.SetAction(result =>
            SweepOptions.Guard(async stop =>
            {
                await using var opened = await SweepOptions.Open(
                    result.GetValue(ledger),
                    null,
                    waits: false,
                    stop
                );
                var jobs = await opened.Jobs(null, MostJobs, stop);
                if (result.GetValue(json))
                {
                    JsonOutput.Print(new JsonArray([.. jobs.Select(Document)]));
                }
                else
                {
                    foreach (var job in jobs)
                    {
                        Console.Out.WriteLine(Line(job));
                    }
                }
                return ExitCode.Success;
            })
        );
        return command;
    }

    private static string Line(Job job) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Order.Id}  {Inputs.InputText.OneLine(job.Order.Name)}: {job.Done:#,0} of {job.Runs:#,0} done, {job.Failed:#,0} without an answer, {job.Leased:#,0} running, {job.Waiting:#,0} waiting{(job.Stopped > 0 ? $", {job.Stopped:#,0} stopped" : "")}{(job.Complete ? "" : "; not all runs are entered")}"
        );

    private static JsonObject Document(Job job) =>
        new()
        {
            ["job"] = job.Order.Id,
            ["name"] = job.Order.Name,
            ["workspace"] = job.Order.Workspace,
            ["engine"] = job.Order.Engine.Engine,
            ["catalogueSha256"] = job.Order.Engine.Catalogue,
            ["cancelled"] = job.Cancelled,
            ["entered"] = job.Complete,
            ["done"] = job.Done,
            ["failed"] = job.Failed,
            ["running"] = job.Leased,
            ["waiting"] = job.Waiting,
            ["stopped"] = job.Stopped,
        };
}
