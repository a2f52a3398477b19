using Plimsoll.Web;
using Plimsoll.Web.Mcp;

if (args is ["mcp", .. var rest])
{
    await StandardStreams.Run(rest);
    return;
}
var app = Workbench.Build(args);
await Workbench.Prepare(app);
app.Lifetime.ApplicationStarted.Register(() =>
    Console.WriteLine($"The workbench is at {string.Join(", ", app.Urls)} (stop with Ctrl+C).")
);
await app.RunAsync();
