using System.Globalization;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Sections;

/// <summary>
/// pmacct's sfacctd over a capture: traffic by source and destination host, printed once at the end. After each buffer that it hands
/// to its print process it sleeps for a millisecond, so that with its own buffers a million samples take 40 s of which it works 3.
/// </summary>
/// <param name="name">Of its files.</param>
/// <param name="buffers">Settings of the buffers between its two processes; empty leaves its defaults.</param>
internal sealed class Sfacctd(Tools tools, Workspace workspace, Capture capture, string name, string buffers)
{
    /// <summary>Enough that it hardly sleeps, which costs it least.</summary>
    public const string LargeBuffers = "plugin_buffer_size: 1024000\nplugin_pipe_size: 67108864\n";

    private readonly string configuration = workspace.PathOf($"{name}.conf"), table = workspace.PathOf($"{name}.csv");

    public Child Start(int cpu)
    {
        File.WriteAllText(configuration, $"""
            daemonize: false
            pcap_savefile: {capture.Path}
            plugins: print
            aggregate: src_host,dst_host
            print_output: csv
            print_output_file: {table}
            print_refresh_time: 3600
            {buffers}
            """);
        return Child.Start([tools.Sfacctd!, "-f", configuration], cpu);
    }

    /// <summary>Packets and bytes of its table: samples, and their frames' lengths as they are on the wire.</summary>
    public (long Packets, long Bytes) Totals()
    {
        long packets = 0, bytes = 0;
        foreach (string line in File.ReadLines(table).Skip(1))
        {
            string[] cells = line.Split(',');
            packets += long.Parse(cells[^2], CultureInfo.InvariantCulture);
            bytes += long.Parse(cells[^1], CultureInfo.InvariantCulture);
        }
        File.Delete(table);
        return (packets, bytes);
    }
}
