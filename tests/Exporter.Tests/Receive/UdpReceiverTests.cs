using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Receive;

[Collection(nameof(Alone))]
public sealed class UdpReceiverTests
{
    public static TheoryData<string> Methods => RunningReceiver.Methods;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Every_length_arrives_whole_with_its_sender(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, keep: true);
        long before = UnixNanoseconds();
        foreach ((string address, int longest) in new[] { ("127.0.0.1", 65_507), ("::1", 65_527) })
        {
            using Socket sender = RunningReceiver.Sender(address);
            foreach (int length in new[] { 0, 1, 1_400, 9_000, longest })
            {
                byte[] payload = new byte[length];
                new Random(length).NextBytes(payload);
                sender.SendTo(payload, running.At(address));
                await RunningReceiver.UntilAsync(() => !running.Kept.IsEmpty);

                Assert.True(running.Kept.TryDequeue(out (byte[] Payload, DatagramOrigin Origin) got));
                Assert.Equal(payload, got.Payload);
                Assert.Equal(sender.LocalEndPoint, new IPEndPoint(got.Origin.Sender.ToIPAddress(), got.Origin.SenderPort));
                Assert.InRange(got.Origin.TimestampNanoseconds, before, UnixNanoseconds());
            }
        }
        Assert.Equal(0, running.Receiver.Dropped);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_IPv4_address_takes_IPv4(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, "127.0.0.1", keep: true);
        using Socket sender = RunningReceiver.Sender("127.0.0.1");
        sender.SendTo([1, 2, 3], running.At("127.0.0.1"));
        await RunningReceiver.UntilAsync(() => !running.Kept.IsEmpty);

        Assert.True(running.Kept.TryDequeue(out (byte[] Payload, DatagramOrigin Origin) got));
        Assert.Equal([1, 2, 3], got.Payload);
        Assert.Equal(sender.LocalEndPoint, new IPEndPoint(got.Origin.Sender.ToIPAddress(), got.Origin.SenderPort));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_datagram_longer_than_its_slot_is_counted_and_not_taken(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, longest: 100);
        CountingIntake line = running.Intakes[0];
        using Socket sender = RunningReceiver.Sender("127.0.0.1");
        foreach (int length in new[] { 100, 101, 5_000, 99 }) sender.SendTo(new byte[length], running.At("127.0.0.1"));
        await RunningReceiver.UntilAsync(() => line.Counters.Received == 4);

        Assert.Equal(2, line.Taken);
        Assert.Equal(2, line.Counters[DatagramOutcome.TooLong]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Several_workers_share_the_senders(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, workers: 4);
        const int senders = 64, each = 10;
        for (int i = 0; i < senders; i++)
        {
            using Socket sender = RunningReceiver.Sender("127.0.0.1");
            for (int j = 0; j < each; j++) sender.SendTo([1], running.At("127.0.0.1"));
        }
        await RunningReceiver.UntilAsync(() => running.Taken == senders * each);

        Assert.Equal(4, running.Receiver.Workers);
        Assert.All(running.Intakes, line => Assert.InRange(line.Taken, each, (senders - 3) * each));
        Assert.All(running.Intakes, line => Assert.Equal(0, line.Taken % each)); // a sender stays with its worker
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Receiving_allocates_nothing(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method);
        CountingIntake line = running.Intakes[0];
        using Socket sender = RunningReceiver.Sender("127.0.0.1");
        while (line.Flushes < line.Allocated.Length)
        {
            sender.SendTo(new byte[200], running.At("127.0.0.1"));
            if (sender.Available == 0) await Task.Yield();
        }

        // The first call of a method may allocate on its behalf; after a hundred batches nothing does. Of the nine hundreds that follow
        // one must be clean: a collection on another thread makes the rest of a thread's buffer count as allocated.
        Assert.Contains(0, line.Allocated.Chunk(100).Skip(1).Select(hundred => hundred[^1] - hundred[0]));
        Assert.True(line.Allocated[^1] > 0);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_worker_that_hears_nothing_or_little_is_idle_all_the_same(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method);
        CountingIntake line = running.Intakes[0];
        await RunningReceiver.UntilAsync(() => line.Idles >= 2);
        Assert.Equal(0, line.Flushes);

        // A trickle, too fast for the receive timeout.
        long idles = line.Idles;
        using Socket sender = RunningReceiver.Sender("127.0.0.1");
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(2.5))
        {
            sender.SendTo([1], running.At("127.0.0.1"));
            await Task.Delay(20);
        }
        Assert.InRange(line.Idles - idles, 2, 8);
        Assert.True(line.Flushes > 10);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_stop_is_quick_and_happens_on_the_thread_of_the_worker(string method)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, workers: 2);
        await RunningReceiver.UntilAsync(() => running.Intakes.All(line => line.Idles > 0));
        Assert.Null(running.Receiver.NotReadyBecause);
        long[] idles = [.. running.Intakes.Select(line => line.Idles)];
        long[] flushes = [.. running.Intakes.Select(line => line.Flushes)];

        Stopwatch watch = Stopwatch.StartNew();
        await running.StopAsync();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        Assert.NotNull(running.Receiver.NotReadyBecause);
        Assert.All(running.Intakes.Zip(idles), pair => Assert.True(pair.First.Idles > pair.Second));
        Assert.All(running.Intakes.Zip(flushes), pair => Assert.True(pair.First.Flushes > pair.Second));
        Assert.All(running.Intakes, line => Assert.Single(line.Threads));
        Assert.NotEqual(running.Intakes[0].Threads.Keys.Single(), running.Intakes[1].Threads.Keys.Single());
    }

    private static long UnixNanoseconds() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
}
