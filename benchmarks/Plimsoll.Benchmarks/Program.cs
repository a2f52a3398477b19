using BenchmarkDotNet.Running;
using Plimsoll.Benchmarks;

if (args is ["serving", .. var rest])
{
    ServingRunner.Run(rest);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
