using static SFlow.Exporter.Metrics.MetricType;

namespace SFlow.Exporter.Metrics;

/// <summary>Every metric of the program. <c>docs/metrics.md</c>, the dashboards and the exposition are checked against it.</summary>
internal static class MetricCatalogue
{
    private static readonly string[] FlowLabels = ["source_namespace", "destination_namespace", "server_service"];
    private static readonly string[] AgentLabels = ["agent", "sub_agent", "observer_node"];

    public static readonly MetricDefinition FlowBytes = new(Counter, "sflow_flow_bytes_total",
        "Estimated bytes at layer 2 (frame length less what was stripped, times the sampling rate), each packet once.", FlowLabels);
    public static readonly MetricDefinition FlowPackets = new(Counter, "sflow_flow_packets_total",
        "Estimated packets (the sum of the sampling rates), each packet once.", FlowLabels);
    public static readonly MetricDefinition FlowSamples = new(Counter, "sflow_flow_samples_total",
        "Flow samples behind the estimates: the fewer, the wider the error.", FlowLabels);
    public static readonly MetricDefinition FlowBytesVariance = new(Counter, "sflow_flow_bytes_variance_total",
        "Variance of the estimated bytes, in bytes squared: what their 95 % interval is made of; variances add up as bytes do.", FlowLabels);
    public static readonly MetricDefinition FlowPacketsVariance = new(Counter, "sflow_flow_packets_variance_total",
        "Variance of the estimated packets, in packets squared: what their 95 % interval is made of; variances add up as packets do.", FlowLabels);

    public static readonly MetricDefinition AcknowledgedBytes = new(Counter, "sflow_acknowledged_bytes_total",
        "Payload bytes that pods received from ends that nobody samples, at least: told by the acknowledgements of TCP; no part of sflow_flow_bytes_total.", FlowLabels);

    public static readonly MetricDefinition AgentDatagrams = new(Counter, "sflow_agent_datagrams_total",
        "Datagrams taken from the agent, duplicates left out. The agent __other__ sums all agents without metrics of their own: strangers to the cluster, and agents beyond the limit.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsLost = new(Counter, "sflow_agent_datagrams_lost_total",
        "Datagrams missing in the agent's sequence. Jumps longer than time and the agent's rate allow are no loss, nor are gaps of other senders that claim its address.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsDuplicate = new(Counter, "sflow_agent_datagrams_duplicate_total",
        "Datagrams that came a second time and were dropped.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsReordered = new(Counter, "sflow_agent_datagrams_reordered_total",
        "Datagrams that came out of order; no loss.", AgentLabels);
    public static readonly MetricDefinition AgentRestarts = new(Counter, "sflow_agent_restarts_total",
        "Times that the agent's sequence and uptime began again.", AgentLabels);
    public static readonly MetricDefinition AgentConflicts = new(Counter, "sflow_agent_conflicts_total",
        "Datagrams that contradict others of the agent: two senders in turn within a minute, or two different datagrams of one number. They are used; their gaps are no loss.", AgentLabels);
    public static readonly MetricDefinition AgentSamples = new(Counter, "sflow_agent_samples_total",
        "Samples taken from the agent, flow samples and counter samples apart.", [.. AgentLabels, "sample_type"]);
    public static readonly MetricDefinition AgentSamplingRate = new(Gauge, "sflow_agent_sampling_rate",
        "Sampling rate of the agent's newest flow sample: one packet in so many. Absent until one came.", AgentLabels);
    public static readonly MetricDefinition AgentLastSeen = new(Gauge, "sflow_agent_last_seen_timestamp_seconds",
        "Arrival of the agent's newest datagram, in seconds of Unix time.", AgentLabels);

    public static readonly MetricDefinition AgentCalibrationRatio = new(Gauge, "sflow_agent_calibration_ratio",
        "Bytes by flow samples over bytes by the ports' own counters, of the windows between two counter samples that ended in the last 10 to 20 minutes; 1 is right. Absent below 30 samples.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationError = new(Gauge, "sflow_agent_calibration_error_ratio",
        "Half of the 95 % interval of sflow_agent_calibration_ratio, as sampling at random makes it.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationEstimated = new(Counter, "sflow_agent_calibration_estimated_bytes_total",
        "Bytes by flow samples in the windows held against counters.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationCounted = new(Counter, "sflow_agent_calibration_counted_bytes_total",
        "Bytes by the ports' own counters in the same windows.", AgentLabels);
    public static readonly MetricDefinition AgentState = new(Gauge, "sflow_agent_state",
        "Constant 1; the label state says how the agent stands, or the node that should have one and whose agent was never heard (agent is then empty).", [.. AgentLabels, "state"]);
    public static readonly MetricDefinition AgentsByState = new(Gauge, "sflow_agents",
        "Agents heard, and nodes whose agent was not, by state.", "state");
    public static readonly MetricDefinition AgentsExpected = new(Gauge, "sflow_agents_expected",
        "Nodes of the cluster that should have an agent; 0 where no cluster is known.");

    public static readonly MetricDefinition BuildInfo = new(Gauge, "sflow_exporter_build_info",
        "Constant 1; the labels say which build this is.", "version", "revision");
    public static readonly MetricDefinition DatagramsReceived = new(Counter, "sflow_exporter_datagrams_received_total",
        "Datagrams that the sockets (or files) gave us.");
    public static readonly MetricDefinition ReceivedBytes = new(Counter, "sflow_exporter_received_bytes_total",
        "UDP payload bytes of the datagrams received.");
    public static readonly MetricDefinition Datagrams = new(Counter, "sflow_exporter_datagrams_total",
        "Datagrams received, by what became of them.", "status");
    public static readonly MetricDefinition DatagramsDropped = new(Counter, "sflow_exporter_datagrams_dropped_total",
        "Datagrams of which nothing was used; kernel counts those that a full receive buffer lost before we saw them.", "reason");
    public static readonly MetricDefinition Samples = new(Counter, "sflow_exporter_samples_total",
        "Flow samples by the place of their packet's observation: source, fallback and outside are counted as traffic.", "observation");
    public static readonly MetricDefinition ServerSamples = new(Counter, "sflow_exporter_server_samples_total",
        "Counted flow samples by how it was told which end serves (docs/records.md); iana_port and lower_port are guesses, none is not told.", "reason");
    public static readonly MetricDefinition SamplesDecoded = new(Counter, "sflow_exporter_samples_decoded_total",
        "Samples decoded, flow samples and counter samples apart.", "sample_type");
    public static readonly MetricDefinition SamplesNotCounted = new(Counter, "sflow_exporter_samples_not_counted_total",
        "Flow samples whose own figures are impossible, so that they are no traffic.", "reason");
    public static readonly MetricDefinition ListeningSockets = new(Gauge, "sflow_exporter_listening_sockets",
        "Sockets (address, protocol, port) seen to listen, which tell the server where Kubernetes does not.");
    public static readonly MetricDefinition ListeningSocketsLimit = new(Gauge, "sflow_exporter_listening_sockets_limit",
        "Sockets that may be remembered.");
    public static readonly MetricDefinition ListeningSocketsDisplaced = new(Counter, "sflow_exporter_listening_sockets_displaced_total",
        "Sockets seen to listen that were forgotten because there was no room.");
    public static readonly MetricDefinition StructuresSkipped = new(Counter, "sflow_exporter_structures_skipped_total",
        "Structures skipped by their length because we do not read them; structure is enterprise:format, and __other__ sums what is too many.", "kind", "structure");
    public static readonly MetricDefinition Series = new(Gauge, "sflow_exporter_series",
        "Label sets in use in a bounded family, its remainder included.", "family");
    public static readonly MetricDefinition SeriesLimit = new(Gauge, "sflow_exporter_series_limit",
        "Label sets that a bounded family may have.", "family");
    public static readonly MetricDefinition Folded = new(Counter, "sflow_exporter_folded_total",
        "Samples counted in the remainder __other__ because the family was full.", "family");
    public static readonly MetricDefinition Records = new(Counter, "sflow_exporter_records_total",
        "Records that reached a sink: written now, or already there from an earlier try.", "sink", "outcome");
    public static readonly MetricDefinition RecordsLost = new(Counter, "sflow_exporter_records_lost_total",
        "Records that did not reach a sink, or were lost with the file of the embedded store after it had written them (store_deleted, store_damaged).", "sink", "reason");
    public static readonly MetricDefinition QueueLength = new(Gauge, "sflow_exporter_queue_length",
        "Records that wait for a sink.", "sink");
    public static readonly MetricDefinition SinkUp = new(Gauge, "sflow_exporter_sink_up",
        "1 while the server behind a sink takes records: it took some of the last request, or is ready for the first. Else 0.", "sink");
    public static readonly MetricDefinition SinkRequests = new(Counter, "sflow_exporter_sink_requests_total",
        "Requests with records to the server behind a sink, those sent again included.", "sink");
    public static readonly MetricDefinition SinkRetries = new(Counter, "sflow_exporter_sink_retries_total",
        "Requests to the server behind a sink that carried records sent before.", "sink");
    public static readonly MetricDefinition SinkSentBytes = new(Counter, "sflow_exporter_sink_sent_bytes_total",
        "Bytes of the requests with records to the server behind a sink, as sent.", "sink");
    public static readonly MetricDefinition StoreUp = new(Gauge, "sflow_exporter_store_up",
        "1 when the last write to the embedded store, or its last upkeep, succeeded; else 0.");
    public static readonly MetricDefinition StoreRecords = new(Gauge, "sflow_exporter_store_records",
        "Records in the embedded store.");
    public static readonly MetricDefinition StoreBytes = new(Gauge, "sflow_exporter_store_bytes",
        "Size of the embedded store on disk.");
    public static readonly MetricDefinition StoreEvicted = new(Counter, "sflow_exporter_store_evicted_total",
        "Records deleted from the embedded store to keep it within its bounds of rows, bytes and age; no loss.");
    public static readonly MetricDefinition Agents = new(Gauge, "sflow_exporter_agents",
        "Agents (address and sub-agent) known.");
    public static readonly MetricDefinition AgentsLimit = new(Gauge, "sflow_exporter_agents_limit",
        "Maximum agents with metrics of their own, and of each group besides the first agent of each node. Datagrams of further ones are dropped.");
    public static readonly MetricDefinition Ports = new(Gauge, "sflow_exporter_ports",
        "Ports of agents whose counters are held against the samples.");
    public static readonly MetricDefinition PortsLimit = new(Gauge, "sflow_exporter_ports_limit",
        "Ports of agents that may be held against the samples.");
    public static readonly MetricDefinition PortsRefused = new(Counter, "sflow_exporter_ports_refused_total",
        "Counter samples of ports left out because the limit for the agent or for all was reached.");
    public static readonly MetricDefinition KubernetesObjects = new(Gauge, "sflow_exporter_kubernetes_objects",
        "Kubernetes objects known, by kind. Absent, like all of its kin, where no Kubernetes API is followed.", "kind");
    public static readonly MetricDefinition KubernetesLastSync = new(Gauge, "sflow_exporter_kubernetes_last_sync_timestamp_seconds",
        "When the Kubernetes API last said anything of the kind, in seconds of Unix time; it does so at least once a minute or so.", "kind");
    public static readonly MetricDefinition KubernetesRelists = new(Counter, "sflow_exporter_kubernetes_relists_total",
        "Lists after the first one, because the changes since were no longer to be had.", "kind");
    public static readonly MetricDefinition KubernetesErrors = new(Counter, "sflow_exporter_kubernetes_errors_total",
        "Lists and watches that the Kubernetes API refused, broke or left without an answer; what is known stays in force.", "kind", "reason");
    public static readonly MetricDefinition InventorySkipped = new(Gauge, "sflow_exporter_inventory_skipped_entries",
        "Entries of the inventory that were skipped: null, of a wrong type, or without an address where one belongs. Absent without an inventory file.");
    public static readonly MetricDefinition InventoryLoads = new(Counter, "sflow_exporter_inventory_loads_total",
        "Reads of the inventory file, by outcome. failed: the previous inventory was kept.", "outcome");
    public static readonly MetricDefinition GeoipBuilt = new(Gauge, "sflow_exporter_geoip_build_timestamp_seconds",
        "When the maker built the database of places that is in force, in seconds of Unix time. Absent, like the next one, where none is given.", "database");
    public static readonly MetricDefinition GeoipLoads = new(Counter, "sflow_exporter_geoip_loads_total",
        "Times that a database of places was read, the first included; after a failed one the former stays in force.", "database", "outcome");
    public static readonly MetricDefinition HttpRefused = new(Counter, "sflow_exporter_http_refused_total",
        "HTTP requests refused and connections closed, by reason (docs/metrics.md).", "reason");
    public static readonly MetricDefinition HttpConnections = new(Gauge, "sflow_exporter_http_connections",
        "Open HTTP connections.");
    public static readonly MetricDefinition HttpConnectionsLimit = new(Gauge, "sflow_exporter_http_connections_limit",
        "Maximum open HTTP connections, lower than the option where the limit of open files is low.");
    public static readonly MetricDefinition ScrapeDuration = new(Gauge, "sflow_exporter_scrape_duration_seconds",
        "Time that gathering the values of this scrape took.");

    public static readonly MetricDefinition ProcessCpu = new(Counter, "process_cpu_seconds_total",
        "Processor time of the process, user and system.");
    public static readonly MetricDefinition ProcessResidentMemory = new(Gauge, "process_resident_memory_bytes",
        "Resident memory of the process.");
    public static readonly MetricDefinition ProcessStartTime = new(Gauge, "process_start_time_seconds",
        "Start of the process, in seconds of Unix time.");
    public static readonly MetricDefinition DotnetHeap = new(Gauge, "dotnet_gc_heap_bytes",
        "Managed heap, garbage not yet collected included.");
    public static readonly MetricDefinition DotnetPause = new(Counter, "dotnet_gc_pause_seconds_total",
        "Time that garbage collections stopped the program.");

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        FlowBytes, FlowPackets, FlowSamples, FlowBytesVariance, FlowPacketsVariance, AcknowledgedBytes,
        AgentDatagrams, AgentDatagramsLost, AgentDatagramsDuplicate, AgentDatagramsReordered, AgentRestarts, AgentConflicts,
        AgentSamples, AgentSamplingRate, AgentLastSeen,
        AgentCalibrationRatio, AgentCalibrationError, AgentCalibrationEstimated, AgentCalibrationCounted, AgentState, AgentsByState, AgentsExpected,
        BuildInfo, DatagramsReceived, ReceivedBytes, Datagrams, DatagramsDropped, SamplesDecoded, Samples, ServerSamples, SamplesNotCounted,
        ListeningSockets, ListeningSocketsLimit, ListeningSocketsDisplaced,
        StructuresSkipped, Series, SeriesLimit, Folded, Records, RecordsLost, QueueLength,
        SinkUp, SinkRequests, SinkRetries, SinkSentBytes,
        StoreUp, StoreRecords, StoreBytes, StoreEvicted, Agents, AgentsLimit, Ports, PortsLimit, PortsRefused,
        KubernetesObjects, KubernetesLastSync, KubernetesRelists, KubernetesErrors, InventorySkipped, InventoryLoads, GeoipBuilt, GeoipLoads, HttpRefused, HttpConnections, HttpConnectionsLimit, ScrapeDuration,
        ProcessCpu, ProcessResidentMemory, ProcessStartTime, DotnetHeap, DotnetPause,
    ];
}
