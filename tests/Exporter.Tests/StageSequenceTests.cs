using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests;

/// <summary>Stages run in their order, on all flows that were added, and only in an order that can work.</summary>
public sealed class StageSequenceTests
{
    [Fact]
    public void A_stage_before_the_one_that_it_depends_on_is_rejected_by_name()
    {
        Noting identify = new([], FlowParts.None, FlowParts.Endpoints), observe = new([], FlowParts.Endpoints, FlowParts.Observation);
        _ = new StageSequence([identify, observe]);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new StageSequence([observe, identify]));
        Assert.StartsWith("Noting reads Endpoints, which no stage before it writes", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Each_flow_passes_each_stage_once_and_in_order(int flows)
    {
        List<(Noting Stage, uint Sequence)> passed = [];
        Noting first = new(passed, FlowParts.None, FlowParts.Endpoints), second = new(passed, FlowParts.Endpoints, FlowParts.None);
        StageSequence stages = new([first, second]);
        for (uint i = 0; i < flows; i++) stages.Add().SampleSequence = i;
        stages.Idle();
        uint[] all = [.. Enumerable.Range(0, flows).Select(i => (uint)i)];
        Assert.Equal(all, passed.Where(one => one.Stage == first).Select(one => one.Sequence));
        Assert.Equal(all, passed.Where(one => one.Stage == second).Select(one => one.Sequence));
        Assert.All(all, i => Assert.True(passed.IndexOf((first, i)) < passed.IndexOf((second, i))));
        Assert.Equal((1, 1), (first.Idles, second.Idles));
    }

    private sealed class Noting(List<(Noting, uint)> passed, FlowParts reads, FlowParts writes) : IFlowStage
    {
        public FlowParts Reads => reads;
        public FlowParts Writes => writes;
        public int Idles { get; private set; }

        public void Process(Span<Flow> records)
        {
            foreach (ref readonly Flow flow in records) passed.Add((this, flow.SampleSequence));
        }

        public void Idle() => Idles++;
    }
}
