using System.Net;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Replay;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Replay;

public sealed class ReplayCommandTests
{
    private static readonly string Host = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-host.pcap");

    private static Task<int> RunAsync(string file, string to, double rate, TextWriter errors, bool loop = false, CancellationToken stop = default) =>
        ReplayCommand.RunAsync(file, to, rate, loop, errors, stop);

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData(":6343")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:x")]
    [InlineData("::1:6343")]
    [InlineData("[::1]")]
    [InlineData("[localhost]:6343")]
    [InlineData("not a host:6343")]
    public async Task A_wrong_receiver_is_named_with_what_is_allowed(string to)
    {
        SettingsException fault = await Assert.ThrowsAsync<SettingsException>(() => RunAsync(Host, to, 0, TextWriter.Null));
        Assert.Contains($"--to is \"{to}\"", Assert.Single(fault.Problems), StringComparison.Ordinal);
        Assert.Contains("HOST:PORT", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1:6343", "192.0.2.1", 6343)]
    [InlineData("[2001:db8::1]:1", "2001:db8::1", 1)]
    [InlineData("collector.example:65535", "collector.example", 65_535)]
    public void A_receiver_is_read_as_written(string to, string host, int port)
    {
        Assert.True(ReceiverAddress.TryParse(to, out ReceiverAddress receiver));
        Assert.Equal(new ReceiverAddress(host, port), receiver);
        Assert.Equal(to, receiver.ToString());
    }

    [Fact]
    public async Task A_host_name_is_resolved()
    {
        IPEndPoint target = await new ReceiverAddress("localhost", 6343).ResolveAsync(CancellationToken.None);
        Assert.True(IPAddress.IsLoopback(target.Address));
        Assert.Equal(6343, target.Port);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_wrong_rate_is_refused(double rate) =>
        await Assert.ThrowsAsync<SettingsException>(() => RunAsync(Host, "127.0.0.1:9", rate, TextWriter.Null));

    [Fact]
    public async Task A_capture_that_cannot_be_used_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("replay").FullName;
        try
        {
            (string Name, byte[] Bytes, string Says)[] files =
            [
                ("text.pcap", "certainly no capture"u8.ToArray(), "is unknown. Use a capture"),
                ("empty.pcap", CaptureBuilder.Pcap(), "nothing was sent"),
                ("zero.pcap", [], "is unknown. Use a capture"),
            ];
            foreach ((string name, byte[] bytes, string says) in files)
            {
                string file = Path.Combine(folder, name);
                await File.WriteAllBytesAsync(file, bytes);
                BadInputException fault = await Assert.ThrowsAsync<BadInputException>(() => RunAsync(file, "127.0.0.1:9", 0, TextWriter.Null));
                Assert.Contains(file, fault.Message, StringComparison.Ordinal);
                Assert.Contains(says, fault.Message, StringComparison.Ordinal);
            }
            await Assert.ThrowsAsync<BadInputException>(() => RunAsync(Path.Combine(folder, "none.pcap"), "127.0.0.1:9", 0, TextWriter.Null));
            await Assert.ThrowsAsync<BadInputException>(() => RunAsync(folder, "127.0.0.1:9", 0, TextWriter.Null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Says_at_the_end_how_many_it_sent()
    {
        using Receiver receiver = new(IPAddress.Loopback);
        StringWriter errors = new();
        string to = $"127.0.0.1:{receiver.EndPoint.Port}";
        Assert.Equal(ExitCode.Success, await RunAsync(Host, to, 1_000, errors));
        await receiver.ReceiveAsync(15);
        Assert.Matches($@"^sflow-exporter: sent 15 datagrams to {to} in 0\.\d{{3}} s\r?\n$", errors.ToString());
    }

    [Fact]
    public async Task Cancellation_is_not_a_fault()
    {
        using Receiver receiver = new();
        using CancellationTokenSource stop = new();
        StringWriter errors = new();
        Task<int> replay = RunAsync(Host, $"127.0.0.1:{receiver.EndPoint.Port}", 0, errors, loop: true, stop.Token);
        await Task.WhenAny(receiver.ReceiveAsync(1), replay);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await replay.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Contains("sent ", errors.ToString(), StringComparison.Ordinal);
    }
}
