using System.Net;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Count;

/// <summary>Traffic between the pods of the lab's inventory and outside addresses, made up packet by packet.</summary>
internal static class MadeTraffic
{
    private static readonly IPAddress Node1 = IPAddress.Parse("10.128.0.2"), Node2 = IPAddress.Parse("10.128.2.2");

    private static readonly (string Address, IPAddress Agent)[] Pods =
        [("10.128.0.5", Node1), ("10.128.0.6", Node1), ("10.128.1.7", Node1), ("10.128.2.5", Node2), ("10.128.2.6", Node2)];

    private static readonly string[] Outside = ["203.0.113.9", "192.168.77.1", "239.1.1.1"];

    /// <summary>TCP in one direction from each pod to each other pod and to the outside, mixed, the lightest flow of 30 draws and the heaviest of some 600.</summary>
    /// <param name="random">Makes it the same again.</param>
    /// <param name="segments">Lengths of the frames of the next draw: one, or the segments of a large packet.</param>
    public static IEnumerable<Draw> Make(Random random, Func<Random, IReadOnlyList<int>> segments)
    {
        List<(string Source, IPAddress Agent, string Destination)> flows =
            [.. from pod in Pods from destination in Pods.Select(other => other.Address).Concat(Outside) where pod.Address != destination select (pod.Address, pod.Agent, destination)];
        int[] left = [.. flows.Select((_, flow) => (int)(30 * Math.Pow(20, flow / (flows.Count - 1.0))))];
        uint[] sequences = [.. flows.Select(_ => (uint)random.Next())];
        int[] order = [.. left.SelectMany((count, flow) => Enumerable.Repeat(flow, count))];
        random.Shuffle(order);
        List<Draw> draws = [];
        foreach (int flow in order)
        {
            (string source, IPAddress agent, string destination) = flows[flow];
            IReadOnlyList<int> lengths = segments(random);
            draws.Add(Draw.Of(agent, lengths.Select((length, place) => (Frame(source, destination, 40_000 + flow, ref sequences[flow], length, place == lengths.Count - 1 && random.Next(2) == 0), length))));
        }
        return draws;
    }

    private const int Headers = 14 + 20 + 20;

    private static byte[] Frame(string source, string destination, int port, ref uint sequence, int length, bool push)
    {
        byte[] tcp = PacketBuilder.Tcp((ushort)port, 8_080, sequence, flags: push ? (byte)0x18 : (byte)0x10);
        sequence += (uint)(length - Headers);
        // As much of the packet as an agent sends; the IP header tells the rest of its length.
        byte[] frame = PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4(source, destination, 6, [.. tcp, .. new byte[Math.Min(74, length - Headers)]]));
        (frame[16], frame[17]) = ((byte)((length - 14) >> 8), (byte)(length - 14));
        return frame;
    }
}
