using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>How the requests of the setup are printed.</summary>
internal enum SetupForm
{
    /// <summary>For Dev Tools of Kibana and of OpenSearch Dashboards.</summary>
    Console,

    /// <summary>Commands for a shell.</summary>
    Curl,
}

/// <summary>Writes the requests of the setup for an administrator.</summary>
internal static class SetupText
{
    public static void Write(SetupForm form, IEnumerable<SetupRequest> requests, ServerProfile profile, TextWriter output)
    {
        output.WriteLine($"# sflow-exporter: setup of {profile}, in this order. It may be repeated.");
        if (form == SetupForm.Curl) output.WriteLine("# Set URL to the server, and AUTHORIZATION to \"ApiKey ...\" or \"Basic ...\".");
        foreach (SetupRequest request in requests)
        {
            output.WriteLine();
            if (!request.IsOurs) output.WriteLine("# Only if it does not exist yet.");
            string body = request.Body is null ? "" : Indented(request.Body);
            if (form == SetupForm.Console) WriteConsole(request.Path, body, output);
            else WriteCurl(request.Path, body, output);
        }
    }

    private static string Indented(JsonObject body)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) body.WriteTo(writer);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteConsole(string path, string body, TextWriter output)
    {
        output.WriteLine($"PUT {path}");
        if (body.Length > 0) output.WriteLine(body);
    }

    private static void WriteCurl(string path, string body, TextWriter output)
    {
        output.Write($"curl --fail-with-body -X PUT \"$URL/{path}\" -H \"Authorization: $AUTHORIZATION\"");
        output.WriteLine(body.Length == 0 ? "" : $" -H 'Content-Type: application/json' -d '{body.Replace("'", "'\\''", StringComparison.Ordinal)}'");
    }
}
