namespace SFlow.Exporter.Options;

/// <summary>What one value of section <c>Elasticsearch</c> alone does not show: the URL, and credentials that exclude or need each other.</summary>
internal static class ElasticsearchChecks
{
    public static IEnumerable<string> Problems(ElasticsearchOptions options) => UrlProblems(options.Url).Concat(Credentials(options)).Concat(Files(options));

    private static IEnumerable<string> UrlProblems(string text)
    {
        if (text.Length == 0) yield break;
        // The URL may hold a password, so that it is not repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            yield return $"Elasticsearch:Url is {(text.Contains('@') ? "malformed" : $"\"{text}\"")}. Set it to an http or https URL such as https://elasticsearch.example:9200.";
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return "Elasticsearch:Url has a query or a fragment. Remove what follows the path, as in https://proxy.example/elasticsearch.";
        else if (url.UserInfo.Length > 0 && !url.UserInfo.Contains(':'))
            yield return "Elasticsearch:Url has a user name without a password. Set Elasticsearch:Username and Elasticsearch:PasswordFile instead.";
    }

    private static IEnumerable<string> Credentials(ElasticsearchOptions options)
    {
        if (options.ApiKey.Length > 0 && options.ApiKeyFile.Length > 0) yield return "Elasticsearch:ApiKey and Elasticsearch:ApiKeyFile are both set. Remove one of them.";
        if (options.Password.Length > 0 && options.PasswordFile.Length > 0)
            yield return "Elasticsearch:Password and Elasticsearch:PasswordFile are both set. Remove one of them.";
        if ((options.ApiKey.Length > 0 || options.ApiKeyFile.Length > 0) && options.Username.Length > 0)
            yield return $"Elasticsearch:{(options.ApiKey.Length > 0 ? "ApiKey" : "ApiKeyFile")} and Elasticsearch:Username are both set. Remove one of them.";
        if (options.Username.Length > 0 != (options.Password.Length > 0 || options.PasswordFile.Length > 0))
            yield return "Elasticsearch:Username and Elasticsearch:Password (or Elasticsearch:PasswordFile) need each other. Set both or none.";
    }

    private static IEnumerable<string> Files(ElasticsearchOptions options)
    {
        (string Key, string File)[] files =
        [
            ("CertificateAuthority", options.CertificateAuthority), ("ApiKeyFile", options.ApiKeyFile), ("PasswordFile", options.PasswordFile),
        ];
        foreach ((string key, string file) in files)
            if (file.Length > 0 && !File.Exists(file)) yield return $"Elasticsearch:{key} is \"{file}\", and there is no such file. Correct the path, or create the file.";
    }
}
