using Plimsoll.Jobs;
using Plimsoll.Web;
using Plimsoll.Web.Mcp;

try
{
    if (args is ["mcp", .. var rest])
    {
        await StandardStreams.Run(rest);
        return 0;
    }
    var app = Workbench.Build(args);
    await Workbench.Prepare(app);
    app.Lifetime.ApplicationStarted.Register(() =>
        Console.WriteLine($"The workbench is at {string.Join(", ", app.Urls)} (stop with Ctrl+C).")
    );
    await app.RunAsync();
    return 0;
}
catch (SettingException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e) when (DatabaseFault.In(e))
{
    Console.Error.WriteLine(
        $"The database that Workbench:Database and Workbench:Connection (or Workbench:Folder) name does not answer: expected one that can be opened and written. It says: {e.GetBaseException().Message}"
    );
    return 2;
}
