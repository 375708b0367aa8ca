using SFlow.Exporter.Pipeline;
using static SFlow.Exporter.Metrics.MetricType;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// Every metric of the program: those of the families, which each family defines, and all others. <c>docs/metrics.md</c>, the dashboards and the
/// exposition are checked against it.
/// </summary>
internal static class MetricCatalogue
{
    private static readonly string[] AgentLabels = ["agent", "sub_agent", "observer_node"];

    public static readonly MetricDefinition AgentDatagrams = new(Counter, "sflow_agent_datagrams_total",
        "Datagrams accepted from the agent, without duplicates. The agent __other__ is the sum of agents without metrics of their own.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsLost = new(Counter, "sflow_agent_datagrams_lost_total",
        "Datagrams missing in the agent's sequence numbers. Jumps too large for the elapsed time, and gaps of other senders under the same address, do not count.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsDuplicate = new(Counter, "sflow_agent_datagrams_duplicate_total",
        "Datagrams that arrived a second time and were dropped.", AgentLabels);
    public static readonly MetricDefinition AgentDatagramsReordered = new(Counter, "sflow_agent_datagrams_reordered_total",
        "Datagrams that arrived out of order. They are used.", AgentLabels);
    public static readonly MetricDefinition AgentRestarts = new(Counter, "sflow_agent_restarts_total",
        "Restarts of the agent: its sequence number and uptime started again.", AgentLabels);
    public static readonly MetricDefinition AgentConflicts = new(Counter, "sflow_agent_conflicts_total",
        "Datagrams that contradict others of the agent: two senders in turn within a minute, or two contents under one sequence number. They are used, and their gaps are not counted as loss.", AgentLabels);
    public static readonly MetricDefinition AgentSamples = new(Counter, "sflow_agent_samples_total",
        "Samples accepted from the agent, by sample type.", [.. AgentLabels, "sample_type"]);
    public static readonly MetricDefinition AgentSamplingRate = new(Gauge, "sflow_agent_sampling_rate",
        "Sampling rate of the agent's latest flow sample, as packets per sample. Absent before the first flow sample.", AgentLabels);
    public static readonly MetricDefinition AgentLastSeen = new(Gauge, "sflow_agent_last_seen_timestamp_seconds",
        "Arrival time of the agent's latest datagram, in seconds of Unix time.", AgentLabels);

    public static readonly MetricDefinition AgentCalibrationRatio = new(Gauge, "sflow_agent_calibration_ratio",
        "Estimated bytes over bytes of the interface counters, for the last 10 to 20 minutes. 1 is exact. Absent below 30 samples.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationError = new(Gauge, "sflow_agent_calibration_error_ratio",
        "Half width of the 95 % confidence interval of sflow_agent_calibration_ratio, from random sampling alone.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationEstimated = new(Counter, "sflow_agent_calibration_estimated_bytes_total",
        "Estimated bytes in the intervals that were compared with interface counters.", AgentLabels);
    public static readonly MetricDefinition AgentCalibrationCounted = new(Counter, "sflow_agent_calibration_counted_bytes_total",
        "Bytes of the interface counters in the same intervals as sflow_agent_calibration_estimated_bytes_total.", AgentLabels);
    public static readonly MetricDefinition AgentState = new(Gauge, "sflow_agent_state",
        "1 for the current state of an agent. An empty agent label is a node that was never heard from.", [.. AgentLabels, "state"]);
    public static readonly MetricDefinition AgentsByState = new(Gauge, "sflow_agents",
        "Agents and expected nodes without an agent, by state.", "state");
    public static readonly MetricDefinition AgentsExpected = new(Gauge, "sflow_agents_expected",
        "Nodes of the cluster that should have an agent. 0 without a cluster or an inventory.");

    public static readonly MetricDefinition OvsHits = new(Counter, "sflow_ovs_datapath_hits_total",
        "Packets that matched a flow in the Open vSwitch datapaths of the agent.", AgentLabels);
    public static readonly MetricDefinition OvsMisses = new(Counter, "sflow_ovs_datapath_misses_total",
        "Packets that matched no flow and went to ovs-vswitchd (upcalls).", AgentLabels);
    public static readonly MetricDefinition OvsLost = new(Counter, "sflow_ovs_datapath_lost_total",
        "Packets dropped because the queue to ovs-vswitchd was full (lost upcalls).", AgentLabels);
    public static readonly MetricDefinition OvsMaskHits = new(Counter, "sflow_ovs_datapath_mask_hits_total",
        "Masks tried to match packets. Divided by hits and misses together, it is masks per packet. Absent for userspace datapaths that do not count it.", AgentLabels);
    public static readonly MetricDefinition OvsFlows = new(Gauge, "sflow_ovs_datapath_flows",
        "Flows in the Open vSwitch datapaths of the agent.", AgentLabels);
    public static readonly MetricDefinition OvsMasks = new(Gauge, "sflow_ovs_datapath_masks",
        "Masks in the Open vSwitch datapaths of the agent.", AgentLabels);
    public static readonly MetricDefinition OvsCpu = new(Counter, "sflow_ovs_vswitchd_cpu_seconds_total",
        "CPU time of ovs-vswitchd, in seconds, by mode.", [.. AgentLabels, "mode"]);
    public static readonly MetricDefinition OvsMemory = new(Gauge, "sflow_ovs_vswitchd_peak_memory_bytes",
        "Highest resident memory of ovs-vswitchd since its start, in bytes. Open vSwitch does not send the current one.", AgentLabels);

    private static readonly string[] InterfaceLabels = [.. AgentLabels, "interface", "pod_namespace", "pod_name"];

    public static readonly MetricDefinition InterfaceBytes = new(Counter, "sflow_interface_bytes_total",
        "Bytes of the interface by its own counters, without the frame check sequence. in: into the switch, so what a pod sent. Absent unless --interface-metrics is true.", [.. InterfaceLabels, "direction"]);
    public static readonly MetricDefinition InterfacePackets = new(Counter, "sflow_interface_packets_total",
        "Packets of the interface by its own counters. Open vSwitch counts all packets as unicast, and multicast and broadcast ones once more.", [.. InterfaceLabels, "direction", "cast"]);
    public static readonly MetricDefinition InterfaceErrors = new(Counter, "sflow_interface_errors_total",
        "Packets with errors, by the interface's own counters.", [.. InterfaceLabels, "direction"]);
    public static readonly MetricDefinition InterfaceDiscards = new(Counter, "sflow_interface_discards_total",
        "Packets dropped without an error, by the interface's own counters.", [.. InterfaceLabels, "direction"]);
    public static readonly MetricDefinition InterfaceSpeed = new(Gauge, "sflow_interface_speed_bits_per_second",
        "Speed of the interface, in bits per second, as the agent sends it. Open vSwitch sends 100 Mbit/s if it does not know the speed.", InterfaceLabels);

    public static readonly MetricDefinition BuildInfo = new(Gauge, "sflow_exporter_build_info",
        "Constant 1, with the version and revision of the program as labels.", "version", "revision");
    public static readonly MetricDefinition DatagramsReceived = new(Counter, "sflow_exporter_datagrams_received_total",
        "Datagrams read from the sockets or from a capture.");
    public static readonly MetricDefinition ReceivedBytes = new(Counter, "sflow_exporter_received_bytes_total",
        "UDP payload bytes of the datagrams received.");
    public static readonly MetricDefinition Datagrams = new(Counter, "sflow_exporter_datagrams_total",
        "Datagrams received, by result of decoding.", "status");
    public static readonly MetricDefinition DatagramsDropped = new(Counter, "sflow_exporter_datagrams_dropped_total",
        "Datagrams dropped, by reason. kernel: the socket receive buffer was full.", "reason");
    public static readonly MetricDefinition Samples = new(Counter, "sflow_exporter_samples_total",
        "Flow samples by observation point. Only source, fallback and outside count as traffic.", "observation");
    public static readonly MetricDefinition ServerSamples = new(Counter, "sflow_exporter_server_samples_total",
        "Counted flow samples, by how the server was determined. iana_port and lower_port are heuristics.", "reason");
    public static readonly MetricDefinition SamplesDecoded = new(Counter, "sflow_exporter_samples_decoded_total",
        "Samples decoded, by sample type.", "sample_type");
    public static readonly MetricDefinition SamplesNotCounted = new(Counter, "sflow_exporter_samples_not_counted_total",
        "Flow samples rejected because of impossible field values, by reason.", "reason");
    public static readonly MetricDefinition ListeningSockets = new(Gauge, "sflow_exporter_listening_sockets",
        "Listening sockets (address, protocol, port) in the cache that determines servers unknown to Kubernetes.");
    public static readonly MetricDefinition ListeningSocketsLimit = new(Gauge, "sflow_exporter_listening_sockets_limit",
        "Maximum listening sockets in the cache.");
    public static readonly MetricDefinition ListeningSocketsDisplaced = new(Counter, "sflow_exporter_listening_sockets_displaced_total",
        "Listening sockets evicted because the cache was full.");
    public static readonly MetricDefinition StructuresSkipped = new(Counter, "sflow_exporter_structures_skipped_total",
        "Unsupported structures skipped, by enterprise:format. __other__ collects what exceeds the limit.", "kind", "structure");
    public static readonly MetricDefinition Series = new(Gauge, "sflow_exporter_series",
        "Series of a metric family, including the remainder __other__.", "family");
    public static readonly MetricDefinition SeriesLimit = new(Gauge, "sflow_exporter_series_limit",
        "Maximum series of a metric family, including the remainder __other__.", "family");
    public static readonly MetricDefinition Folded = new(Counter, "sflow_exporter_folded_total",
        "Samples counted in the remainder __other__ because their labels had no series.", "family");
    public static readonly MetricDefinition Displaced = new(Counter, "sflow_exporter_displaced_total",
        "Series of a full metric family that moved to the remainder __other__ because a heavier one took their place.", "family");
    public static readonly MetricDefinition Expired = new(Counter, "sflow_exporter_expired_total",
        "Series that moved to the remainder __other__ because they had no sample for the time of --series-idle.", "family");
    public static readonly MetricDefinition Records = new(Counter, "sflow_exporter_records_total",
        "Records accepted by a sink, by outcome. already_there: an earlier attempt had written them. rolled_up: they are part of the document of another record.", "sink", "outcome");
    public static readonly MetricDefinition RecordsLost = new(Counter, "sflow_exporter_records_lost_total",
        "Records lost before or in a sink, by reason. store_*: lost with the store's file. spool_*: lost while they waited on disk for Elasticsearch.", "sink", "reason");
    public static readonly MetricDefinition QueueLength = new(Gauge, "sflow_exporter_queue_length",
        "Records queued for a sink.", "sink");
    public static readonly MetricDefinition SinkUp = new(Gauge, "sflow_exporter_sink_up",
        "Whether the last request to the sink succeeded: 1 if records were accepted or setup is complete, otherwise 0.", "sink");
    public static readonly MetricDefinition SinkRequests = new(Counter, "sflow_exporter_sink_requests_total",
        "Requests with records sent to a sink, including retries.", "sink");
    public static readonly MetricDefinition SinkRetries = new(Counter, "sflow_exporter_sink_retries_total",
        "Requests to a sink that repeat records of an earlier request.", "sink");
    public static readonly MetricDefinition SinkSentBytes = new(Counter, "sflow_exporter_sink_sent_bytes_total",
        "Bytes of request bodies sent to a sink, after compression.", "sink");
    public static readonly MetricDefinition ElasticsearchItems = new(Counter, "sflow_exporter_elasticsearch_items_total",
        "Records in the answers of Elasticsearch, by outcome. A record that is sent again is in each answer.", "outcome");
    public static readonly MetricDefinition ElasticsearchLag = new(Gauge, "sflow_exporter_elasticsearch_lag_seconds",
        "Age of the oldest record that waits for Elasticsearch, in memory or in the spool, in seconds; 0 if none waits.");
    public static readonly MetricDefinition RollupDocuments = new(Counter, "sflow_exporter_rollup_documents_total",
        "Documents of combined records, by the reason why they were complete. window: their time passed. limit: there were too many conversations. Absent without --elasticsearch-rollup.", "reason");
    public static readonly MetricDefinition RollupConversations = new(Gauge, "sflow_exporter_rollup_conversations",
        "Conversations whose records are being combined. Absent without --elasticsearch-rollup.");
    public static readonly MetricDefinition DeadLetters = new(Counter, "sflow_exporter_dead_letters_total",
        "Documents that Elasticsearch rejected and that are kept as dead letters.");
    public static readonly MetricDefinition DeadLettersLost = new(Counter, "sflow_exporter_dead_letters_lost_total",
        "Dead letters deleted or not written, by reason. limit: the oldest, because the folder was full.", "reason");
    public static readonly MetricDefinition DeadLetterBytes = new(Gauge, "sflow_exporter_dead_letters_bytes",
        "Size of the dead letters on disk, in bytes. Absent if they are disabled.");
    public static readonly MetricDefinition DeadLetterLimit = new(Gauge, "sflow_exporter_dead_letters_limit_bytes",
        "Maximum size of the dead letters on disk, in bytes.");
    public static readonly MetricDefinition SpoolUp = new(Gauge, "sflow_exporter_spool_up",
        "Whether the last write to the spool succeeded: 1 for yes, 0 if records wait in memory only. Absent without a spool.");
    public static readonly MetricDefinition SpoolBytes = new(Gauge, "sflow_exporter_spool_bytes",
        "Size of the spool on disk, in bytes. Absent without a spool.");
    public static readonly MetricDefinition SpoolLimit = new(Gauge, "sflow_exporter_spool_limit_bytes",
        "Maximum size of the spool on disk, in bytes. Above it, the oldest records are lost with the reason spool_full.");
    public static readonly MetricDefinition SpoolRecords = new(Gauge, "sflow_exporter_spool_records",
        "Records in the spool that Elasticsearch has not confirmed. Absent without a spool.");
    public static readonly MetricDefinition SpoolOldest = new(Gauge, "sflow_exporter_spool_oldest_seconds",
        "Age of the oldest records in the spool, in seconds; 0 if the spool is empty.");
    public static readonly MetricDefinition SpoolRestored = new(Gauge, "sflow_exporter_spool_restored_records",
        "Records of earlier runs that the spool had at the start. Absent without a spool.");
    public static readonly MetricDefinition SpoolLeftInMemory = new(Gauge, "sflow_exporter_spool_left_in_memory_records",
        "Records that only the memory of the previous run had, by its last note, if it ended without a stop; otherwise 0. Elasticsearch may have some of them.");
    public static readonly MetricDefinition StoreUp = new(Gauge, "sflow_exporter_store_up",
        "Whether the last write or maintenance of the embedded store succeeded: 1 for yes, 0 for no.");
    public static readonly MetricDefinition StoreRecords = new(Gauge, "sflow_exporter_store_records",
        "Records in the embedded store.");
    public static readonly MetricDefinition StoreBytes = new(Gauge, "sflow_exporter_store_bytes",
        "Size of the embedded store on disk, in bytes.");
    public static readonly MetricDefinition StoreEvicted = new(Counter, "sflow_exporter_store_evicted_total",
        "Records evicted from the embedded store by its limits of rows, bytes and age. Not counted as lost.");
    public static readonly MetricDefinition HistoryWindows = new(Gauge, "sflow_exporter_history_windows",
        "Windows in the history, by their length: minute, hour or day. Absent without a history.", "resolution");
    public static readonly MetricDefinition HistoryBytes = new(Gauge, "sflow_exporter_history_bytes",
        "Bytes of the windows in the history. They are a part of sflow_exporter_store_bytes.");
    public static readonly MetricDefinition HistoryRows = new(Gauge, "sflow_exporter_history_rows",
        "Rows of the latest window of the history: pairs of workloads on nodes, by service.");
    public static readonly MetricDefinition HistoryLastWritten = new(Gauge, "sflow_exporter_history_last_written_timestamp_seconds",
        "End of the latest window that was written to the history, in seconds of Unix time. 0 before the first one.");
    public static readonly MetricDefinition HistoryFailures = new(Counter, "sflow_exporter_history_failures_total",
        "Failed writes of the history. Their minutes wait in memory for the next write.");
    public static readonly MetricDefinition HistoryLost = new(Counter, "sflow_exporter_history_lost_windows_total",
        "Minutes that were lost, because the history could not be written for too long.");
    public static readonly MetricDefinition HistoryUnnamed = new(Counter, "sflow_exporter_history_unnamed_samples_total",
        "Samples in windows of a minute that are in no row, because other rows were heavier or names found no room.");
    public static readonly MetricDefinition Agents = new(Gauge, "sflow_exporter_agents",
        "Agents (address and sub-agent) in the registry.");
    public static readonly MetricDefinition AgentsLimit = new(Gauge, "sflow_exporter_agents_limit",
        "Maximum agents with metrics of their own. The same limit applies to each group of agents beyond the first agent of each node; datagrams of further agents are dropped.");
    public static readonly MetricDefinition Ports = new(Gauge, "sflow_exporter_ports",
        "Interfaces tracked for calibration.");
    public static readonly MetricDefinition PortsLimit = new(Gauge, "sflow_exporter_ports_limit",
        "Maximum interfaces tracked for calibration.");
    public static readonly MetricDefinition PortsRefused = new(Counter, "sflow_exporter_ports_refused_total",
        "Counter samples ignored, for calibration or for interface metrics, because the limit of interfaces, per agent or in total, was reached.");
    public static readonly MetricDefinition KubernetesObjects = new(Gauge, "sflow_exporter_kubernetes_objects",
        "Kubernetes objects cached, by kind. Absent, like all sflow_exporter_kubernetes metrics, without a Kubernetes API.", "kind");
    public static readonly MetricDefinition KubernetesLastSync = new(Gauge, "sflow_exporter_kubernetes_last_sync_timestamp_seconds",
        "Time of the last message from the Kubernetes API, in seconds of Unix time, by kind. A message is expected about once a minute.", "kind");
    public static readonly MetricDefinition KubernetesRelists = new(Counter, "sflow_exporter_kubernetes_relists_total",
        "Relists after an expired resource version (410 Gone), by kind.", "kind");
    public static readonly MetricDefinition KubernetesErrors = new(Counter, "sflow_exporter_kubernetes_errors_total",
        "Failed lists and watches of the Kubernetes API, by kind and reason. The cached objects stay in use.", "kind", "reason");
    public static readonly MetricDefinition InventorySkipped = new(Gauge, "sflow_exporter_inventory_skipped_entries",
        "Inventory entries skipped: null, of a wrong type, or without a required address. Absent without an inventory file.");
    public static readonly MetricDefinition InventoryLoads = new(Counter, "sflow_exporter_inventory_loads_total",
        "Loads of the inventory file, by outcome. failed: the previous inventory was kept.", "outcome");
    public static readonly MetricDefinition GeoipBuilt = new(Gauge, "sflow_exporter_geoip_build_timestamp_seconds",
        "Build time of the loaded GeoIP database, in seconds of Unix time. Absent without a database.", "database");
    public static readonly MetricDefinition GeoipLoads = new(Counter, "sflow_exporter_geoip_loads_total",
        "Loads of a GeoIP database, by outcome. failed: the previous database was kept.", "database", "outcome");
    public static readonly MetricDefinition HttpRefused = new(Counter, "sflow_exporter_http_refused_total",
        "HTTP requests refused and connections closed, by reason.", "reason");
    public static readonly MetricDefinition HttpConnections = new(Gauge, "sflow_exporter_http_connections",
        "Open HTTP connections.");
    public static readonly MetricDefinition HttpConnectionsLimit = new(Gauge, "sflow_exporter_http_connections_limit",
        "Maximum open HTTP connections. Lower than --http-max-connections if the limit of open files requires it.");
    public static readonly MetricDefinition HttpWebConfigUp = new(Gauge, "sflow_exporter_http_web_config_up",
        "1: the file of --http-web-config and the files that it names are in use as they are. 0: their last change can't be used, and the previous content is. Absent without such a file.");
    public static readonly MetricDefinition ScrapeDuration = new(Gauge, "sflow_exporter_scrape_duration_seconds",
        "Time to collect the values of this scrape, in seconds.");

    public static readonly MetricDefinition ProcessCpu = new(Counter, "process_cpu_seconds_total",
        "User and system CPU time of the process, in seconds.");
    public static readonly MetricDefinition ProcessResidentMemory = new(Gauge, "process_resident_memory_bytes",
        "Resident memory of the process, in bytes.");
    public static readonly MetricDefinition ProcessStartTime = new(Gauge, "process_start_time_seconds",
        "Start time of the process, in seconds of Unix time.");
    public static readonly MetricDefinition DotnetHeap = new(Gauge, "dotnet_gc_heap_bytes",
        "Size of the managed heap, in bytes, including garbage not yet collected.");
    public static readonly MetricDefinition DotnetPause = new(Counter, "dotnet_gc_pause_seconds_total",
        "Time that garbage collections paused the process, in seconds.");

    /// <summary>The metrics of a family, one a column.</summary>
    public static MetricDefinition[] Of(IFamily family) =>
        [.. family.Columns.Select(column => new MetricDefinition(Counter, $"{family.Name}_{column.Name}_total", column.Help, [.. family.Labels]))];

    public static IReadOnlyList<MetricDefinition> All(IEnumerable<IFamily> families) => [.. families.SelectMany(Of), .. Fixed];

    private static MetricDefinition[] Fixed =>
    [
        AgentDatagrams, AgentDatagramsLost, AgentDatagramsDuplicate, AgentDatagramsReordered, AgentRestarts, AgentConflicts,
        AgentSamples, AgentSamplingRate, AgentLastSeen,
        AgentCalibrationRatio, AgentCalibrationError, AgentCalibrationEstimated, AgentCalibrationCounted, AgentState, AgentsByState, AgentsExpected,
        OvsHits, OvsMisses, OvsLost, OvsMaskHits, OvsFlows, OvsMasks, OvsCpu, OvsMemory,
        InterfaceBytes, InterfacePackets, InterfaceErrors, InterfaceDiscards, InterfaceSpeed,
        BuildInfo, DatagramsReceived, ReceivedBytes, Datagrams, DatagramsDropped, SamplesDecoded, Samples, ServerSamples, SamplesNotCounted,
        ListeningSockets, ListeningSocketsLimit, ListeningSocketsDisplaced,
        StructuresSkipped, Series, SeriesLimit, Folded, Displaced, Expired, Records, RecordsLost, QueueLength,
        SinkUp, SinkRequests, SinkRetries, SinkSentBytes, ElasticsearchItems, ElasticsearchLag, RollupDocuments, RollupConversations,
        DeadLetters, DeadLettersLost, DeadLetterBytes, DeadLetterLimit, SpoolUp, SpoolBytes, SpoolLimit, SpoolRecords, SpoolOldest, SpoolRestored, SpoolLeftInMemory,
        StoreUp, StoreRecords, StoreBytes, StoreEvicted,
        HistoryWindows, HistoryBytes, HistoryRows, HistoryLastWritten, HistoryFailures, HistoryLost, HistoryUnnamed, Agents, AgentsLimit, Ports, PortsLimit, PortsRefused,
        KubernetesObjects, KubernetesLastSync, KubernetesRelists, KubernetesErrors, InventorySkipped, InventoryLoads, GeoipBuilt, GeoipLoads, HttpRefused, HttpConnections, HttpConnectionsLimit, ScrapeDuration,
        ProcessCpu, ProcessResidentMemory, ProcessStartTime, DotnetHeap, DotnetPause,
    ];
}
