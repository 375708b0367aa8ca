using System.Globalization;

namespace SFlow.Compare.Machine;

/// <summary>A generated capture, and what its generator says is in it.</summary>
internal sealed record Capture(string Path, long Datagrams, long FlowSamples, long CounterSamples)
{
    /// <summary>The generator's sampling rate.</summary>
    public const int SamplingRate = 400;
}

/// <summary>The temporary folder that captures and the programs' output go to; it goes when the comparison ends.</summary>
internal sealed class Workspace(Tools tools) : IDisposable
{
    private readonly Dictionary<string, Capture> captures = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("sflow-compare-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>As many flow samples as Open vSwitch would put into a datagram.</summary>
    public Capture Multi(long samples) => Generate($"multi-{samples}", samples);

    /// <summary>One flow sample a datagram.</summary>
    public Capture Single(long samples) => Generate($"single-{samples}", samples, "-m", "1");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Capture Generate(string name, long samples, params string[] options)
    {
        if (captures.TryGetValue(name, out Capture? known) && File.Exists(known.Path)) return known;
        string path = PathOf($"{name}.pcap"), said = PathOf($"{name}.txt");
        Child.Run([tools["sfgen"], "-o", path, "-n", samples.ToString(CultureInfo.InvariantCulture), .. options], output: said);
        Dictionary<string, string> figures = File.ReadAllText(said).Split(' ').Select(word => word.Split('=')).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return captures[name] = new Capture(path, Number(figures["datagrams"]), Number(figures["flow_samples"]), Number(figures["counter_samples"]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
