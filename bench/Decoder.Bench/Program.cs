using System.Globalization;
using BenchmarkDotNet.Running;
using SFlow.Bench;

// "memory FILE" is what bench/compare asks: one figure on one line, CPU nanoseconds a flow sample.
if (args is ["memory", string file])
{
    Console.WriteLine(MemoryDecode.Measure(file).ToString("F2", CultureInfo.InvariantCulture));
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
