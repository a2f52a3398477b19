using Microsoft.Extensions.Hosting;
using Plimsoll.Catalog;
using Plimsoll.Cluster.Silos;
using Plimsoll.Cluster.Toy;
using Plimsoll.Files;
using Plimsoll.Jobs;

// A process to be killed: 'silo LEDGER PORT GATEWAY MILLISECONDS' or 'worker LEDGER JOB MILLISECONDS', on toy runs that take that long, or on studies for 'studies'.
var studies = args[^1] == "studies";
var lease = TimeSpan.FromSeconds(studies ? 20 : 3);
IStudyRunner runner = studies
    ? new StudyRunner(FactCatalog.Shipped(), ContentStore.Default())
    : new ToyRunner(int.Parse(args[^1]));
if (args[0] == "silo")
{
    using var host = SiloHost.Silo(
        new SiloSettings
        {
            Ledger = args[1],
            Port = int.Parse(args[2]),
            Gateway = int.Parse(args[3]),
            Workers = 1,
            LeaseRuns = 16,
            LeaseDuration = lease,
            Patience = TimeSpan.FromMinutes(1),
        },
        runner
    );
    await host.RunAsync();
}
else
{
    await using var ledger = RunLedger.Open(args[1], TimeSpan.FromMinutes(1));
    await Worker.Several(
        ledger,
        runner,
        new WorkerSettings
        {
            Job = args[2],
            EndsWhenDone = true,
            LeaseRuns = 16,
            LeaseDuration = lease,
            Pause = TimeSpan.FromMilliseconds(200),
        },
        1,
        CancellationToken.None
    );
}
