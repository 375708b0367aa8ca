using System.Net;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Kibana;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The part of <c>setup</c> that imports data view, searches and dashboards. Credentials, certificates and proxy are those for Elasticsearch.</summary>
internal static class KibanaSetup
{
    private static readonly TimeSpan connect = TimeSpan.FromSeconds(10);

    /// <param name="target">Where the objects go.</param>
    /// <param name="file">A file with other objects; empty for those that the program carries.</param>
    /// <param name="options">How to reach the server, and the stream of the records.</param>
    /// <param name="logger">Hears of files of credentials that cannot be used.</param>
    /// <param name="stop">Ends the import.</param>
    /// <exception cref="StartException">A file of credentials or certificates can't be used.</exception>
    /// <exception cref="BadInputException">The file with the objects can't be read.</exception>
    public static async Task<ImportResult> RunAsync(KibanaTarget target, string file, ElasticsearchOptions options, ILogger logger, CancellationToken stop)
    {
        byte[] objects;
        try
        {
            objects = SavedObjectsFile.Read(file, new StreamName(options.DataStream).Pattern);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file} can't be read: {fault.Message}");
        }
        SearchCredentials credentials = new(options, logger);
        using HttpClient client = Client(options, new SearchCertificates(options, logger).Current);
        return await new KibanaImport(client, credentials.Current).RunAsync(target, objects, stop);
    }

    private static HttpClient Client(ElasticsearchOptions options, TlsIdentity identity)
    {
        SocketsHttpHandler wire = new() { AutomaticDecompression = DecompressionMethods.GZip, AllowAutoRedirect = false, ConnectTimeout = connect, Proxy = new EnvironmentProxy() };
        if (identity.Authorities is { } authorities) wire.SslOptions.CertificateChainPolicy = SearchCertificates.TrustOnly(authorities);
        if (identity.Client is { } certificate) wire.SslOptions.ClientCertificateContext = certificate;
        return new HttpClient(wire) { Timeout = options.Timeout };
    }
}
