using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests;

/// <summary>One agent's flood takes no records of others, and no sink's trouble those of another sink.</summary>
public sealed class SinkFanoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_flood_takes_no_records_of_honest_agents(int floods)
    {
        RecordQueue queue = new("test", 64);
        SinkFanout fan = new(new RecordPool(RecordQueue.BatchSize), [queue]);
        Dictionary<int, int> read = [];
        int honest = 0, sent = 0;
        for (int second = 0; second < 60; second++)
        {
            // Twelve honest agents send 20 records each, the others 20 000; the sink takes 4 000.
            for (int part = 0; part < 20; part++)
            {
                fan.Process(Records([.. Enumerable.Range(100, 12)], 1));
                fan.Process(Records([.. Enumerable.Range(500, floods)], 1_000 / floods));
                honest += 12;
                sent += 12 + (1_000 / floods * floods);
            }
            fan.Idle();
            Read(queue, read, 4_000);
        }
        Read(queue, read, int.MaxValue);
        Assert.Equal(honest, read.Where(entry => entry.Key < 500).Sum(entry => entry.Value));
        Assert.Equal(sent, read.Values.Sum() + queue.Lost(LossReason.QueueFull));
        Assert.Equal(0, queue.Waiting);
        if (floods > 1) Assert.InRange(read[500], read[500 + floods - 1] / 2, read[500 + floods - 1] * 2);
    }

    [Fact]
    public void A_sink_that_is_stuck_takes_nothing_from_another()
    {
        RecordQueue stuck = new("stuck", 4), open = new("open", 4);
        SinkFanout fan = new(new RecordPool(RecordQueue.BatchSize), [stuck, open]);
        Dictionary<int, int> read = [];
        for (int round = 0; round < 100; round++)
        {
            fan.Process(Records([3, 4], 300));
            fan.Idle();
            Read(open, read, int.MaxValue);
        }
        Assert.Equal((30_000, 30_000), (read[3], read[4]));
        Assert.Equal(0, open.Lost(LossReason.QueueFull));
        Assert.Equal(60_000, stuck.Waiting + stuck.Lost(LossReason.QueueFull));
    }

    [Fact]
    public void Alone_an_agent_has_most_of_the_queue()
    {
        RecordQueue queue = new("test", 90);
        SinkFanout fan = new(new RecordPool(RecordQueue.BatchSize), [queue]);
        for (int i = 0; i < 90; i++) fan.Process(Records([1], 512));
        fan.Idle();
        Assert.InRange(queue.Waiting, 78 * 512, 80 * 512);
    }

    private static Flow[] Records(int[] agents, int each) => [.. agents.SelectMany(agent => Enumerable.Repeat(new Flow { Agent = agent }, each))];

    private static void Read(RecordQueue queue, Dictionary<int, int> read, int most)
    {
        while (most > 0 && queue.Reader.TryRead(out RecordBatch? batch))
        {
            foreach (ref readonly Flow record in batch.Records) read[record.Agent] = read.GetValueOrDefault(record.Agent) + 1;
            most -= batch.Count;
            queue.CountWritten(batch.Count);
            batch.Release();
        }
    }
}
