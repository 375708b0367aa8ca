using System.Globalization;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Sections;

/// <summary>All receivers that are compared, each on a port of its own; they all run all the time and take turns in getting datagrams.</summary>
internal sealed class Receivers : IDisposable
{
    private const int FirstPort = 6401, WarmUpRate = 20_000;
    private const string BufferBytes = "4194304";
    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(2);

    public Receivers(Tools tools, string capture, string inventory, string folder)
    {
        Bare = new Receiver("bare recvmmsg", FirstPort, [tools["sink"], "-m", "recvmmsg", "-r", BufferBytes, "-t", "100000", "-p"], tools["blast"], capture);
        string[] run = [tools.Program, "run", "--listen", "127.0.0.1", "--http-listen", "127.0.0.1", "--http-port", "0", "--inventory", inventory];
        Ours = new Receiver("ours", FirstPort + 1, [.. run, "--store", "false", "--port"], tools["blast"], capture);
        OursStoring = new Receiver("ours, store on", FirstPort + 2, [.. run, "--store", "true", "--data", Path.Combine(folder, "store"), "--port"], tools["blast"], capture);
        if (tools.Sfcapd is not null)
        {
            string flows = Directory.CreateDirectory(Path.Combine(folder, "sfcapd")).FullName;
            Sfcapd = new Receiver("sfcapd", FirstPort + 3, [tools.Sfcapd, "-4", "-b", "127.0.0.1", "-B", BufferBytes, "-t", "3600", "-w", flows, "-p"], tools["blast"], capture);
        }
        foreach (Receiver receiver in All) receiver.Send(WarmUpRate, warmUp);
    }

    public Receiver Bare { get; }

    public Receiver Ours { get; }

    public Receiver OursStoring { get; }

    public Receiver? Sfcapd { get; }

    public IReadOnlyList<Receiver> All => Sfcapd is null ? [Bare, Ours, OursStoring] : [Bare, Ours, OursStoring, Sfcapd];

    public void Dispose()
    {
        foreach (Receiver receiver in All) receiver.Dispose();
    }
}
