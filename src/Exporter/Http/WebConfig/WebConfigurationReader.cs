using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>From the YAML of a web configuration to its meaning.</summary>
internal static partial class WebConfigurationReader
{
    private static readonly string[] Versions = ["TLS12", "TLS13"];

    /// <summary>A costly hash keeps a processor busy for seconds at each login.</summary>
    private const int HighestCost = 16;

    /// <param name="text">Content of the file.</param>
    /// <param name="folder">Folder of the file. Relative paths in it begin here.</param>
    /// <exception cref="WebConfigurationException">The text can't be used.</exception>
    public static WebConfiguration Read(string text, string folder)
    {
        YamlSection root = YamlSection.Parse(text).Allow("tls_server_config", "http_server_config", "basic_auth_users");
        YamlSection? tls = root.Section("tls_server_config"), http = root.Section("http_server_config")?.Allow("http2", "headers"), users = root.Section("basic_auth_users");
        // HTTP/1.1 serves this page and these scrapes as well. The key is taken, so that a file of other exporters can be used as it is.
        if (http?.Text("http2") is not (null or "true" or "false")) throw http.Fault("http2", "must be true or false");
        return new WebConfiguration(
            tls is null ? null : ReadTls(tls, folder),
            http?.Section("headers") is { } headers ? Headers(headers) : WebConfiguration.None.Headers,
            users is null ? WebConfiguration.None.Users : Users(users));
    }

    private static TlsConfiguration ReadTls(YamlSection tls, string folder)
    {
        tls.Allow("cert_file", "key_file", "client_auth_type", "client_ca_file", "client_allowed_sans", "min_version", "max_version");
        string? certificate = tls.Text("cert_file"), key = tls.Text("key_file"), authority = tls.Text("client_ca_file");
        if (certificate is null) throw tls.Fault("cert_file", "is missing. Name the PEM file of the certificate");
        if (key is null) throw tls.Fault("key_file", "is missing. Name the PEM file of the certificate's key");
        string wanted = tls.Text("client_auth_type") ?? nameof(ClientCertificates.NoClientCert);
        if (!Enum.TryParse(wanted, out ClientCertificates clients) || !Enum.IsDefined(clients) || int.TryParse(wanted, out _))
            throw tls.Fault("client_auth_type", $"is {wanted}. Use one of {string.Join(", ", Enum.GetNames<ClientCertificates>())}");
        bool verifies = clients is ClientCertificates.VerifyClientCertIfGiven or ClientCertificates.RequireAndVerifyClientCert;
        if (verifies && authority is null) throw tls.Fault("client_auth_type", $"is {clients}, which needs client_ca_file");
        if (!verifies && authority is not null) throw tls.Fault("client_ca_file", $"is set, but client_auth_type {clients} verifies no client. Use RequireAndVerifyClientCert");
        IReadOnlyList<string> names = tls.Texts("client_allowed_sans");
        if (names.Count > 0 && !verifies) throw tls.Fault("client_allowed_sans", $"is set, but client_auth_type {clients} verifies no client. Use RequireAndVerifyClientCert");
        return new TlsConfiguration(Path.Combine(folder, certificate), Path.Combine(folder, key), clients, authority is null ? null : Path.Combine(folder, authority), names, Protocols(tls));
    }

    private static SslProtocols Protocols(YamlSection tls)
    {
        int least = Version(tls, "min_version", 0), most = Version(tls, "max_version", Versions.Length - 1);
        if (least > most) throw tls.Fault("min_version", "is above max_version");
#pragma warning disable CA5398 // An administrator chooses the versions here. Without a choice, both are on.
        return (least == 0 ? SslProtocols.Tls12 : SslProtocols.None) | (most == 1 ? SslProtocols.Tls13 : SslProtocols.None);
#pragma warning restore CA5398
    }

    private static int Version(YamlSection tls, string key, int usual)
    {
        if (tls.Text(key) is not { } text) return usual;
        int version = Array.IndexOf(Versions, text);
        return version >= 0 ? version : throw tls.Fault(key, $"is {text}. Use TLS12 or TLS13: older versions are not safe");
    }

    private static IReadOnlyDictionary<string, string> Headers(YamlSection section)
    {
        IReadOnlyDictionary<string, string> headers = section.Pairs();
        foreach ((string name, string value) in headers)
            if (!HeaderName.IsMatch(name) || value.Any(char.IsControl)) throw section.Fault(name, "is not a header of HTTP");
        return headers;
    }

    private static IReadOnlyDictionary<string, string> Users(YamlSection section)
    {
        IReadOnlyDictionary<string, string> users = section.Pairs();
        foreach ((string user, string hash) in users)
        {
            if (user.Contains(':')) throw section.Fault(user, "must not contain a colon: it ends the name in a login");
            // The hash itself is not repeated: a password in its place must not reach the log.
            if (!Bcrypt.IsMatch(hash)) throw section.Fault(user, "needs a bcrypt hash of the password, such as htpasswd -nBC 10 prints");
            if (int.Parse(hash.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture) is < 4 or > HighestCost) throw section.Fault(user, $"has a bcrypt cost outside 4 to {HighestCost}. Use 10");
        }
        return users;
    }

    [GeneratedRegex(@"^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Bcrypt { get; }

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex HeaderName { get; }
}
