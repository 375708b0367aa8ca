using System.Globalization;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Sections;

/// <summary>All receivers that are compared, each on a port of its own; they take turns, and each is halted while another has its turn.</summary>
internal sealed class Receivers : IDisposable
{
    private const int FirstPort = 6401, WarmUpRate = 20_000;
    private const string BufferBytes = "4194304";
    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(2);

    public Receivers(Tools tools, string capture, string inventory, string folder)
    {
        string[] sink = [tools["sink"], "-m", "recvmmsg", "-r", BufferBytes, "-t", "100000", "-p"];
        Bare = new Receiver("bare recvmmsg", FirstPort, sink, tools["blast"], capture);
        string[] run = [tools.Program, "run", "--listen", "127.0.0.1", "--http-listen", "127.0.0.1", "--http-port", "0"], named = [.. run, "--inventory", inventory];
        Ours = new Receiver("ours", FirstPort + 1, [.. run, "--store", "false", "--port"], tools["blast"], capture);
        OursNamed = new Receiver("ours, inventory", FirstPort + 2, [.. named, "--store", "false", "--port"], tools["blast"], capture);
        string[] storing = [.. named, "--store", "true", "--data", Path.Combine(folder, "store"), "--port"];
        OursStoring = new Receiver("ours, inventory, store on", FirstPort + 3, storing, tools["blast"], capture);
        if (tools.Sfcapd is not null)
        {
            string flows = Directory.CreateDirectory(Path.Combine(folder, "sfcapd")).FullName;
            string[] collect = [tools.Sfcapd, "-4", "-b", "127.0.0.1", "-B", BufferBytes, "-t", "3600", "-w", flows, "-p"];
            Sfcapd = new Receiver("sfcapd", FirstPort + 4, collect, tools["blast"], capture);
        }
        foreach (Receiver receiver in All) receiver.Send(WarmUpRate, warmUp);
    }

    public Receiver Bare { get; }

    public Receiver Ours { get; }

    /// <summary>With the inventory's names.</summary>
    public Receiver OursNamed { get; }

    /// <summary>With names, and each record kept.</summary>
    public Receiver OursStoring { get; }

    public Receiver? Sfcapd { get; }

    public IReadOnlyList<Receiver> All => Sfcapd is null ? [Bare, Ours, OursNamed, OursStoring] : [Bare, Ours, OursNamed, OursStoring, Sfcapd];

    public void Dispose()
    {
        foreach (Receiver receiver in All) receiver.Dispose();
    }
}
