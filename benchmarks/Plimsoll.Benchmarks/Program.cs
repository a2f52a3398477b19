using BenchmarkDotNet.Running;
using Plimsoll.Benchmarks;

if (args is ["serving", .. var rest])
{
    ServingRunner.Run(rest);
    return;
}
if (args is ["mean-field"])
{
    MeanFieldRunner.Run();
    return;
}
if (args is ["market", .. var market])
{
    MarketRunner.Run(market);
    return;
}
if (args is ["finance"])
{
    FinanceRunner.Run();
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
