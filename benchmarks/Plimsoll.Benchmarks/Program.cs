using BenchmarkDotNet.Running;
using Plimsoll.Benchmarks;

// One word names a runner that prints a table for benchmarks/results; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["serving", .. var rest]:
        ServingRunner.Run(rest);
        break;
    case ["capacity", .. var rest]:
        CapacityErrors.Run(rest);
        break;
    case ["performance"]:
        PerformanceRunner.Run();
        break;
    case ["mean-field"]:
        MeanFieldRunner.Run();
        break;
    case ["market", .. var rest]:
        MarketRunner.Run(rest);
        break;
    case ["finance"]:
        FinanceRunner.Run();
        break;
    case ["study", .. var rest]:
        StudyRunner.Run(rest);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
