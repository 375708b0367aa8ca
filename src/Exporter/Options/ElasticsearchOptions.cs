using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Elasticsearch</c>: shipping of records; off without a URL.</summary>
internal sealed class ElasticsearchOptions
{
    [Option("--elasticsearch", "Send records to Elasticsearch or OpenSearch at this URL. Separate several nodes of one cluster by commas: if one fails, the next one gets the request. Empty sends none.", IsCommon = true, Placeholder = "URL")]
    public string Url { get; set; } = "";

    [Option("--elasticsearch-api-key-file", "Authenticate with the encoded API key in this file. The file is read again when it changes. Empty uses none.", Placeholder = "FILE")]
    public string ApiKeyFile { get; set; } = "";

    [Option("--elasticsearch-user", "Authenticate as this user, with basic authentication. Empty disables it.", Placeholder = "NAME")]
    public string Username { get; set; } = "";

    [Option("--elasticsearch-password-file", "Authenticate with the password in this file. The file is read again when it changes. Empty uses none.", Placeholder = "FILE")]
    public string PasswordFile { get; set; } = "";

    [Option("--elasticsearch-ca", "Trust the certificate authority in this PEM file. The file is read again when it changes. Empty trusts the system's authorities.", Placeholder = "FILE")]
    public string CertificateAuthority { get; set; } = "";

    [Option("--elasticsearch-client-certificate", "Authenticate with the client certificate in this PEM file. Certificates of its issuers may follow it. The file is read again when it changes. Empty uses none.", Placeholder = "FILE")]
    public string ClientCertificate { get; set; } = "";

    [Option("--elasticsearch-client-key", "Use the key in this PEM file with --elasticsearch-client-certificate. The file is read again when the certificate changes. Empty uses none.", Placeholder = "FILE")]
    public string ClientKey { get; set; } = "";

    [Option("--elasticsearch-setup", "Create templates, lifecycle policy and data stream before the first record. false leaves them to an administrator (verb setup); a key that may only write is then enough.")]
    public bool Setup { get; set; } = true;

    [Option("--elasticsearch-logsdb", "Create indices in the mode logsdb on Elasticsearch 8.17 and later: smaller, sorted by host name and time. false creates them in the standard mode.")]
    public bool LogsDb { get; set; } = true;

    [Option("--elasticsearch-stream-lifecycle", "Create the data stream with a lifecycle of its own on Elasticsearch 8.11 and later. false uses a lifecycle policy.")]
    public bool StreamLifecycle { get; set; }

    [Option("--elasticsearch-pipeline", "Create an ingest pipeline that sets event.ingested to the time of arrival at the server. false leaves the time at which the exporter wrote the document.")]
    public bool Pipeline { get; set; }

    [Option("--elasticsearch-profile", "Use the setup for this server, and do not ask which one it is: elasticsearch-7, elasticsearch-8, elasticsearch-9, serverless, opensearch-2 or opensearch-3. Empty asks the server.", Placeholder = "NAME")]
    [RegularExpression("^(|elasticsearch-7|elasticsearch-8|elasticsearch-9|serverless|opensearch-2|opensearch-3)$")]
    public string Profile { get; set; } = "";

    [Option("--elasticsearch-stream", "Write records to this data stream.", Placeholder = "NAME")]
    [RegularExpression("^[a-z0-9][a-z0-9._-]{0,200}$")]
    public string DataStream { get; set; } = "logs-sflow.flow-default";

    [Option("--elasticsearch-queue", "Maximum batches of 512 records that wait for Elasticsearch. Further records are lost and counted.")]
    [Range(1, 65_536)]
    public int QueueBatches { get; set; } = 512;

    [Option("--elasticsearch-spool", "Keep records in this folder while Elasticsearch is slow or unavailable. Empty uses the folder elasticsearch-spool below --data.", Placeholder = "FOLDER")]
    public string SpoolFolder { get; set; } = "";

    [Option("--elasticsearch-spool-bytes", "Maximum size of the spool on disk. The oldest records are lost first, and counted. 0 disables the spool: records wait in memory only.")]
    [SizeRange("0", "1TiB")]
    public long SpoolBytes { get; set; } = 1_073_741_824;

    [Option("--elasticsearch-spool-age", "Maximum age of a record in the spool. Older records are lost and counted.")]
    [DurationRange("1m", "365d")]
    public TimeSpan SpoolAge { get; set; } = TimeSpan.FromDays(1);

    [Option("--elasticsearch-dead-letters", "Keep documents that Elasticsearch rejects in this folder. Empty uses the folder elasticsearch-dead-letters below --data.", Placeholder = "FOLDER")]
    public string DeadLetterFolder { get; set; } = "";

    [Option("--elasticsearch-dead-letters-bytes", "Maximum size of the rejected documents on disk. The oldest are deleted first, and counted. 0 keeps none.")]
    [SizeRange("0", "1TiB")]
    public long DeadLetterBytes { get; set; } = 67_108_864;

    [Option("--elasticsearch-bulk-bytes", "Maximum size of one bulk request, before compression.")]
    [SizeRange("64KiB", "100MiB")]
    public int BulkBytes { get; set; } = 5 * 1024 * 1024;

    [Option("--elasticsearch-flush", "Maximum delay before a partial bulk request is sent.")]
    [DurationRange("100ms", "5m")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(2);

    [Option("--elasticsearch-rollup", "Combine the records of a conversation within this time into one document with their number, sums and error. 0 sends each record.")]
    [DurationRange("0s", "10m")]
    public TimeSpan RollupWindow { get; set; } = TimeSpan.Zero;

    [Option("--elasticsearch-rollup-conversations", "Maximum conversations that --elasticsearch-rollup keeps in memory. At the limit, all are sent before their time, and counted.")]
    [Range(1, 10_000_000)]
    public int RollupConversations { get; set; } = 65_536;

    [Option("--elasticsearch-timeout", "Maximum duration of one request. A request that takes longer has failed and is retried.")]
    [DurationRange("1s", "10m")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The URLs of <see cref="Url"/>, in their order.</summary>
    public string[] Urls() => Url.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
