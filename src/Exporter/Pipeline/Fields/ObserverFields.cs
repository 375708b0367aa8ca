namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>Who saw the packet, and who wrote the record. In ECS the device that samples is the observer, and the program that ships is the agent.</summary>
internal static class ObserverFields
{
    public static readonly Field[] All =
    [
        Field.Constant("agent.type", "Always sflow-exporter.", "\"sflow-exporter\""),
        OfProgram("agent.name", "Pod of the exporter; its machine outside of Kubernetes.", origin => origin.Program),
        OfProgram("agent.version", "Version of the exporter.", origin => origin.Version),
        new("host.name", Field.Keyword, "Node of the agent; its address where the node is unknown.")
        {
            Write = (flow, json) => flow.ObserverNode is { } node ? json.Text(node) : json.Address(flow.Record.AgentAddress),
        },
        Field.AddressOf("observer.ip", "Address of the agent, as its datagram says.", flow => flow.Record.AgentAddress) with { Write = WriteAgent },
        Field.Text("observer.name", "Node of the agent that took the sample.", flow => flow.ObserverNode),
        Field.Text("observer.hostname", "The same as observer.name.", flow => flow.ObserverNode).OnlyInDocuments(),
        Field.Constant("observer.type", "Always switch.", "\"switch\""),
        Field.Text("observer.product", "Open vSwitch, by the number of its data source. sFlow does not carry its version.", OpenVSwitch).OnlyInDocuments(),
        Field.Text("observer.vendor", "Vendor of observer.product.", flow => OpenVSwitch(flow) is null ? null : "Linux Foundation").OnlyInDocuments(),
        Field.NumberName("observer.ingress.interface.id", "Input interface of the packet.", flow => Interface(flow.Record.InputFormat, flow.Record.InputValue)).OnlyInDocuments(),
        Field.NumberName("observer.egress.interface.id", "Output interface of the packet.", flow => Interface(flow.Record.OutputFormat, flow.Record.OutputValue)).OnlyInDocuments(),
        Field.Text("cloud.availability_zone", "Zone of the agent's node.", flow => flow.ObserverZone).OnlyInDocuments(),
        Field.Text("cloud.region", "Region of the agent's node.", flow => flow.ObserverRegion).OnlyInDocuments(),
        Field.Text("orchestrator.type", "kubernetes, where the node of the agent is known.", flow => flow.ObserverNode is null ? null : "kubernetes").OnlyInDocuments(),
        Field.Text("orchestrator.cluster.name", "Name of the cluster by --cluster-name, where the node of the agent is known.", flow => flow.ObserverNode is null ? null : flow.Origin!.Cluster).OnlyInDocuments(),
    ];

    /// <summary>A list in ECS, because a device may have several addresses.</summary>
    private static bool WriteAgent(NamedFlow flow, JsonBuffer json)
    {
        json.Raw("["u8);
        json.Address(flow.Record.AgentAddress);
        return json.Raw("]"u8);
    }

    private static string? OpenVSwitch(NamedFlow flow) => flow.Record.IsOfOpenVSwitch ? "Open vSwitch" : null;

    /// <summary>A single interface that is known. "Discarded" and "several" name none; Open vSwitch says "discarded" where it does not know the output.</summary>
    private static long? Interface(uint format, uint value) => format != 0 || value is 0 or Flow.TheDevice ? null : value;

    private static Field OfProgram(string name, string meaning, Func<RecordOrigin, string> of) =>
        Field.Text(name, meaning, flow => of(flow.Origin!)).OnlyInDocuments() with { DependsOn = RecordOrigin.Of };
}
