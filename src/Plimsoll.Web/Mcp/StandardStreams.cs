using Microsoft.EntityFrameworkCore;
using Plimsoll.Jobs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Mcp;

/// <summary>The tools on standard input and output, for a program on this machine: the workspace of the one person here, without a server.</summary>
internal static class StandardStreams
{
    public static async Task Run(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        // Standard output carries the protocol and nothing else.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var settings = SettingRules.Read(builder.Configuration);
        if (settings.Accounts)
        {
            throw new SettingException(
                "With accounts programs use the workbench's own address, /mcp, with a key."
            );
        }
        Workbench.Core(builder.Services, settings);
        builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<WorkbenchTools>();
        using var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<WorkbenchStore>()
                .Database.MigrateAsync();
        }
        await host.Services.GetRequiredService<IRunLedger>().Prepare();
        await host.RunAsync();
    }
}
