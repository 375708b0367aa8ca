namespace SFlow.Compare.Machine;

/// <summary>The programs that measure, are measured, or are measured against: where each is, and how to get one that is missing.</summary>
internal sealed class Tools
{
    private static readonly (string Name, string Optimize)[] compiled =
        [("sfgen", "-O2"), ("blast", "-O2"), ("sink", "-O2"), ("membw", "-O3 -march=native")];

    private readonly string shared, folder;

    /// <param name="repository">Root of the repository.</param>
    /// <param name="program">The published program.</param>
    public Tools(string repository, string program)
    {
        shared = Environment.GetEnvironmentVariable("SFLOW_SHARED") is { Length: > 0 } named ? named : Path.Combine(repository, "..", "shared");
        folder = Path.Combine(repository, "artifacts", "compare-tools");
        Program = Path.GetFullPath(program);
        MemoryDecode = Path.Combine(repository, "artifacts", "bin", "Decoder.Bench", "release", "Decoder.Bench");
    }

    /// <summary>The program under test, as it is published.</summary>
    public string Program { get; }

    /// <summary>The decoder alone, in memory.</summary>
    public string MemoryDecode { get; }

    public string GoFlow2Decode => Path.GetFullPath(Path.Combine(shared, "services", "peers", "goflow2-decode"));

    public string GoFlow2Version => File.ReadAllText(Path.Combine(shared, "services", "peers", "VERSION")).Trim();

    /// <summary>A tool compiled from the shared folder.</summary>
    public string this[string name] => Path.Combine(folder, name);

    public string? Sfacctd { get; } = Find("sfacctd");

    public string? Sfcapd { get; } = Find("sfcapd");

    /// <summary>Whether the sfcapd on the path was built to read captures; Debian's was not, and says so.</summary>
    public bool SfcapdReadsCaptures => Sfcapd is not null && File.ReadAllBytes(Sfcapd).AsSpan().IndexOf("PCAP reader not compiled"u8) < 0;

    /// <summary>Compiles what comes as source; an error or a notice for all that is missing.</summary>
    /// <returns>What is left out for want of a peer, and how to get it.</returns>
    public IReadOnlyList<string> Prepare()
    {
        string source = Path.Combine(shared, "load");
        if (!Directory.Exists(source)) throw new CompareException($"no load generator at {Path.GetFullPath(source)}: set SFLOW_SHARED to the shared folder");
        if (!File.Exists(Program)) throw new CompareException($"no program at {Program}: ./build publish makes it");
        if (Find("gcc") is null) throw new CompareException("gcc compiles the load tools and is missing: apt-get install gcc libc6-dev");
        Directory.CreateDirectory(folder);
        foreach ((string name, string optimize) in compiled)
            Child.Run(["gcc", .. optimize.Split(' '), "-o", this[name], Path.Combine(source, $"{name}.c")]);
        List<string> missing = [];
        if (Sfacctd is null) missing.Add("sfacctd is not installed (apt-get install pmacct): no comparison of summarize.");
        if (Sfcapd is null) missing.Add("sfcapd is not installed (apt-get install nfdump-sflow): no comparison of live CPU with it.");
        else if (!SfcapdReadsCaptures)
            missing.Add("The sfcapd on the path has no pcap reader, as Debian builds it: it is measured live only; a build with --enable-readpcap is measured offline too.");
        return missing;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
