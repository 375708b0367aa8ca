using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Kibana;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The options of <c>setup</c> for Kibana.</summary>
/// <param name="Url">Kibana or OpenSearch Dashboards; null leaves it alone.</param>
/// <param name="Space">A space of Kibana; empty for the default one.</param>
/// <param name="Keep">Leave objects as they are that are there already.</param>
/// <param name="File">A file with other objects; empty for those that the program carries.</param>
/// <param name="Page">The exporter's page, to which values become links; null for none.</param>
internal sealed record KibanaChoice(string? Url, string Space, bool Keep, string File, string? Page = null);

/// <summary>The part of <c>setup</c> that imports data view, searches and dashboards. Credentials, certificates and proxy are those for Elasticsearch.</summary>
internal static class KibanaSetup
{
    /// <summary>Imports, and writes what became of it.</summary>
    /// <exception cref="SettingsException">The URL is not one.</exception>
    public static async Task<int> RunAsync(KibanaChoice choice, ElasticsearchOptions options, TextWriter output, CancellationToken stop)
    {
        KibanaTarget target;
        try
        {
            target = KibanaTarget.Of(choice.Url ?? "", choice.Space, !choice.Keep);
        }
        catch (ArgumentException)
        {
            throw new SettingsException([$"--kibana is \"{choice.Url}\". Set it to an http or https URL without user and password, such as https://kibana:5601. Credentials are those of --elasticsearch."]);
        }
        ImportResult result = await RunAsync(target, choice.File, PageOf(choice), options, NullLogger.Instance, stop);
        await output.WriteLineAsync(result.Succeeded ? $"{target.Url.Authority}: {result}" : result.Problem);
        return result.Succeeded ? ExitCode.Success : ExitCode.Failed;
    }

    /// <param name="target">Where the objects go.</param>
    /// <param name="file">A file with other objects; empty for those that the program carries.</param>
    /// <param name="page">The exporter's page, to which values become links; null for none.</param>
    /// <param name="options">How to reach the server, and the stream of the records.</param>
    /// <param name="logger">Hears of files of credentials that cannot be used.</param>
    /// <param name="stop">Ends the import.</param>
    /// <exception cref="StartException">A file of credentials or certificates can't be used.</exception>
    /// <exception cref="BadInputException">The file with the objects can't be read.</exception>
    public static async Task<ImportResult> RunAsync(KibanaTarget target, string file, Uri? page, ElasticsearchOptions options, ILogger logger, CancellationToken stop)
    {
        byte[] objects;
        try
        {
            objects = SavedObjectsFile.Read(file, new StreamName(options.DataStream).Pattern, page);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file} can't be read: {fault.Message}");
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            throw new BadInputException($"--kibana-page-url can't be used with {file}: {fault.Message.TrimEnd('.')}. Use saved objects of this project, one a line.");
        }
        SearchCredentials credentials = new(options, logger);
        using HttpClient client = new(new SearchCertificates(options, logger).Current.Configure(new SocketsHttpHandler(), new EnvironmentProxy())) { Timeout = options.Timeout };
        return await new KibanaImport(client, credentials.Current).RunAsync(target, objects, stop);
    }

    private static Uri? PageOf(KibanaChoice choice) =>
        choice.Page is not { } text ? null
        : HttpUrl.TryParse(text, out Uri? page) ? page
        : throw new SettingsException([$"--kibana-page-url is \"{text}\". Set it to an http or https URL without user and password, such as https://sflow.example.com."]);
}
