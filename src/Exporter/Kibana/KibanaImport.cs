using System.Net.Http.Headers;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Kibana;

/// <summary>
/// Imports saved objects by the API that Kibana and OpenSearch Dashboards share. Each wants a header of its own against requests from foreign web
/// pages, and ignores that of the other.
/// </summary>
/// <param name="client">Sends the request; its timeout is that of the import.</param>
/// <param name="credentials">Credentials; null for none.</param>
internal sealed class KibanaImport(HttpClient client, AuthenticationHeaderValue? credentials)
{
    private static readonly string[] headers = ["kbn-xsrf", "osd-xsrf"];

    /// <summary>Sends the objects, and returns what became of them. A fault of the network or of the server is part of the result.</summary>
    public async Task<ImportResult> RunAsync(KibanaTarget target, byte[] objects, CancellationToken stop)
    {
        using MultipartFormDataContent form = [];
        using ByteArrayContent file = new(objects);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/ndjson");
        form.Add(file, "file", SavedObjectsFile.Name);
        using HttpRequestMessage request = new(HttpMethod.Post, target.Import) { Content = form };
        foreach (string header in headers) request.Headers.Add(header, "true");
        request.Headers.Authorization = credentials;
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, stop);
            return ImportAnswer.Read(target, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(stop));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            string why = e is OperationCanceledException ? "no response in time" : NetworkFault.Describe(e);
            return ImportResult.Failed($"{target.Url.Authority} cannot be reached: {why}.");
        }
    }
}
