using SFlow.Exporter.Http.WebConfig;

namespace SFlow.Exporter.Tests.Http;

/// <summary>The form of the file, in the words of Prometheus' exporter-toolkit; what can't be used is refused with its line.</summary>
public sealed class WebConfigurationTests
{
    private const string Hash = "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    [Fact]
    public void All_sections_are_read()
    {
        WebConfiguration read = WebConfigurationReader.Read(
            $"""
            tls_server_config:
              cert_file: tls.crt
              key_file: /keys/tls.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              client_allowed_sans: [prometheus.example.test, "10.1.2.3"]
              min_version: TLS13
            http_server_config:
              http2: false
              headers:
                Strict-Transport-Security: max-age=31536000
            basic_auth_users:
              anna: {Hash}
            """, "/etc/web");
        TlsConfiguration tls = read.Tls!;
        Assert.Equal(("/etc/web/tls.crt", "/keys/tls.key", "/etc/web/ca.crt"), (tls.CertificateFile, tls.KeyFile, tls.ClientAuthorityFile));
        Assert.Equal((ClientCertificates.RequireAndVerifyClientCert, "Tls13"), (tls.Clients, tls.Protocols.ToString()));
        Assert.Equal(["prometheus.example.test", "10.1.2.3"], tls.ClientNames);
        Assert.Equal("max-age=31536000", Assert.Single(read.Headers, header => header.Key == "Strict-Transport-Security").Value);
        Assert.Equal(Hash, read.Users["anna"]);
    }

    [Theory]
    [InlineData(""), InlineData("# nothing"), InlineData("tls_server_config:"), InlineData("basic_auth_users: ~")]
    public void An_empty_file_sets_nothing(string text)
    {
        WebConfiguration read = WebConfigurationReader.Read(text, "/etc");
        Assert.Null(read.Tls);
        Assert.Empty(read.Users);
    }

    [Theory]
    [InlineData("just a text", "line 1: the file must have sections")]
    [InlineData("a: [", "line ")]
    [InlineData("a: 1\na: 2", "line ")]
    [InlineData("basic_auth_user:\n  a: b", "line 1: basic_auth_user is not a key of this file")]
    [InlineData("rate_limit:\n  burst: 3", "line 1: rate_limit is not a key")]
    [InlineData("tls_server_config: yes", "tls_server_config must have keys of its own")]
    [InlineData("tls_server_config:\n  key_file: b", "cert_file is missing")]
    [InlineData("tls_server_config:\n  cert_file: a", "key_file is missing")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  clientauth: c", "line 4: tls_server_config.clientauth is not a key")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  client_auth_type: 4", "line 4: tls_server_config.client_auth_type is 4. Use one of NoClientCert")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  client_auth_type: RequireAndVerifyClientCert", "needs client_ca_file")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  client_ca_file: c", "verifies no client")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  client_allowed_sans: [c]", "verifies no client")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  min_version: TLS10", "line 4: tls_server_config.min_version is TLS10. Use TLS12 or TLS13")]
    [InlineData("tls_server_config:\n  cert_file: a\n  key_file: b\n  min_version: TLS13\n  max_version: TLS12", "min_version is above max_version")]
    [InlineData("http_server_config:\n  http2: maybe", "line 2: http_server_config.http2 must be true or false")]
    [InlineData("http_server_config:\n  headers:\n    a b: c", "is not a header of HTTP")]
    [InlineData("http_server_config:\n  headers:\n    X: \"c\\r\\nd\"", "is not a header of HTTP")]
    [InlineData("basic_auth_users:\n  a: $2y$31$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", "cost outside 4 to 16")]
    [InlineData("basic_auth_users:\n  \"a:b\": x", "must not contain a colon")]
    [InlineData("basic_auth_users:\n  - a", "basic_auth_users must have keys of its own")]
    [InlineData("basic_auth_users:\n  a: ~", "must be a name with a text")]
    public void A_mistake_is_refused_with_its_line(string text, string refusal)
    {
        WebConfigurationException fault = Assert.Throws<WebConfigurationException>(() => WebConfigurationReader.Read(text, "/etc"));
        Assert.StartsWith("line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(refusal, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_place_of_its_hash_is_not_repeated()
    {
        WebConfigurationException fault = Assert.Throws<WebConfigurationException>(() => WebConfigurationReader.Read("basic_auth_users:\n  anna: hunter2", "/etc"));
        Assert.Contains("line 2: basic_auth_users.anna needs a bcrypt hash", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
    }
}
