using System.Text;
using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

public sealed class DecodeCommandTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("decode").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_printed_value_of_the_corpus_equals_the_truth()
    {
        TruthComparison comparison = new(skippedKeys: [], recordsWithoutView: []);
        foreach (CorpusCapture capture in Corpus.Captures())
        {
            JsonElement truths = capture.Truth.GetProperty("datagrams");
            (int code, IReadOnlyList<JsonElement> lines, string errors) = Run(capture.Path);
            Assert.Equal((0, "", truths.GetArrayLength()), (code, errors, lines.Count));
            for (int i = 0; i < lines.Count; i++)
            {
                comparison.Datagram($"{capture.Name}[{i}]", truths[i], lines[i]);
                Assert.Equal(truths[i].GetProperty("framing_ok").GetBoolean(), lines[i].GetProperty("status").GetString() == "ok");
            }
        }
        foreach ((string part, long values) in comparison.Compared) output.WriteLine($"{values,9:N0}  {part}");
        Console.WriteLine($"decode: {comparison.Total:N0} printed values compared with the truth, {comparison.Differences.Count} differ");
        Assert.True(comparison.Differences.Count == 0, string.Join('\n', comparison.Differences.Take(40)));
        Assert.InRange(comparison.Total, 300_000, long.MaxValue);
    }

    [Theory]
    [InlineData("not_sflow", "hello")]
    [InlineData("empty", "")]
    public void A_datagram_that_is_not_sFlow_is_printed_with_its_status(string status, string payload)
    {
        JsonElement line = Assert.Single(Run(Capture(Encoding.UTF8.GetBytes(payload))).Lines);
        Assert.Equal(status, line.GetProperty("status").GetString());
        Assert.Equal(payload.Length, line.GetProperty("udp_length").GetInt32());
    }

    [Fact]
    public void An_unknown_record_is_printed_with_tag_and_length()
    {
        byte[] payload = new DatagramBuilder().Add(new FlowSampleBuilder().Add(8800u << 12 | 2, new byte[12])).Build();
        JsonElement record = Run(Capture(payload)).Lines[0].GetProperty("samples")[0].GetProperty("records")[0];
        Assert.Equal("""{"tag":"8800:2","length":12,"name":"unknown","values":{}}""", record.GetRawText());
    }

    [Fact]
    public void Text_from_the_wire_is_escaped_and_repaired()
    {
        byte[] name = [.. "a\"<b>\n"u8, 0xFF, 0x1B];
        byte[] payload = new DatagramBuilder().Add(new CounterSampleBuilder().Add(1005, DatagramBuilder.Opaque(name))).Build();
        (_, IReadOnlyList<JsonElement> lines, _) = Run(Capture(payload));
        JsonElement record = lines[0].GetProperty("samples")[0].GetProperty("records")[0];
        Assert.Equal("a\"<b>\n\uFFFD\u001B", record.GetProperty("values").GetProperty("port_name").GetString());
        Assert.DoesNotContain('<', lines[0].GetRawText());
    }

    /// <summary>What a header of every length must give: each field as soon as its last byte is there (offsets of RFC 791, 8200, 9293).</summary>
    [Fact]
    public void A_cut_header_gives_every_field_that_is_there()
    {
        (string Key, int End)[] ipv4 =
        [
            ("dst_mac", 6), ("src_mac", 12), ("vlans", 16), ("ethertype", 18), ("tos", 20), ("ip_len", 22), ("ip_id", 24), ("frag_offset", 26), ("ttl", 27),
            ("protocol", 28), ("src", 34), ("dst", 38), ("src_port", 40), ("dst_port", 42), ("tcp_seq", 46), ("tcp_ack", 50), ("tcp_flags", 52),
        ];
        HoldCutsTo(ipv4, PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, PacketBuilder.Tcp(1, 2)), 5));
        (string Key, int End)[] ipv6 =
        [
            ("dst_mac", 6), ("ethertype", 14), ("flow_label", 18), ("plen", 20), ("next_header", 21), ("ttl", 22), ("src", 38), ("dst", 54),
            ("src_port", 64), ("dst_port", 66), ("udp_len", 68),
        ];
        byte[] destinationOptions = [17, 0, 1, 4, 0, 0, 0, 0];
        HoldCutsTo(ipv6, PacketBuilder.Ethernet(0x86DD, PacketBuilder.IPv6("fd00::1", "fd00::2", 60, [.. destinationOptions, .. PacketBuilder.Udp(1, 2)])));
    }

    [Fact]
    public void As_lines_there_is_one_for_a_datagram_one_for_a_sample_and_one_for_a_record()
    {
        byte[] name = [.. "eth 0\n\" x=1"u8];
        string path = Capture(new DatagramBuilder().Add(new CounterSampleBuilder().Add(1005, DatagramBuilder.Opaque(name)).Add(2002, DatagramBuilder.Words(2, 7))).Build());
        using MemoryStream printed = new();
        DecodeCommand.Run(path, DecodeFormat.WorkerPipeline, printed, TextWriter.Null);
        string[] lines = Encoding.UTF8.GetString(printed.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["datagram", "sample", "record", "record"], lines.Select(line => line.Split(' ')[0]));
        Assert.EndsWith("name=port_name port_name=\"eth 0\\n\\u0022 x=1\"", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("name=host_parent container_type=2 container_index=7", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains("agent=10.128.0.2", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Datagrams_to_another_port_are_read_where_that_is_named()
    {
        string path = Path.Combine(folder, "capture.pcap");
        byte[] payload = new DatagramBuilder { Sequence = 5 }.Build();
        File.WriteAllBytes(path, CaptureBuilder.PcapOfFrames(1, [CaptureBuilder.Frame(payload, 9_995), CaptureBuilder.Frame(payload, 9_996)]));
        using MemoryStream printed = new();
        StringWriter errors = new();
        Assert.Equal(0, DecodeCommand.Run(path, DecodeFormat.Json, printed, errors));
        Assert.Equal(0, printed.Length);
        Assert.Contains("has no UDP datagram to port 6343; it has 2 to other ports. Name the port with --sflow-port", errors.ToString(), StringComparison.Ordinal);
        foreach ((ushort port, int lines) in ((ushort, int)[])[(9_995, 1), (0, 2)])
        {
            using MemoryStream found = new();
            Assert.Equal(0, DecodeCommand.Run(path, DecodeFormat.Json, found, TextWriter.Null, port));
            Assert.Equal(lines, found.ToArray().Count(one => one == '\n'));
        }
    }

    /// <summary>Each field of a datagram that ends early is printed as soon as its last byte is there (sFlow version 5).</summary>
    [Fact]
    public void A_datagram_that_is_cut_gives_every_field_that_is_there()
    {
        (string Key, int End)[] fields =
        [
            ("\"agent\"", 12), ("\"sub_agent_id\"", 16), ("\"uptime_ms\"", 24), ("\"source_id\"", 44), ("\"sampling_rate\"", 48), ("\"sample_pool\"", 52), ("\"drops\"", 56),
            ("\"input\"", 60), ("\"output\"", 64), ("\"frame_length\"", 84), ("\"header_length\"", 92), ("\"dst_mac\"", 98), ("\"src\"", 122), ("\"dst_port\"", 130), ("\"tcp_flags\"", 140),
        ];
        byte[] whole = new DatagramBuilder().Add(new FlowSampleBuilder().AddHeader(PacketBuilder.TcpFrame())).Build();
        IReadOnlyList<JsonElement> lines = Run(Capture([.. Enumerable.Range(0, whole.Length + 1).Select(length => whole[..length])])).Lines;
        for (int length = 0; length <= whole.Length; length++)
            foreach ((string key, int end) in fields)
                Assert.True(lines[length].GetRawText().Contains(key, StringComparison.Ordinal) == length >= end, $"{key} of {length} bytes: {lines[length]}");
    }

    [Fact]
    public void A_file_that_is_no_capture_says_so()
    {
        string path = Path.Combine(folder, "text");
        File.WriteAllText(path, "certainly not a capture");
        BadInputException fault = Assert.Throws<BadInputException>(() => Run(path));
        Assert.Contains("is unknown. Use a capture in the format pcap", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_so()
    {
        BadInputException fault = Assert.Throws<BadInputException>(() => Run(Path.Combine(folder, "absent.pcap")));
        Assert.Contains("can't be opened", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_capture_prints_what_came_before()
    {
        string path = Capture(new DatagramBuilder { Sequence = 1 }.Build(), new DatagramBuilder { Sequence = 2 }.Build());
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
        (int code, IReadOnlyList<JsonElement> lines, string errors) = Run(path);
        Assert.Equal((0, 1u), (code, Assert.Single(lines).GetProperty("sequence").GetUInt32()));
        Assert.Contains("the 1 datagrams before it", errors, StringComparison.Ordinal);
    }

    private void HoldCutsTo((string Key, int End)[] fields, byte[] frame)
    {
        byte[][] payloads = [.. Enumerable.Range(0, frame.Length + 1).Select(length => new DatagramBuilder().Add(new FlowSampleBuilder().AddHeader(frame[..length])).Build())];
        IReadOnlyList<JsonElement> lines = Run(Capture(payloads)).Lines;
        // Of nothing there is nothing to print.
        Assert.False(lines[0].GetProperty("samples")[0].GetProperty("records")[0].TryGetProperty("inner", out _));
        for (int length = 1; length <= frame.Length; length++)
        {
            JsonElement inner = lines[length].GetProperty("samples")[0].GetProperty("records")[0].GetProperty("inner");
            Assert.Equal("ok", lines[length].GetProperty("status").GetString());
            foreach ((string key, int end) in fields)
            {
                Assert.True(inner.TryGetProperty(key, out _) == length >= end, $"{key} of a header of {length} bytes: {inner}");
            }
        }
    }

    private string Capture(params byte[][] payloads)
    {
        string path = Path.Combine(folder, "capture.pcap");
        File.WriteAllBytes(path, CaptureBuilder.Pcap(payloads));
        return path;
    }

    private static (int Code, IReadOnlyList<JsonElement> Lines, string Errors) Run(string path)
    {
        using MemoryStream printed = new();
        StringWriter errors = new();
        int code = DecodeCommand.Run(path, DecodeFormat.Json, printed, errors);
        string[] lines = Encoding.UTF8.GetString(printed.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (code, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)], errors.ToString());
    }
}
