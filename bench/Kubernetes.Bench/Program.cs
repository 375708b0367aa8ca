using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow;
using SFlow.Bench.Kubernetes;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

// Kubernetes.Bench [pods] [pod events a second] [seconds]: memory, time and CPU of following a cluster, and what readers feel of it.
int pods = Argument(0, 100_000), rate = Argument(1, 1_000), seconds = Argument(2, 30);

SyntheticApi api = new(pods, rate);
long heapBefore = GC.GetTotalMemory(forceFullCollection: true), residentBefore = Resident("VmRSS");
Registries names = new();
ClusterIndex index = new(names, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
AddressBookHolder holder = new(index.Publish());
using KubernetesWatch watch = new(api, index, holder, KubernetesWatch.NewFigures(), new WatchTiming(), TimeProvider.System, NullLogger<KubernetesWatch>.Instance);

long start = Stopwatch.GetTimestamp();
TimeSpan processor = Environment.CpuUsage.TotalTime;
await watch.StartAsync(CancellationToken.None);
while (watch.NotReadyBecause is not null) await Task.Delay(5);
Say("initial list", $"{Stopwatch.GetElapsedTime(start).TotalSeconds:f2} s, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:f2} s CPU with making the {api.Bytes / 1e6:f0} MB of JSON");
long heap = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
Say("held", $"{heap / 1e6:f1} MB of heap ({heap / pods} bytes a pod); resident {(Resident("VmRSS") - residentBefore) / 1e6:f0} MB above the start, peak {(Resident("VmHWM") - residentBefore) / 1e6:f0} MB");
AddressBookStats facts = holder.Current.Facts;
Say("known", $"{facts.Nodes} nodes, {facts.Pods} pods, {facts.Services} services, {facts.Addresses} addresses");

Address[] stable = [.. Enumerable.Range(0, 4_096).Select(of => Parse(api.Address(of * (pods / 4_096))))];
Reader reader = new(holder, names, stable);
reader.Run(TimeSpan.FromSeconds(3));
(double median, double high, _) = reader.Run(TimeSpan.FromSeconds(5));
Say("look-ups, quiet", $"{median:f1} ns (99 % of batches below {high:f1} ns)");
ReceivePath path = new(holder, names, [.. Enumerable.Range(0, 4_096).Select(of => api.Address(of * (pods / 4_096)))]);
path.Run(TimeSpan.FromSeconds(3));
List<(double Nanoseconds, long Behind)> quiet = [path.Run(TimeSpan.FromSeconds(seconds / 2))], changing = [];

ConcurrentQueue<(Address Address, long Since)> placed = [];
api.Placed = (address, since) => placed.Enqueue((Parse(address), since));
long events = api.Events, collections = GC.CollectionCount(2);
TimeSpan pause = GC.GetTotalPauseDuration();
processor = Environment.CpuUsage.TotalTime;
using CancellationTokenSource done = new();
Task<List<double>> delays = Task.Run(() => DelaysAsync(done.Token));
Task<(double, double, long)> reading = Task.Factory.StartNew(() => reader.Run(TimeSpan.FromSeconds(seconds)), TaskCreationOptions.LongRunning);
Task receiving = Task.Factory.StartNew(() => changing.Add(path.Run(TimeSpan.FromSeconds(seconds))), TaskCreationOptions.LongRunning);
await Task.Run(() => api.ChurnAsync(TimeSpan.FromSeconds(seconds)));
double busy = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
(median, high, long wrong) = await reading;
await receiving;
quiet.Add(path.Run(TimeSpan.FromSeconds(seconds / 2)));
await Task.Delay(1_000);
await done.CancelAsync();
List<double> seen = await delays;
seen.Sort();
events = api.Events - events;
Say("changes", $"{events / (double)seconds:f0} pod events a second for {seconds} s, and a third as many of slices; {busy / seconds * 100:f1} % of one core with making them and reading");
Say("visible after", $"{seen[seen.Count / 2]:f0} ms (99 % within {seen[seen.Count * 99 / 100]:f0} ms), {seen.Count} placed pods looked for");
Say("look-ups, changing", $"{median:f1} ns (99 % of batches below {high:f1} ns); {wrong} of addresses that vanished");
foreach ((string what, List<(double Nanoseconds, long Behind)> runs) in ((string, List<(double, long)>)[])[("receive path, quiet before and after", quiet), ("receive path, changing", changing)])
    Say(what, $"{string.Join(" and ", runs.Select(run => $"{run.Nanoseconds:f0}"))} ns CPU a datagram of 6 samples at 20 000 a second; behind by {runs.Max(run => run.Behind)} datagrams at most ({ReceivePath.BufferHolds} fit into the socket's buffer)");
Say("collections", $"{GC.CollectionCount(2) - collections} full ones, {(GC.GetTotalPauseDuration() - pause).TotalMilliseconds:f0} ms of pauses in all");
long after = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
Say("held", $"{after / 1e6:f1} MB of heap, {index.Former} former owners among it; resident {(Resident("VmRSS") - residentBefore) / 1e6:f0} MB above the start, peak {(Resident("VmHWM") - residentBefore) / 1e6:f0} MB");
await watch.StopAsync(CancellationToken.None);

int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

static Address Parse(string text) => Address.TryParse(text, out Address address) ? address : throw new FormatException(text);

static long Resident(string what) =>
    1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

static void Say(string what, string figures) => Console.WriteLine($"| {what} | {figures} |");

// How long after it was written a pod's address leads to its pod.
async Task<List<double>> DelaysAsync(CancellationToken stop)
{
    List<double> found = [];
    while (!stop.IsCancellationRequested)
    {
        if (!placed.TryDequeue(out (Address Address, long Since) next)) { await Task.Delay(1, CancellationToken.None); continue; }
        while (names.Endpoints[holder.Current.Find(next.Address)].Kind != EndpointKind.Pod && !stop.IsCancellationRequested) await Task.Delay(1, CancellationToken.None);
        found.Add(Stopwatch.GetElapsedTime(next.Since).TotalMilliseconds);
    }
    return found;
}
