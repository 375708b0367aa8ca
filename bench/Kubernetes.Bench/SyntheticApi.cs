using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using SFlow.Exporter.Identify.Kubernetes;

namespace SFlow.Bench.Kubernetes;

/// <summary>Speaks list and watch without a network and without holding objects: what it costs is little beside what reads it.</summary>
internal sealed class SyntheticApi(int pods, int eventsPerSecond) : IKubernetesApi
{
    private readonly ConcurrentDictionary<string, PipeWriter> watches = [];
    private readonly List<int> places = [], serials = [];

    private int Applications => pods / SyntheticObjects.PodsOfApplication;

    /// <summary>Pod events written so far.</summary>
    public long Events { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Told each time a pod got an address: the address, and when.</summary>
    public Action<string, long>? Placed { get; set; }

    public Task<Stream> GetAsync(string path, string accept, CancellationToken stop)
    {
        while (places.Count < pods && path.Contains("/pods?", StringComparison.Ordinal)) Born();
        string resource = path[(path.LastIndexOf('/') + 1)..path.IndexOf('?')];
        if (path.Contains("watch=1", StringComparison.Ordinal))
        {
            Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 1 << 22, resumeWriterThreshold: 1 << 21));
            watches[resource] = pipe.Writer;
            return Task.FromResult(pipe.Reader.AsStream());
        }
        int from = path.IndexOf("continue=", StringComparison.Ordinal) is int at and >= 0 ? int.Parse(path.AsSpan(at + 9), CultureInfo.InvariantCulture) : 0;
        return Task.FromResult<Stream>(new MemoryStream(Page(resource, from)));
    }

    /// <summary>Replaces pods by others with new names and addresses: deleted, added, given an address, and their slice updated.</summary>
    public async Task ChurnAsync(TimeSpan time)
    {
        Random random = new(1);
        int serial = pods;
        long start = Stopwatch.GetTimestamp();
        for (long due = 0; Stopwatch.GetElapsedTime(start) < time; due += 3)
        {
            while (due > Stopwatch.GetElapsedTime(start).TotalSeconds * eventsPerSecond) await Task.Delay(1);
            int leaving = random.Next(pods), application = leaving / SyntheticObjects.PodsOfApplication;
            await WriteAsync("pods", "DELETED", SyntheticObjects.Pod(application, serials[leaving], Address(leaving)));
            // The address is one that a former pod had some time ago: addresses are used again, but not at once.
            places[leaving] = pods + serial % pods;
            serials[leaving] = serial++;
            await WriteAsync("pods", "ADDED", SyntheticObjects.Pod(application, serials[leaving], null));
            await WriteAsync("pods", "MODIFIED", SyntheticObjects.Pod(application, serials[leaving], Address(leaving)));
            Placed?.Invoke(Address(leaving), Stopwatch.GetTimestamp());
            await WriteAsync("endpointslices", "MODIFIED", SyntheticObjects.Slice(application, Ends(application)));
            Events += 3;
        }
    }

    public string Address(int pod) => SyntheticObjects.PodAddress(pod < places.Count ? places[pod] : pod);

    public void Dispose()
    {
    }

    private void Born()
    {
        places.Add(places.Count);
        serials.Add(serials.Count);
    }

    private IEnumerable<string> Ends(int application) => Enumerable.Range(application * SyntheticObjects.PodsOfApplication, SyntheticObjects.PodsOfApplication).Select(Address);

    private async Task WriteAsync(string resource, string type, string item)
    {
        PipeWriter writer = watches[resource];
        byte[] line = Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":{{item}}}""" + "\n");
        Bytes += line.Length;
        await writer.WriteAsync(line);
    }

    private byte[] Page(string resource, int from)
    {
        (int count, Func<int, string> item) = resource switch
        {
            "nodes" => (SyntheticObjects.Nodes, (Func<int, string>)SyntheticObjects.Node),
            "namespaces" => (SyntheticObjects.Namespaces, SyntheticObjects.Namespace),
            "services" => (Applications, SyntheticObjects.Service),
            "replicasets" => (Applications, SyntheticObjects.ReplicaSet),
            "endpointslices" => (Applications, application => SyntheticObjects.Slice(application, Ends(application))),
            "pods" => (pods, pod => SyntheticObjects.Pod(pod / SyntheticObjects.PodsOfApplication, serials[pod], Address(pod))),
            _ => (0, _ => ""),
        };
        int end = Math.Min(count, from + 500);
        StringBuilder page = new("{\"kind\":\"List\",\"items\":[");
        for (int index = from; index < end; index++) page.Append(index == from ? "" : ",").Append(item(index));
        page.Append(CultureInfo.InvariantCulture, $"],\"metadata\":{{\"resourceVersion\":\"1\"{(end < count ? $",\"continue\":\"{end}\"" : "")}}}}}");
        byte[] bytes = Encoding.UTF8.GetBytes(page.ToString());
        Bytes += bytes.Length;
        return bytes;
    }
}
