using System.Net.Http.Headers;
using System.Text;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Credentials for the server: an API key, or user and password. Secrets come from files, which are read again when they change.</summary>
internal sealed class SearchCredentials
{
    private readonly WatchedFile<AuthenticationHeaderValue>? file;

    /// <exception cref="StartException">A file can't be used.</exception>
    public SearchCredentials(ElasticsearchOptions options, ILogger logger)
    {
        (string Key, string Path, Func<string, AuthenticationHeaderValue> Make)? from =
            options.ApiKeyFile.Length > 0 ? ("ApiKeyFile", options.ApiKeyFile, key => new AuthenticationHeaderValue("ApiKey", key))
            : options.PasswordFile.Length > 0 ? ("PasswordFile", options.PasswordFile, password => Basic($"{options.Username}:{password}"))
            : null;
        if (from is not { } source) return;
        file = new WatchedFile<AuthenticationHeaderValue>(source.Path, content => source.Make(FirstLine(content)), why => logger.FileRejected(source.Key, why));
        try
        {
            file.Current();
        }
        catch (IOException fault)
        {
            throw new StartException($"Elasticsearch:{source.Key}: {source.Path} can't be used: {fault.Message}", fault);
        }
    }

    public AuthenticationHeaderValue? Current => file?.Current();

    private static AuthenticationHeaderValue Basic(string user) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));

    /// <summary>The content without the line end that editors and <c>echo</c> add.</summary>
    private static string FirstLine(byte[] content)
    {
        string text = Encoding.UTF8.GetString(content).Trim('\uFEFF', '\r', '\n', ' ', '\t');
        if (text.Length == 0) throw new IOException("it is empty");
        return text.Any(char.IsControl) ? throw new IOException("it has more than one line") : text;
    }
}
