using SFlow.Dashboards.Kibana;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>What each node's agent sent. These panels are about samples, so they show all of them.</summary>
internal static class Agents
{
    private const string All = "Also samples that are not counted.";

    public static KibanaDashboard Dashboard { get; } = new("agents", "Nodes and agents", "What each node's agent sends: samples, rates, interfaces, observation points, rejected samples.",
        Common.Head,
        [
            new TablePanel("Agents", $"Samples by node and agent: sampling rate, drops so far, time of the last sample. {All}",
                [Group.By("Node", RecordField.Node, 200), Group.By("Agent", "observer.ip", 5), Group.By("Sub-agent", "sflow.agent.sub_id", 10)],
                Measure.Samples, Measure.Smallest("Lowest rate", RecordField.Rate), Measure.Largest("Highest rate", RecordField.Rate), Measure.Largest("Drops of the agent", "sflow.sample.drops"),
                Measure.Different("Datagrams", "sflow.datagram.sequence"), Measure.LastSeen).AllSamples().Size(48, 12),
        ],
        [
            Common.Rate("Nodes (bits/s)", "node of the agent", Group.By("Node", RecordField.Node, 15)).Size(24, 12),
            Common.PacketRate("Nodes (packets/s)", "node of the agent", Group.By("Node", RecordField.Node, 15)).Size(24, 12),
        ],
        [
            new DonutPanel("Observation points", $"Samples by node (inside) and observation point (outside). Only source, fallback and outside count as traffic. {All}", Measure.Samples,
                Group.By("Node", RecordField.Node, 12), Group.By("Observation point", RecordField.Observation, 8).Or("rejected")).AllSamples().Size(16, 14),
            new TablePanel("Samples by observation point", $"Samples, and whether they are counted. {All}",
                [Group.By("Observation point", RecordField.Observation, 10).Or("rejected"), Group.By("Counted", RecordField.Counted, 2), Group.By("Fault", RecordField.Fault, 10).Or("none")], Measure.Samples).AllSamples().Size(32, 14),
        ],
        [
            Common.Rate("Input interfaces (bits/s)", "input interface of the switch; packets from a tunnel may have none", Group.By("Interface", "observer.ingress.interface.id", 15)).Size(24, 12),
            Common.PacketRate("Input interfaces (packets/s)", "input interface of the switch", Group.By("Interface", "observer.ingress.interface.id", 15)).Size(24, 12),
        ],
        [
            new TablePanel("Interfaces", "Packets by node and input interface.", [Group.By("Node", RecordField.Node, 50), Group.By("Input interface", "observer.ingress.interface.id", 100).Or("none")], Common.Volume),
            new TablePanel("Outputs", "What agents say of the output. Open vSwitch samples before it knows the output, so nearly all are unknown.",
                [Group.By("Node", RecordField.Node, 50), Group.By("Output", "sflow.output.state", 5), Group.By("Output interface", "observer.egress.interface.id", 50).Or("none")], Common.Volume),
        ]);
}
