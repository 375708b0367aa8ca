using System.Globalization;
using BenchmarkDotNet.Running;
using SFlow.Bench;

// "memory FILE" is what bench/compare asks: one figure on one line, CPU nanoseconds a flow sample.
if (args is ["memory", string file])
{
    Console.WriteLine(MemoryDecode.Measure(file).ToString("F2", CultureInfo.InvariantCulture));
    return;
}
// "store FILE [INVENTORY]" is what bench/two-builds asks: the embedded store by itself.
if (args is ["store", string capture, .. string[] more])
{
    StoreWrites.Measure(capture, more is [string inventory] ? inventory : null);
    return;
}
// "encoding FILE [INVENTORY]": documents for Elasticsearch, written on one thread.
if (args is ["encoding", string records, .. string[] rest])
{
    DocumentEncoding.Measure(records, rest is [string names] ? names : null);
    return;
}
// "sizing URL RATE CAPTURE [INVENTORY]": bytes a document on the disk of a search engine, with and without the roll-up.
if (args is ["sizing", string url, string rate, string traffic, .. string[] known])
{
    await DocumentSizing.MeasureAsync(new Uri(url), int.Parse(rate, CultureInfo.InvariantCulture), traffic, known is [string objects] ? objects : null);
    return;
}
// "families": a line a set of families, least and median CPU nanoseconds a flow sample.
if (args is ["families"])
{
    foreach (string line in FamilyCost.Measure()) Console.WriteLine(line);
    return;
}
// "history": what the history adds to a sample, and a week of it, written and scanned.
if (args is ["history"])
{
    foreach (string line in FamilyCost.MeasureHistory()) Console.WriteLine(line);
    HistoryScans.Measure();
    return;
}
// "scale": families of many series, beside prometheus-net.
if (args is ["scale"])
{
    foreach (string line in FamilyScale.Measure()) Console.WriteLine(line);
    return;
}
// "bulk FILE": bulk requests by Elastic's transport beside HttpClient.
if (args is ["bulk", string documents])
{
    await BulkRequests.MeasureAsync(documents);
    return;
}
if (BulkSink.IsCommand(args))
{
    await BulkSink.RunAsync();
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
