using System.Text.Json;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.TcpAck;

/// <summary>
/// Acknowledged bytes of every connection on every capture of the lab, whole and thinned, against the payload that the lab's profile sent: never above,
/// and at sampling 1 at least 95 % of what is above 100 kB.
/// </summary>
public sealed class EveryCaptureTests(ITestOutputHelper output)
{
    private const int Large = 100_000, Seeds = 40;
    private static readonly int[] Rates = [2, 4, 8, 16, 64, 400];

    [Fact]
    public void Never_above_what_was_sent_and_nearly_all_of_it_at_sampling_1()
    {
        string folder = SharedFolder.Require("ovn-lab", "captures");
        int compared = 0, large = 0, captures = 0;
        foreach (IGrouping<string, string> capture in System.IO.Directory.GetFiles(folder, "*.truth.json").Order(StringComparer.Ordinal)
            .GroupBy(file => Path.GetFileName(file).Split('.')[0], StringComparer.Ordinal))
        {
            string inventory = Path.GetTempFileName();
            File.WriteAllText(inventory, LabProfile.Inventory(capture.First()));
            CapturedRecords records = new(Path.Combine(folder, capture.Key + ".pcap"), inventory);
            File.Delete(inventory);
            Payload payload = new([.. capture.SelectMany(LabProfile.Connections)], LabProfile.Pods(capture.First()));
            (int before, int nearly) = (compared, 0);
            foreach (IReadOnlyList<Flow> some in (IReadOnlyList<Flow>[])[records.All, records.ToOutside()])
            {
                Dictionary<Side, long> found = payload.Compare(capture.Key, records.Acknowledged(some));
                compared += found.Count;
                // With each other end outside, all that reached a pod must be found; else what is found must be whole.
                if (capture.All(IsSamplingEach)) nearly += payload.NearlyAll(capture.Key, found, ReferenceEquals(some, records.All) ? found.Keys : payload.TowardPods);
                foreach (int rate in Rates)
                    for (int seed = 0; seed < Seeds; seed++)
                    {
                        Random random = new(seed);
                        compared += payload.Compare($"{capture.Key} at 1:{rate}, seed {seed}", records.Acknowledged(some.Where(_ => random.Next(rate) == 0))).Count;
                    }
            }
            output.WriteLine($"{capture.Key}: {compared - before} comparisons, {nearly} of them above 100 kB at sampling 1");
            captures++;
            large += nearly;
        }
        string line = $"acknowledged bytes of {captures} captures: {compared} comparisons with what was sent, 0 above it; {large} above 100 kB at sampling 1, each at least 95 %";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
        Assert.True(captures >= 13 && compared > 10_000 && large >= 12, line);
    }

    /// <param name="Connection">Its place in the list.</param>
    /// <param name="Client">Whether the bytes went to the client.</param>
    private readonly record struct Side(int Connection, bool Client);

    /// <summary>What was sent, by the lab's profile.</summary>
    private sealed class Payload(LabProfile.Connection[] sent, HashSet<string> pods)
    {
        public IEnumerable<Side> TowardPods => Enumerable.Range(0, sent.Length).SelectMany(
            place => (Side[])[.. pods.Contains(sent[place].Client) ? [new Side(place, true)] : (Side[])[], .. pods.Contains(sent[place].Server) ? [new Side(place, false)] : (Side[])[]]);

        /// <summary>What was found for each connection and side, compared with what was sent.</summary>
        public Dictionary<Side, long> Compare(string what, IEnumerable<Flow> records)
        {
            Dictionary<Side, long> found = [];
            foreach (Flow record in records) found[Of(record)] = found.GetValueOrDefault(Of(record)) + record.AcknowledgedBytes;
            foreach ((Side side, long bytes) in found) Assert.True(bytes <= Sent(side), $"{what}: {bytes} found of {sent[side.Connection]}, client {side.Client}");
            return found;
        }

        /// <summary>How many of these are above 100 kB, each of which must be found nearly whole.</summary>
        public int NearlyAll(string what, Dictionary<Side, long> found, IEnumerable<Side> sides)
        {
            Side[] large = [.. sides.Where(side => Sent(side) > Large)];
            Assert.All(large, side => Assert.True(found.GetValueOrDefault(side) * 100 >= Sent(side) * 95, $"{what}: {found.GetValueOrDefault(side)} found of {sent[side.Connection]}, client {side.Client}"));
            return large.Length;
        }

        private long Sent(Side side) => side.Client ? sent[side.Connection].Answers : sent[side.Connection].Requests;

        /// <summary>The connection of a record by its client; behind a NodePort, where the client has another address, by its port.</summary>
        private Side Of(in Flow record)
        {
            (string source, string destination, ushort from, ushort to) = (record.Source.ToString(), record.Destination.ToString(), record.SourcePort, record.DestinationPort);
            int client = Array.FindIndex(sent, one => one.Port == from && one.Client == source), server = Array.FindIndex(sent, one => one.Port == to && one.Client == destination);
            if (client < 0 && server < 0) server = Array.FindIndex(sent, one => one.Port == to && !pods.Contains(one.Client));
            Assert.True(client >= 0 || server >= 0, $"no connection of the profile is {source}:{from} > {destination}:{to}");
            return client >= 0 ? new Side(client, true) : new Side(server, false);
        }
    }

    private static bool IsSamplingEach(string truth)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(truth));
        return document.RootElement.GetProperty("lab").GetProperty("sampling").GetInt32() == 1;
    }
}
