using Plimsoll.Web;

var app = Workbench.Build(args);
await Workbench.Prepare(app);
await app.RunAsync();
