namespace SFlow.Exporter.Options;

/// <summary>What one value of section <c>Elasticsearch</c> alone does not show: the URLs, and credentials that exclude or need each other.</summary>
internal static class ElasticsearchChecks
{
    public static IEnumerable<string> Problems(ElasticsearchOptions options) => UrlProblems(options.Urls()).Concat(Credentials(options)).Concat(Files(options));

    private static IEnumerable<string> UrlProblems(string[] urls)
    {
        string[] problems = [.. urls.Select(UrlProblem).OfType<string>()];
        foreach (string problem in problems) yield return problem;
        if (problems.Length == 0 && urls.Select(url => new Uri(url).Scheme).Distinct().Count() > 1)
            yield return "Elasticsearch:Url has both http and https URLs. Use one scheme for all nodes of the cluster.";
    }

    private static string? UrlProblem(string text)
    {
        // The URL may hold a password, so that it is not repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return $"Elasticsearch:Url is {(text.Contains('@') ? "malformed" : $"\"{text}\"")}. Set it to an http or https URL such as https://elasticsearch.example:9200.";
        if (url.UserInfo.Length > 0)
            return "Elasticsearch:Url has a user name or a password. Set Elasticsearch:Username and Elasticsearch:PasswordFile instead.";
        return url.Query.Length > 0 || url.Fragment.Length > 0
            ? "Elasticsearch:Url has a query or a fragment. Remove what follows the path, as in https://proxy.example/elasticsearch."
            : null;
    }

    private static IEnumerable<string> Credentials(ElasticsearchOptions options)
    {
        if (options.ApiKeyFile.Length > 0 && options.Username.Length > 0) yield return "Elasticsearch:ApiKeyFile and Elasticsearch:Username are both set. Remove one of them.";
        if (options.Username.Length > 0 != options.PasswordFile.Length > 0) yield return "Elasticsearch:Username and Elasticsearch:PasswordFile need each other. Set both or none.";
        if (options.ClientCertificate.Length > 0 != options.ClientKey.Length > 0)
            yield return "Elasticsearch:ClientCertificate and Elasticsearch:ClientKey need each other. Set both or none.";
    }

    private static IEnumerable<string> Files(ElasticsearchOptions options)
    {
        (string Key, string File)[] files =
        [
            ("CertificateAuthority", options.CertificateAuthority), ("ApiKeyFile", options.ApiKeyFile), ("PasswordFile", options.PasswordFile),
            ("ClientCertificate", options.ClientCertificate), ("ClientKey", options.ClientKey),
        ];
        foreach ((string key, string file) in files)
            if (file.Length > 0 && !File.Exists(file)) yield return $"Elasticsearch:{key} is \"{file}\", and there is no such file. Correct the path, or create the file.";
    }
}
