using System.Net.Http.Headers;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>What Elastic's transport leaves to others: current credentials, the encoding of a body that is compressed already, and limits of an answer.</summary>
internal sealed class SearchHandler(SocketsHttpHandler wire, SearchCredentials credentials) : DelegatingHandler(wire)
{
    /// <summary>Encoding of the body, from the request to here. The transport has no way to set a header of the content.</summary>
    public const string BodyEncoding = "Sflow-Body-Encoding";

    /// <summary>Bytes. A bulk answer has some 30 bytes an item; more than this is no answer of a search engine.</summary>
    private const int LongestAnswer = 64 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credentials.Current;
        if (request.Headers.Remove(BodyEncoding)) request.Content?.Headers.ContentEncoding.Add("gzip");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        try
        {
            // Read here as a whole: an answer that is cut or too long is then a fault of the request, not an exception out of the transport.
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            // The transport would empty the body of a success that is not called JSON, and take the node of a refusal that is not (429 of a proxy) for dead.
            // Whoever reads the body judges it.
            response.Content.Headers.ContentType = Json;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
