using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Elasticsearch</c>: shipping of records; off without a URL.</summary>
internal sealed class ElasticsearchOptions
{
    [Option("--elasticsearch", "URL of Elasticsearch or OpenSearch; empty ships nothing.")]
    public string Url { get; set; } = "";

    [Option("--elasticsearch-api-key", "Encoded API key, from the configuration file or the environment only.", IsSecret = true)]
    public string ApiKey { get; set; } = "";

    [Option("--elasticsearch-api-key-file", "File with the encoded API key; read again when its content changes.")]
    public string ApiKeyFile { get; set; } = "";

    [Option("--elasticsearch-user", "User name for basic authentication.")]
    public string Username { get; set; } = "";

    [Option("--elasticsearch-password", "Password for basic authentication, from the configuration file or the environment only.", IsSecret = true)]
    public string Password { get; set; } = "";

    [Option("--elasticsearch-password-file", "File with the password for basic authentication; read again when its content changes.")]
    public string PasswordFile { get; set; } = "";

    [Option("--elasticsearch-ca", "PEM file of the authority that signed the server's certificate; read again when its content changes.")]
    public string CertificateAuthority { get; set; } = "";

    [Option("--elasticsearch-setup", "Create templates and lifecycle policy before the first record; false leaves them to an administrator, so that a key that may only write is enough.")]
    public bool Setup { get; set; } = true;

    [Option("--elasticsearch-stream", "Data stream that takes the records.")]
    [RegularExpression("^[a-z0-9][a-z0-9._-]{0,200}$")]
    public string DataStream { get; set; } = "logs-sflow.flow-default";

    [Option("--elasticsearch-queue", "Batches of 512 records that may wait; more are lost and counted.")]
    [Range(1, 65_536)]
    public int QueueBatches { get; set; } = 512;

    [Option("--elasticsearch-bulk-bytes", "Size of one bulk request at most, unpacked, in bytes.")]
    [Range(65_536, 104_857_600)]
    public int BulkBytes { get; set; } = 5 * 1024 * 1024;

    [Option("--elasticsearch-flush", "Longest wait before a part-filled bulk request leaves, as hh:mm:ss.")]
    [TimeRange("00:00:00.1", "00:05:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(2);

    [Option("--elasticsearch-timeout", "Longest wait for one request, as hh:mm:ss.")]
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}
