using System.Globalization;
using System.Text.Json;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Sections;

/// <summary>One trial of a receiver.</summary>
/// <param name="Sent">Datagrams that the sender sent.</param>
/// <param name="Rate">How many a second.</param>
/// <param name="Lost">Those that the kernel dropped at the receiver's socket.</param>
/// <param name="CpuNanoseconds">CPU of the receiver for each datagram that it got, the kernel's work on its account included.</param>
internal readonly record struct Trial(long Sent, double Rate, long Lost, double CpuNanoseconds);

/// <summary>A receiver on CPU 1, halted while it has no turn, and a sender to it on CPU 0.</summary>
internal sealed class Receiver : IDisposable
{
    private const int DropsColumn = 12, QueueColumn = 4, AddressColumn = 1;
    private const double QuietNanoseconds = 2e6;
    private static readonly TimeSpan step = TimeSpan.FromMilliseconds(100), longest = TimeSpan.FromSeconds(15), settle = TimeSpan.FromSeconds(1);

    private readonly Child child;
    private readonly string blast, capture, said;
    private readonly int port;

    /// <param name="name">As the table calls it.</param>
    /// <param name="port">UDP port.</param>
    /// <param name="command">What starts it; the port is added as the last word.</param>
    /// <param name="blast">The sender.</param>
    /// <param name="capture">What it sends, over and over.</param>
    public Receiver(string name, int port, IReadOnlyList<string> command, string blast, string capture)
    {
        (Name, this.port, this.blast, this.capture) = (name, port, blast, capture);
        said = Path.Combine(Path.GetDirectoryName(capture)!, "blast.json");
        child = Child.Start([.. command, Text(port)], cpu: 1);
        for (TimeSpan waited = default; Socket() is null; waited += step)
        {
            if (waited > longest) throw new CompareException($"{name} does not listen on port {port}; run it by hand: {string.Join(' ', command)} {port}");
            Thread.Sleep(step);
        }
        Thread.Sleep(settle);
        child.Halt();
    }

    public string Name { get; }

    /// <summary>Sends at a rate, in datagrams a second (0: as fast as it goes), and waits until all of it is worked off.</summary>
    public Trial Send(double rate, TimeSpan time)
    {
        child.Resume();
        Thread.Sleep(step);
        long lost = Column(DropsColumn), cpu = Native.CpuNanoseconds(child.Pid);
        Child.Run([blast, "-f", capture, "-r", Text(rate), "-t", Text(time.TotalSeconds), "-p", Text(port), "-c", "0"], output: said);
        WaitUntilQuiet();
        lost = Column(DropsColumn) - lost;
        cpu = Native.CpuNanoseconds(child.Pid) - cpu;
        child.Halt();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(said));
        long sent = document.RootElement.GetProperty("sent").GetInt64();
        return new Trial(sent, document.RootElement.GetProperty("rate").GetDouble(), lost, (double)cpu / Math.Max(1, sent - lost));
    }

    public void Dispose() => child.Stop();

    /// <summary>Until nothing waits in the socket and the process has no more to do with what it got.</summary>
    private void WaitUntilQuiet()
    {
        long before = Native.CpuNanoseconds(child.Pid);
        for (TimeSpan waited = default; waited < longest; waited += step)
        {
            Thread.Sleep(step);
            long now = Native.CpuNanoseconds(child.Pid);
            if (Column(QueueColumn) == 0 && now - before < QuietNanoseconds) return;
            before = now;
        }
    }

    private long Column(int column)
    {
        string[] cells = Socket() ?? throw new CompareException($"{Name} has closed its socket");
        return column == QueueColumn
            ? long.Parse(cells[column].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(cells[column], CultureInfo.InvariantCulture);
    }

    /// <summary>The socket's line of the kernel's table, cut into cells.</summary>
    private string[]? Socket()
    {
        string end = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines("/proc/net/udp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(cells => cells[AddressColumn].EndsWith(end, StringComparison.Ordinal));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
